"""In which of the two pictures something was laid over the other one's content."""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.alterations.laid_bare import Bare

RIM, RING = 5, 21
"""Width in frame pixels of the rim along which the outline of a thing lies, and of the ring around
that rim, outside and inside."""

OUTLINED, CLEARLY = 1.25, 1.4
"""Strength of edges along the rim against the ring: what was laid over a picture has an outline,
what lies below it has none just there. The archived picture must have one, and a clearer one."""


def lies_over_archived(mask: Flags, both: Bare) -> bool:
    """Whether the archived picture, not the query, has the outline of this patch (h, w)."""
    rim = _along(mask, RIM) & both.seen
    ring = _along(mask, RING) & both.seen & ~rim
    if not rim.any() or not ring.any():
        return False
    archived, query = (_outline(each, rim, ring) for each in (both.expected, both.query))
    return archived > max(OUTLINED, CLEARLY * query)


def _along(mask: Flags, width: int) -> Flags:
    kernel = np.ones((width, width), np.uint8)
    return cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_GRADIENT, kernel) > 0


def _outline(image: Floats, rim: Flags, ring: Flags) -> float:
    across, down = cv2.Sobel(image, cv2.CV_32F, 1, 0), cv2.Sobel(image, cv2.CV_32F, 0, 1)
    edges = np.hypot(across, down)
    return float(edges[rim].mean() / max(float(edges[ring].mean()), 1.0))
