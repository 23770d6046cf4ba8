"""Text cards, documents, charts, night skies: pictures that are mostly of one tone.

Two different cards of one series have the page, the lines, most of the letters in common. Where a
picture is mostly page, any difference at all makes it another one.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.blocks import Flags
from provenance.verify.frames import Aligned

BAND = 16
PAGE = 0.5
"""Share of what is seen within one band of 16 grey values: text cards, letters, charts and receipts
0.5 to 0.86, photographs mostly below 0.4, a few on white or before a wall up to 0.66;"""

AWAY = 16
STROKE = 9
THIN = 0.28
"""... and of what is not page, the share in strokes narrower than 9 pixels: letters, tables, forms
0.3 to 1, a lamp photographed before a wall 0.24;"""

SOLID = 11
ROUGH = 10
MOST_ROUGH, NOT_ROUGH = 0.3, 0.06
"""the share that is solid and uneven: products on white more, bars and headlines less than 0.06."""


def mostly_page(aligned: Aligned, covered: Flags | None = None) -> bool:
    """Whether the archived picture is a page with something on it.

    All of it counts, seen or not: a piece of sky is none. What differs (``covered``, (h, w), may be
    cut to whole blocks) does not: another photograph on the page makes it no less of one.
    """
    counts = np.ones(aligned.archived.shape, np.bool_)
    if covered is not None:
        rows, columns = covered.shape
        counts[:rows, :columns] &= ~covered
    if not counts.any():
        return False
    share, tone = _page(aligned, counts)
    if share < PAGE:
        return False
    ink = ((np.abs(aligned.archived - tone) > AWAY) & counts).astype(np.uint8)
    rough = _rough(aligned, ink)
    return rough < NOT_ROUGH or (rough < MOST_ROUGH and _thin(ink) > THIN)


def _page(aligned: Aligned, counted: Flags) -> tuple[float, float]:
    """Share and middle of the most frequent band of tones."""
    counts = np.bincount(np.clip(aligned.archived[counted], 0, 255).astype(np.int64), minlength=256)
    bands = np.convolve(counts, np.ones(BAND, np.int64), mode="valid")
    first = int(bands.argmax())
    return float(bands[first] / counts.sum()), first + BAND / 2


def _thin(ink: NDArray[np.uint8]) -> float:
    thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((STROKE, STROKE), np.uint8))
    return 1 - float(thick.sum()) / max(1, int(ink.sum()))


def _rough(aligned: Aligned, ink: NDArray[np.uint8]) -> float:
    solid = cv2.erode(ink, np.ones((SOLID, SOLID), np.uint8)) > 0
    around = np.ones((5, 5), np.uint8)
    uneven = cv2.dilate(aligned.archived, around) - cv2.erode(aligned.archived, around) > ROUGH
    return float((solid & uneven).sum() / max(1, int(ink.sum())))
