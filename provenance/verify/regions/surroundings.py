"""What lies around an archived picture in the query: a page, another picture, or only a border.

Looked at is what lies outside both the archived picture's region and the part of it that is seen
(a tile of a collage is cut: its region reaches below its neighbours). Nothing is named unless the
picture ends at straight seams: a query that merely shows more of the same scene has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from provenance.models import Alteration, AlterationKind, Box, Cells, Polygon
from provenance.verify.regions.seen import cell_side
from provenance.verify.views import QueryView

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

LEAST_OUTSIDE = 0.1
"""Share of the query that must lie outside: less is a border or a banner, or the map's error."""

LEAST_UNDER = 0.25
"""The same where the picture's frame reaches over nearly all of the query: banners have less."""

PLAIN = 14.0
"""Standard deviation in grey values up to which it is a border. Bars and filled corners have at
most 1, the dark wall around a photographed screen 8 to 12, pages and pictures 21 and more."""

LEAST_STRAIGHT = 0.72
"""Share of the picture's inner sides along which the query changes abruptly, over all sides. Of
150 copies in screenshots and collages one lies below (0.5), the others above 0.8; of 30 queries
that show more than the archived crop none reaches 0.6."""

PAGE_TONE = 0.4
"""Share of what lies outside that has one tone: pages 0.45 to 0.88, pictures up to 0.35 (one of
30, with a white ground, 0.5)."""

MOST_THICK = 0.2
THICK = 11
"""Share that is neither of that tone nor thinner than 11 pixels, as letters are: 0.01 to 0.11 on
pages (bars, portraits), 0.2 to 0.93 where other pictures lie."""

TONE_REACH, TONE_NOISE = 2, 8
STEP, STEEPER, STEEPER_BY = 8, 5, 16
NEAR, BESIDE = 3, 8
SEARCHED = 1.25
"""Cells around a side in which its seam is looked for: what is seen is known by the cell."""

NOT_AT_EDGE = 1.6
"""Cells from the query's edge within which a side is the query's own."""

OUTLIERS = 2
"""Per cent of the cells left out at either end: single cells agree by chance."""


@dataclass(frozen=True, slots=True)
class _Side:
    """A side of what is seen: its place, and from where to where it runs (raster pixels)."""

    grey: Grey
    place: float
    start: float
    end: float


def surroundings(query: QueryView, region: Polygon, seen: Cells) -> Alteration | None:
    """``inside_screenshot``, ``inside_collage`` or ``None``, from pixels alone."""
    if not seen:
        return None
    grey = query.raster.grey
    scale = grey.shape[1] / query.width
    cell = cell_side(query.width, query.height) * scale
    box = _seen_box(seen, cell, grey.shape)
    outside = _outside(grey, np.array(region) * scale, box, round(cell / 2))
    if outside.mean() < LEAST_OUTSIDE:
        return _under_others(grey, box, cell)
    if not _set_apart(grey, outside, box, cell):
        return None
    page = _is_page(grey, outside)
    return Alteration(AlterationKind.INSIDE_SCREENSHOT if page else AlterationKind.INSIDE_COLLAGE)


def _under_others(grey: Grey, box: Box, cell: float) -> Alteration | None:
    """A tile of a picture whose uncut frame would fill the query: all around are other tiles."""
    outside = _outside(grey, np.zeros((0, 2)), box, round(cell / 2))
    if outside.mean() < LEAST_UNDER or not _set_apart(grey, outside, box, cell):
        return None
    return None if _is_page(grey, outside) else Alteration(AlterationKind.INSIDE_COLLAGE)


def _set_apart(grey: Grey, outside: Flags, box: Box, cell: float) -> bool:
    """Whether what lies outside is no plain border, and begins at straight seams."""
    return float(grey[outside].std()) >= PLAIN and straight(grey, box, cell) >= LEAST_STRAIGHT


def _seen_box(seen: Cells, cell: float, shape: tuple[int, ...]) -> Box:
    """The frame of what is seen, in raster pixels, without stray cells."""
    low, high = np.percentile(np.array(seen), [OUTLIERS, 100 - OUTLIERS], axis=0)
    left, top = (round(float(side) * cell) for side in low)
    right, bottom = (round((float(side) + 1) * cell) for side in high)
    return left, top, min(right, shape[1]), min(bottom, shape[0])


def _outside(grey: Grey, region: NDArray[np.float64], box: Box, margin: int) -> Flags:
    """What belongs to neither, with a margin between."""
    taken = np.zeros(grey.shape, np.uint8)
    if len(region):
        cv2.fillPoly(taken, [np.rint(region).astype(np.int32)], (1,))
    left, top, right, bottom = box
    taken[top:bottom, left:right] = 1
    side = 2 * margin + 1
    return np.asarray(cv2.dilate(taken, np.ones((side, side), np.uint8)) == 0)


def _is_page(grey: Grey, outside: Flags) -> bool:
    """Mostly one tone, and what is not is thin: text on a ground."""
    counts = np.bincount(grey[outside], minlength=256)
    around = np.convolve(counts, np.ones(2 * TONE_REACH + 1, np.int64), mode="same")
    tone, area = int(around.argmax()), int(outside.sum())
    if around[tone] < PAGE_TONE * area:
        return False
    apart = ((np.abs(grey.astype(np.int16) - tone) > TONE_NOISE) & outside).astype(np.uint8)
    thick = cv2.morphologyEx(apart, cv2.MORPH_OPEN, np.ones((THICK, THICK), np.uint8))
    return int(thick.sum()) <= MOST_THICK * area


def straight(grey: Grey, box: Box, cell: float) -> float:
    """How much of the sides that lie within the query are straight seams, 0..1."""
    left, top, right, bottom = box
    turned = np.ascontiguousarray(grey.T)
    sides = [_Side(grey, place, top, bottom) for place in (left, right)]
    sides += [_Side(turned, place, left, right) for place in (top, bottom)]
    inner = [
        side
        for side in sides
        if NOT_AT_EDGE * cell <= side.place <= side.grey.shape[1] - 1 - NOT_AT_EDGE * cell
    ]
    return float(np.mean([_seam(side, cell) for side in inner])) if inner else 0.0


def _seam(side: _Side, cell: float) -> float:
    """The largest share of the side's length that changes abruptly along one line near it."""
    reach = SEARCHED * cell + BESIDE
    first, last = max(0, int(side.place - reach)), int(side.place + reach + 1)
    start, end = int(side.start + cell / 2), int(side.end - cell / 2)
    if end <= start:
        start, end = int(side.start), int(side.end)
    strip = side.grey[start:end, first:last]
    if strip.shape[1] <= 2 * BESIDE:
        return 0.0
    return float(_change(strip)[BESIDE - 2 : 2 - BESIDE].max())


def _change(grey: Grey) -> Floats:
    """For each column, the share of rows that change there far more than beside it."""
    steps = cv2.absdiff(grey[:, 1:], grey[:, :-1])
    here, narrow, wide = (_summed(steps, reach) for reach in (NEAR, 2 * NEAR - 1, 2 * BESIDE + 1))
    steep = here * STEEPER_BY > (wide - narrow) * STEEPER
    return np.asarray(((here > STEP) & steep).mean(axis=0), np.float32)


def _summed(steps: MatLike, reach: int) -> NDArray[np.uint16]:
    """Sums of ``reach`` steps around each."""
    return np.asarray(cv2.boxFilter(steps, cv2.CV_16U, (reach, 1), normalize=False), np.uint16)
