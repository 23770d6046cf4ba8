"""A part of the copy in squares: faces and number plates, pixelated.

The squares have a lattice, on which nearly all changes between neighbours lie, and each is as light
as the archived picture is there in the mean. Nothing that happens before a camera does both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual
from provenance.verify.differing.hidden import outlined

Values = NDArray[np.float64]

BARELY, GAP = 0.5, 13
"""Share of the bound above which something differs at all, and frame pixels that part no two pieces
of one part: where squares are as light as what they hide."""

LEAST_PART, MOST_PART = 0.006, 0.35
"""Share of what is seen."""

LEAST_SIDE, MOST_SIDE, TRIED = 3.5, 40.0, 120
LEAST_SQUARES, LONGEST = 2.5, 512
"""Sides of a square that are tried, in frame pixels, how many there are at least in a row; and for
how many pixels at once waves are made (a choice: the frame's long side is below it)."""

ON_LATTICE, SQUARE = 0.25, 0.1
"""How much of all change lies on one lattice along each axis (length of its wave, 0..1), and how
much wider than high its squares may be. Of 598 parts in 4 to 30 squares across 0.25 to 0.85, half
of them above 0.55."""

LEFT = 0.34
"""Share of the difference that is left between the squares' edges once the archived picture is in
squares as well: 0.04 to 0.34 of those, half of them below 0.15. In 330 pairs of look-alikes 175
parts lie on a lattice, too: windows lit at night leave 0.45 upwards, forms 0.5, all others 0.67."""

EDGE, SOFT = 1.5, 0.25
LEAST_PIXELS = 20
"""Frame pixels beside a line of the lattice that are softened (see ``SOFTEN`` in ``frames.py``), a
fourth of a square at most; and how many must be left to compare."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines at ``first + n * side`` pixels, and how much of all change lies on them (0..1)."""

    side: float
    first: float
    share: float

    def numbers(self, count: int) -> tuple[NDArray[np.int64], Flags]:
        """For pixels 0 to ``count``: between which lines, and whether beside one."""
        place = (np.arange(count) - self.first) / self.side
        number = np.floor(place).astype(np.int64)
        beside = np.abs(place - np.round(place)) * self.side < min(EDGE, SOFT * self.side)
        return number - number.min(), beside


def pixelated_parts(left: Residual) -> list[Flags]:
    """The outlines (h, w each, filled) of the parts of the copy that were pixelated."""
    differs = left.above(BARELY)
    closed = cv2.morphologyEx(
        differs.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((GAP, GAP), np.uint8)
    )
    count, parts, stats, _ = cv2.connectedComponentsWithStats(closed)
    shares = stats[:, cv2.CC_STAT_AREA] / max(1, int(left.seen.sum()))
    found = (parts == n for n in range(1, count) if LEAST_PART < shares[n] < MOST_PART)
    return [outlined(part) for part in found if _is_pixelated(left, differs, part)]


def _is_pixelated(left: Residual, differs: Flags, part: Flags) -> bool:
    """Whether the mean of the archived picture in each square explains what differs."""
    x, y, wide, high = cv2.boundingRect(part.astype(np.uint8))
    box = slice(y, y + high), slice(x, x + wide)
    query, expected, inside = left.query[box], left.expected[box], outlined(part[box])
    across, down = _waves(query, inside, axis=1), _waves(query, inside, axis=0)
    return any(
        min(columns.share, rows.share) > ON_LATTICE
        and _explained(query, expected, differs[box] & part[box], columns, rows)
        for columns, rows in _lattices(across, down)
    )


def _explained(query: Floats, expected: Floats, told: Flags, columns: _Lines, rows: _Lines) -> bool:
    (across, beside), (down, above) = columns.numbers(query.shape[1]), rows.numbers(query.shape[0])
    square = down[:, None] * (int(across.max()) + 1) + across
    told = told & ~beside & ~above[:, None]
    if int(told.sum()) < LEAST_PIXELS:
        return False
    apart = np.abs(query - _mean_of_each(square, expected))[told].mean()
    return bool(apart < LEFT * np.abs(query - expected)[told].mean())


@dataclass(frozen=True, slots=True)
class _Waves:
    """How much of all change lies on lines so far apart (``sides``, in pixels), and from where."""

    sides: Values
    strengths: NDArray[np.complex128]

    def best(self, near: float | None = None) -> _Lines:
        """The strongest lines of all, or of those about so far apart."""
        strength = np.abs(self.strengths)
        if near is not None:
            strength = np.where(np.abs(self.sides - near) <= SQUARE * near, strength, 0)
        if not strength.any():
            return _Lines(1.0, 0.0, 0.0)
        most = int(strength.argmax())
        side, wave = float(self.sides[most]), self.strengths[most]
        first = float(-np.angle(wave)) / (2 * np.pi) * side % side
        # Change i lies between the pixels i and i + 1.
        return _Lines(side, first + 0.5, float(strength[most]))


def _waves(image: Floats, inside: Flags, axis: int) -> _Waves:
    """Of the changes along an axis of an image (h, w), where both pixels lie inside."""
    change = np.abs(np.diff(image, axis=axis))
    both = inside[:, 1:] & inside[:, :-1] if axis == 1 else inside[1:] & inside[:-1]
    counted = np.maximum(both.sum(axis=1 - axis), 1)
    along = (change * both).sum(axis=1 - axis, dtype=np.float64) / counted
    sides, turns = _turns(len(along))
    return _Waves(sides, turns @ along / max(float(along.sum()), 1e-9))


def _turns(length: int) -> tuple[Values, NDArray[np.complex128]]:
    """The sides that are tried (n), and one wave of each (n, length)."""
    if length < LEAST_SQUARES * MOST_SIDE:
        return _waves_of(max(LEAST_SIDE, length / LEAST_SQUARES), length)
    # The same waves for every long part, which took most of the time.
    sides, turns = _longest(-(-length // LONGEST) * LONGEST)
    return sides, turns[:, :length]


@lru_cache(maxsize=4)
def _longest(length: int) -> tuple[Values, NDArray[np.complex128]]:
    return _waves_of(MOST_SIDE, length)


def _waves_of(longest: float, length: int) -> tuple[Values, NDArray[np.complex128]]:
    sides = np.geomspace(LEAST_SIDE, longest, TRIED)
    return sides, np.exp(-2j * np.pi * np.arange(length) / sides[:, None])


def _lattices(across: _Waves, down: _Waves) -> Iterator[tuple[_Lines, _Lines]]:
    """Square ones: as wide as the strongest lines of either axis are apart, or twice as wide.

    Of few squares half of their side fits as well.
    """
    for strongest in (across.best(), down.best()):
        for side in (strongest.side, 2 * strongest.side):
            yield across.best(side), down.best(side)


def _mean_of_each(square: NDArray[np.int64], image: Floats) -> Floats:
    """The image (h, w) with each square (by number) as light as it is in the mean."""
    counts = np.maximum(np.bincount(square.ravel()), 1)
    means = np.bincount(square.ravel(), image.ravel()) / counts
    return np.asarray(means[square], np.float32)
