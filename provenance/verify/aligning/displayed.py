"""Photographs of a screen or of a print: bent, and the archived picture's own edge is in them.

A camera that is held before a picture sees it bent, and around it the dark glass, the frame or the
wall, of one tone, from the picture's very edge on. No other photograph of the scene ends there.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.frames import Frames
from provenance.verify.locating.geometry import Matrix, apply
from provenance.verify.locating.location import corners

Points = NDArray[np.float64]

LEAST_BEND = 0.027
"""Logarithm of how much larger the picture is at its nearest corner than at its farthest, as where
the alteration is named: 14 photographs of screens have 0.02 to 0.48, of 2,106 other copies
12 more than this."""

SAMPLES = 80
ENDS = 0.06
MARGIN = 10.0
"""Points along a side, the share at each end that is left out, and raster pixels that must lie
between a point and the query's own edge."""

SEARCHED = 7
ACROSS = range(3, 9)
"""Raster pixels around a side in which the edge is looked for, and from there outwards of what must
be plain."""

STEP, STEPPED = 8.0, 0.5
PLAIN = 7.0
"""Grey values by which the edge changes, the share of the side that does, and how much what lies
outside may vary from one point to the next but one, in grey values, on most of it. Choices: of
14 photographs of screens nine have two such sides and more, a scene that goes on beyond the
frame has none."""

SIDES = 2


def is_displayed(frames: Frames, matrix: Matrix) -> bool:
    """Whether the query shows the archived picture as a thing: bent, with its own edge around."""
    width, height = frames.archived_size
    around: Points = np.asarray(corners(width, height), np.float64)
    if bend(matrix, around) < LEAST_BEND:
        return False
    placed = apply(matrix, around) * (frames.query.shape[1] / frames.query_size[0])
    middle = placed.mean(axis=0)
    sides = zip(placed, np.roll(placed, -1, axis=0), strict=True)
    return sum(_is_edge(frames.query, start, end, middle) for start, end in sides) >= SIDES


def bend(matrix: Matrix, around: Points) -> float:
    """How much larger the picture is at its nearest corner than at its farthest, as a logarithm."""
    depth = around @ matrix[2, :2] + matrix[2, 2]
    return float(np.ptp(np.log(np.maximum(depth, 1e-9))))


def _is_edge(grey: NDArray[np.uint8], start: Points, end: Points, middle: Points) -> bool:
    """Whether the picture ends along this side, and what lies outside is plain."""
    along = start + np.linspace(ENDS, 1 - ENDS, SAMPLES)[:, None] * (end - start)
    way = np.array([end[1] - start[1], start[0] - end[0]]) / max(float(np.hypot(*(end - start))), 1)
    out = way if float((along.mean(axis=0) - middle) @ way) > 0 else -way
    least = MARGIN + SEARCHED
    limits = np.array(grey.shape[::-1]) - 1 - least
    kept = along[((along >= least) & (along <= limits)).all(axis=1)]
    if len(kept) < SAMPLES / 2:
        return False
    reach = np.arange(-SEARCHED - 3, SEARCHED + max(ACROSS) + 1)
    places = kept[:, None] + reach[None, :, None] * out
    across, down = np.moveaxis(places.astype(np.float32), -1, 0)
    profile = cv2.remap(grey, across, down, cv2.INTER_LINEAR).astype(np.float32)
    best = 0.0
    for at in range(3, 3 + 2 * SEARCHED + 1):
        steps = np.abs(profile[:, at + 2] - profile[:, at - 2])
        beside = profile[:, at + ACROSS[0] : at + ACROSS[-1] + 1].mean(axis=1)
        varies = float(np.percentile(np.abs(beside[2:] - beside[:-2]), 80))
        if varies <= PLAIN:
            best = max(best, float((steps > STEP).mean()))
    return best >= STEPPED
