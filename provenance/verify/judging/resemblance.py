"""What two aligned pictures have in common that are not shown to be the same photograph.

A page, a template, a mark, or the scene itself. A reader who is told that only the frame is common
will not look further: so that is said only where both pictures show it, and nothing where it is
not clear.
"""

from __future__ import annotations

import cv2
import numpy as np

from provenance.models import Common, Comparison
from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.blocks import Flags, block_means
from provenance.verify.aligning.frames import Aligned, Floats
from provenance.verify.differing.paper import AWAY, PAGE, ground
from provenance.verify.regions.slot import Slot, inside, slot

AGREES = 0.8
"""Correlation above which a block agrees."""

STRAIGHT = 0.9
LEAST_DRAWN = 0.4
"""Share of a slot's sides that are seams in both pictures, from which on what lies around it is a
frame; with less, it must be drawn. Of 190 pairs of other photographs of one scene none has more
than 0.87; an inset laid over a copy has 0.3: the archived picture has no seams there."""

MOST_HIGH = 0.45
"""Share of the frame's height that all that agrees around a slot takes up, up to which it is a
mark: captions and banners 0.2 to 0.4, posts and memes 0.8 upwards."""

CLEARLY_PAGE = 0.58
NIGHT = 16
SAME_GROUND = 20
"""Share of one ground in both pages (facades have up to 0.57), grey value below which it is no
page but a night, and grey values between both grounds."""

WIDE = 21
RIM = np.ones((5, 5), np.uint8)
MOST_PHOTOGRAPH = 0.065
"""Share of a page that is wider than 21 pixels and uneven: then a photograph lies on it. Cards,
letters, forms and charts have up to 0.064, products on a plain floor 0.07 to 0.24."""

EVEN, STEEP = 3, 25
"""Range in grey values of a pixel and its neighbours up to which it is even, as drawn ground is,
and from which on it is a sharp edge, which drawings have as well as photographs."""

CLEARLY_DRAWN = 0.45
"""Of what agrees and is no sharp edge, the share that is even, from which on it is not called a
place."""


UNDECIDED = 0.995
"""Share of the compared blocks that agree, from which on two pages may be the same one: what is
left is as small as a letter, or as what saving it again leaves. Of 22 cards, letters and charts
saved again and not proved all agree everywhere; of 70 pairs of different ones two charts do."""


def undecided(found: Comparison) -> bool:
    """Whether these are two pages that agree everywhere, but for what is as small as a letter."""
    return found.common is Common.PAGE and (found.proof.agreement or 0.0) >= UNDECIDED


def in_common(laid: Laid) -> Common | None:
    """What the pictures have in common, in one word; ``None`` where that is not clear."""
    agrees = laid.blocks.compared & (laid.blocks.correlation > AGREES)
    found = slot(laid, agrees)
    if found is None:
        return _whole(laid.aligned, _drawn(laid, agrees))
    return _around(laid, found, agrees & ~inside(found.box, agrees.shape))


def _around(laid: Laid, found: Slot, agrees: Flags) -> Common | None:
    """What lies around a slot: a frame, or a mark beside it."""
    if found.seams < STRAIGHT and _drawn(laid, agrees) < LEAST_DRAWN:
        return None
    rows = np.flatnonzero(agrees.any(axis=1))
    high = (np.ptp(rows) + 1) / len(agrees)
    return Common.MARK if high <= MOST_HIGH else Common.TEMPLATE


def _whole(aligned: Aligned, drawn: float) -> Common | None:
    """What two pictures have in common that differ here and there."""
    seen = aligned.seen > 0
    pair = aligned.archived, aligned.query
    (one, tone), (other, second) = (ground(image, seen) for image in pair)
    if max(one, other) <= PAGE:
        return Common.PLACE if drawn < CLEARLY_DRAWN else None
    alike = min(one, other) > CLEARLY_PAGE and abs(tone - second) < SAME_GROUND
    most = max(_photograph(image, seen, tone) for image in pair)
    return Common.PAGE if alike and tone >= NIGHT and most < MOST_PHOTOGRAPH else None


def _photograph(image: Floats, seen: Flags, tone: float) -> float:
    """Share of what is seen that is neither ground nor lettering nor of one tone."""
    ink = ((np.abs(image - tone) > AWAY) & seen).astype(np.uint8)
    wide = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((WIDE, WIDE), np.uint8))
    solid = cv2.erode(wide, RIM) > 0
    return float((solid & (_range(image) > EVEN)).sum() / seen.sum())


def _drawn(laid: Laid, where: Flags) -> float:
    """How even these blocks of the archived picture are, sharp edges left out (0..1)."""
    size = laid.blocks.size
    steps = _range(laid.aligned.archived)
    even, soft = (
        float(block_means(each.astype(np.float32), size)[where].sum())
        for each in (steps <= EVEN, (steps > EVEN) & (steps < STEEP))
    )
    return even / max(even + soft, 1e-6)


def _range(image: Floats) -> Floats:
    """Largest minus smallest grey value of each pixel and its neighbours."""
    around = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.dilate(image, around) - cv2.erode(image, around), np.float32)
