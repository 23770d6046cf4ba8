"""Insets found by their sides: a rectangle in which a difference ends, however ragged that is.

Where an inset is as light as what it covers, the difference ends before its sides do, and where
compression smears it, beyond them. But wherever the two pictures differ right inside of a side, the
difference ends on it, on an edge that only one of them has; and right outside they agree. Of
nothing that moved this is true on all four sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Difference, Residual
from provenance.verify.causes.displaced import walked_on

Shares = NDArray[np.float64]

LEAST, MOST = 0.03, 0.3
"""Share of the frame that the difference takes up: who stands on a square, more upright than any
inset, takes up 0.022; the square of a third of a wide picture 0.252."""

EDGE, STEEP = 3.0, 12.0
"""Slope of the difference in grey values a pixel, from which on there is an edge, and above which
it counts no more when lines are chosen: a side is long before it is steep."""

DIFFERS = 0.5
"""Share of the bound from which on the pictures differ right inside of a side."""

ENDS, ENDS_TALL = 3.4, 3.5
LEAST_DIFFERING, LEAST_ENDING = 0.45, 0.75
TALL, TALLEST = 1.3, 2.0
"""How much of the four sides a difference reaches and ends on, together (0..4); the same of what is
so many times as high as wide, as both places of somebody who walked on are together; of each side
the least that is reached, and that it ends on of what it reaches. Of 34 insets those that nothing
else found have 3.43 to 4; of 262 pairs of other moments, studios, ruins and products that such a
rectangle would have made the same picture, those whose sides the archived picture has not have 3.1
at most, 3.23 where five times as wide as high, 3.37 where 1.7 times as high as wide."""

LARGE = 0.1
"""Share of the frame from which on it is not asked whether two places of somebody fill it: of two
insets of 0.12 and 0.13 a part seemed to have been elsewhere in the picture."""

CLEAN = 0.93
"""Share of what lies right outside of each side that agrees: insets 0.94 to 1; heads reach out of
it, and corners of houses that are gone go on beyond it (0.46 to 0.7 all around)."""

MOST_HELD, MOSTLY_CLEAN = 0.8, 0.8
"""Share of a difference in a rectangle, and of what lies right outside of each of its sides and
agrees, from which on its sides are those of the difference."""

WITHIN, FILLED = 0.9, 0.45
"""Share of the difference that lies in the rectangle (insets 0.9 to 0.97; somebody who walked on,
whose back is a straight edge, 0.87), and share of that which differs (0.61 upwards)."""

SLOT, ACROSS = 0.83, 2.0
"""Share of the sides, the least of them aside, along which the archived picture has a line, too:
then it is a window or a slot. A line is an edge that runs along it, twice as steep across it as
along it. Insets 0.03 to 0.4, one in a busy street 0.8; windows of studios and slots 0.85 upwards.
Of edges that run anyhow leaves and stripes have as many as a slot (0.9 to 1)."""

FREE = 2
"""Sides that do not lie on the frame's own edge, at least."""

MOST_LINES = 12
SHORTEST = 12
NEAR, SNAP = 8, 3
"""Edges that are tried each way beside the ends of the difference, frame pixels of the shortest
side, how far from the difference a side may run, and how far from its ends the next edge."""

INSIDE, OUTSIDE = (2, 6), (3, 9)
"""Frame pixels from a side between which what is right inside and right outside of it lies."""

CORNERS = 2
"""Frame pixels at both ends of a side that are not asked: the other side's edge is there."""


class Rectangle(NamedTuple):
    """Frame pixels, the last ones included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class _Sides:
    """Of each pair of columns and each pair of rows, (n, m, 4): left, right, top and bottom.

    ``reached`` is the share of a side right inside of which the pictures differ, ``ends`` the share
    of that which has an edge on the side, ``clean`` the share right outside that agrees; ``free``
    (n, m) counts those that are not on the frame's own edge.
    """

    reached: Shares
    ends: Shares
    clean: Shares
    free: NDArray[np.int64]


def is_framed(left: Residual, found: Difference, wide: Flags) -> bool:
    """Whether a difference is an upright rectangle by its sides; ``wide``: with its rim."""
    if not LEAST * found.mask.size < found.mask.sum() < MOST * found.mask.size:
        return False
    boxes = (b for b in _insets(left, found.mask, wide) if _share_lined(left.expected, b) <= SLOT)
    box = next(boxes, None)
    return box is not None and not (_may_walk(box, found.mask) and walked_on(left, found.strong))


def _may_walk(box: Rectangle, mask: Flags) -> bool:
    """Whether it is as tall, and as small, as both places of somebody who walked on."""
    tall = box.bottom - box.top + 1 > TALL * (box.right - box.left + 1)
    return tall and bool(mask.sum() < LARGE * mask.size)


def ended_on(left: Residual, mask: Flags, wide: Flags) -> float:
    """How much of four sides a difference reaches and ends on, together (0..4), at best.

    Of any upright rectangle that holds most of it, beyond whose sides most agrees.
    """
    found = _rectangles(left, mask, wide)
    if found is None:
        return 0.0
    ending = (found.sides.reached * found.sides.ends).sum(axis=2)
    usable = found.held >= MOST_HELD * int(wide.sum())
    usable &= found.sides.clean.min(axis=2) >= MOSTLY_CLEAN
    return float(np.where(usable, ending, 0).max())


def _insets(left: Residual, mask: Flags, wide: Flags) -> Iterator[Rectangle]:
    """The rectangles near a difference in which it ends on all sides."""
    found = _rectangles(left, mask, wide)
    if found is None:
        return
    sides, held, across, down = found
    high, broad = (np.diff(each)[:, 0] + 1 for each in (down, across))
    tall = high[None, :] / broad[:, None]
    fits = (
        ((sides.reached * sides.ends).sum(axis=2) >= np.where(tall > TALL, ENDS_TALL, ENDS))
        & (tall <= TALLEST)
        & (sides.free >= FREE)
        & (sides.reached.min(axis=2) >= LEAST_DIFFERING)
        & (sides.ends.min(axis=2) >= LEAST_ENDING)
        & (sides.clean.min(axis=2) >= CLEAN)
        & (held >= WITHIN * int(wide.sum()))
        & (held >= FILLED * np.outer(broad, high))
    )
    for n, m in np.argwhere(fits):
        (first, last), (top, bottom) = across[n].tolist(), down[m].tolist()
        yield Rectangle(first, top, last, bottom)


class _Rectangles(NamedTuple):
    """All rectangles between pairs of columns (n, 2) and of rows (m, 2).

    ``held`` (n, m) counts the pixels of the difference in each.
    """

    sides: _Sides
    held: NDArray[np.float64]
    across: NDArray[np.int64]
    down: NDArray[np.int64]


def _rectangles(left: Residual, mask: Flags, wide: Flags) -> _Rectangles | None:
    own = left.query - left.expected
    slopes = _slopes(own)
    columns, rows = (_lines(slopes, (mask, wide), axis) for axis in (1, 0))
    across, down = _pairs(columns), _pairs(rows)
    if not len(across) or not len(down):
        return None
    sides = _sides(left, own, slopes, (columns, rows), (across, down))
    return _Rectangles(sides, _held(wide, across, down), across, down)


def _share_lined(image: Floats, box: Rectangle) -> float:
    """The share of the sides, the least of them aside, along which an image has a line."""
    across, down = _slopes(image)
    height, width = image.shape
    rows = slice(box.top + CORNERS, box.bottom - CORNERS + 1)
    columns = slice(box.left + CORNERS, box.right - CORNERS + 1)
    upright = [x for x in (box.left, box.right) if 1 < x < width - 2]
    level = [y for y in (box.top, box.bottom) if 1 < y < height - 2]
    shares = [_lined(across[rows].T, down[rows].T, x) for x in upright]
    shares += [_lined(down[:, columns], across[:, columns], y) for y in level]
    return float(np.mean(sorted(shares)[1:]))


def _lined(across: Floats, along: Floats, line: int) -> float:
    """The best share of a line (by its rows), give or take some, that is an edge along it."""
    near = range(max(line - CORNERS, 0), min(line + CORNERS + 1, len(across)))
    return max(float(((across[n] > EDGE) & (across[n] > ACROSS * along[n])).mean()) for n in near)


def _slopes(image: Floats) -> tuple[Floats, Floats]:
    """How steep an image (h, w) is across and down."""
    ways = ((1, 0), (0, 1))
    across, down = (np.abs(cv2.Sobel(image, cv2.CV_32F, *way, scale=1 / 8)) for way in ways)
    return across, down


def _lines(
    slopes: tuple[Floats, Floats], masks: tuple[Flags, Flags], axis: int
) -> NDArray[np.int64]:
    """Where sides may run: the steepest columns (or rows), the ends of a difference, the frame's.

    ``masks`` (h, w) are the difference and the same with its rim; of each end the next edge counts.
    """
    boxes = [cv2.boundingRect(mask.astype(np.uint8)) for mask in masks]
    spans = [(x, x + wide - 1) if axis else (y, y + high - 1) for x, y, wide, high in boxes]
    beside = [(y, y + high - 1) if axis else (x, x + wide - 1) for x, y, wide, high in boxes]
    slope = slopes[0] if axis else slopes[1].T
    start, end = max(0, beside[0][0] - NEAR), beside[0][1] + NEAR + 1
    steepness = np.minimum(slope[start:end], STEEP).sum(axis=0)
    last = len(steepness) - 1
    lowest, highest = max(0, spans[0][0] - NEAR), min(last, spans[0][1] + NEAR)
    around = cv2.dilate(steepness[:, None], np.ones((5, 1), np.uint8))[:, 0]
    peaks = np.flatnonzero(steepness >= around)
    peaks = peaks[(peaks >= lowest) & (peaks <= highest)]
    kept = peaks[np.argsort(-steepness[peaks], kind="stable")][:MOST_LINES]
    ends = [_steepest(steepness, place) for span in spans for place in span]
    own_edges = [each for each in (0, last) if lowest <= each <= highest]
    return np.unique(np.concatenate([kept, np.array([*ends, *own_edges], np.int64)]))


def _steepest(steepness: Floats, place: int) -> int:
    first = max(0, place - SNAP)
    return first + int(steepness[first : place + SNAP + 1].argmax())


def _pairs(lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Two and two (n, 2) of them that are far enough apart."""
    one, other = np.triu_indices(len(lines), 1)
    pairs = np.column_stack([lines[one], lines[other]])
    return np.asarray(pairs[pairs[:, 1] - pairs[:, 0] >= SHORTEST])


def _sides(
    left: Residual,
    own: Floats,
    slopes: tuple[Floats, Floats],
    lines: tuple[NDArray[np.int64], NDArray[np.int64]],
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> _Sides:
    """What is to be said of the sides of all rectangles between ``lines``, columns and rows."""
    across, down = slopes
    differs, agrees = np.abs(own), ~left.above()
    upright = _along(across, differs, agrees, left.bound, lines[0])
    level = _along(down.T, differs.T, agrees.T, left.bound, lines[1])
    first, last = (np.searchsorted(lines[0], pairs[0][:, n]) for n in (0, 1))
    top, bottom = (np.searchsorted(lines[1], pairs[1][:, n]) for n in (0, 1))
    by_rows, by_columns = _between(upright, pairs[1]), _between(level, pairs[0])
    four = [by_rows[0][:, first], by_rows[1][:, last]]
    four += [each.swapaxes(1, 2) for each in (by_columns[0][:, top], by_columns[1][:, bottom])]
    reached, ends, clean = (np.stack(each, axis=2) for each in zip(*four, strict=True))
    free = 4 - upright.on_edge[first] - upright.on_edge[last]
    free = free[:, None] - (level.on_edge[top] + level.on_edge[bottom])[None, :]
    return _Sides(reached, ends, clean, free)


@dataclass(frozen=True, slots=True)
class _Along:
    """Of each line and each of its pixels (lines, length): what lies on it and on both sides.

    ``differs`` and ``agrees`` are of what follows the line, and of what comes before it.
    """

    edge: Flags
    differs: tuple[Flags, Flags]
    agrees: tuple[Shares, Shares]
    on_edge: NDArray[np.int64]


def _along(
    slope: Floats, differs: Floats, agrees: Flags, bound: float, lines: NDArray[np.int64]
) -> _Along:
    """Of columns; of rows where all arrays (h, w) are turned."""
    length, last = slope.shape[0], slope.shape[1] - 1

    def mean(values: NDArray[np.generic], line: int, reach: tuple[int, int]) -> Shares:
        """Of the pixels between two distances from a line, those before it negative."""
        first, end = max(0, line + reach[0]), max(0, line + reach[1])
        part = values[:, first:end]
        return np.asarray(part.mean(axis=1) if part.size else np.full(length, np.nan))

    near, far = INSIDE
    inside = [
        np.stack([mean(differs, each, reach) for each in lines]) > DIFFERS * bound
        for reach in ((near, far), (1 - far, 1 - near))
    ]
    near, far = OUTSIDE
    outside = [
        np.nan_to_num(np.stack([mean(agrees, each, reach) for each in lines]), nan=1.0)
        for reach in ((1 + near, 1 + far), (-far, -near))
    ]
    edge = np.stack([(slope[:, max(0, n - 1) : n + 2] > EDGE).any(axis=1) for n in lines])
    on_edge = (lines <= 1) | (lines >= last - 1)
    return _Along(edge, (inside[0], inside[1]), (outside[0], outside[1]), on_edge.astype(np.int64))


def _between(along: _Along, ends: NDArray[np.int64]) -> tuple[Shares, Shares]:
    """(reached, ends, clean; lines; pairs of ends): as a first side, and as a last one."""
    start, stop = ends[:, 0] + CORNERS, ends[:, 1] - CORNERS + 1

    def share(values: NDArray[np.generic]) -> Shares:
        run = np.cumsum(np.pad(values.astype(np.float64), ((0, 0), (1, 0))), axis=1)
        return np.asarray((run[:, stop] - run[:, start]) / (stop - start))

    both = []
    for differs, agrees in zip(along.differs, along.agrees[::-1], strict=True):
        reached = share(differs)
        ending = share(along.edge & differs) / np.maximum(reached, 1e-6)
        ending[along.on_edge > 0] = 1
        both.append(np.stack([reached, ending, share(agrees)]))
    return both[0], both[1]


def _held(wide: Flags, across: NDArray[np.int64], down: NDArray[np.int64]) -> NDArray[np.float64]:
    """(pairs of columns, pairs of rows): pixels of the difference in each rectangle."""
    sums = cv2.integral(wide.astype(np.uint8)).T.astype(np.float64)
    start, end = down[:, 0], down[:, 1] + 1
    by_rows = sums[:, end] - sums[:, start]
    return np.asarray(by_rows[across[:, 1] + 1] - by_rows[across[:, 0]])
