"""Pictures that a picture may hold: each proposed rectangle, read as a picture of its own."""

from __future__ import annotations

import cv2
import numpy as np

from provenance.fingerprint import keypoints, pdq
from provenance.fingerprint.rectangles import rectangles
from provenance.models import Box, Inset, Keypoints, Pixels

LONGEST = 640
"""Long side in pixels at which a rectangle is read at most: archived pictures are read at 512, and
what is shown larger was read with the whole. Small ones are enlarged, see ``keypoints``."""


def insets(pixels: Pixels) -> tuple[Inset, ...]:
    """Every proposed rectangle, largest first."""
    return tuple(_read(pixels, box) for box in rectangles(pixels))


def _read(pixels: Pixels, box: Box) -> Inset:
    left, top, right, bottom = box
    inside = Pixels(np.ascontiguousarray(pixels.rgb[top:bottom, left:right]), pixels.format)
    small = _reduced(inside)
    plain, mirrored = keypoints.compute_query(small)
    scale = (inside.width / small.width, inside.height / small.height)
    upright, turned = pdq.read(inside)
    return Inset(
        box=box,
        keypoints=_placed(plain, scale, left, top),
        mirrored=_placed(mirrored, scale, pixels.width - right, top),
        pdq=tuple(turned),
        quality=upright.quality or 0,
    )


def _reduced(inside: Pixels) -> Pixels:
    scale = LONGEST / max(inside.width, inside.height)
    if scale >= 1:
        return inside
    size = (max(1, round(inside.width * scale)), max(1, round(inside.height * scale)))
    small = cv2.resize(inside.rgb, size, interpolation=cv2.INTER_AREA)
    return Pixels(np.asarray(small, np.uint8), inside.format)


def _placed(features: Keypoints, scale: tuple[float, float], across: int, down: int) -> Keypoints:
    """In pixels of the whole picture."""
    return Keypoints(
        features.kind,
        features.points * np.array(scale, np.float32) + np.array([across, down], np.float32),
        features.sizes * np.float32((scale[0] + scale[1]) / 2),
        features.angles,
        features.descriptors,
    )
