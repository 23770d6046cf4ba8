"""Sides of the picture that were cut off, where the next thing in the query begins.

A tile of a collage and a photograph in an interface are cut to fit; the place where the rest of the
archived picture would lie shows the neighbour. A banner lies there too, but it ends with the
picture: the neighbour goes on beyond the picture's edge as if there were none.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import RIM
from provenance.verify.alterations.placement import BOTTOM, LEFT, RIGHT, SIDES, TOP
from provenance.verify.locating.geometry import Matrix, apply
from provenance.verify.views import ArchivedView, QueryView

SPAN = 0.8
"""Share of the side that must differ."""

CLOSE = RIM + 4
"""Frame pixels between the side and what differs."""

STEP = 3.0
"""Raster pixels of the query between the samples across the edge."""

GOES_ON = 6.0
ROUGH = 1.6
"""Mean change in grey values across the edge: at most this, or so many times the change just
inside, for what goes on beyond it."""

SAMPLES = 128


@dataclass(frozen=True, slots=True)
class CutOff:
    """A side of the archived picture, and the mask (h, w) of what is missing there."""

    side: str
    mask: Flags

    @property
    def share(self) -> float:
        """Of the archived width or height."""
        lines = self.mask.any(axis=1 if self.side in (TOP, BOTTOM) else 0)
        return float(lines.mean())


def cut_off(
    mask: Flags, seen: Flags, matrix: Matrix, query: QueryView, picture: ArchivedView
) -> CutOff | None:
    """The side that was cut off, where a patch is the neighbour's; else ``None``.

    ``matrix`` takes archived pixels to query pixels.
    """
    for side in SIDES:
        if _spans(mask, seen, side) and goes_on(side, matrix, query, picture):
            return CutOff(side, mask)
    return None


def _spans(mask: Flags, seen: Flags, side: str) -> bool:
    """Whether next to all that is seen along this side differs."""
    edge, visible = _edge(mask, side), _edge(seen, side)
    return bool(visible.any()) and int((edge & visible).sum()) > SPAN * int(visible.sum())


def _edge(mask: Flags, side: str) -> Flags:
    lines = {
        TOP: mask[:CLOSE],
        BOTTOM: mask[-CLOSE:],
        LEFT: mask[:, :CLOSE].T,
        RIGHT: mask[:, -CLOSE:].T,
    }
    return np.asarray(lines[side].any(axis=0))


def goes_on(
    side: str, matrix: Matrix, query: QueryView, picture: ArchivedView, texture: float = 0.0
) -> bool:
    """Whether the query looks alike on both sides of the archived picture's edge.

    ``texture`` is the standard deviation in grey values that it must have just outside.
    """
    lines = _samples(side, matrix, query, picture)
    if lines is None or float(lines[1].std()) < texture:
        return False
    outer, edge, inner = (float(np.abs(a - b).mean()) for a, b in pairwise(lines))
    return edge < max(GOES_ON, ROUGH * max(inner, outer))


def _samples(
    side: str, matrix: Matrix, query: QueryView, picture: ArchivedView
) -> NDArray[np.float32] | None:
    """(4, n) grey values along the edge: two lines outside, two inside; ``None`` off the query."""
    to_raster = np.diag([query.raster.grey.shape[1] / query.width] * 2 + [1.0]) @ matrix
    ends = apply(to_raster, _ends(side, picture))
    along = ends[1] - ends[0]
    middle = apply(to_raster, np.array([[picture.width / 2, picture.height / 2]]))[0]
    across = np.array([-along[1], along[0]]) / max(float(np.linalg.norm(along)), 1e-9)
    across *= np.sign(np.dot(across, middle - ends[0])) or 1.0
    places = ends[0] + np.linspace(0.02, 0.98, SAMPLES)[:, None] * along
    lines = np.stack([places + away * STEP * across for away in (-1.5, -0.5, 0.5, 1.5)])
    height, width = query.raster.grey.shape
    inside = (lines >= 0).all(axis=(0, 2)) & (lines < (width - 1, height - 1)).all(axis=(0, 2))
    if inside.sum() < SAMPLES / 4:
        return None
    x, y = lines[:, inside].astype(np.float32).transpose(2, 0, 1)
    return np.asarray(cv2.remap(query.raster.grey, x, y, cv2.INTER_LINEAR), np.float32)


def _ends(side: str, picture: ArchivedView) -> Matrix:
    wide, high = picture.width, picture.height
    ends = {
        TOP: [[0, 0], [wide, 0]],
        BOTTOM: [[0, high], [wide, high]],
        LEFT: [[0, 0], [0, high]],
        RIGHT: [[wide, 0], [wide, high]],
    }
    return np.array(ends[side], np.float64)
