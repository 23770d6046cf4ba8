"""Pictures for known-answer vectors, drawn the same on every machine.

Only whole numbers are used and no library's random numbers, so that a vector made on one
machine can be tried on any other. The kinds are chosen to tempt a fingerprint: smooth and
rough, flat, nearly flat, dark, lettered, photo-like, tiny, very long, large.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
Whole = NDArray[np.int32]

COUNT = 1040
"""How many different pictures there are vectors for."""

_MIDDLE_SIDE = 256
_LARGE = {1012: (900, 701), 1013: (701, 2100), 1014: (3000, 2000), 1016: (1024, 1024)}


def picture(number: int) -> Rgb:
    """Picture ``number`` (0 or more) as (h, w, 3) RGB; the numbers of vectors end at COUNT."""
    height, width = _size(number)
    planes = _KINDS[number % len(_KINDS)](number, height, width)
    return np.ascontiguousarray(np.clip(planes, 0, 255).astype(np.uint8))


def _size(number: int) -> tuple[int, int]:
    """Height and width: mostly up to 260, some tiny, a few large."""
    if number in _LARGE:
        return _LARGE[number]
    draw = [int(each) for each in _noise(number, 3)]
    if draw[2] % 16 == 0:
        return 1 + draw[0] % 12, 1 + draw[1] % 40
    if draw[2] % 16 == 1:
        return 64, 64 + 64 * (draw[1] % 2)
    return 5 + draw[0] % _MIDDLE_SIDE, 5 + draw[1] % _MIDDLE_SIDE


# ------------------------------------------------------------------------------ chance


def _noise(seed: int, *shape: int) -> Whole:
    """Whole numbers 0..65535 without a pattern (the finaliser of splitmix64)."""
    count = int(np.prod(shape))
    state = (np.arange(1, count + 1) + seed * 1_000_003).astype(np.uint64)
    state = state * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (state >> np.uint64(48)).astype(np.int32).reshape(shape)


def _smooth_noise(seed: int, height: int, width: int, cell: int) -> Whole:
    """(h, w, 3) noise 0..255 that changes over ``cell`` pixels, bilinear in between."""
    coarse = _noise(seed, height // cell + 2, width // cell + 2, 3) >> 8
    row, row_part = np.divmod(np.arange(height, dtype=np.int32), cell)
    column, column_part = np.divmod(np.arange(width, dtype=np.int32), cell)
    tall = _between(coarse[row], coarse[row + 1], row_part[:, None, None], cell)
    return _between(tall[:, column], tall[:, column + 1], column_part[None, :, None], cell)


def _between(near: Whole, far: Whole, part: Whole, whole: int) -> Whole:
    return (near * (whole - part) + far * part) // whole


# ------------------------------------------------------------------------------- kinds


def _gradient(seed: int, height: int, width: int) -> Whole:
    """A slope in some direction, another in each colour."""
    slopes = _noise(seed, 3, 2) % 511 - 255
    down = np.arange(height)[:, None, None] * slopes[:, 0] // max(height, 1)
    across = np.arange(width)[None, :, None] * slopes[:, 1] // max(width, 1)
    return cast("Whole", 128 + (down + across) // 2)


def _rough(seed: int, height: int, width: int) -> Whole:
    """Noise in squares of 1 to 24 pixels."""
    cell = 1 + seed // len(_KINDS) % 24
    coarse = _noise(seed, height // cell + 1, width // cell + 1, 3) >> 8
    return coarse.repeat(cell, axis=0).repeat(cell, axis=1)[:height, :width]


def _blobs(seed: int, height: int, width: int) -> Whole:
    """A few round spots of different colour."""
    down = np.arange(height, dtype=np.int32)[:, None]
    across = np.arange(width, dtype=np.int32)[None, :]
    spots = np.zeros((height, width, 3), np.int32)
    for y, x, radius, *colour in _noise(seed, 6, 6).tolist():
        far = (down - y % height) ** 2 + (across - x % width) ** 2
        reach = (1 + radius % max(height, width)) ** 2
        spots += np.maximum(reach - far, 0)[:, :, None] * (np.array(colour, np.int32) >> 8) // reach
    return spots


def _lettered(seed: int, height: int, width: int) -> Whole:
    """Dark strokes in lines on a light ground, as a page of text."""
    letter, line = 3 + seed % 5, 8 + seed % 13
    strokes = _noise(seed, height, width // letter + 1) % 3 == 0
    ink = strokes.repeat(letter, axis=1)[:, :width]
    ink &= (np.arange(height) % line < line * 2 // 3)[:, None]
    return np.where(ink[:, :, None], np.array([20, 22, 30]), np.array([250, 248, 240]))


def _natural(seed: int, height: int, width: int) -> Whole:
    """Noise at all scales, the coarse stronger: the spectrum of photographs."""
    cells = (64, 32, 16, 8, 4, 2, 1)
    layers = (_smooth_noise(seed + cell, height, width, cell) * cell for cell in cells)
    mean = sum(layers, np.zeros((height, width, 3), np.int32)) // sum(cells)
    return (mean - 128) * 2 + 128


def _flat(seed: int, height: int, width: int) -> Whole:
    """One colour; in every second picture one pixel differs by one."""
    plane = np.zeros((height, width, 3), np.int32) + (_noise(seed, 3) >> 8)
    plane[height // 2, width // 2, 0] += seed // len(_KINDS) % 2
    return plane


def _night(seed: int, height: int, width: int) -> Whole:
    """Nearly black, with a few flashes."""
    ground = _smooth_noise(seed, height, width, 16) // 24
    return cast("Whole", ground + (_blobs(seed + 1, height, width) // 2 - 120).clip(0) * 3)


def _checks(seed: int, height: int, width: int) -> Whole:
    """A chessboard: many frequencies of the same strength, where rounding decides."""
    cell = 1 + seed // len(_KINDS) % 40
    field = np.arange(height)[:, None] // cell + np.arange(width)[None, :] // cell
    return np.broadcast_to((field % 2 * 255)[:, :, None], (height, width, 3)).astype(np.int32)


def _hazy(seed: int, height: int, width: int) -> Whole:
    """Photo-like with hardly any contrast."""
    return 180 + (_natural(seed, height, width) - 128) // 16


def _bordered(seed: int, height: int, width: int) -> Whole:
    """Photo-like between two black bars."""
    plane = _natural(seed, height, width)
    plane[: height // 5] = 0
    plane[height - height // 6 :] = 0
    return plane


_KINDS: tuple[Callable[[int, int, int], Whole], ...] = (
    _natural,
    _gradient,
    _rough,
    _blobs,
    _lettered,
    _flat,
    _night,
    _checks,
    _hazy,
    _bordered,
    _natural,
)
