"""What of a query is still unexplained once pictures in it were proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from provenance.models import Box, Cells, Comparison, Inset, Keypoints
from provenance.verify.regions.seen import cell_side, cells_of, region_cells
from provenance.verify.views import QueryView

Flags = NDArray[np.bool_]

MARGIN = 1
"""Cells around what is explained that are taken away with it: keypoints at its edge reach over."""

LEAST_REST = 0.08
LEAST_KEYPOINTS = 60
"""Share of the query, and keypoints, below which what is left is not searched. Bars around a
picture leave none, a page of text some hundreds."""

EXPLAINED = 0.5
"""Share of a rectangle that must be explained for it not to be asked again."""


def rest_of(query: QueryView, explained: Sequence[Comparison]) -> QueryView | None:
    """The query with the keypoints alone that nothing explains; ``None`` where few are left."""
    taken = _taken(query, explained, MARGIN)
    if (~taken).mean() < LEAST_REST:
        return None
    plain = _outside(query.keypoints, taken, query)
    if len(plain) < LEAST_KEYPOINTS:
        return None
    mirrored = _outside(query.mirrored, taken[:, ::-1], query, from_right=True)
    return replace(query, keypoints=plain, mirrored=mirrored)


def is_explained(query: QueryView, box: Box, explained: Sequence[Comparison]) -> bool:
    """Whether the pictures that were proved are seen in most of this rectangle."""
    inside = _flags(query, cells_of(_corners(box), query.width, query.height))
    return bool(_taken(query, explained, 0)[inside].mean() >= EXPLAINED) if inside.any() else False


def inset_of(query: QueryView, inset: Inset) -> QueryView:
    """The query as it looks where only this rectangle is read."""
    return replace(query, keypoints=inset.keypoints, mirrored=inset.mirrored)


def _corners(box: Box) -> tuple[tuple[float, float], ...]:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _taken(query: QueryView, explained: Sequence[Comparison], margin: int) -> Flags:
    """The cells (rows, columns) that are explained, and ``margin`` cells around them."""
    taken = np.zeros(_shape(query), np.bool_)
    for each in explained:
        taken |= _flags(query, region_cells(each, query.width, query.height))
    wider = np.pad(taken, margin)
    for axis in (0, 1):
        shifted = [np.roll(wider, step, axis) for step in range(-margin, margin + 1)]
        wider = np.logical_or.reduce(shifted)
    return np.asarray(wider[margin : wider.shape[0] - margin, margin : wider.shape[1] - margin])


def _shape(query: QueryView) -> tuple[int, int]:
    side = cell_side(query.width, query.height)
    return int(np.ceil(query.height / side)), int(np.ceil(query.width / side))


def _flags(query: QueryView, cells: Cells) -> Flags:
    flags = np.zeros(_shape(query), np.bool_)
    for column, row in cells:
        flags[row, column] = True
    return flags


def _outside(
    keypoints: Keypoints, taken: Flags, query: QueryView, *, from_right: bool = False
) -> Keypoints:
    """The keypoints in cells that are free; ``taken`` is mirrored already where they are."""
    side = cell_side(query.width, query.height)
    x = keypoints.points[:, 0].astype(np.float64)
    # Counted from the right edge, cells begin there, and the last one may be cut.
    x = x + (taken.shape[1] * side - query.width) if from_right else x
    columns = np.clip((x // side).astype(np.int64), 0, taken.shape[1] - 1)
    rows = np.clip((keypoints.points[:, 1] // side).astype(np.int64), 0, taken.shape[0] - 1)
    free = ~taken[rows, columns]
    return Keypoints(
        keypoints.kind,
        keypoints.points[free],
        keypoints.sizes[free],
        keypoints.angles[free],
        keypoints.descriptors[free],
    )
