"""Tileable 1/f noise, the stuff that ground, clouds and smoke are made of."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.floating]
"""A grid of numbers, (height, width); float32 throughout, which NumPy's types lose track of."""

Picture = NDArray[np.floating]
"""Linear light, (height, width, 3), red first; 1 is white paper in sunlight."""

_PAD = 4


def fractal(rng: np.random.Generator, side: int, *, coarse: int = 4, falloff: float = 0.5) -> Plane:
    """Noise of mean 0 and deviation 1 on a (side, side) grid whose edges join.

    ``coarse`` is the number of cells across at the largest scale, ``side`` a power of two
    times it. Each scale is twice as fine as the last and ``falloff`` times as strong: 0.5
    gives the 1/f amplitudes of natural pictures (Field 1987, J. Opt. Soc. Am. A 4, 2379).
    """
    field = _grains(rng, coarse)
    strength = 1.0
    while field.shape[0] < side:
        strength *= falloff
        field = _twice_as_fine(field)
        field += np.float32(strength) * _grains(rng, field.shape[0])
    return _normal(field)


def sample(field: Plane, x: Plane, y: Plane) -> Plane:
    """Values of an endlessly repeated field at fractional cells ``x``, ``y`` (same shape).

    The cells must lie within +-32,000: OpenCV keeps them as 16-bit numbers.
    """
    return np.asarray(
        cv2.remap(
            field,
            np.ascontiguousarray(x, dtype=np.float32),
            np.ascontiguousarray(y, dtype=np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_WRAP,
        ),
        dtype=np.float32,
    )


def hashed(*keys: NDArray[np.int64] | int) -> Plane:
    """A number in [0, 1) for every combination of whole-number keys, always the same one."""
    mixed: NDArray[np.uint64] | np.uint64 = np.uint64(0x9E3779B9)
    for key in keys:
        mixed = (mixed ^ np.asarray(key).astype(np.uint64)) * np.uint64(0xD6E8FEB86659FD93)
        mixed = mixed ^ (mixed >> np.uint64(32))
    return np.asarray((mixed & np.uint64(0xFFFF)) / np.float32(65536.0), dtype=np.float32)


def _grains(rng: np.random.Generator, side: int) -> Plane:
    return rng.random((side, side), dtype=np.float32) * 2 - 1


def _twice_as_fine(field: Plane) -> Plane:
    padded = cv2.copyMakeBorder(field, _PAD, _PAD, _PAD, _PAD, cv2.BORDER_WRAP)
    large = cv2.resize(padded, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    return np.ascontiguousarray(large[2 * _PAD : -2 * _PAD, 2 * _PAD : -2 * _PAD])


def _normal(field: Plane) -> Plane:
    mean, deviation = cv2.meanStdDev(field)
    return np.asarray((field - np.float32(mean[0, 0])) / np.float32(deviation[0, 0] + 1e-6))
