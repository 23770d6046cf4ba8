"""Bands: stripes of one width laid straight across a picture, from one edge to the other.

Along the whole of such a line one law says what each grey value became: it is of one tone, or what
lies below shows through it evenly, and just beside it the picture is as it was. Nothing that was
photographed at another moment keeps to one law along a line through the whole picture.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual

Numbers = NDArray[np.float64]

WAYS, STEP = 90, np.pi / 90
FINER, AROUND = 8, 12
EVERY = 2
LIKELY = 3
EDGE = 3.0
"""Directions, two degrees apart; the parts of a step, and how many of them are tried on both sides
of the best, which may not be the nearest: with one step, bands at 5 of 400 angles were lost; of the
rows and columns only every second is asked, but for the answer. Only the directions are tried
across which most edges run (grey values a pixel), and their neighbours."""

LEAST_LINE = 0.3
"""Length of a line within the picture, as a share of its short side."""

LAW, MOST_THROUGH, LEAST_BELOW = 7.0, 0.85, 9.0
"""Grey values that are left along a line once its law is known, how much may show through, and how
much what lies below must vary, in standard deviations: else the law says nothing. These
and the bounds below are choices: of 19 striped copies of a second hand that were missed before 13
were found with them; somebody on a bare floor, first taken for a band, is why ``BEGINS`` is
asked."""

BESIDE, ALIKE = 4, 7.0
"""Frame pixels from a band on both sides to where the picture must be as it was, in grey values, in
the mean."""

NARROWEST, WIDEST = 3, 0.33
GAP = 2
SIDES = 2
"""Frame pixels across a band; share of the short side; pixels where two touch; sides on which the
picture is as it was."""

BEGINS, REACH = 0.5, 3
"""Share of the line at which a band begins along which the query changes, give or take a line."""

FEW = 12
"""Pixels along a line below which nothing is asked."""


class _Lines(NamedTuple):
    """One direction: the line (h, w) each pixel lies on, and for every line what is known."""

    number: NDArray[np.int64]
    banded: Flags
    apart: Numbers
    edged: Numbers
    long: Flags


def bands(left: Residual) -> list[Flags]:
    """The bands (h, w each) of the direction in which there are most, or none."""
    coarse = max(_likely(left), key=lambda turn: _width(left, turn))
    if not _width(left, coarse):
        return []
    lines = _lines(left, _made_finer(left, coarse), 1)
    number, shape = lines.number, left.seen.shape
    runs = _runs(lines, WIDEST * min(shape), SIDES)
    if len(runs) > 1:
        # Beside two that are known another may cross what differs for its own reasons.
        runs = _runs(lines, WIDEST * min(shape), 1)
    return [np.asarray((number >= a) & (number < b) & left.seen) for a, b in runs]


def _made_finer(left: Residual, coarse: float) -> float:
    """The middle of the directions in which most lines keep to a law."""
    turns = coarse + np.arange(-AROUND, AROUND + 1) * STEP / FINER
    widths = np.array([_width(left, float(turn)) for turn in turns])
    return float(turns[widths >= widths.max() - 1].mean())


def _likely(left: Residual) -> list[float]:
    """Directions across most edges of the query's own."""
    apart = np.asarray(cv2.GaussianBlur(left.query - left.expected, (0, 0), 1.0), np.float32)
    across = np.asarray(cv2.Sobel(apart, cv2.CV_32F, 1, 0, scale=1 / 8))
    down = np.asarray(cv2.Sobel(apart, cv2.CV_32F, 0, 1, scale=1 / 8))
    steep = np.hypot(across, down)
    steep[(steep < EDGE) | ~left.seen] = 0
    way = np.rint(np.arctan2(down, across) % np.pi / STEP).astype(np.int64) % WAYS
    counts = np.bincount(way.ravel(), steep.ravel(), minlength=WAYS)
    together = counts + np.roll(counts, 1) + np.roll(counts, -1)
    likely: list[float] = []
    for _ in range(LIKELY):
        best = int(together.argmax())
        likely += [(best + off) % WAYS * STEP for off in (-1, 0, 1)]
        together[[(best + off) % WAYS for off in range(-2, 3)]] = 0
    return likely


def _width(left: Residual, turn: float) -> int:
    """Lines of a direction that keep to a law; every other pixel is asked."""
    return int(_lines(left, turn, EVERY).banded.sum())


def _lines(left: Residual, turn: float, every: int) -> _Lines:
    height, width = left.seen.shape
    rows, columns = np.arange(0, height, every)[:, None], np.arange(0, width, every)[None]
    along = columns * np.cos(turn) + rows * np.sin(turn)
    number = np.rint((along - along.min()) / every).astype(np.int64)
    asked = left.seen[::every, ::every]
    kept = number[asked]
    query, below = left.query[::every, ::every][asked], left.expected[::every, ::every][asked]
    count = np.bincount(kept, minlength=int(number.max()) + 1).astype(np.float64)
    known = np.maximum(count, 1)

    def mean(values: Floats) -> Numbers:
        return np.bincount(kept, values.astype(np.float64), minlength=len(count)) / known

    of_query, of_below = mean(query), mean(below)
    spread = np.maximum(mean(below * below) - of_below**2, 0)
    varies = np.maximum(mean(query * query) - of_query**2, 0)
    common = mean(query * below) - of_query * of_below
    through = common / np.maximum(spread, 1e-6)
    rest = np.sqrt(np.maximum(varies - through * common, 0))
    long = count >= max(FEW, LEAST_LINE * min(left.seen.shape)) / every
    lawful = (rest <= LAW) & (through <= MOST_THROUGH) & (np.sqrt(spread) >= LEAST_BELOW)
    steep = (_across(left, turn)[::every, ::every][asked] > EDGE).astype(np.float32)
    return _Lines(number, lawful & long, mean(np.abs(query - below)), mean(steep), long)


def _across(left: Residual, turn: float) -> Floats:
    """Grey values a pixel by which the query changes across the lines of a direction."""
    across = np.asarray(cv2.Sobel(left.query, cv2.CV_32F, 1, 0, scale=1 / 8))
    down = np.asarray(cv2.Sobel(left.query, cv2.CV_32F, 0, 1, scale=1 / 8))
    return np.asarray(np.abs(np.cos(turn) * across + np.sin(turn) * down), np.float32)


def _runs(lines: _Lines, widest: float, sides: int) -> list[tuple[int, int]]:
    """First and last but one line of each band with the picture as it was on its sides."""
    at = np.flatnonzero(lines.banded)
    if not len(at):
        return []
    parts = np.split(at, np.flatnonzero(np.diff(at) > GAP + 1) + 1)
    return [
        (int(part[0]) - 1, int(part[-1]) + 2)
        for part in parts
        if len(part) >= NARROWEST
        and part[-1] + 1 - part[0] <= widest
        and sum(_is_as_it_was(lines, n) for n in (part[0] - 1 - BESIDE, part[-1] + 1 + BESIDE))
        >= sides
        and all(_begins(lines, int(n)) for n in (part[0] - 1, part[-1] + 1))
    ]


def _begins(lines: _Lines, at: int) -> bool:
    """Whether the query changes along most of the line at which a band begins or ends.

    Where somebody stood on a bare floor the query is of one tone all along, too.
    """
    around = [n for n in range(at - 1, at + 2) if 0 <= n < len(lines.edged) and lines.long[n]]
    if len(around) < REACH:
        return True  # the band runs along the picture's own edge
    return float(max(lines.edged[n] for n in around)) >= BEGINS


def _is_as_it_was(lines: _Lines, at: int) -> bool:
    if not 0 <= at < len(lines.apart) or not lines.long[at]:
        return True
    return bool(lines.apart[at] <= ALIKE)
