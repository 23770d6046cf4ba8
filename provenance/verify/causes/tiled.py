"""Tiled watermarks: one word or sign over and over, at equal steps all over the picture.

Each of them alone is too small, too faint or too ragged to be known; together they are not: what
differs is there again a step further on, and no two moments differ like that. Houses in a row do,
but then the archived picture repeats as well.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual

FAINT = 0.35
"""Share of the bound from which on a difference counts."""

WHITE, BLACK, LEAST_ROOM = 255.0, 0.0, 40.0
"""Tones that signs tend to, and the grey values from there to what lies below from which on they
can be seen: how opaque they are is the same everywhere, how much they differ is not."""

MOST_UNEVEN = 2.0
"""Times the median from which on more counts no more: a sign is as opaque as the next one (the
upper quarter of 17 watermarks up to 1.64 times), and two people who walked on by one step were as
alike as all else together was not."""

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
LARGEST = 0.045
"""How many there are at least, and the share of the picture that one takes up at most: words of 22
pixels in height, with their soft edges, 0.031 to 0.036 of pictures that are not square."""

PARTS, HALF, LEAST_SHOWN, ALL_OVER = 4, 0.5, 0.01, 0.75
"""Parts along each side, the share of one in which signs could be seen from which on it is asked,
the share of it that they cover then, and the share of parts in which they do: of 17 tiled
watermarks 16 are in 15 or 16 of 16 parts, one on a white ground in all parts that are not white;
walkers beside the edges that compression leaves, which seemed to repeat, in 5 to 8 of 16."""

MOST_BETWEEN = 0.4
"""Share of what is laid over, as opaque as it is, that is not there again a step further on: of 17
tiled watermarks 16 have at most 0.2, one 0.39; walkers 0.19 to 0.49."""

NEAR, SOFT = 3, 7
"""Frame pixels by which one may lie off, and by which what is laid over is made wider."""

FINE = 3.0


def tiles(left: Residual) -> Flags | None:
    """Where (h, w) a sign is laid over again and again, light or dark, or ``None``."""
    differs = left.seen & left.above(FAINT)
    if differs.sum() < LEAST_DIFFERING * left.seen.sum():
        return None
    found = (_laid(left, differs, tone) for tone in (WHITE, BLACK))
    return next((each for each in found if each is not None), None)


def _laid(left: Residual, differs: Flags, tone: float) -> Flags | None:
    """The same of signs that tend to one tone: on what is of that tone they cannot be seen."""
    room = tone - left.expected
    known = left.seen & (np.abs(room) > LEAST_ROOM)
    opaque = np.where(known & differs, left.values / np.where(known, room, 1), 0)
    opaque = np.clip(opaque, 0, 1).astype(np.float32)
    if not (opaque > 0).any():
        return None
    opaque = np.minimum(opaque, MOST_UNEVEN * np.median(opaque[opaque > 0]))
    step = _step(opaque, known)
    if step is None or _repeats(_detail(left.expected), left.seen, step) > REPEATS_BEFORE:
        return None
    near = np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8)
    shown = np.asarray(cv2.dilate((opaque > 0).astype(np.uint8), near), np.float32)
    again = _moved(shown, *step) + _moved(shown, -step[0], -step[1]) > 0
    grown = cv2.dilate((again & (opaque > 0)).astype(np.uint8), np.ones((SOFT, SOFT), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(grown)
    largest = stats[1:, cv2.CC_STAT_AREA].max() if count > 1 else 0
    laid = np.asarray(grown > 0)
    few = count - 1 < LEAST_COUNT or largest > LARGEST * left.seen.sum()
    rest = float(opaque[~laid].sum()) > MOST_BETWEEN * float(opaque.sum())
    return None if few or rest or not _all_over(laid, known) else laid


def _all_over(laid: Flags, known: Flags) -> bool:
    """Whether signs lie nearly wherever they could be seen: who walks on does so on the ground."""
    size = (PARTS, PARTS)
    shown, visible = (
        cv2.resize(each.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        for each in (laid & known, known)
    )
    asked = visible > HALF
    return bool(asked.any()) and float((shown > LEAST_SHOWN)[asked].mean()) >= ALL_OVER


def _step(values: Floats, seen: Flags) -> tuple[int, int] | None:
    """Rows and columns to where what differs is found again, or ``None``."""
    small, known = _reduced(values), _reduced(seen.astype(np.float32))
    height, width = small.shape
    beside, beyond = (each // REDUCED for each in BESIDE)
    down, across = (max(math.ceil(MOST_STEP * side), beyond) for side in (height, width))
    # What correlates with itself does so alike both ways: half of all steps are enough.
    rows, columns = np.arange(down + 1)[:, None], np.arange(-across, across + 1)[None, :]
    sizes = cv2.getOptimalDFTSize(height + down), cv2.getOptimalDFTSize(width + across)
    of, squares, shown = (
        np.fft.rfft2(each.astype(np.float64), sizes) for each in (small, small**2, known)
    )
    both, power, common = (
        np.fft.irfft2(each, sizes)
        for each in (np.abs(of) ** 2, squares * shown.conj(), np.abs(shown) ** 2)
    )
    there, back = (power[ways * rows % sizes[0], ways * columns % sizes[1]] for ways in (1, -1))
    at = rows, columns % sizes[1]
    alike = both[at] / np.sqrt(np.maximum(there, 1.0) * np.maximum(back, 1.0))
    away = np.hypot(rows, columns)
    usable = (away * REDUCED >= LEAST_STEP) & (common[at] > LEAST_OVERLAP * known.sum())
    usable &= (rows <= MOST_STEP * height) & (np.abs(columns) <= MOST_STEP * width)
    if not usable.any():
        return None
    best = np.unravel_index(int(np.where(usable, alike, -1).argmax()), alike.shape)
    between = float(np.median(alike[(away > beside) & (away < beyond)]))
    if alike[best] < REPEATS or between > BETWEEN * alike[best]:
        return None
    return int(best[0]) * REDUCED, (int(best[1]) - across) * REDUCED


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
