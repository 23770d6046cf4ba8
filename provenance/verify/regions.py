"""Which matches explain the same region of the query, and which lie apart."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from provenance.models import Part, Polygon

SAME_REGION = 0.5
"""Two regions are one where they share this much of the smaller. A choice, not a measurement:
copies of one picture should share nearly all of it, tiles of a collage nearly nothing."""

SEVERAL = 2


def parts(regions: Sequence[Polygon | None], width: int, height: int) -> tuple[Part, ...]:
    """The regions of a query that holds several pictures, with the matches in each.

    ``regions`` is where each match lies, in query pixels; ``width`` and ``height`` are the
    query's. Empty where all matches share one region, or one has none (a match by hash).
    """
    if any(region is None for region in regions):
        return ()
    shapes = [_within(region, width, height) for region in regions if region is not None]
    groups = _groups(shapes)
    if len(groups) < SEVERAL:
        return ()
    return tuple(Part(_largest([shapes[n] for n in group]), tuple(group)) for group in groups)


def _groups(shapes: Sequence[Polygon]) -> list[list[int]]:
    """Matches by region, in the order of the first match of each."""
    groups: list[list[int]] = []
    for number, shape in enumerate(shapes):
        homes = [g for g in groups if any(_same(shapes[n], shape) for n in g)]
        joined = sorted([*(n for home in homes for n in home), number])
        groups = sorted([*(g for g in groups if g not in homes), joined])
    return groups


def _same(one: Polygon, other: Polygon) -> bool:
    smaller = min(_area(one), _area(other))
    return smaller > 0 and _shared(one, other)[0] >= SAME_REGION * smaller


def _within(region: Polygon, width: int, height: int) -> Polygon:
    """The part of a region that lies inside the query."""
    frame: Polygon = ((0, 0), (width, 0), (width, height), (0, height))
    return _shared(region, frame)[1]


def _shared(one: Polygon, other: Polygon) -> tuple[float, Polygon]:
    """Area and outline of what two convex polygons share."""
    if not one or not other:
        return 0.0, ()
    area, outline = cv2.intersectConvexConvex(
        np.array(one, np.float32), np.array(other, np.float32)
    )
    if outline is None or area <= 0:
        return 0.0, ()
    return float(area), tuple((float(x), float(y)) for x, y in outline.reshape(-1, 2))


def _area(shape: Polygon) -> float:
    return float(cv2.contourArea(np.array(shape, np.float32))) if shape else 0.0


def _largest(shapes: Sequence[Polygon]) -> Polygon:
    return max(shapes, key=_area)
