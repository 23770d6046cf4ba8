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
from enum import StrEnum

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.fineness import detail
from provenance.verify.aligning.residual import Difference, Residual, one_sided
from provenance.verify.causes.boxes import is_box
from provenance.verify.causes.framed import is_framed
from provenance.verify.causes.lettering import is_lettering
from provenance.verify.causes.plates import is_plate
from provenance.verify.causes.round_insets import is_round_inset
from provenance.verify.causes.steepness import SLOW, steepness
from provenance.verify.causes.stickers import is_sticker
from provenance.verify.causes.strips import Strips, is_bar, is_beside


class Cause(StrEnum):
    """What an editor's tool left."""

    STRIP = "strip"
    BLUR = "blur"
    INK = "ink"
    DISC = "disc"
    BOX = "box"
    MARK = "mark"
    BAND = "band"
    TILES = "tiles"
    PAINT = "paint"
    LIGHT = "light"


CENSORED, CENSORED_LARGE = 0.4, 0.25
LARGE_BLUR = 0.01
"""Share of the difference that is left once the archived picture is blurred as well; the second for
differences from one in a hundred of the picture on. Of 49 of those on copies 45 have 0.01 to 0.24,
four 0.26 to 0.41 (parts of a larger one, and found as such); the corner of a house that was gone
0.32 and 0.38, because the rubble is as light as a wall with its windows."""

GRAIN, NOISES = 1.2, 0.9
"""What a blur of two pixels takes away of a blurred part, in the median: in grey values, and in
noises of the copy. 54 blurred faces have at most 0.63; rubble in the place of a corner that is gone
1.46 to 1.94, which is 0.8 to 1.1 of the noise."""

FAINT, FAINT_AT_LIMIT = 1.65, 3.0
"""Highest difference, in bounds, that tone alone may leave: shadows after a filter 1.2 to 1.5,
light on glass 1.2 to 1.6; up to 2.7 where one colour is cut off before the others."""

LIMITS = (30, 220)
AT_LIMIT = 0.8
"""Grey values near black and white, and the share of a difference that lies there."""

SOFT, VERY_SOFT = 0.4, 0.8
"""Light on glass and a filter's tone: below it most blocks agree; nearly all, or it rises slowly
(see ``SLOW``)."""


def cause(
    left: Residual, found: Difference, strips: Strips, wider: Sequence[Flags]
) -> Cause | None:
    """What made a difference, or ``None``: another moment.

    ``strips`` is where the query shows something else altogether, at the picture's edges;
    ``wider`` the same difference at lower bounds. Ink and discs may lie on either picture.
    """
    if is_bar(left, found):
        return Cause.STRIP
    # Whatever was striped before its blur passes for strokes.
    blurred = _blurred(left, found.mask)
    if found.shaped and not blurred and is_lettering(left, found):
        return Cause.INK
    if is_beside(left, found, strips):
        return Cause.STRIP
    if blurred:
        return Cause.BLUR
    shaped = _by_shape(left, found, [found.mask, *wider])
    return shaped or (Cause.LIGHT if _lit(left, found) else None)


def _by_shape(left: Residual, found: Difference, shapes: Sequence[Flags]) -> Cause | None:
    """Ink, an inset or a disc, where the frame is large enough to tell."""
    if not found.shaped:
        return None
    if is_box(left, found, shapes) or is_plate(left, found):
        return Cause.BOX
    if is_sticker(left, found, shapes):
        return Cause.DISC
    inset = is_round_inset(left, found) or is_framed(left, found, shapes[1])
    return Cause.BOX if inset else None


def _lit(left: Residual, found: Difference) -> bool:
    """What lies below can still be made out, or next to nothing was added."""
    if not one_sided(left.values[found.strong]):
        return False
    query = left.query[found.mask]
    at_limit = ((query < LIMITS[0]) | (query > LIMITS[1])).mean() > AT_LIMIT
    faint = FAINT_AT_LIMIT if at_limit else FAINT
    if float(np.abs(left.values[found.mask]).max()) < faint * left.bound:
        return True
    below = float(left.agrees[found.mask].mean())
    return below > VERY_SOFT or (below > SOFT and steepness(left, found.mask) < SLOW)


def _blurred(left: Residual, mask: Flags) -> bool:
    """Whether a strong blur of what was there explains the difference."""
    grain = float(np.median(np.abs(detail(left.query)[mask])))
    if grain > max(GRAIN, NOISES * left.noise):
        return False
    before = float(np.abs(left.query - left.expected)[mask].mean())
    side = float(np.sqrt(mask.sum()))
    if mask.sum() < LARGE_BLUR * left.seen.sum():
        return any(_apart(left, mask, side / part) < CENSORED * before for part in (16, 8, 4))
    parts = (16, 12, 8, 6, 5, 4)
    return any(_apart(left, mask, side / part) < CENSORED_LARGE * before for part in parts)


def _apart(left: Residual, mask: Flags, sigma: float) -> float:
    blurred = cv2.GaussianBlur(left.expected, (0, 0), sigma)
    return float(np.abs(left.query - blurred)[mask].mean())
