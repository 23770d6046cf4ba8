"""Where one picture lies in another: from the region in the query to what the archive shows.

A match says where the four corners of the archived picture lie in the query. What of that
region lies inside the query, laid back through the projective map that those corners fix
(Heckbert 1989, "Fundamentals of Texture Mapping", section 2.2.3), is what can be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

Point = tuple[float, float]
Polygon = list[Point]

_FLAT = 1e-9
_CORNERS = 4


def visible_part(region: Sequence[Sequence[float]], width: float, height: float) -> Polygon:
    """What of the archived picture the query shows, in shares (0..1) of its sides.

    ``region`` are its corners in the query (top left, top right, bottom right, bottom
    left), ``width`` and ``height`` the query's pixels. Empty where nothing is visible or
    the region is not a four-sided figure that can be turned back.
    """
    back = _back(region) if len(region) == _CORNERS else None
    if back is None:
        return []
    inside = clipped([(x / width, y / height) for x, y in region])
    corners = [back(x * width, y * height) for x, y in inside]
    return [_on_picture(corner) for corner in corners if corner is not None]


def clipped(polygon: Polygon) -> Polygon:
    """A polygon in shares, cut off at the picture's four sides (Sutherland-Hodgman 1974)."""
    for axis in (0, 1):
        for limit, sign in ((0.0, 1.0), (1.0, -1.0)):
            polygon = _cut(polygon, axis, limit, sign)
    return polygon


def _back(region: Sequence[Sequence[float]]) -> Callable[[float, float], Point | None] | None:
    """The map from query pixels to shares of the archived picture."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in region)
    dx1, dx2, dx3 = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, dy3 = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    spread = dx1 * dy2 - dx2 * dy1
    if abs(spread) < _FLAT:
        return None
    g = (dx3 * dy2 - dx2 * dy3) / spread
    h = (dx1 * dy3 - dx3 * dy1) / spread
    a, b, d, e = x1 - x0 + g * x1, x3 - x0 + h * x3, y1 - y0 + g * y1, y3 - y0 + h * y3

    def back(x: float, y: float) -> Point | None:
        u = (e - y0 * h) * x + (x0 * h - b) * y + b * y0 - x0 * e
        v = (y0 * g - d) * x + (a - x0 * g) * y + x0 * d - a * y0
        w = (d * h - e * g) * x + (b * g - a * h) * y + a * e - b * d
        return (u / w, v / w) if abs(w) > _FLAT else None

    return back


def _cut(polygon: Polygon, axis: int, limit: float, sign: float) -> Polygon:
    kept: Polygon = []
    for one, other in pairwise([*polygon, *polygon[:1]]):
        before, after = sign * (one[axis] - limit), sign * (other[axis] - limit)
        if before >= 0:
            kept.append(one)
        if (before > 0 > after) or (before < 0 < after):
            share = before / (before - after)
            kept.append(_between(one, other, share))
    return kept


def _between(one: Point, other: Point, share: float) -> Point:
    return (one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))


def _on_picture(point: Point) -> Point:
    """A point without what rounding laid beyond the edge."""
    return (min(1.0, max(0.0, point[0])), min(1.0, max(0.0, point[1])))
