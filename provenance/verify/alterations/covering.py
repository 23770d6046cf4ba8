"""What kind of thing lies over the picture: banner, bar, text, watermark, logo, drawing, picture.

Decided by place and size as one looks at the query, by how many tones it has, by whether it is
strokes or a surface, and by whether the picture still shows through.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.alterations.below import Below
from provenance.verify.alterations.laid_bare import Bare

BANNER, BAR, TEXT, WATERMARK = "banner", "bar", "text", "watermark"
LOGO, STICKER, PICTURE, STRIPES = "logo", "sticker", "picture", "stripes"
DRAWING = "drawing"

Box = tuple[float, float, float, float]

FULL = 0.85
"""Share of the width or height that a banner spans."""

AT_EDGE = 0.04
MOST_BANNER = 0.55
FILLED = 0.88
HALF = 0.5
"""Share of its box that the outline of a rectangle fills (a disc: 0.79), and of the outline that it
covers itself."""

FOLLOWS, SLOPES, MOST_EXTREME = 0.3, (0.4, 1.4), 0.1
"""The copy follows what lies below a watermark: correlation 0.2 to 0.8, slope 0.5 to 0.9, hardly a
pixel black or white; below letters -0.6 to 0.4, 6 to 77 % of them black or white; below discs and
insets at most 0.5 (12 photographs)."""

CLOSELY, TONES_APART, NO_CHANGE = 0.7, 30.0, 10.0
"""Burnt-out light follows at 0.74 to 0.97 and lies 8 to 25 grey values apart, watermarks 45 and
more."""

SOFT = 0.5
"""Share of a surface in blocks that agree all the same: light or shade, nothing laid over it."""

GROUND, BLACK_AND_WHITE = 0.5, 0.3
"""Half of a banner is its ground. Lines of thick outlined letters may be as long, but 43 % or more
of what differs is black or white, in insets at most 26 %, and no tone has half of it."""

SOLID = 0.65
"""Share of one tone: discs have 0.67 and more, a line of letters with its gaps at most 0.5."""

ONE_TONE = 0.85
TONE_STEP = 16
TONES = 256 // TONE_STEP

FAINT = 0.7
"""Share of the bound: what lies over the picture may be about as light as what it covers."""

STROKE = 9
MOSTLY_STROKES = 0.35
"""Share of it that is left when nine pixels are taken away all around."""

OPEN = 0.5
"""Share of its hull that a ring (0.2 to 0.4) or an arrow (0.3 to 0.45) covers; hearts 0.85."""

FAR, ONE_STROKE = 0.08, 0.75
"""Share of the picture that a drawing spans at least each way, and share of it in one stroke."""

OUTWARD = 0.4
MOST_LOGO = 0.12
"""A logo's middle is this far from the picture's middle towards a corner (1: the edge), and its box
has at most this share."""

LONG_STROKE = 0.45
MOST_STRIPES = 0.5


@dataclass(frozen=True, slots=True)
class Cover:
    """One thing that lies over the picture.

    ``mask`` (h, w) in the frame; ``box`` is left, top, right, bottom in the part of the picture
    that the query shows, 0..1 as one looks at the query; ``painted``: it is of strong colours that
    the picture has not.
    """

    mask: Flags
    box: Box
    painted: bool = False

    @property
    def wide(self) -> float:
        """Its share of the width."""
        return self.box[2] - self.box[0]

    @property
    def high(self) -> float:
        """Its share of the height."""
        return self.box[3] - self.box[1]


def kind_of(cover: Cover, under: Below, both: Bare) -> str | None:
    """What it is, in a word; ``None`` where nothing lies over it after all."""
    if _own_tones(under):
        return None
    one_tone = _share_of_one_tone(both.query[cover.mask])
    strong = np.asarray(both.left.above(FAINT) & cover.mask)
    if _is_strokes(strong):
        if one_tone < SOLID and _is_seen_through(cover, under):
            return WATERMARK
        # Of a ring over its own tone pieces are left in grey.
        if _is_one_stroke(cover, cover.mask if cover.painted else strong):
            return DRAWING
        if one_tone < SOLID:
            return TEXT
    if both.left.agrees[cover.mask].mean() > SOFT:
        return None
    return _kind_of_surface(cover, under, one_tone)


def _kind_of_surface(cover: Cover, under: Below, one_tone: float) -> str:
    thick_letters = one_tone < GROUND and under.extreme > BLACK_AND_WHITE
    if _is_banner(cover):
        return TEXT if thick_letters else BANNER
    if _is_seen_through(cover, under):
        return WATERMARK
    if one_tone > ONE_TONE and _fills_a_corner(cover):
        return BAR
    if _fills_its_box(cover.mask):
        return TEXT if thick_letters else BAR if one_tone > ONE_TONE else PICTURE
    if _is_open(cover.mask):
        return DRAWING
    return LOGO if _in_a_corner(cover) else STICKER


def kind_of_strokes(drawn: Flags) -> str:
    """Stripes that run far, or letters."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(drawn.astype(np.uint8))
    reach = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    area = stats[1:, cv2.CC_STAT_AREA]
    far = reach > LONG_STROKE * min(drawn.shape)
    return STRIPES if area[far].sum() > MOST_STRIPES * area.sum() else TEXT


def _is_banner(cover: Cover) -> bool:
    """A surface along a whole side."""
    left, top, right, bottom = cover.box
    level = cover.wide > FULL and cover.high < MOST_BANNER
    upright = cover.high > FULL and cover.wide < MOST_BANNER
    at_edge = (level and (top < AT_EDGE or bottom > 1 - AT_EDGE)) or (
        upright and (left < AT_EDGE or right > 1 - AT_EDGE)
    )
    return at_edge and _fills_its_box(cover.mask)


def _fills_its_box(mask: Flags) -> bool:
    """Four corners; holes do not count, where it happens to be as light as what it covers."""
    hull = cv2.convexHull(np.argwhere(mask)[:, ::-1].astype(np.int32))
    _, (width, height), _ = cv2.minAreaRect(hull)
    # The hull runs through pixel centres: half a pixel is missing all around.
    area = cv2.contourArea(hull) + cv2.arcLength(hull, closed=True) / 2 + 1
    return bool(area > FILLED * (width + 1) * (height + 1) and mask.sum() > HALF * area)


def _is_strokes(strong: Flags) -> bool:
    core = cv2.erode(strong.astype(np.uint8), np.ones((STROKE, STROKE), np.uint8))
    return int(core.sum()) < MOSTLY_STROKES**2 * int(strong.sum())


def _is_one_stroke(cover: Cover, strong: Flags) -> bool:
    """A ring, an arrow, a scribble: one stroke that goes far both ways; letters are many."""
    parts = cv2.connectedComponentsWithStats(strong.astype(np.uint8), connectivity=8)
    area = parts[2][1:, cv2.CC_STAT_AREA]
    return min(cover.wide, cover.high) > FAR and bool(area.max(initial=0) > ONE_STROKE * area.sum())


def _is_seen_through(cover: Cover, under: Below) -> bool:
    """Whether what lies below shows through: of paint it only seems to."""
    return not cover.painted and _shows_through(under)


def _shows_through(under: Below) -> bool:
    low, high = SLOPES
    follows = under.correlation > FOLLOWS and low < under.slope < high
    return follows and under.extreme < MOST_EXTREME


def _own_tones(under: Below) -> bool:
    """Burnt-out light, and flat parts whose tone was learnt from nothing."""
    if under.from_archived < NO_CHANGE:
        return True
    alike = under.correlation > CLOSELY and under.slope > SLOPES[0]
    return alike and under.apart < TONES_APART


def _share_of_one_tone(values: Floats) -> float:
    """Share that the most frequent two of the bands of 16 grey values hold."""
    steps = np.clip(values / TONE_STEP, 0, TONES - 1).astype(np.int64)
    counts = np.bincount(steps, minlength=TONES + 1)
    return float((counts[:-1] + counts[1:]).max()) / max(1, len(values))


def _is_open(mask: Flags) -> bool:
    """A thick ring or arrow: it covers little of what it encloses."""
    hull = cv2.convexHull(np.argwhere(mask)[:, ::-1].astype(np.int32))
    return bool(mask.sum() < OPEN * cv2.contourArea(hull))


def _fills_a_corner(cover: Cover) -> bool:
    """Up to two edges that meet: what surrounds a picture that was cut round."""
    left, top, right, bottom = cover.box
    return min(left, 1 - right) < AT_EDGE and min(top, 1 - bottom) < AT_EDGE


def _in_a_corner(cover: Cover) -> bool:
    left, top, right, bottom = cover.box
    across, down = abs(left + right - 1), abs(top + bottom - 1)
    return min(across, down) > OUTWARD and float(cover.wide * cover.high) < MOST_LOGO
