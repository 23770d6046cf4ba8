"""How much of each picture lies in the other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from provenance.verify.locating.geometry import Matrix, apply
from provenance.verify.locating.location import Location, corners
from provenance.verify.views import ArchivedView, QueryView

Point = list[float]
Points = list[Point]
"""Corners of a polygon, x and y each. So few are told faster one by one than as an array."""

IN_ONE_FRAME = 0.75
"""Share of each picture that lies in the other, from which on their frames are the same but for a
trim: a template filled anew is cut to 90 % and less, a tile of a collage of two is half of it."""


MOSTLY_APART, LITTLE = 0.5, 0.12
"""Shares below which two pictures only overlap, and of the archived picture below which a query has
hardly anything of it: a straight edge and five inliers made 7 % of one picture of another."""


def in_one_frame(located: Location, query: QueryView, picture: ArchivedView) -> bool:
    """Whether neither picture shows more than the other."""
    lying = covered(located, query, picture), share_of_query(located, query, picture)
    return min(lying) >= IN_ONE_FRAME


def overlapping(located: Location, query: QueryView, picture: ArchivedView) -> bool:
    """Whether each shows mostly what the other does not, or the query next to nothing of it."""
    shown = covered(located, query, picture)
    return max(shown, share_of_query(located, query, picture)) < MOSTLY_APART or shown < LITTLE


def covered(located: Location, query: QueryView, picture: ArchivedView) -> float:
    """The share (0..1) of the archived picture that lies within the query's frame."""
    whole = corners(picture.width, picture.height)
    frame = apply(np.linalg.inv(located.matrix), corners(query.width, query.height))
    return min(1.0, _common(frame, whole) / (picture.width * picture.height))


def share_of_query(located: Location, query: QueryView, picture: ArchivedView) -> float:
    """The share (0..1) of the query that the archived picture fills."""
    whole = corners(query.width, query.height)
    placed = apply(located.matrix, corners(picture.width, picture.height))
    return min(1.0, _common(placed, whole) / (query.width * query.height))


def _common(one: Matrix, other: Matrix) -> float:
    """Area common to two convex polygons, whichever way round they run.

    One is cut along every side of the other (Sutherland and Hodgman 1974). OpenCV's
    ``intersectConvexConvex`` finds nothing in common where two of them nearly coincide.
    """
    cut, around = _counted_round(one.tolist()), _counted_round(other.tolist())
    for start, end in pairwise([*around, around[0]]):
        cut = _left_of(cut, start, end)
    return max(0.0, _area(cut))


def _left_of(polygon: Points, start: Point, end: Point) -> Points:
    """The part of a polygon on the inner side of a line."""
    along = end[0] - start[0], end[1] - start[1]
    sides = [along[0] * (y - start[1]) - along[1] * (x - start[0]) for x, y in polygon]
    kept: Points = []
    for index, (point, side) in enumerate(zip(polygon, sides, strict=True)):
        following = (index + 1) % len(polygon)
        if side >= 0:
            kept.append(point)
        if (side < 0) != (sides[following] < 0):
            share = side / (side - sides[following])
            other = polygon[following]
            kept.append([a + share * (b - a) for a, b in zip(point, other, strict=True)])
    return kept


def _counted_round(polygon: Points) -> Points:
    return polygon if _area(polygon) >= 0 else polygon[::-1]


def _area(polygon: Points) -> float:
    """Positive where x runs towards y (the shoelace formula)."""
    around = [*polygon, *polygon[:1]]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(around)) / 2
