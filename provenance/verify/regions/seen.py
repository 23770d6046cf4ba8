"""Where in the query an archived picture is seen: what of its region nothing else covers."""

from __future__ import annotations

import cv2
import numpy as np

from provenance.models import Cells, Comparison, Polygon
from provenance.verify.aligning.alignment import Laid
from provenance.verify.differing.differences import Differences
from provenance.verify.locating.geometry import Matrix, apply
from provenance.verify.views import QueryView

CELLS = 32
"""Cells along the query's long side. A picture at a tenth of the side still has nine."""


def cell_side(width: float, height: float) -> float:
    """The side of a cell in query pixels."""
    return max(width, height) / CELLS


def seen_cells(query: QueryView, laid: Laid, found: Differences) -> Cells:
    """The cells (column, row) in which the query shows the archived picture and nothing over it."""
    points = _centres(query.width, query.height)
    frame = apply(np.linalg.inv(laid.aligned.matrix), points) * laid.aligned.scale
    height, width = laid.aligned.archived.shape
    inside = ((frame >= 0) & (frame < (width, height))).all(axis=1)
    if found.patches:
        covered = np.any([patch.mask for patch in found.patches], axis=0)
        most = np.array(covered.shape[::-1]) - 1
        columns, rows = np.clip(frame.astype(np.int64), 0, most).T
        inside &= ~covered[rows, columns]
    return _cells(np.asarray(points[inside]), query.width, query.height)


def region_cells(comparison: Comparison, width: int, height: int) -> Cells:
    """Where it is seen; all of its region where no pixels were compared."""
    if comparison.seen or comparison.region is None:
        return comparison.seen
    return cells_of(comparison.region, width, height)


def cells_of(region: Polygon, width: int, height: int) -> Cells:
    """The cells of a query whose middles lie in a region."""
    points = _centres(width, height)
    shape = np.array(region, np.float32)
    inside = [cv2.pointPolygonTest(shape, (float(x), float(y)), False) >= 0 for x, y in points]
    return _cells(np.asarray(points[np.array(inside)]), width, height)


def _centres(width: float, height: float) -> Matrix:
    """The middles (n, 2) of all cells of a query, row by row, in pixels."""
    side = cell_side(width, height)
    x = side * (np.arange(int(np.ceil(width / side))) + 0.5)
    y = side * (np.arange(int(np.ceil(height / side))) + 0.5)
    return np.column_stack([np.tile(x, len(y)), np.repeat(y, len(x))])


def _cells(points: Matrix, width: float, height: float) -> Cells:
    side = cell_side(width, height)
    return tuple((int(x), int(y)) for x, y in (points // side).tolist())
