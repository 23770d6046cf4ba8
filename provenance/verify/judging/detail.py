"""Is there enough in a picture to compare it at all?

A miss means something only where a copy would have been found. So the picture is laid over itself,
as the proof would lay a faultless copy over it, and what could be compared there is counted.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import compare
from provenance.verify.aligning.frames import Frames, lay
from provenance.verify.views import QueryView

LEAST_COMPARABLE = 8
"""Blocks. Nine photographs darkened to 3 to 12 %, faded to 2 to 10 % of their contrast and small,
with cards and nights, each saved again three times: of 143 such copies with fewer blocks 10 were
proved, of 160 with more 152 (6 of the other 8 are cards). Of 311 photographs three have fewer:
drawings on pure white."""

ARCHIVED_SIDE = 384
"""Long side in pixels of an archived proof raster."""

NEARLY_BLACK = 24
NEARLY_FLAT = 24
FEW = 1.0
"""Grey value that 99 % of the pixels of a nearly black picture stay below, and how far 98 % of a
nearly flat one lie from each other. Choices, so that the reason given is what a person sees."""

Grey = NDArray[np.uint8]


def enough_detail(query: QueryView) -> bool:
    """Whether a miss means something; ``False`` for flat, faded and nearly black pictures."""
    return too_little_detail(query) is None


def too_little_detail(query: QueryView) -> str | None:
    """Why a picture is compared by file hash only, or ``None`` where it can be compared.

    ``nearly_black``, ``nearly_flat``, else ``too_little_detail``.
    """
    return too_little_detail_in(query.raster.grey)


def too_little_detail_in(raster: Grey) -> str | None:
    """The same of a proof raster, or of a larger one."""
    grey = _as_archived(raster)
    if _comparable(grey) >= LEAST_COMPARABLE:
        return None
    low, high = np.percentile(grey, [FEW, 100 - FEW])
    if high < NEARLY_BLACK:
        return "nearly_black"
    return "nearly_flat" if high - low < NEARLY_FLAT else "too_little_detail"


def _comparable(grey: Grey) -> int:
    """How many blocks of a faultless copy would count."""
    size = (grey.shape[1], grey.shape[0])
    laid = lay(Frames(grey, size, grey, size), np.eye(3))
    return 0 if laid is None else int(compare(laid, reach=0).compared.sum())


def _as_archived(grey: Grey) -> Grey:
    """As small as it would lie in an archive."""
    scale = ARCHIVED_SIDE / max(grey.shape)
    if scale >= 1:
        return grey
    size = [max(1, round(side * scale)) for side in grey.shape[::-1]]
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
