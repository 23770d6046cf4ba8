"""Lettering, lines and watermarks: thin, sharp, of few tones, and drawn where nothing was."""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Difference, Residual, Side, either_way, one_sided
from provenance.verify.causes.displaced import UNEXPLAINED, UNEXPLAINED_ONE_SIDED, unexplained
from provenance.verify.causes.steepness import slope, steepness
from provenance.verify.causes.tones import two_bands

STROKE = 9
THIN = 0.15
"""Strokes vanish by erosion with 9 pixels: of lettering 0 to 0.14 is left, of watermarks
nothing."""

WIDEST = 0.14
"""Half the width of the widest place of a line of letters, as a share of the frame's short side: of
735 on copies at most 0.118; a checked cloth in the place of another 0.159."""

LARGE, LONG = 0.06, 1.7
"""Share of the picture from which on letters are a line, and so many times as long as wide: on
copies 2.15 upwards (of 23); somebody before a striped shirt who stands elsewhere 1.65."""

SLANTING, LONG_SLANTING = 10.0, 2.0
"""Degrees from upright and level, from which on the rectangle that is turned with it tells how long
it is: watermarks across a picture are 2.2 and 2.6 times as long as wide, their upright rectangle
next to a square. Choices below the two."""

LARGE_UPRIGHT, LONG_UPRIGHT, UPRIGHT, FILLED = 0.03, 3.0, 45.0, 0.5
"""The same of what stands upright in the copy and in the archived picture, turned by less than so
many degrees, and fills so much of its rectangle (rings do not): two people before a shirt, in cloth
of many spots, 2.6 times as high as wide, took up 0.05 of the picture each."""

SHARP_TWO_SIDED, SHARP_ONE_SIDED, SHARP_ONE_TONE = 0.24, 0.2, 0.168
"""Steepness at the outline, as a share of the height, a pixel. Outlined capitals (two-sided) 0.25
to 0.37, watermarks (one-sided) 0.21 to 0.33, thick letters of one tone 0.17 upwards; a
crater seen from the air 0.16; riders, branches and shadows between two frames 0.16 to 0.23, mostly
two-sided and never of one tone."""

INK_TONES, ONE_TONE = 0.33, 0.9
NOT_MOVED, INK_TONES_NOT_MOVED = 0.9, 0.25
NOTHING_ALIKE = 0.95
"""Share of the core of strokes in two bands of 16 grey values: lettering 0.36 to 0.99, a player
between two frames 0.21 to 0.33, but what moved leaves less than 0.9 (below); thin outlined
capitals, of which hardly a pixel is pure, 0.27."""

ON_PLAIN = 0.25
PLAIN_SLOPE = 4.0
"""Share of a core that lies where the other picture has no edge (grey values a pixel): ink goes
anywhere (0.3 to 0.9), letters that replace letters and what moved stay at edges (0 to 0.3)."""

ON_BUSY = 0.1
VERY_SHARP, MANY_TONES = 0.33, 0.5
"""... on grass and leaves, which have edges everywhere, where what was drawn is that steep and the
other picture has many tones below it (share in two bands)."""

SWAPPED = 0.5
SWAPPED_TONES = 0.6
"""Letters put in the place of letters: two-sided, and both pictures have few tones there, mostly
the same."""

LINE, BEGINS, AS_HIGH = 4.0, 8, 0.6
"""How many times as long as high a line of letters is at least, frame pixels within which the line
above and the one below begin, and how much lower one of them may be: choices."""


def is_lettering(left: Residual, found: Difference) -> bool:
    """Whether a difference is ink on either picture."""
    return _stroked(left, found) and any(_inked(left, found, side) for side in either_way(left))


def _stroked(left: Residual, found: Difference) -> bool:
    """Thin, in a line where there is much of it, and not the same strokes a little further on."""
    least = UNEXPLAINED_ONE_SIDED if one_sided(left.values[found.strong]) else UNEXPLAINED
    return (
        _thin(found.strong) and _in_a_line(left, found) and unexplained(left, found.strong) > least
    )


def _in_a_line(left: Residual, found: Difference) -> bool:
    """Whether a difference is no wider than letters are high, and long if it is large."""
    if half_width(found.mask) > WIDEST * min(found.mask.shape):
        return False
    _, _, wide, high = cv2.boundingRect(found.mask.astype(np.uint8))
    share = float(found.mask.sum()) / int(left.seen.sum())
    standing = high > wide and found.mask.sum() > FILLED * wide * high
    if standing and abs((found.turn + 90) % 180 - 90) < UPRIGHT:
        return share <= LARGE_UPRIGHT or high >= LONG_UPRIGHT * wide
    return share <= LARGE or max(wide, high) >= LONG * min(wide, high) or _slants(found.mask)


def _slants(mask: Flags) -> bool:
    """Whether a difference is long, and neither upright nor level."""
    _, (one, other), angle = cv2.minAreaRect(np.argwhere(mask).astype(np.float32))
    off = min(angle % 90, 90 - angle % 90)
    return off >= SLANTING and max(one, other) >= LONG_SLANTING * min(one, other)


def _inked(left: Residual, found: Difference, side: Side) -> bool:
    """Lettering, lines, watermarks: sharp, of few tones, and where nothing was before."""
    inside = left.core(found.strong)
    tones, bands = two_bands(side.over[inside])
    apart = unexplained(left, found.strong)
    if tones < (INK_TONES if apart < NOT_MOVED else INK_TONES_NOT_MOVED):
        return False
    steep = steepness(left, found.mask)
    if one_sided(left.values[found.strong]):
        return steep > (SHARP_ONE_TONE if tones > ONE_TONE else SHARP_ONE_SIDED)
    if steep < (SHARP_TWO_SIDED if apart < NOTHING_ALIKE else SHARP_ONE_SIDED):
        return False
    below = side.below[inside]
    if _swapped(below, bands):
        return False
    plain = _plain_share(side.below, inside)
    busy = steep > VERY_SHARP and two_bands(below)[0] < MANY_TONES
    return plain > (ON_BUSY if busy else ON_PLAIN)


def _thin(strong: Flags) -> bool:
    left_over = cv2.erode(strong.astype(np.uint8), np.ones((STROKE, STROKE)))
    return int(left_over.sum()) < THIN * int(strong.sum())


def half_width(mask: Flags) -> float:
    """Radius in pixels of the largest circle within a mask (h, w)."""
    inside = np.pad(mask, 1).astype(np.uint8)
    return float(cv2.distanceTransform(inside, cv2.DIST_L2, 5).max())


def _swapped(below: Floats, bands: set[int]) -> bool:
    """Whether the other picture shows few tones there, mostly the same."""
    tones, before = two_bands(below)
    return tones > SWAPPED_TONES and len(bands & before) >= SWAPPED * len(bands)


def _plain_share(below: Floats, inside: Flags) -> float:
    """Share of the core that lies where the other picture has no edge."""
    soft = np.asarray(cv2.GaussianBlur(below, (0, 0), 1.0), np.float32)
    return float((slope(soft)[inside] < PLAIN_SLOPE).mean())


def same_tones(left: Residual, one: Flags, other: Flags) -> bool:
    """Whether the cores of two differences are of few tones in the copy, and of the same."""
    strong = left.above()
    (tones, bands), (others, other_bands) = (
        two_bands(left.query[left.core(strong & mask)]) for mask in (one, other)
    )
    return min(tones, others) > INK_TONES and bool(bands & other_bands)


def is_other_line(left: Residual, one: Flags, line: Flags) -> bool:
    """Whether a difference begins where a line begins, as high, as long, and of the same tones."""
    first, _, wide, high = cv2.boundingRect(one.astype(np.uint8))
    other_first, _, other_wide, other_high = cv2.boundingRect(line.astype(np.uint8))
    if min(wide, other_wide) < LINE * max(high, other_high) or abs(first - other_first) > BEGINS:
        return False
    as_high = min(high, other_high) >= AS_HIGH * max(high, other_high)
    return as_high and same_tones(left, one, line)
