"""Where a picture may hold other pictures: rectangles on a page, or beside straight seams.

A picture that is looked up may be a screenshot or a collage. Rectangles are only proposed: each
is read on its own and proved like any query, so a wrong one costs time and nothing else.

1. **Ground.** Where one tone fills a good part of the picture (a page, an interface, the bars
   around it), what lies on it in one piece and fills its own frame is a rectangle; letters are
   too thin.
2. **Seams.** Else the picture is cut wherever it changes along a whole straight line, across
   or down; each piece is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from provenance.models import Box, Pixels

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]
READ_AT = 640
"""Long side in pixels at which rectangles are looked for: a gutter of one in 200 is still wide."""

MOST = 8
DEPTH = 3
LEAST_SIDE = 40
LEAST_SHARE = 0.01
"""Most rectangles, how often pieces are cut again, and the smallest worth reading: pixels along
its short side where it is looked for, share of the picture."""

NEARLY_ALL = 0.97
"""A rectangle with this share of the picture is the picture."""

GROUND_SHARE = 0.12
GROUND_REACH = 2
GROUND_NOISE = 8
"""One tone, give or take 2, on 12 % of the pixels is the ground; compression moves it by 8."""

THIN = 7
"""Pixels: strokes of letters are thinner, photographs are not."""

STRAIGHT = 0.7
STRAIGHT_LEAST = 0.35
EDGE = 3
"""Share of its frame, and of each side of it, that a photograph on the ground reaches to within 3
pixels: parts of it may have the tone of the ground. A thing on a plain ground reaches each side at
one place."""

LEAST_TEXTURE = 12.0
"""Standard deviation in grey values: bars and buttons have less."""

SEAM = 0.85
STEP = 8
STEEPER, STEEPER_BY = 5, 16
"""A seam changes by 8 grey values, and by 5/16 of what twelve steps beside it do together (3.75
times as much as each), along 85 % of its length. Of 300 photographs 12 have such a line, one of
them a real collage; of 45 collages 38 have all of theirs."""

BESIDE, NEAR = 8, 3
MARGIN = 0.12
"""A seam lies this share of the side from the edge at least: nearer ones are borders."""


def rectangles(pixels: Pixels) -> tuple[Box, ...]:
    """The proposed rectangles in full-size upright pixels, largest first; mostly none."""
    cv2.setNumThreads(1)
    grey = _small(pixels)
    height, width = grey.shape
    whole = (0, 0, width, height)
    found = {box for box in _within(grey, whole, DEPTH) if _worth(grey, box)}
    ranked = sorted(found, key=lambda box: (-_area(box), box))[:MOST]
    across, down = pixels.width / width, pixels.height / height
    return tuple(
        (round(left * across), round(top * down), round(right * across), round(bottom * down))
        for left, top, right, bottom in ranked
    )


def _small(pixels: Pixels) -> Grey:
    scale = min(1.0, READ_AT / max(pixels.width, pixels.height))
    size = (max(1, round(pixels.width * scale)), max(1, round(pixels.height * scale)))
    grey = cv2.cvtColor(pixels.rgb, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _within(grey: Grey, box: Box, depth: int) -> Iterator[Box]:
    """A piece, and the pieces that it may consist of."""
    yield box
    for piece in _pieces(grey, box) if depth else []:
        yield from _within(grey, piece, depth - 1)


def _pieces(grey: Grey, box: Box) -> list[Box]:
    left, top, right, bottom = box
    if min(right - left, bottom - top) < LEAST_SIDE:
        return []
    inside = grey[top:bottom, left:right]
    found = on_ground(inside) or beside_seams(inside)
    return [
        (left + piece[0], top + piece[1], left + piece[2], top + piece[3])
        for piece in found
        if _area(piece) < NEARLY_ALL * inside.size
    ]


def on_ground(grey: Grey) -> list[Box]:
    """What lies in one piece on a ground of one tone."""
    counts = np.bincount(grey.ravel(), minlength=256)
    around = np.convolve(counts, np.ones(2 * GROUND_REACH + 1, np.int64), mode="same")
    tone = int(around.argmax())
    if around[tone] < GROUND_SHARE * grey.size:
        return []
    apart = (np.abs(grey.astype(np.int16) - tone) > GROUND_NOISE).astype(np.uint8)
    opened = cv2.morphologyEx(apart, cv2.MORPH_OPEN, np.ones((THIN, THIN), np.uint8))
    thick = np.asarray(opened, np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(thick, connectivity=8)
    boxes = [_framed(each) for each in stats[1:count]]
    return [box for box in boxes if _straight(thick, box)]


def _framed(stats: NDArray[np.int32]) -> Box:
    left, top, width, height = (int(value) for value in stats[:4])
    return left, top, left + width, top + height


def _straight(thick: Grey, box: Box) -> bool:
    """Whether a piece reaches its own frame along most of each side."""
    left, top, right, bottom = box
    if min(right - left, bottom - top) < LEAST_SIDE:
        return False
    piece = thick[top:bottom, left:right]
    sides = (piece[:EDGE], piece[-EDGE:], piece[:, :EDGE].T, piece[:, -EDGE:].T)
    reached = [float(side.any(axis=0).mean()) for side in sides]
    return min(reached) >= STRAIGHT_LEAST and sum(reached) >= STRAIGHT * len(reached)


def beside_seams(grey: Grey) -> list[Box]:
    """The pieces between seams: all that go down, or all that go across, whichever is clearer."""
    height, width = grey.shape
    down, across = _seams(grey), _seams(np.ascontiguousarray(grey.T))
    if not down and not across:
        return []
    if max(down.values(), default=0) >= max(across.values(), default=0):
        return [(a, 0, b, height) for a, b in _between(sorted(down), width)]
    return [(0, a, width, b) for a, b in _between(sorted(across), height)]


def _between(cuts: list[int], length: int) -> list[tuple[int, int]]:
    ends = [0, *cuts, length]
    return [(a, b) for a, b in pairwise(ends) if b - a >= LEAST_SIDE]


def _seams(grey: Grey) -> dict[int, float]:
    """Columns at which the picture changes from top to bottom, with the share that does."""
    width = grey.shape[1]
    margin = max(round(MARGIN * width), LEAST_SIDE)
    if width <= 2 * margin:
        return {}
    clear = _change(grey)
    inner = clear[margin : width - margin]
    peaks = inner == cv2.dilate(inner[None], np.ones((1, 5), np.uint8))[0]
    columns = np.flatnonzero(peaks & (inner >= SEAM)) + margin
    return {int(column) + 1: float(clear[column]) for column in columns}


def _change(grey: Grey) -> Floats:
    """For each column, the share of rows that change there far more than beside it."""
    steps = cv2.absdiff(grey[:, 1:], grey[:, :-1])
    here, narrow, wide = (_summed(steps, reach) for reach in (NEAR, 2 * NEAR - 1, 2 * BESIDE + 1))
    steep = here * STEEPER_BY > (wide - narrow) * STEEPER
    return np.asarray(((here > STEP) & steep).mean(axis=0), np.float32)


def _summed(steps: MatLike, reach: int) -> NDArray[np.uint16]:
    """Sums of ``reach`` steps around each."""
    return np.asarray(cv2.boxFilter(steps, cv2.CV_16U, (reach, 1), normalize=False), np.uint16)


def _worth(grey: Grey, box: Box) -> bool:
    """Large enough, not the whole picture, and no bar of one tone."""
    left, top, right, bottom = box
    share = _area(box) / grey.size
    if min(right - left, bottom - top) < LEAST_SIDE or not LEAST_SHARE <= share < NEARLY_ALL:
        return False
    return float(grey[top:bottom, left:right].std()) >= LEAST_TEXTURE


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
