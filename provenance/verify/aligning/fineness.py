"""The finest detail of a picture: what a small blur takes away, and how much of it a copy keeps."""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.aligning.frames import Aligned, Floats

FINE_SIGMA = 2.0
"""Pixels of the blur that takes the finest detail away."""

LEAST_SEEN = 400
"""Pixels from which on detail is measured."""


def detail(image: Floats) -> Floats:
    """What a blur of two pixels takes away."""
    return np.asarray(image - cv2.GaussianBlur(image, (0, 0), FINE_SIGMA), np.float32)


def detail_kept(aligned: Aligned) -> float:
    """The query's finest detail as a share of the archived picture's; 1 where too little is seen.

    Standard deviations, where nothing is cut off.
    """
    seen = aligned.clear > 0
    if int(seen.sum()) < LEAST_SEEN:
        return 1.0
    before = float(detail(aligned.archived)[seen].std())
    return float(detail(aligned.query)[seen].std()) / max(before, 1e-6)
