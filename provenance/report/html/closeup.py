"""The part of a checked picture in which an archived one lies, to be seen as large as that one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from provenance.report.html.frame import Polygon, clipped

MARGIN: Final = 0.05
"""Of the region's longer side, left around it: what it lies in stays recognisable."""

SMALL: Final = 0.55
"""A region that fills less of the picture is shown closely first; both halves of two are."""

NEARLY_ALL: Final = 0.9
"""A part this large is the whole picture to the eye; there is nothing to go closer to."""

NARROWEST: Final = 0.4
"""Of the longer side: a strip of a picture is shown with more of what is beside it."""


LEAST_PIXELS: Final = 1.0
"""Of less nothing can be seen, and its place in shares of itself is rounding."""


@dataclass(frozen=True, slots=True)
class Closeup:
    """A part of a picture, upright: ``x, y, width, height`` in shares (0..1) of its sides.

    ``fills`` is the share of the picture that the region fills, without the margin.
    """

    x: float
    y: float
    width: float
    height: float
    fills: float

    @property
    def is_first(self) -> bool:
        """Whether it is shown before the whole picture is."""
        return self.fills < SMALL

    def within(self, polygon: Polygon) -> Polygon:
        """Points in shares of the picture, in shares of this part."""
        return [((x - self.x) / self.width, (y - self.y) / self.height) for x, y in polygon]


WHOLE: Final = Closeup(0.0, 0.0, 1.0, 1.0, 1.0)
"""All of a picture."""


def closeup(region: Sequence[Sequence[float]], width: float, height: float) -> Closeup | None:
    """The part of a picture of this size (pixels) that holds the region, with a margin.

    ``None`` where less than a pixel of the region lies in the picture, or the part is nearly all
    of it.
    """
    inside = clipped([(x / width, y / height) for x, y in region])
    fills = _area(inside)
    if fills * width * height < LEAST_PIXELS:
        return None
    across, down = (
        _span([point[axis] * side for point in inside]) for axis, side in ((0, width), (1, height))
    )
    longer = max(across[1], down[1])
    (x, wide), (y, high) = _widened(across, longer, width), _widened(down, longer, height)
    if wide * high >= NEARLY_ALL * width * height:
        return None
    return Closeup(x / width, y / height, wide / width, high / height, fills)


def _span(along: Sequence[float]) -> tuple[float, float]:
    """Where it begins and how long it is."""
    return min(along), max(along) - min(along)


def _widened(span: tuple[float, float], longer: float, side: float) -> tuple[float, float]:
    """The span with its margin as far as the picture goes, and moved where it was a strip."""
    begin, length = span
    begin, end = max(0.0, begin - MARGIN * longer), min(side, begin + length + MARGIN * longer)
    wide = min(side, max(end - begin, NARROWEST * longer))
    return min(max(0.0, (begin + end - wide) / 2), side - wide), wide


def _area(polygon: Polygon) -> float:
    """In the square of the polygon's unit (Gauss's shoelace formula)."""
    corners = pairwise([*polygon, *polygon[:1]])
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in corners)) / 2
