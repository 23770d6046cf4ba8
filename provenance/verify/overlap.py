"""How much of each picture lies in the other."""

from __future__ import annotations

import numpy as np

from provenance.verify.geometry import Matrix, apply
from provenance.verify.location import Location, corners
from provenance.verify.views import ArchivedView, QueryView

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
    cut = _counted_round(np.asarray(one, np.float64))
    around = _counted_round(np.asarray(other, np.float64))
    for start, end in zip(around, np.roll(around, -1, axis=0), strict=True):
        if not len(cut):
            return 0.0
        cut = _left_of(cut, start, end)
    return max(0.0, _area(cut)) if len(cut) else 0.0


def _left_of(polygon: Matrix, start: Matrix, end: Matrix) -> Matrix:
    """The part of a polygon (n, 2) on the inner side of a line."""
    along = end - start
    apart = polygon - start
    side = along[0] * apart[:, 1] - along[1] * apart[:, 0]
    kept: list[Matrix] = []
    for index in range(len(polygon)):
        following = (index + 1) % len(polygon)
        if side[index] >= 0:
            kept.append(polygon[index])
        if (side[index] < 0) != (side[following] < 0):
            share = side[index] / (side[index] - side[following])
            kept.append(polygon[index] + share * (polygon[following] - polygon[index]))
    return np.array(kept).reshape(-1, 2)


def _counted_round(polygon: Matrix) -> Matrix:
    return polygon if _area(polygon) >= 0 else polygon[::-1]


def _area(polygon: Matrix) -> float:
    """Positive where x runs towards y (the shoelace formula)."""
    x, y = polygon.T
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2
