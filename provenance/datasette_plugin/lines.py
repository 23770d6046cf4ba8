"""Lines between the points that agree, drawn over both pictures, beside and below each other.

Drawn here and not in the browser: it works without scripts, and is printed as it is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from provenance.corners import Corners

SIDE: Final = 480
GAP: Final = 20
COLOURS: Final = 5
"""Neighbouring lines have another colour, so that the eye can follow one."""

Box = tuple[float, float, float, float]
Line = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One arrangement: its size, both pictures as x, y, width, height, and the lines."""

    width: float
    height: float
    checked: Box
    archived: Box
    lines: tuple[Line, ...]


def drawings(corners: Corners, *, from_right: bool = False) -> dict[str, Drawing]:
    """Beside each other for a wide page, below each other for a narrow one.

    ``from_right``: the checked picture stands on the right, as all first things on the page do.
    """
    first, second = _height(corners.checked_size), _height(corners.archived_size)
    left, right = (SIDE + GAP, 0.0) if from_right else (0.0, SIDE + GAP)
    beside = _drawn(corners, (left, 0.0, SIDE, first), (right, 0.0, SIDE, second))
    below = _drawn(corners, (0.0, 0.0, SIDE, first), (0.0, first + GAP, SIDE, second))
    return {"beside": beside, "below": below}


def _height(size: tuple[int, int]) -> float:
    return round(SIDE * size[1] / size[0], 1)


def _drawn(corners: Corners, checked: Box, archived: Box) -> Drawing:
    ends = sorted(corners.pairs, key=lambda pair: pair[0][::-1])
    lines = tuple(
        (*_at(one, corners.checked_size, checked), *_at(other, corners.archived_size, archived))
        for one, other in ends
    )
    width = max(checked[0], archived[0]) + SIDE
    return Drawing(width, max(checked[3], archived[1] + archived[3]), checked, archived, lines)


def _at(point: tuple[float, float], size: tuple[int, int], box: Box) -> tuple[float, float]:
    """A point in pixels of a picture, where the picture is drawn in this box."""
    across, down = point[0] / size[0], point[1] / size[1]
    return round(box[0] + across * box[2], 1), round(box[1] + down * box[3], 1)
