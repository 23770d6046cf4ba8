"""Light that changes smoothly across a copy: vignettes, gradients laid under a headline, lamps.

Said by a smooth map of gain and, where that explains more, one of offset: polynomials of the third
degree over the picture, and for vignettes one term of the fourth, fitted to the places that show
the same anyway and carried on into those that do then. So few numbers follow no outline: smoke or a
flash is left as a difference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags, block_means
from provenance.verify.aligning.frames import Floats

SAMPLES = 6000
LEAST_SAMPLES = 4000
LEAST_SHARE = 0.12
DEGREE = 3
RIDGE = 2e-3
"""Pixels that are looked at, spread over the picture; pixels and share of it that must agree at
first; how strongly the map is held to no change."""

OUTLIERS = 2.5
"""Standard deviations from which on a pixel says nothing of the light."""

LEAST_CHANGE = 10.0
LEAST_GAIN = 0.6
"""Grey values by which one place in twenty must change, and the share of what was left that may be
left afterwards: below it the light is as even as in the archived picture."""

GROWN = 6
ALIKE = 10.0
MOSTLY = 0.9
"""Rounds in which the map is carried on, at most, and what counts as the same: grey values, and the
share of a block's pixels within them."""

LEAST, MOST = 0.05, 3.0
"""Bounds of the gain."""


@dataclass(frozen=True, slots=True)
class Shading:
    """Arrays (h, w): what each grey value is multiplied by, and what is added."""

    gain: Floats
    offset: Floats

    def on(self, image: Floats) -> Floats:
        """An image (h, w) in this light."""
        return np.asarray(np.clip(image * self.gain + self.offset, 0, 255), np.float32)

    def off(self, image: Floats) -> Floats:
        """What an image (h, w) in this light would be in even light."""
        return np.asarray(np.clip((image - self.offset) / self.gain, 0, 255), np.float32)


def shading(expected: Floats, query: Floats, same: Flags, size: int) -> Shading | None:
    """The light of the copy, or ``None`` where it is even.

    ``expected`` is the archived picture in the copy's tones, ``same`` (h, w) where both agree;
    ``size`` is the side of a block in pixels.
    """
    if same.sum() < max(LEAST_SAMPLES, LEAST_SHARE * same.size):
        return None
    if _changed(expected[same], query[same]) < LEAST_CHANGE:
        return None  # most copies: no map is fitted to them
    maps = (
        _grown(_terms(expected.shape, round_=round_), expected, query, same, size, with_offset)
        for round_ in (False, True)
        for with_offset in (False, True)
    )
    found = [each for each in maps if each is not None]
    if not found:
        return None
    return max(found, key=lambda each: int(_alike(each, expected, query).sum()))


def _grown(
    terms: NDArray[np.float32],
    expected: Floats,
    query: Floats,
    same: Flags,
    size: int,
    with_offset: bool,
) -> Shading | None:
    found = _fitted(terms, expected, query, same, with_offset)
    if not _is_uneven(expected, query, same, found):
        return None
    known = int(same.sum())
    for _ in range(GROWN):
        alike = _alike(found, expected, query).astype(np.float32)
        blocks = block_means(alike, size) > MOSTLY
        grown = same | np.repeat(np.repeat(blocks, size, axis=0), size, axis=1)
        if int(grown.sum()) <= known:
            break
        known = int(grown.sum())
        found = _fitted(terms, expected, query, grown, with_offset)
    return found


def _alike(found: Shading, expected: Floats, query: Floats) -> Flags:
    return np.asarray(np.abs(found.on(expected) - query) < ALIKE)


def _is_uneven(expected: Floats, query: Floats, same: Flags, found: Shading) -> bool:
    lit = found.on(expected)[same]
    before, after = expected[same], query[same]
    changed = _changed(before, lit) >= LEAST_CHANGE
    left, was = (float(np.abs(each - after).mean()) for each in (lit, before))
    return changed and left <= LEAST_GAIN * was


def _changed(before: Floats, after: Floats) -> float:
    """Grey values by which one place in twenty changes, or more."""
    return float(np.percentile(np.abs(after - before), 95))


def _terms(shape: tuple[int, ...], *, round_: bool) -> NDArray[np.float32]:
    """The powers of x and y up to the degree, (h, w, terms), both from -1 to 1.

    ``round_``: and the fourth of what lies between a place and the middle, in which alone vignettes
    begin that leave the middle as it was.
    """
    y, x = np.meshgrid(*(np.linspace(-1, 1, side) for side in shape), indexing="ij")
    powers = [x**i * y**j for i in range(DEGREE + 1) for j in range(DEGREE + 1 - i)]
    if round_:
        powers.append((x**2 + y**2) ** 2)
    return np.stack(powers, axis=-1).astype(np.float32)


def _fitted(
    terms: NDArray[np.float32], expected: Floats, query: Floats, same: Flags, with_offset: bool
) -> Shading:
    rows, columns = np.nonzero(same)
    step = max(1, len(rows) // SAMPLES)
    rows, columns = rows[::step], columns[::step]
    basis = terms[rows, columns].astype(np.float64)
    before = expected[rows, columns].astype(np.float64)
    change = query[rows, columns] - before
    table = basis * (before / 128)[:, None]
    if with_offset:
        table = np.hstack([table, basis])
    kept = np.ones(len(rows), np.bool_)
    numbers = np.zeros(table.shape[1])
    for _ in range(2):
        numbers = _least_squares(table[kept], change[kept])
        apart = np.abs(change - table @ numbers)
        kept = apart <= OUTLIERS * max(float(np.std(apart[kept])), 1.0)
    half = basis.shape[1]
    gain = np.clip(1 + terms @ (numbers[:half] / 128).astype(np.float32), LEAST, MOST)
    offset = terms @ numbers[half:].astype(np.float32) if with_offset else np.zeros_like(gain)
    return Shading(gain, offset)


def _least_squares(table: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    square = table.T @ table + RIDGE * len(table) * np.eye(table.shape[1])
    return np.asarray(np.linalg.solve(square, table.T @ wanted))
