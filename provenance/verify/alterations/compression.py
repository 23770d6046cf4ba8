"""How strongly a picture was compressed as JPEG, told by its pixels.

JPEG keeps of each square of 8 x 8 pixels the multiples of a step for each frequency. The pixels
still show those steps, even where a screenshot or a PNG was made of them at the same size: the
cosine transform of the squares has its values at multiples of the step and none between. Method:
Fan and de Queiroz, "Identification of bitmap compression history", IEEE Trans. Image Processing
2003, with the phase of the values in place of their likelihood.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]

SQUARE = 8

LUMA = {
    (0, 1): 11, (1, 0): 12, (2, 0): 14, (1, 1): 12, (0, 2): 10, (0, 3): 16,
    (1, 2): 14, (2, 1): 13, (3, 0): 14,
}  # fmt: skip
"""Row and column of the lowest frequencies, and their step at quality 50 (ITU-T T.81, annex K)."""

STEPS = np.arange(8, 90)
"""Steps tried. Below 8 (quality 70 and better) nobody sees a loss."""

ON_STEP = 0.75
"""Mean cosine of the values' phase: 1 where all lie on multiples of a step, 0 where none do."""

BIN, HIGHEST = 0.25, 400.0
CENTRES = np.arange(0, HIGHEST, BIN)
LARGE = (STEPS[:, None] / 2 < CENTRES).astype(np.float64)
PHASE = np.cos(2 * np.pi * CENTRES / STEPS[:, None]) * LARGE
"""For each step, what a value counts for it: small ones were made 0 and say nothing."""

WAVES = cv2.dct(np.eye(SQUARE, dtype=np.float32), flags=cv2.DCT_ROWS).T
BASIS = np.column_stack([np.outer(WAVES[down], WAVES[across]).ravel() for down, across in LUMA])

LEAST_VALUES = 24
LEAST_FREQUENCIES = 4
AS_PRINTED = 100
"""Per cent: libjpeg's quality 50 takes the steps as they are printed."""

MOST_SIDE = 1024
MOST_SQUARES = 1000
"""Squares looked at, spread evenly: more change nothing but the time."""


def estimated_quality(grey: Grey) -> int | None:
    """The quality (1..70, as libjpeg counts) of the strongest compression, or ``None``.

    ``None``: finer, or not compressed. ``grey`` (h, w) must not have been resized since; it may
    have been cut.
    """
    if min(grey.shape) < 2 * SQUARE:
        return None
    top, left = _offset(grey, 0), _offset(grey, 1)
    squares = _squares(grey[top:, left:])
    if len(squares) < LEAST_VALUES:
        return None
    steps = [_step(values) for values in (squares @ BASIS).T]
    scales = [100 * step / base for step, base in zip(steps, LUMA.values(), strict=True) if step]
    if len(scales) < LEAST_FREQUENCIES:
        return None
    return _quality(float(np.median(scales)))


def luma(rgb: Grey) -> Grey:
    """The grey values (h, w) that JPEG compresses, of the middle of a picture (h, w, 3).

    No more than is looked at: a large picture need not be held twice.
    """
    top, left = (max(0, side - MOST_SIDE) // 2 for side in rgb.shape[:2])
    part = np.ascontiguousarray(rgb[top : top + MOST_SIDE, left : left + MOST_SIDE])
    return np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), np.uint8)


def _quality(scale: float) -> int:
    """The inverse of libjpeg's scaling of its tables (``jpeg_quality_scaling``)."""
    quality = 5000 / scale if scale > AS_PRINTED else (200 - scale) / 2
    return round(min(100.0, max(1.0, quality)))


def _offset(grey: Grey, axis: int) -> int:
    """Where the squares begin along an axis: where neighbours differ most."""
    change = np.abs(np.diff(grey.astype(np.int16), axis=axis)).mean(axis=1 - axis)
    whole = len(change) // SQUARE * SQUARE
    if not whole:
        return 0
    by_place = np.median(change[:whole].reshape(-1, SQUARE), axis=0)
    return int((by_place.argmax() + 1) % SQUARE)


def _squares(grey: Grey) -> Floats:
    """(n, 64): squares of 8 x 8, spread evenly."""
    rows, columns = grey.shape[0] // SQUARE, grey.shape[1] // SQUARE
    cut = grey[: rows * SQUARE, : columns * SQUARE]
    squares = cut.reshape(rows, SQUARE, columns, SQUARE).swapaxes(1, 2).reshape(-1, SQUARE**2)
    return np.asarray(squares[:: -(-len(squares) // MOST_SQUARES) or 1], np.float32)


def _step(values: Floats) -> int | None:
    """The largest step on whose multiples the values lie."""
    bins = (np.abs(values) / BIN + 0.5).astype(np.int64)
    counts = np.bincount(bins[bins < len(CENTRES)], minlength=len(CENTRES))
    known = LARGE @ counts
    on_step = np.where(known >= LEAST_VALUES, PHASE @ counts / np.maximum(known, 1), 0)
    found = np.flatnonzero(on_step > ON_STEP)
    return int(STEPS[found[-1]]) if len(found) else None
