"""How steeply a difference begins."""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual

SLOW = 0.1
"""Of its height a pixel: light rises by 0.02 to 0.10."""


def steepness(left: Residual, mask: Flags) -> float:
    """Slope of the difference at its outline, as a share of its height, a pixel."""
    ring = np.ones((5, 5), np.uint8)
    flags = mask.astype(np.uint8)
    rim = cv2.dilate(flags, ring) > cv2.erode(flags, ring)
    height = float(np.percentile(np.abs(left.values)[mask], 80))
    return float(np.percentile(slope(left.values)[rim], 70)) / max(height, 1.0)


def slope(image: Floats) -> Floats:
    """Grey values a pixel."""
    across = cv2.Sobel(image, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(image, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(np.hypot(across, down), np.float32)
