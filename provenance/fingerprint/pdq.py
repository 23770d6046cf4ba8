"""PDQ, the 256-bit perceptual hash of ThreatExchange, in NumPy.

The steps, each with the arithmetic of the reference (32-bit floats, added in its order),
so that the answer is the same to the bit:

1. grey: 0.299 R + 0.587 G + 0.114 B;
2. two passes of a box filter along rows and columns, as running sums, windows of
   1/128 of the side rounded up;
3. 64 x 64 samples at the centres of a grid;
4. quality: how much the samples change from one to the next, 0..100;
5. the 16 x 16 lowest frequencies of a cosine transform without the constant ones;
6. a bit for each that lies above the median of the 256.

Sources: the PDQ description in facebook/ThreatExchange (`hashing/hashing.pdf`) and its
C++ reference; the PyPI package ``pdqhash`` 0.2.8 wraps that reference and is what the
known-answer vectors come from. Decision record 0003 says why it is written anew.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.models import Fingerprint, Pixels

KIND = "pdq_v1"
WIDTH = 32
"""Bytes of one hash; its text is their 64 hex digits, as ThreatExchange prints them."""

MATCH_DISTANCE = 31
"""Two hashes at most this far apart agree by hash alone: ThreatExchange's own threshold.

Over 1,244 photographs of different things the nearest pair lies at 62, and the nearest
stranger at 100 at the median. Text cards and templates come nearer."""

QUALITY_GATE = 50
"""Below this the picture holds too little for a match by hash alone (ThreatExchange).

Of 1,244 photographs one lies below; night scenes often do."""

SMALLEST_SIDE = 5
"""The reference refuses to hash less: all bits zero, quality 0."""

_STRIP = 1024
"""Rows or columns filtered at a time, so that a large picture needs one float a pixel."""

_GRID = 64
_FREQUENCIES = 16

# Whole numbers up to 255,000 are exact in 32-bit floats in any order of adding, and one
# correctly rounded division by 1,000 then gives what the reference gets from doubles: no
# multiple of 1/1000 lies near enough to the middle between two floats to fall elsewhere.
_GREY_THOUSANDTHS = np.array([[299, 587, 114]], np.float32)

Grey = NDArray[np.float32]


class Orientations(NamedTuple):
    """The hashes of a picture turned and mirrored, each named for what was done to it.

    Rotations are clockwise. ``mirrored`` is left for right, ``flipped`` top for bottom,
    ``transposed`` mirrored at the diagonal from the top left, ``transversed`` at the other.
    """

    upright: bytes
    rotated_90: bytes
    rotated_180: bytes
    rotated_270: bytes
    mirrored: bytes
    flipped: bytes
    transposed: bytes
    transversed: bytes


class Pdq:
    """The fingerprinter as plug-ins see it."""

    kind = KIND
    width = WIDTH

    def compute(self, pixels: Pixels) -> Fingerprint:
        """The fingerprint of one picture."""
        return compute(pixels)


def compute(pixels: Pixels) -> Fingerprint:
    """Hash one picture: 32 bytes and a quality of 0..100."""
    return read(pixels)[0]


def read(pixels: Pixels) -> tuple[Fingerprint, Orientations]:
    """As :func:`compute` and :func:`dihedral`, for the price of one."""
    if _too_small(pixels):
        return Fingerprint(KIND, bytes(WIDTH), 0), Orientations(*[bytes(WIDTH)] * 8)
    samples = _samples(pixels.rgb)
    turned = _turned(_transform(samples))
    return Fingerprint(KIND, turned.upright, _quality(samples)), turned


def dihedral(pixels: Pixels) -> Orientations:
    """Hash one picture in all eight orientations, from one transform.

    The hash of the turned picture itself can differ, because the reference's filter is
    lopsided where its window is even: over 200 photographs by 0 to 14 bits at the median
    and 56 at most; 97.5 to 99 % of turned or mirrored copies stay within MATCH_DISTANCE.
    """
    return read(pixels)[1]


def _too_small(pixels: Pixels) -> bool:
    return min(pixels.width, pixels.height) < SMALLEST_SIDE


# ---------------------------------------------------------------------- steps 1 to 3


def _samples(rgb: NDArray[np.uint8]) -> Grey:
    """Make grey, blur twice along rows and columns, then take 64 x 64 samples.

    One float a pixel is held at once; strips of rows or columns do not know each other,
    and after the third pass only the sampled columns are still needed.
    """
    height, width = rgb.shape[:2]
    if (height, width) == (_GRID, _GRID):
        return _grey(rgb)
    blurred = np.empty((height, width), np.float32)
    for rows in _strips(height):
        blurred[rows] = _turned_over(_box(_turned_over(_grey(rgb[rows])), _window(width)))
    for columns in _strips(width):
        blurred[:, columns] = _box(blurred[:, columns], _window(height))
    return _sampled(blurred)


def _sampled(blurred: Grey) -> Grey:
    """The second two passes, and the samples."""
    height, width = blurred.shape
    columns = [
        _box(_turned_over(blurred[rows]), _window(width))[_centres(width)]
        for rows in _strips(height)
    ]
    return _box(_turned_over(np.hstack(columns)), _window(height))[_centres(height)]


def _grey(rgb: NDArray[np.uint8]) -> Grey:
    """Luma of an (h, w, 3) picture as (h, w) floats 0..255."""
    thousandths = cv2.transform(rgb.astype(np.float32), _GREY_THOUSANDTHS)
    return (thousandths / np.float32(1000)).astype(np.float32, copy=False)


def _strips(side: int) -> list[slice]:
    """A side in pieces."""
    return [slice(start, start + _STRIP) for start in range(0, side, _STRIP)]


def _window(side: int) -> int:
    """Width of one box filter: half of what one sample stands for, rounded up."""
    return (side + 2 * _GRID - 1) // (2 * _GRID)


def _centres(side: int) -> NDArray[np.intp]:
    """Positions of the 64 samples along a side."""
    return ((np.arange(_GRID) + 0.5) * side / _GRID).astype(np.intp)


def _turned_over(grey: Grey) -> Grey:
    """The transposed picture, laid out anew so that its rows are contiguous."""
    return np.asarray(cv2.transpose(grey), np.float32)


def _box(values: Grey, window: int) -> Grey:
    """Running mean down the first axis over ``window`` rows, fewer at the two ends."""
    sums = np.empty_like(values)
    _run(list(values), list(sums), window)
    sums /= _rows_in_window(len(values), window)
    return sums


def _run(rows: list[Grey], sums: list[Grey], window: int) -> None:
    """Fill ``sums`` with the sum of the rows around each row.

    The sum is carried along as the reference carries it (add the row that enters, then
    take away the one that leaves), because its rounding is part of the answer.
    """
    ahead = window // 2
    running = np.zeros_like(rows[0])
    for right in range(window):
        running = running + rows[right]
        if right >= ahead:
            sums[right - ahead][:] = running
    for right in range(window, len(rows)):
        target = sums[right - ahead]
        np.add(running, rows[right], out=target)
        np.subtract(target, rows[right - window], out=target)
        running = target
    for middle in range(len(rows) - ahead, len(rows)):
        running = np.subtract(running, rows[middle + ahead - window], out=sums[middle])


def _rows_in_window(count: int, window: int) -> Grey:
    """How many rows each of the ``count`` sums holds, as a (count, 1) column."""
    right = np.minimum(np.arange(count) + window // 2, count - 1)
    left = np.maximum(np.arange(count) + window // 2 - window + 1, 0)
    return (right - left + 1).astype(np.float32)[:, np.newaxis]


# ---------------------------------------------------------------------- steps 4 to 6


def _quality(samples: Grey) -> int:
    """Sum of the steps between neighbours that a person would see, scaled to 0..100."""
    steps = sum(_visible_steps(samples, axis) for axis in (0, 1))
    return min(steps // 90, 100)


def _visible_steps(samples: Grey, axis: int) -> int:
    """Steps along one axis in whole hundredths of the range, rounded toward zero."""
    percent = -np.diff(samples, axis=axis) * np.float32(100) / np.float32(255)
    return int(np.abs(percent.astype(np.int32)).sum())


@cache
def _cosines() -> Grey:
    """The (64, 16) cosine matrix: one column for each frequency from 1 to 16."""
    scale = float(np.float32(math.sqrt(2.0 / _GRID)))
    step = math.pi / 2.0 / _GRID
    return np.array(
        [
            [scale * math.cos(step * (i + 1) * (2 * j + 1)) for i in range(_FREQUENCIES)]
            for j in range(_GRID)
        ],
        np.float32,
    )


def _transform(samples: Grey) -> Grey:
    """The 16 x 16 lowest frequencies (vertical first) of the 64 x 64 samples."""
    return _project(_turned_over(_project(samples))).T


def _project(values: Grey) -> Grey:
    """Cosine transform down the first axis: (64, n) -> (16, n).

    Products are added one after the other over the first axis, as the reference adds
    them; a matrix product would add in an order of its own.
    """
    products = _cosines()[:, :, np.newaxis] * values[:, np.newaxis, :]
    return np.asarray(np.add.reduce(products, axis=0), np.float32)


def _bits(frequencies: Grey) -> bytes:
    """Which frequencies lie above the (lower) median, the highest frequency first."""
    middle = frequencies.size // 2 - 1
    median = np.partition(frequencies, middle, axis=None)[middle]
    return np.packbits((frequencies > median).ravel()[::-1]).tobytes()


def _turned(upright: Grey) -> Orientations:
    """The hashes of all eight orientations.

    Mirroring a picture changes the sign of its odd waves, which stand in the even rows or
    columns here because the constant ones were left out.
    """
    sign = np.where(np.arange(_FREQUENCIES) % 2, 1, -1).astype(np.float32)
    mirrored, flipped = upright * sign, upright * sign[:, np.newaxis]
    both = mirrored * sign[:, np.newaxis]
    return Orientations(
        upright=_bits(upright),
        rotated_90=_bits(flipped.T),
        rotated_180=_bits(both),
        rotated_270=_bits(mirrored.T),
        mirrored=_bits(mirrored),
        flipped=_bits(flipped),
        transposed=_bits(upright.T),
        transversed=_bits(both.T),
    )
