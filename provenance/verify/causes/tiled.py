"""Tiled watermarks: one word or sign over and over, at equal steps all over the picture.

Each of them alone is too small, too faint or too ragged to be known; together they are not: what
differs is there again a step further on, and no two moments differ like that. Houses in a row do,
but then the archived picture repeats as well.
"""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual

FAINT, CLEAR = 0.35, 3.0
"""Shares of the bound from which on a difference counts, and up to which."""

LEAST_STEP, MOST_STEP = 30, 0.45
"""Frame pixels, and share of a side, of the step from one to the next."""

REPEATS, REPEATS_BEFORE, BETWEEN, BESIDE = 0.75, 0.35, 0.5, (12, 20)
"""How far what differs correlates with itself a step further on; the archived picture there at
most; and what differs so many frame pixels further on in any direction, as a share of that: smoke
is like itself all around. Five watermarks 0.93 to 1, next to nothing in the archived picture."""

REDUCED = 2
"""The steps are looked for in the frame at a half of its sides."""

LEAST_OVERLAP, LEAST_DIFFERING = 0.3, 0.008
"""Share of the picture in common with itself a step further on; share of it that differs."""

LEAST_COUNT = 6
LARGEST = 0.03
"""How many there are at least, and the share of the picture that one takes up at most."""

NEAR, SOFT = 3, 7
"""Frame pixels by which one may lie off, and by which what is laid over is made wider."""

FINE = 3.0


def tiles(left: Residual) -> Flags | None:
    """Where (h, w) a sign is laid over again and again, or ``None``."""
    seen = left.seen
    values = np.where(seen & left.above(FAINT), left.values / left.bound, 0)
    values = np.clip(values, -CLEAR, CLEAR).astype(np.float32)
    if (values != 0).sum() < LEAST_DIFFERING * seen.sum():
        return None
    found = _step(values, seen)
    if found is None or _repeats(_detail(left.expected), seen, found) > REPEATS_BEFORE:
        return None
    again = np.zeros(seen.shape, np.bool_)
    near = np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8)
    for sign in (1, -1):
        side = np.asarray(cv2.dilate((sign * values > 0).astype(np.uint8), near), np.float32)
        for way in (1, -1):
            again |= (sign * values > 0) & (_moved(side, way * found[0], way * found[1]) > 0)
    grown = cv2.dilate(again.astype(np.uint8), np.ones((SOFT, SOFT), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(grown)
    largest = stats[1:, cv2.CC_STAT_AREA].max() if count > 1 else 0
    if count - 1 < LEAST_COUNT or largest > LARGEST * seen.sum():
        return None
    return np.asarray(grown > 0)


def _step(values: Floats, seen: Flags) -> tuple[int, int] | None:
    """Rows and columns to where what differs is found again, or ``None``."""
    small = [_reduced(each) for each in (values, seen.astype(np.float32))]
    height, width = small[0].shape
    sizes = (cv2.getOptimalDFTSize(2 * height), cv2.getOptimalDFTSize(2 * width))
    of, squares, known = (np.fft.rfft2(each, sizes) for each in (small[0], small[0] ** 2, small[1]))
    both, power, common = (
        np.fft.irfft2(each, sizes)
        for each in (np.abs(of) ** 2, squares * known.conj(), np.abs(known) ** 2)
    )
    back = np.roll(power[::-1, ::-1], (1, 1), axis=(0, 1))
    alike = both / np.sqrt(np.maximum(power, 1.0) * np.maximum(back, 1.0))
    rows = np.fft.fftfreq(sizes[0], 1 / sizes[0])[:, None]
    columns = np.fft.fftfreq(sizes[1], 1 / sizes[1])[None, :]
    usable = np.hypot(rows, columns) * REDUCED >= LEAST_STEP
    usable = usable & (common > LEAST_OVERLAP * small[1].sum())
    usable &= (np.abs(rows) <= MOST_STEP * height) & (np.abs(columns) <= MOST_STEP * width)
    if not usable.any():
        return None
    at = np.unravel_index(int(np.where(usable, alike, -1).argmax()), alike.shape)
    down, across = int(rows[at[0], 0]), int(columns[0, at[1]])
    away = np.hypot(rows, columns) * REDUCED
    between = float(np.median(alike[(away > BESIDE[0]) & (away < BESIDE[1])]))
    if alike[at] < REPEATS or between > BETWEEN * alike[at]:
        return None
    return down * REDUCED, across * REDUCED


def _reduced(image: Floats) -> Floats:
    height, width = image.shape
    size = (width // REDUCED, height // REDUCED)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.float32)


def _repeats(values: Floats, seen: Flags, step: tuple[int, int]) -> float:
    """How far a picture correlates with itself a step further on."""
    there = _moved(seen.astype(np.float32), *step) > 0
    both = seen & there
    one, other = values[both], _moved(values, *step)[both]
    return float((one * other).mean() / max(float(one.std() * other.std()), 1e-6))


def _detail(image: Floats) -> Floats:
    return image - np.asarray(cv2.GaussianBlur(image, (0, 0), FINE), np.float32)


def _moved(image: Floats, down: int, across: int) -> Floats:
    """The picture moved on, with nothing where it was not."""
    height, width = image.shape
    way = np.array([[1, 0, across], [0, 1, down]], np.float64)
    moved = cv2.warpAffine(image, way, (width, height), flags=cv2.INTER_NEAREST)
    return np.asarray(moved, np.float32)
