"""Text cards, documents, charts, night skies: pictures that are mostly of one tone.

Two different cards of one series have the page, the lines, most of the letters in common. Where a
picture is mostly page, any difference at all makes it another one.
"""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.blocks import Flags
from provenance.verify.frames import Aligned, Floats
from provenance.verify.residual import Residual

BAND = 16
PAGE = 0.5
"""Share of what is seen within one band of 16 grey values: text cards, letters, charts and receipts
0.5 to 0.86, photographs at most 0.38 in 24, a few on white more."""

AWAY = 16
SOLID = 11
ROUGH = 10
MOST_ROUGH = 0.3
"""... and of what is not page, the share that is solid (wider than 11 pixels) and uneven: a product on
white is, letters and bars are not (0 to 0.3)."""

LEAST_SPECK = 12
"""Pixels: a digit that was exchanged for another."""


def mostly_page(aligned: Aligned) -> bool:
    """Whether what is seen of the archived picture is a page with something on it."""
    seen = aligned.seen > 0
    if not seen.any():
        return False
    share, tone = ground(aligned.archived, seen)
    return share > PAGE and _rough(aligned, seen, tone) < MOST_ROUGH


def specks(left: Residual) -> int:
    """How many connected differences there are, however small."""
    strong = left.above().astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(strong, connectivity=8)
    return int((stats[1:, cv2.CC_STAT_AREA] >= LEAST_SPECK).sum())


def ground(image: Floats, seen: Flags) -> tuple[float, float]:
    """Share and middle of the most frequent band of tones."""
    counts = np.bincount(np.clip(image[seen], 0, 255).astype(np.int64), minlength=256)
    bands = np.convolve(counts, np.ones(BAND, np.int64), mode="valid")
    first = int(bands.argmax())
    return float(bands[first] / counts.sum()), first + BAND / 2


def _rough(aligned: Aligned, seen: Flags, tone: float) -> float:
    ink = ((np.abs(aligned.archived - tone) > AWAY) & seen).astype(np.uint8)
    solid = cv2.erode(ink, np.ones((SOLID, SOLID), np.uint8)) > 0
    around = np.ones((5, 5), np.uint8)
    uneven = cv2.dilate(aligned.archived, around) - cv2.erode(aligned.archived, around) > ROUGH
    return float((solid & uneven).sum() / max(1, int(ink.sum())))
