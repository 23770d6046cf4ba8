"""What made one difference between two aligned pictures: an editor's hand, or another moment?

Only what editors' tools leave behind counts as made: bars at an edge, boxes and insets with
straight upright sides, round logos and stickers of few tones, lettering and watermarks in thin
strokes, a blur of what was there, a faint light on glass. Everything else is another moment:
somebody who walked on, smoke, a flash, a house that is gone, another garment on the same floor.

The bounds stand between 430 differences that editing left in copies and 760 between other
photographs of the same scene (benchmarks/quality.py, decision record 0013).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.blocks import Flags
from provenance.verify.circles import discs
from provenance.verify.frames import Floats
from provenance.verify.residual import TONE_STEP, TONES, Residual
from provenance.verify.sides import clearly_sided, sided
from provenance.verify.strips import Strips, top_of


class Cause(StrEnum):
    """What an editor's tool left."""

    STRIP = "strip"
    BLUR = "blur"
    INK = "ink"
    DISC = "disc"
    BOX = "box"
    MARK = "mark"
    LIGHT = "light"


MOSTLY = 0.9
"""Share of a difference that lies in a strip at the picture's edge, where nothing agrees."""

LARGE_STRIP, MOST_MOVED = 0.02, 0.75
"""Share of the picture from which on such a difference must be something else, not the same a
little further on: what is left of it at the best displacement. Of 101 strips of copies 0.85
to 1; roofs and streets seen from another place in the air 0.5 to 0.77, few more."""

CENSORED, CENSORED_LARGE = 0.4, 0.25
LARGE_BLUR = 0.01
"""Share of the difference that is left once the archived picture is blurred as well; the second for
differences from one in a hundred of the picture on. Of 49 of those on copies 45 have 0.01 to 0.24,
four 0.26 to 0.41 (parts of a larger one, and found as such); the corner of a house that was gone
0.32 and 0.38, because the rubble is as light as a wall with its windows."""

STROKE = 9
THIN = 0.15
"""Strokes vanish by erosion with 9 pixels: of lettering 0 to 0.14 is left, of watermarks
nothing."""

WIDEST = 0.14
"""Half the width of the widest place of a line of letters, as a share of the frame's short side: of
735 on copies at most 0.118; a checked cloth in the place of another 0.159."""

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

UNEXPLAINED, UNEXPLAINED_ONE_SIDED, UNEXPLAINED_MARK = 0.75, 0.6, 0.55
"""Share of a thin difference that is left at the best of the displacements up to 8 pixels: what
moved leaves 0.2 to 0.7 (players, parallax), lettering 0.86 to 0.99, most watermarks 0.76
upwards; of 50 insets lighter and darker than what they cover one has 0.53 and all others 0.84 to
1, presenters who moved 0.42 to 0.71."""

UNEXPLAINED_CLEAR, LARGE_BOX = 0.6, 0.03
"""... of what has straight sides beyond doubt (see :func:`clearly_sided`) and takes up so much of
the picture: two of 320 insets have 0.7 and 0.75. Windows and houses are smaller."""

MOVED_ON = 0.45
"""... of any difference that no editor made: a presenter between two frames of one programme leaves
0.29 to 0.33, of 1,102 copies only what lies between the letters of a watermark less than 0.54."""

ON_PLAIN = 0.25
PLAIN_SLOPE = 4.0
"""Share of a core that lies where the other picture has no edge (grey values a pixel): ink goes
anywhere (0.3 to 0.9), letters that replace letters and what moved stay at edges (0 to 0.3)."""

ON_BUSY = 0.1
VERY_SHARP, MANY_TONES = 0.33, 0.5
"""... on grass and leaves, which have edges everywhere, where what was drawn is that steep and the
other picture has many tones below it (share in two bands)."""

ONE_SIDED = 0.9

SWAPPED = 0.5
SWAPPED_TONES = 0.6
"""Letters put in the place of letters: two-sided, and both pictures have few tones there, mostly
the same."""

STRAIGHT, FILLED = 0.92, 0.6
UPRIGHT = 3.0
"""Share of the enclosing rectangle that the hull fills (insets 0.93 to 1, discs 0.79, burst frames
and products at most 0.88), share of the hull that differs, and the degrees it may be turned
against the copy or the archived picture."""

AS_TALL, STRAIGHT_AS_TALL = 2.0, 0.97
"""The same of what is twice as high as wide, as people are: of 83 boxes on copies two, with 0.996;
somebody who stands still had between 0.92 and 0.97."""

NEAR_CIRCLE = 2.5
OF_RADIUS = 0.15
ON_CIRCLE = 0.58
"""Share of the hull's outline within so many pixels, and such a share of the radius, of the
enclosing circle: stickers and logos of which only a part differs have 0.7 to 1; of 150 other
differences of few tones two have. Without the second, three circles of eight pixels fit anybody."""

DARK, ON_DARK_CIRCLE = 75.0, 0.9
"""Grey value below which soot, holes and shadows lie, and a disc must be one circle all around. Of
382 discs and marks on copies two are as dark."""

ON_CIRCLES = 0.6
MOST_CIRCLES = 3
LEAST_RADIUS = 8
"""The same of the outline and up to three circles drawn into it, the largest first, of so many
pixels at least: stickers that touch are one difference."""

SPAN = 0.8
"""Share of the picture's width or height that a bar spans."""

LEVEL = 4
MOSTLY_LEVEL = 0.6
"""Frame pixels by which its depth may vary, in so many of the columns."""

DRAWN_THROUGHOUT, OF_ONE_TONE = 0.62, 0.5
"""Share of all that lies in a disc in two bands of 16 grey values, and in one, where its edge is
all that says so: stickers 0.64 to 0.83 and 0.5 upwards."""

FEW_TONES = 0.58
FEW_INNER_TONES = 0.75
"""Share of a patch, and of its core, in two bands of 16 grey values: stickers and logos 0.62 and
0.79 upwards, garments and rubble mostly less, and those are not round."""

FAINT, FAINT_AT_LIMIT = 1.65, 3.0
"""Highest difference, in bounds, that tone alone may leave: shadows after a filter 1.2 to 1.5,
light on glass 1.2 to 1.6; up to 2.7 where one colour is cut off before the others."""

LIMITS = (30, 220)
AT_LIMIT = 0.8
"""Grey values near black and white, and the share of a difference that lies there."""

SOFT, VERY_SOFT = 0.4, 0.8
SLOW = 0.1
"""Light on glass and a filter's tone: below it most blocks agree; nearly all, or it rises slowly
(0.02 to 0.10 of its height a pixel)."""

CORE = 0.75
CORE_REACH = 5
"""Pixels at least so strong as 0.75 of the strongest within two pixels: the inside of strokes,
without the soft edges that resampling gives them."""

SEARCHED = 8
SEARCH_STEP = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """One connected difference in the frame.

    ``mask`` (h, w), ``strong`` (h, w) where it exceeds the bound; ``turn`` is that of the copy
    against the archived picture, in degrees; ``shaped``: the frame is large enough to tell by
    shapes what made it.
    """

    mask: Flags
    strong: Flags
    turn: float
    shaped: bool = True


@dataclass(frozen=True, slots=True)
class Side:
    """What may lie ``over`` what: the copy over the archived picture, or the reverse."""

    over: Floats
    below: Floats


def cause(
    left: Residual, found: Difference, strips: Strips, wider: Sequence[Flags]
) -> Cause | None:
    """What made a difference, or ``None``: another moment.

    ``strips`` is where the query shows something else altogether, at the picture's edges;
    ``wider`` the same difference at lower bounds. Ink and discs may lie on either picture.
    """
    if _stripped(left, found.mask) or _beside(left, found, strips):
        return Cause.STRIP
    if _blurred(left, found.mask):
        return Cause.BLUR
    shaped = _by_shape(left, found, [found.mask, *wider])
    return shaped or (Cause.LIGHT if _lit(left, found) else None)


def _by_shape(left: Residual, found: Difference, shapes: Sequence[Flags]) -> Cause | None:
    """Ink, an inset or a disc, where the frame is large enough to tell."""
    if not found.shaped:
        return None
    sides = [Side(left.query, left.expected), Side(left.expected, left.query)]
    if _stroked(left, found) and any(_inked(left, found, side) for side in sides):
        return Cause.INK
    if any(_boxed(s, found.turn) for s in shapes) and _inset(left, found, shapes):
        return Cause.BOX
    if any(_is_disc(left, found, s, shapes) for s in sides) or _of_drawn_discs(left, found):
        return Cause.DISC
    return None


# ------------------------------------------------------------------------------- strokes


def _stroked(left: Residual, found: Difference) -> bool:
    """Thin, no wider than a line is high, and not the same strokes a little further on."""
    least = UNEXPLAINED_ONE_SIDED if _one_sided(left.values[found.strong]) else UNEXPLAINED
    thin = _thin(found.strong) and _half_width(found.mask) <= WIDEST * min(found.mask.shape)
    return thin and _unexplained(left, found.strong) > least


def _inked(left: Residual, found: Difference, side: Side) -> bool:
    """Lettering, lines, watermarks: sharp, of few tones, and where nothing was before."""
    inside = core(left, found.strong)
    tones, bands = _two_bands(side.over[inside])
    unexplained = _unexplained(left, found.strong)
    if tones < (INK_TONES if unexplained < NOT_MOVED else INK_TONES_NOT_MOVED):
        return False
    steep = steepness(left, found.mask)
    if _one_sided(left.values[found.strong]):
        return steep > (SHARP_ONE_TONE if tones > ONE_TONE else SHARP_ONE_SIDED)
    if steep < (SHARP_TWO_SIDED if unexplained < NOTHING_ALIKE else SHARP_ONE_SIDED):
        return False
    below = side.below[inside]
    if _swapped(below, bands):
        return False
    plain = _plain_share(side.below, inside)
    busy = steep > VERY_SHARP and _two_bands(below)[0] < MANY_TONES
    return plain > (ON_BUSY if busy else ON_PLAIN)


def _thin(strong: Flags) -> bool:
    left_over = cv2.erode(strong.astype(np.uint8), np.ones((STROKE, STROKE)))
    return int(left_over.sum()) < THIN * int(strong.sum())


def _half_width(mask: Flags) -> float:
    """Radius in pixels of the largest circle within a mask (h, w)."""
    inside = np.pad(mask, 1).astype(np.uint8)
    return float(cv2.distanceTransform(inside, cv2.DIST_L2, 5).max())


def core(left: Residual, strong: Flags) -> Flags:
    """Where a difference (h, w) is nearly as high as beside it: without its soft edges."""
    height = np.abs(left.values)
    highest = cv2.dilate(height, np.ones((CORE_REACH, CORE_REACH), np.uint8))
    return np.asarray(strong & (height >= CORE * highest))


def _swapped(below: Floats, bands: set[int]) -> bool:
    """Whether the other picture shows few tones there, mostly the same."""
    tones, before = _two_bands(below)
    return tones > SWAPPED_TONES and len(bands & before) >= SWAPPED * len(bands)


def _plain_share(below: Floats, inside: Flags) -> float:
    """Share of the core that lies where the other picture has no edge."""
    soft = np.asarray(cv2.GaussianBlur(below, (0, 0), 1.0), np.float32)
    return float((_slope(soft)[inside] < PLAIN_SLOPE).mean())


def moved_on(left: Residual, mask: Flags) -> bool:
    """Whether what differs there is in both pictures, a little further on in one of them."""
    return _unexplained(left, left.above() & mask) < MOVED_ON


def not_moved(left: Residual, mask: Flags) -> bool:
    """Whether what differs there is in one of the pictures only."""
    return _unexplained(left, left.above() & mask) > UNEXPLAINED_MARK


def _unexplained(left: Residual, strong: Flags) -> float:
    """Share of the difference that is left at the best displacement of either picture.

    What moved is explained both ways; letters only by moving the picture they are written on.
    """
    in_place = float(np.abs(left.query - left.expected)[strong].mean())
    apart = [
        _at_best(left.query, left.expected, strong),
        _at_best(left.expected, left.query, strong),
    ]
    return max(apart) / max(in_place, 1.0)


def _at_best(fixed: Floats, moved: Floats, strong: Flags) -> float:
    """Mean difference at the best displacement of the second."""
    rows, columns = np.nonzero(strong)
    wanted = fixed[rows, columns]
    padded = np.pad(moved, SEARCHED, mode="edge")
    steps = range(0, 2 * SEARCHED + 1, SEARCH_STEP)
    apart = (np.abs(wanted - padded[rows + y, columns + x]).mean() for y in steps for x in steps)
    return float(min(apart))


# -------------------------------------------------------------------------------- shapes


def _boxed(shape: Flags, turn: float) -> bool:
    """Four straight sides, upright in the copy or in the archived picture.

    It may be as light as what it covers here and there, so its hull is looked at, and half of it
    must differ.
    """
    hull = cv2.convexHull(_outline(shape))
    # The outline runs through pixel centres: half a pixel is missing all around.
    area = cv2.contourArea(hull) + cv2.arcLength(hull, closed=True) / 2 + 1
    _, (width, height), angle = cv2.minAreaRect(hull)
    off = min(abs((angle - way + 45) % 90 - 45) for way in (0.0, turn, -turn))
    _, _, wide, high = cv2.boundingRect(hull)
    least = STRAIGHT_AS_TALL if high > AS_TALL * wide else STRAIGHT
    straight = area > least * (width + 1) * (height + 1)
    return bool(straight and off < UPRIGHT and shape.sum() > FILLED * area)


def _inset(left: Residual, found: Difference, shapes: Sequence[Flags]) -> bool:
    """Straight sides, and not the same a little further on: who moved nearly fills a box, too."""
    if not sided(left, shapes):
        return False
    if _one_sided(left.values[found.strong]):
        return True
    large = found.mask.sum() > LARGE_BOX * left.seen.sum()
    least = UNEXPLAINED_CLEAR if large and clearly_sided(left, shapes) else UNEXPLAINED
    return _unexplained(left, _every_other(found.strong)) > least


def _round(shape: Flags) -> bool:
    outline = _outline(shape)
    return _on_one_circle(outline, shape.shape) or _on_drawn_circles(outline, shape.shape)


def _near(radius: float) -> float:
    """Frame pixels from a circle within which an outline runs along it."""
    return min(NEAR_CIRCLE, OF_RADIUS * radius)


def _on_one_circle(
    outline: NDArray[np.int32], shape: tuple[int, ...], least: float = ON_CIRCLE
) -> bool:
    """Most of the hull lies on the enclosing circle, even where parts of a disc do not differ."""
    hull = cv2.convexHull(outline)
    centre, radius = cv2.minEnclosingCircle(hull)
    canvas = np.zeros(shape, np.uint8)
    cv2.polylines(canvas, [hull], isClosed=True, color=1)
    rows, columns = np.nonzero(canvas)
    away = np.hypot(columns - centre[0], rows - centre[1])
    return bool((np.abs(away - radius) < _near(radius)).mean() > least)


def _on_drawn_circles(outline: NDArray[np.int32], shape: tuple[int, ...]) -> bool:
    """The outline runs along two or three discs that touch."""
    inside = np.zeros(np.add(shape, 2), np.uint8)
    cv2.drawContours(inside, [outline + 1], -1, color=1, thickness=cv2.FILLED)
    points = outline.reshape(-1, 2) + 1
    near = np.zeros(len(points), np.bool_)
    for _ in range(MOST_CIRCLES):
        _, radius, _, centre = cv2.minMaxLoc(cv2.distanceTransform(inside, cv2.DIST_L2, 5))
        if radius < LEAST_RADIUS:
            break
        off = np.abs(np.hypot(*(points - centre).T) - radius)
        near |= off < _near(radius)
        cv2.circle(inside, centre, round(radius + NEAR_CIRCLE), color=0, thickness=cv2.FILLED)
    return bool(near.mean() > ON_CIRCLES)


def _stripped(left: Residual, mask: Flags) -> bool:
    """Along the whole of an edge: a bar of few tones, or anything that ends in a straight line.

    Banners, the page around a cut picture, the next tile of a collage.
    """
    few = of_few_tones(left.query[mask])
    turned = ((np.rot90(mask, turns), np.rot90(left.seen, turns)) for turns in range(4))
    return any(_spans(*each) and (few or _ends_straight(*each)) for each in turned)


def _beside(left: Residual, found: Difference, strips: Strips) -> bool:
    """In a strip of something else, and not the same scene a little further on.

    Light on a bare ground leaves nothing that agrees there, but it rises slowly.
    """
    if strips.differ[found.mask].mean() <= MOSTLY:
        bare = strips.disagree[found.mask].mean() > MOSTLY
        return bare and steepness(left, found.mask) < SLOW
    large = found.mask.sum() > LARGE_STRIP * left.seen.sum()
    return not large or _unexplained(left, _every_other(found.strong)) > MOST_MOVED


def _every_other(mask: Flags) -> Flags:
    """A fourth of its pixels: enough to tell by, where there are thousands."""
    some = np.zeros_like(mask)
    some[::2, ::2] = mask[::2, ::2]
    return some


def _spans(mask: Flags, seen: Flags) -> bool:
    """Whether the mask lies along the top edge of what is seen."""
    top = top_of(seen)
    return bool(mask[top].any(axis=0).sum() > SPAN * seen[top].any(axis=0).sum())


def _ends_straight(mask: Flags, seen: Flags) -> bool:
    """Whether it reaches equally deep, seen from the top, in most columns."""
    columns = mask[top_of(seen)].any(axis=0)
    depth = mask.shape[0] - np.argmax(mask[::-1, columns], axis=0)
    near = np.abs(depth - np.median(depth)) <= LEVEL
    return bool(near.mean() > MOSTLY_LEVEL)


def _outline(shape: Flags) -> NDArray[np.int32]:
    found, _ = cv2.findContours(shape.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(max(found, key=len), np.int32)


def _drawn(left: Residual, found: Difference, side: Side) -> bool:
    inner, _ = _two_bands(side.over[core(left, found.strong)])
    return of_few_tones(side.over[found.strong]) and inner > FEW_INNER_TONES


def _is_disc(left: Residual, found: Difference, side: Side, shapes: Sequence[Flags]) -> bool:
    """Drawn, and round by what differs; what is dark may be a hole, a crater or soot."""
    if not _drawn(left, found, side):
        return False
    if _blot(left.query[found.strong]) or float(np.median(side.over[found.strong])) < DARK:
        return any(_on_one_circle(_outline(shape), shape.shape, ON_DARK_CIRCLE) for shape in shapes)
    return any(_round(shape) for shape in shapes)


def _blot(values: Floats) -> bool:
    """Dark, and of few tones: what it lies over may be a disc of light only in its outline."""
    return float(np.median(values)) < DARK and of_few_tones(values)


def _of_drawn_discs(left: Residual, found: Difference) -> bool:
    """Discs on the copy by their edge, each of few tones: half of one may not differ at all."""
    if float(np.median(left.query[found.strong])) < DARK:
        return False
    inside = [each.inside(found.strong.shape) & left.seen for each in discs(left, found.strong)]
    return bool(inside) and all(_is_sticker(left.query[each]) for each in inside)


def _is_sticker(values: Floats) -> bool:
    """Mostly of one tone, with something drawn on it in another."""
    return _two_bands(values)[0] > DRAWN_THROUGHOUT and _one_band(values) > OF_ONE_TONE


def of_few_tones(values: Floats) -> bool:
    """Drawn, not photographed: two bands of 16 grey values hold most of it."""
    return _two_bands(values)[0] > FEW_TONES


def same_tones(left: Residual, one: Flags, other: Flags) -> bool:
    """Whether the cores of two differences are of few tones in the copy, and of the same."""
    strong = left.above()
    (tones, bands), (others, other_bands) = (
        _two_bands(left.query[core(left, strong & mask)]) for mask in (one, other)
    )
    return min(tones, others) > INK_TONES and bool(bands & other_bands)


def _one_band(values: Floats) -> float:
    """The share of values in the most frequent band of 16 grey values."""
    steps = np.clip(values / TONE_STEP, 0, TONES - 1).astype(np.int64)
    counts = np.bincount(steps, minlength=TONES + 1)
    return float((counts[:-1] + counts[1:]).max()) / max(1, len(values))


def _two_bands(values: Floats) -> tuple[float, set[int]]:
    """The share of values in the two most frequent bands of 16 grey values, and those bands."""
    steps = np.clip(values / TONE_STEP, 0, TONES - 1).astype(np.int64)
    counts = np.bincount(steps, minlength=TONES + 1)
    bands = counts[:-1] + counts[1:]
    first = int(bands.argmax())
    top = int(bands[first])
    bands[max(0, first - 1) : first + 2] = 0
    second = int(bands.argmax())
    named = {first, second} if bands[second] > 0.1 * len(values) else {first}
    return (top + int(bands[second])) / max(1, len(values)), named


# ------------------------------------------------------------------------ light and blur


def _lit(left: Residual, found: Difference) -> bool:
    """What lies below can still be made out, or next to nothing was added."""
    if not _one_sided(left.values[found.strong]):
        return False
    query = left.query[found.mask]
    at_limit = ((query < LIMITS[0]) | (query > LIMITS[1])).mean() > AT_LIMIT
    faint = FAINT_AT_LIMIT if at_limit else FAINT
    if float(np.abs(left.values[found.mask]).max()) < faint * left.bound:
        return True
    below = float(left.agrees[found.mask].mean())
    return below > VERY_SOFT or (below > SOFT and steepness(left, found.mask) < SLOW)


def _one_sided(values: Floats) -> bool:
    share = float((values > 0).mean())
    return max(share, 1 - share) > ONE_SIDED


def steepness(left: Residual, mask: Flags) -> float:
    """Slope of the difference at its outline, as a share of its height, a pixel."""
    ring = np.ones((5, 5), np.uint8)
    flags = mask.astype(np.uint8)
    rim = cv2.dilate(flags, ring) > cv2.erode(flags, ring)
    height = float(np.percentile(np.abs(left.values)[mask], 80))
    return float(np.percentile(_slope(left.values)[rim], 70)) / max(height, 1.0)


def _slope(image: Floats) -> Floats:
    """Grey values a pixel."""
    across = cv2.Sobel(image, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(image, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(np.hypot(across, down), np.float32)


def _blurred(left: Residual, mask: Flags) -> bool:
    """Whether a strong blur of what was there explains the difference."""
    before = float(np.abs(left.query - left.expected)[mask].mean())
    side = float(np.sqrt(mask.sum()))
    if mask.sum() < LARGE_BLUR * left.seen.sum():
        return any(_apart(left, mask, side / part) < CENSORED * before for part in (16, 8, 4))
    parts = (16, 12, 8, 6, 5, 4)
    return any(_apart(left, mask, side / part) < CENSORED_LARGE * before for part in parts)


def _apart(left: Residual, mask: Flags, sigma: float) -> float:
    blurred = cv2.GaussianBlur(left.expected, (0, 0), sigma)
    return float(np.abs(left.query - blurred)[mask].mean())
