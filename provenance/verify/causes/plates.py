"""Plates: what words are set on, with a tag at its corner or a second line below.

Two rectangles that touch, or one, wider than high: together no box, because the hull of both is
filled by neither. Each ends in straight sides, and is of few tones or lets what lies below show
through by one law.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.residual import Difference, Residual
from provenance.verify.causes.displaced import walked_on
from provenance.verify.causes.marks import without_holes
from provenance.verify.causes.sides import edges_along
from provenance.verify.causes.tones import of_few_tones
from provenance.verify.causes.veils import through

WIDE = 1.6
"""How many times as wide as high a plate is at least: people are higher than wide."""

MOSTLY, TOGETHER, FULL = 0.55, 0.9, 0.85
"""Share of the difference that the larger rectangle holds, that both hold, and of each that
differs: choices."""

LONG = 3.0
"""From so many times on words may fill it so that it is neither of few tones nor lets through."""

EDGED, CLEARLY = 0.75, 0.93
TELLING, SLOT = 3, 0.72
RIM = 6
"""Share of both long sides within the picture along which the query has an edge of its own, or of
three sides where it is drawn; the three best of the archived picture, which has such edges itself
where a slot is filled anew; frame pixels from the picture's edge. Choices; below eight plates on
copies the archived picture has edges along 0.65 at most, where a bus stood before another 0.76."""

STEP = 2
"""Frame pixels in which rectangles are looked for."""

UPRIGHT = 3.0
"""Degrees by which the copy may be turned against the archived picture."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Rows and columns from the first to just behind the last."""

    top: int
    bottom: int
    left: int
    right: int

    def mask(self, shape: tuple[int, ...]) -> Flags:
        """The pixels (h, w) in it."""
        inside = np.zeros(shape, np.bool_)
        inside[self.top : self.bottom, self.left : self.right] = True
        return inside


def is_plate(left: Residual, found: Difference) -> bool:
    """Whether a difference is a plate, and a tag or a line beside it."""
    if min(found.turn % 90, -found.turn % 90) > UPRIGHT:
        return False
    whole = without_holes(found.mask)
    plate = _fullest(whole)
    inside = plate.mask(whole.shape)
    area = int(whole.sum())
    if plate.right - plate.left < WIDE * (plate.bottom - plate.top):
        return False
    if not (_is_full(whole, inside) and (whole & inside).sum() > MOSTLY * area):
        return False
    rest = whole & ~cv2.dilate(inside.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(np.bool_)
    tag = _fullest(rest).mask(whole.shape) if rest.any() else np.zeros_like(whole)
    if (whole & (inside | tag)).sum() < TOGETHER * area or (tag.any() and not _is_full(whole, tag)):
        return False
    if walked_on(left, found.strong):
        return False
    drawn = of_few_tones(left.query[inside]) or through(left, inside)
    long = plate.right - plate.left >= LONG * (plate.bottom - plate.top)
    return (long or drawn) and _ends_straight(left, plate, rest, drawn=drawn)


def _is_full(whole: Flags, inside: Flags) -> bool:
    return bool((whole & inside).sum() >= FULL * inside.sum())


def _fullest(mask: Flags) -> Rectangle:
    """The rectangle that holds most of a mask (h, w) and least else.

    A pixel of the mask counts for it, another one against: the largest sum of all rectangles
    (Bentley, "Programming pearls: algorithm design techniques", CACM 27(9), 1984).
    """
    rows, columns = np.nonzero(mask)
    top, first = int(rows.min()), int(columns.min())
    worth = np.where(mask[top : rows.max() + 1 : STEP, first : columns.max() + 1 : STEP], 1, -1)
    sums = np.vstack([np.zeros((1, worth.shape[1]), np.int64), np.cumsum(worth, axis=0)])
    best, found = -1, (0, 1, 0, 1)
    for start in range(len(worth)):
        # All ends of the rows at once: the best run of columns of each (Kadane).
        strips = sums[start + 1 :] - sums[start]
        total, since, until = _best_run(strips)
        at = int(total.argmax())
        if total[at] > best:
            best, found = int(total[at]), (start, start + 1 + at, int(since[at]), int(until[at]))
    return Rectangle(
        top + STEP * found[0],
        top + STEP * (found[1] + 1) - 1,
        first + STEP * found[2],
        first + STEP * (found[3] + 1) - 1,
    )


Whole = NDArray[np.int64]


def _best_run(strips: Whole) -> tuple[Whole, Whole, Whole]:
    """Sum, first and last but one column of the run with the largest sum, for each row."""
    before = np.cumsum(strips, axis=1)
    padded = np.hstack([np.zeros((len(strips), 1), np.int64), before])
    lowest = np.minimum.accumulate(padded[:, :-1], axis=1)
    gain = before - lowest
    until = gain.argmax(axis=1)
    each = np.arange(len(strips))
    wanted = lowest[each, until]
    since = (padded[:, :-1] == wanted[:, None]).argmax(axis=1)
    return gain[each, until], since, until


def _ends_straight(left: Residual, plate: Rectangle, rest: Flags, *, drawn: bool) -> bool:
    """Whether both long sides, or three of what was drawn, are edges of the query's own."""
    corners = np.array(
        [
            (plate.left, plate.top),
            (plate.right - 1, plate.top),
            (plate.right - 1, plate.bottom - 1),
            (plate.left, plate.bottom - 1),
        ],
        np.float64,
    )
    # Where a tag or the next line begins, the plate does not end.
    on = cv2.dilate(rest.astype(np.uint8), np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)) > 0
    edges = list(edges_along(left.query - left.expected, corners, np.asarray(on)))
    before = list(edges_along(left.expected, corners))
    if np.mean(sorted(before)[-TELLING:]) > SLOT:
        return False
    rows = np.flatnonzero(left.seen.any(axis=1))
    within = [
        edges[side]
        for side, row in ((0, plate.top), (2, plate.bottom))
        if rows[0] + RIM < row < rows[-1] - RIM
    ]
    level = bool(within) and min(within) >= EDGED
    return level or (drawn and float(np.mean(sorted(edges)[-TELLING:])) >= CLEARLY)
