"""The detail of a picture, place by place: what a mean over nine pixels takes away."""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.aligning.frames import Floats

DETAIL = 9
"""Side in frame pixels of the mean that holds tones and no detail."""

FINEST = 1.0
"""What this blur takes away may also be lost to half a pixel of displacement."""

WINDOW = 15
"""Side in frame pixels of what counts as one place."""


def fine(image: Floats) -> Floats:
    """The detail itself (h, w), in grey values around 0."""
    finest = cv2.GaussianBlur(image, (0, 0), FINEST)
    return np.asarray(finest - cv2.blur(finest, (DETAIL, DETAIL)), np.float32)


def around(image: Floats) -> Floats:
    """The mean (h, w) over one place around each pixel."""
    return np.asarray(cv2.blur(image, (WINDOW, WINDOW)), np.float32)


def strength(detail: Floats) -> Floats:
    """Its standard deviation (h, w) around each pixel, in grey values."""
    return np.sqrt(np.maximum(around(detail * detail), 0))
