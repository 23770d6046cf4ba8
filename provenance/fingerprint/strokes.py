"""Stripes, grids and lettering of one flat tone over a whole picture, taken away before reading.

Where thin strokes of one tone cover much of a picture, no corner survives as it was: of 420
keypoints none to a dozen are found again. Filled with what surrounds them, 50 to 120 are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

TONES_TRIED = 3
TONE_REACH = 8
"""Grey values on both sides of the tone: JPEG at quality 80 keeps a flat stroke within them."""

THIN = 0.05
"""Widest stroke, as a share of the long side."""

LEAST_COVERED = 0.2
"""Share of the picture that strokes of one tone cover. Below it enough corners are left."""

HOLES = 3
MARGIN = 5
"""Pixels of the holes that are filled in strokes, and by which they are made wider. Of 14 striped
copies six have 66 to 88 inliers instead of 4 to 65 with it, seven as many, one 9 instead of 11."""

SURROUNDINGS = 0.012
COARSER = 4
"""Sigma of the filling, as a share of the long side: it must reach across half a stroke. How much
smaller it is worked out: at full size it takes as long as all keypoints."""


def without_strokes(grey: Grey) -> Iterator[Grey]:
    """The picture with its thin strokes filled, once for each tone that may be theirs.

    Between the stripes over a night the night is in strokes of one tone as well: which of both was
    drawn cannot be told from the query alone.
    """
    for strokes in _strokes(grey):
        yield _filled(grey, strokes)


def _strokes(grey: Grey) -> Iterator[Grey]:
    """Masks (0, 1) of thin strokes of one tone each, a little wider than they are."""
    wide = max(MARGIN, round(THIN * max(grey.shape)))
    for tone in _common_tones(grey):
        near = cv2.inRange(grey, tone - TONE_REACH, tone + TONE_REACH) // 255
        # What compression left of the strokes has holes, in which corners would be found.
        near = cv2.morphologyEx(near, cv2.MORPH_CLOSE, np.ones((HOLES, HOLES), np.uint8))
        near = cv2.morphologyEx(near, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        thick = cv2.morphologyEx(near, cv2.MORPH_OPEN, np.ones((wide, wide), np.uint8))
        thin = np.where(thick > 0, 0, near).astype(np.uint8)
        if thin.mean() > LEAST_COVERED:
            yield np.asarray(cv2.dilate(thin, np.ones((MARGIN, MARGIN), np.uint8)), np.uint8)


def _common_tones(grey: Grey) -> list[int]:
    """The most frequent tones, each apart from the others."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    counts = np.convolve(counts, np.ones(2 * TONE_REACH + 1), mode="same")
    tones = []
    for _ in range(TONES_TRIED):
        tone = int(counts.argmax())
        if counts[tone] < LEAST_COVERED * grey.size:
            break
        tones.append(tone)
        counts[max(0, tone - 2 * TONE_REACH) : tone + 2 * TONE_REACH + 1] = 0
    return tones


def _filled(grey: Grey, strokes: Grey) -> Grey:
    """Strokes replaced by the mean of what surrounds them, which is smooth: a fourth will do."""
    height, width = grey.shape
    small = (math.ceil(width / COARSER), math.ceil(height / COARSER))
    sigma = SURROUNDINGS * max(small)
    known = 1 - strokes.astype(np.float32)
    around, weight = (
        cv2.GaussianBlur(cv2.resize(each, small, interpolation=cv2.INTER_AREA), (0, 0), sigma)
        for each in (grey * known, known)
    )
    smooth = cv2.resize(around / np.maximum(weight, 1e-3), (width, height))
    return np.where(strokes > 0, np.clip(smooth, 0, 255), grey).astype(np.uint8)
