"""Lines between the points that agree, drawn over both pictures, beside and below each other.

Drawn here and not in the browser: it works without scripts, and is printed as it is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from provenance.report.html.closeup import WHOLE, Closeup

if TYPE_CHECKING:
    from provenance.corners import Corners

SIDE: Final = 480
GAP: Final = 20
COLOURS: Final = 5
"""Neighbouring lines have another colour, so that the eye can follow one."""

Box = tuple[float, float, float, float]
Line = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Pane:
    """Where one picture is seen, and all of it as it lies behind that, from the frame's corner."""

    frame: Box
    behind: Box


@dataclass(frozen=True, slots=True)
class Drawing:
    """One arrangement: its size, both pictures, and the lines."""

    width: float
    height: float
    checked: Pane
    archived: Pane
    lines: tuple[Line, ...]


def drawings(
    corners: Corners, close: Closeup = WHOLE, *, from_right: bool = False
) -> dict[str, Drawing]:
    """Beside each other for a wide page, below each other for a narrow one.

    ``close`` is what of the checked picture is shown.
    ``from_right``: the checked picture stands on the right, as all first things on the page do.
    """
    width, height = corners.checked_size
    first = _height((width * close.width, height * close.height))
    second = _height(corners.archived_size)
    left, right = (SIDE + GAP, 0.0) if from_right else (0.0, SIDE + GAP)
    beside = _drawn(corners, close, (left, 0.0, SIDE, first), (right, 0.0, SIDE, second))
    below = _drawn(corners, close, (0.0, 0.0, SIDE, first), (0.0, first + GAP, SIDE, second))
    return {"beside": beside, "below": below}


def _height(size: tuple[float, float]) -> float:
    return round(SIDE * size[1] / size[0], 1)


def _drawn(corners: Corners, close: Closeup, checked: Box, archived: Box) -> Drawing:
    one_pane, other_pane = _pane(checked, close), _pane(archived, WHOLE)
    ends = sorted(corners.pairs, key=lambda pair: pair[0][::-1])
    lines = tuple(
        (*_at(one, corners.checked_size, one_pane), *_at(other, corners.archived_size, other_pane))
        for one, other in ends
    )
    width = max(checked[0], archived[0]) + SIDE
    height = max(checked[3], archived[1] + archived[3])
    return Drawing(width, height, one_pane, other_pane, lines)


def _pane(frame: Box, close: Closeup) -> Pane:
    """A frame that shows this part of a picture."""
    width, height = frame[2] / close.width, frame[3] / close.height
    return Pane(frame, (-close.x * width, -close.y * height, width, height))


def _at(point: tuple[float, float], size: tuple[int, int], pane: Pane) -> tuple[float, float]:
    """A point in pixels of a picture, where the picture is drawn in this pane."""
    (left, top, *_), (x, y, width, height) = pane.frame, pane.behind
    across, down = point[0] / size[0] * width, point[1] / size[1] * height
    return round(left + x + across, 1), round(top + y + down, 1)
