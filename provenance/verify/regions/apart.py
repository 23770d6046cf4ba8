"""Which matches explain the same region of the query, and which lie apart."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from provenance.models import AlterationKind, Cells, Comparison, Part, Polygon
from provenance.verify.regions.seen import cell_side, region_cells

SAME_REGION = 0.5
"""Two matches explain one region where they are seen together in this share of the cells of the
smaller. Copies of one picture are seen in nearly the same cells; tiles of a collage, and a picture
laid over another one, share next to none, however far their uncut frames reach."""

SEVERAL = 2
INSIDE = (AlterationKind.INSIDE_SCREENSHOT, AlterationKind.INSIDE_COLLAGE)


def parts(matches: Sequence[Comparison], width: int, height: int) -> tuple[Part, ...]:
    """The regions of a query that holds several pictures, or one inside something else.

    ``matches`` in their order in the answer; ``width`` and ``height`` are the query's, in pixels.
    Empty where all of them are the query as a whole, or one lies nowhere (a match by hash).
    """
    if not matches or any(match.region is None for match in matches):
        return ()
    seen = [region_cells(match, width, height) for match in matches]
    shapes = [_visible(match, width, height) for match in matches]
    groups = _groups([frozenset(cells) for cells in seen])
    if len(groups) < SEVERAL and not _inside(matches[_largest(shapes, groups[0])]):
        return ()
    return tuple(Part(shapes[_largest(shapes, group)], tuple(group)) for group in groups)


def _inside(match: Comparison) -> bool:
    return any(alteration.kind in INSIDE for alteration in match.alterations)


def _groups(seen: Sequence[frozenset[tuple[int, int]]]) -> list[list[int]]:
    """Matches by region, in the order of the first match of each."""
    groups: list[list[int]] = []
    for number, cells in enumerate(seen):
        homes = [g for g in groups if any(_same(seen[n], cells) for n in g)]
        joined = sorted([*(n for home in homes for n in home), number])
        groups = sorted([*(g for g in groups if g not in homes), joined])
    return groups


def _same(one: frozenset[tuple[int, int]], other: frozenset[tuple[int, int]]) -> bool:
    smaller = min(len(one), len(other))
    return smaller > 0 and len(one & other) >= SAME_REGION * smaller


def _visible(match: Comparison, width: int, height: int) -> Polygon:
    """Its region within the query, cut where it is no longer seen: a tile, not the uncut frame."""
    assert match.region is not None
    frame: Polygon = ((0, 0), (width, 0), (width, height), (0, height))
    whole = _shared(match.region, frame)
    if not match.seen:
        return whole
    return _shared(whole, _around(match.seen, cell_side(width, height))) or whole


def _around(seen: Cells, side: float) -> Polygon:
    """The frame of what is seen, half a cell wider: cells are coarse, regions exact."""
    cells = np.array(seen, np.float64)
    left, top = (cells.min(axis=0) - 0.5) * side
    right, bottom = (cells.max(axis=0) + 1.5) * side
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _shared(one: Polygon, other: Polygon) -> Polygon:
    """Outline of what two convex polygons share."""
    if not one:
        return ()
    area, outline = cv2.intersectConvexConvex(
        np.array(one, np.float32), np.array(other, np.float32)
    )
    if outline is None or area <= 0:
        return ()
    return tuple((float(x), float(y)) for x, y in outline.reshape(-1, 2))


def _area(shape: Polygon) -> float:
    return float(cv2.contourArea(np.array(shape, np.float32))) if shape else 0.0


def _largest(shapes: Sequence[Polygon], group: Sequence[int]) -> int:
    return max(group, key=lambda number: _area(shapes[number]))
