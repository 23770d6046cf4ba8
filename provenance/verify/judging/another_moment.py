"""What tells of another moment, however alike the rest is: somebody moved, a car drove on."""

from __future__ import annotations

import math

import cv2
import numpy as np

from provenance.verify.aligning.alignment import NO_BLUR, Laid
from provenance.verify.causes.cause import Cause
from provenance.verify.differing.differences import Differences
from provenance.verify.differing.patch import Patch
from provenance.verify.judging.drawn_over import (
    is_drawn_over,
    is_stuck_over,
    is_tiled,
    is_written_over,
)
from provenance.verify.judging.one_print import COARSE, MUCH_CUT_OFF, NOISY, cut_off

MOST_CHANGED = 0.006
"""Share of the picture that another moment changed, the clearer the more. Of 1,091 copies three
have more than nothing (0.006 to 0.007: a face blurred so that the rest of it looks like another);
light cut off in a drawn place 0.005; smoke from one tripod 0.007 upwards, neighbouring video frames
0.04 to 0.09 (tennis), 0.01 to 0.07 (cyclist). Half of it would turn down one presenter of a hundred
who moved an arm, and seven of 86 copies made by others, with another digit in a corner (0.0033 to
0.006)."""

MOST_CHANGED_MARKED, SMALL_DISC = 0.002, 0.01
"""The same beside a mark, or what passes for a small sticker: of 110 marked copies one has more
(0.0029). Presenters who moved, whose sides pass for marks, left 0.0024 and 0.0034 below the banner
that hides their legs; somebody who walked on was a sticker (0.0037) where he had stood, and left
0.0034 where he stands."""

MOST_PHOTOGRAPHED = 0.0035
"""The same of what is of many tones and begins less steeply than letters do (0.24), where nothing
was drawn over a sharp copy in its own light: of 2,470 copies one has more (0.0038). Digits that
were drawn anew begin at 0.26 to 0.36; houses that are gone from places seen from above mostly at
0.1 to 0.24, and two that were called the same took up 0.0055 and 0.0059."""

LARGE_LIGHT, GLARING, GLARING_EVEN = 0.02, 0.8, 0.5
"""Share of the picture, and strength, from which on what light alone would have made is another
moment, however much is made out below it: of 260 relit, darkened and photographed copies one has
such light of more than 0.6 (0.72); black smoke before a floor whose joints agree has 1. Where the
light is even otherwise, and hardly any was cut off, no copy of 461 has any of 0.3 and more but
photographs of a screen; thin smoke has 0.6."""

LIT_PLACES, LEAST_LIT = 2, 0.15
"""Places that light made differ, from which on it is another moment where the light is even,
hardly any was cut off, and nothing else differs (letters let light through, and around a blurred
face there is some); one beside what is of another moment; and how clear they are. Of 1,075 copies
none has any; a filtered one three of 0.07 to 0.13, where its tones step; smoke three of 0.18 to
0.21."""

SMALL_THING = 0.008
"""Share of the picture below which a stroke, a mark and a box together are what somebody who moved
leaves of himself: none of 1,075 copies has all three so small. Two of them a news channel's have
(0.007 and 0.008)."""

MOST_EXCHANGED, SOME_EXCHANGED, MUCH_GONE = 0.003, 0.0008, 0.008
PART_EXCHANGED = 0.06
EXCHANGED_BESIDE = 0.0015
"""Share of the picture in ink and marks that is in one picture only while as much is in the other
only; and of the lesser of both, where the other is so much. Of 371 copies one has more in ink
(0.0051, the card of a news desk), and one 0.0025; of 146 one in marks (a ring, 0.0067), all others
0.0005 at most; people who walk on have 0.0033 to 0.0079, letters in the
place of letters 0.0216 and, where there are fewer of them, 0.0011 beside 0.014 (0.079 of it). What
much ink lies over went, too: three copies have 0.0015 beside 0.068, 0.002 beside 0.053, and 0.0022
beside 0.038 (at most 0.058 of it). Beside a speck, or what is of another moment, none of
1,075 copies has any of both; two who walked on, in the place of each other, 0.002."""

MOST_STIRRED = 0.0005
"""Share of the picture in small differences that are there again a little further on, beside a
speck: of 2,470 copies two have more, a thin arrow's and a thin frame's; presenters who moved an arm
0.0008 to 0.0015. Not asked of a coarse copy: squares go on a little further on (0.0007)."""

SMALLEST_LIMB, LARGEST_LIMB = 0.0025, 0.0075
UPRIGHT, CLEAR = 1.5, 0.5
"""Share of the picture between which the largest stroke or mark stands upright only where somebody
moved, how many times it is as high as wide, and how clear it is: arms that were raised or lowered
take up 0.0033 to 0.0069 each, are 1.7 to 2.8 times as high, and of 0.88 and more; burnt-out light
that passes for a stroke takes up 0.001 or has 0.3. None of them begins as steeply as letters do; a
digit that was drawn over another does. Of 360 copies with something drawn over them one
is so, a blurred face that passed for a stroke; arrows take up 0.0108 upwards."""

TWO_PLACES, AS_HIGH, ON_ONE_GROUND = 2, 0.5, 0.25
"""Things of that size; how much lower one of the two may be, and how much further down it may end,
as shares of the height: of somebody before a motorcycle both places passed for marks, 52 and 29
pixels high, and ended in one row."""

LEAST_EXCUSING = 0.01
"""Share of the picture from which on letters excuse specks: of 16 written-over copies with two and
more 0.0161 upwards; a crater and two cars, minutes later, 0.009."""

MOST_SPECKS, MOST_SPECKS_INKED, MOST_SPECKS_COARSE = 1, 10, 10
MOST_SPECKS_STUCK = 4
SMALL_MARK, HARDLY_CUT_OFF = 0.0025, 0.004
"""Small clear differences. Of 2,468 copies 13 have one and one has two; with letters over them at
most 7 in 48, pixelated ones (which keep less of the finest detail) 9; places from above, minutes
later, 2 to 24, at another hour, under blur, 15. Beside a mark of less than 0.0025 of the picture
none of 230 copies with something drawn over them has any; with a strip and no letters 69 have one
at most. Nor beside something else of another moment (none of 1,120 copies is lost by it), unless
light was cut off: of a brightened drawing 0.008 of it was; the bound is a choice below that."""


def has_changed(laid: Laid, found: Differences) -> bool:
    """Whether more is there in one picture only than no editor made and chance leaves."""
    much = found.changed > _most_changed(laid, found)
    return (
        much
        or _is_exchanged(laid, found)
        or _is_glaring(laid, found)
        or _is_photographed_anew(laid, found)
        or _is_lit_in_places(laid, found)
        or _is_odds_and_ends(found)
    )


def _is_exchanged(laid: Laid, found: Differences) -> bool:
    """Whether things that pass for ink came and others went: who draws on a copy only adds.

    However small they are, where one looks like the other: it stands elsewhere.

    Where light was cut off, what lay in it went, and its edges came; things beside it tell.
    """
    if found.elsewhere:
        return True
    if cut_off(laid) >= MUCH_CUT_OFF:
        return False
    less, more = sorted((found.came, found.went))
    beside = found.specks > 0 or found.changed > 0
    if beside and less > EXCHANGED_BESIDE:
        return True
    if more <= MUCH_GONE:
        return less > MOST_EXCHANGED
    return less > min(max(SOME_EXCHANGED, PART_EXCHANGED * more), MOST_EXCHANGED)


def has_stirred(laid: Laid, found: Differences) -> bool:
    """Whether something moved a little, or many small things did."""
    moved = found.moved and not is_drawn_over(laid, found)
    many = found.specks > _most_specks(laid, found)
    return moved or many or _is_stirred(laid, found) or _is_limb(laid, found)


def _most_changed(laid: Laid, found: Differences) -> float:
    """Where one colour was cut off before the others, what that leaves passes for marks, too."""
    if cut_off(laid) >= MUCH_CUT_OFF:
        return MOST_CHANGED
    small = 0 < found.share(Cause.DISC) < SMALL_DISC
    return MOST_CHANGED_MARKED if small or found.share(Cause.MARK) > 0 else MOST_CHANGED


def _is_glaring(laid: Laid, found: Differences) -> bool:
    """Whether more light came or went than glass reflects and a shadow takes."""
    if found.displayed:
        return False  # glass before the picture reflects as much as it may
    light = (patch for patch in found.patches if patch.cause is Cause.LIGHT)
    even = not found.relit and cut_off(laid) < MUCH_CUT_OFF
    most = GLARING_EVEN if even else GLARING
    return any(patch.share > LARGE_LIGHT and patch.strength > most for patch in light)


def _is_lit_in_places(laid: Laid, found: Differences) -> bool:
    """Whether light came or went here and there, though the light of the rest is as it was."""
    even = not (found.relit or found.displayed) and cut_off(laid) < HARDLY_CUT_OFF
    if not even or any(patch.cause not in (Cause.LIGHT, None) for patch in found.patches):
        return False
    lit = sum(p.cause is Cause.LIGHT and p.strength > LEAST_LIT for p in found.patches)
    return lit >= LIT_PLACES or (lit > 0 and found.changed > 0)


def _is_odds_and_ends(found: Differences) -> bool:
    """Whether a stroke, a mark and a box, all of them small, seem to lie over it."""
    small = (patch for patch in found.patches if patch.share < SMALL_THING)
    return {patch.cause for patch in small} >= {Cause.INK, Cause.MARK, Cause.BOX}


def _is_photographed_anew(laid: Laid, found: Differences) -> bool:
    """Whether something photographed is there in one only, in a sharp copy in its own light."""
    plain = laid.blur == NO_BLUR and not found.relit and not is_drawn_over(laid, found)
    return plain and found.changed_softly > MOST_PHOTOGRAPHED


def _is_stirred(laid: Laid, found: Differences) -> bool:
    """Whether a speck is not all that differs in small."""
    sharp = laid.blur == NO_BLUR and not found.softer and found.fine >= COARSE
    plain = sharp and found.noise < NOISY and not is_drawn_over(laid, found)
    return plain and found.specks > 0 and found.stirred > MOST_STIRRED


def _is_limb(laid: Laid, found: Differences) -> bool:
    """Whether the largest thing that seems drawn is small and upright, as an arm is.

    Where light was cut off, the edges of what stands before it seem drawn; beside stickers another
    of them is, which goes on beyond the edge of the picture.
    """
    if cut_off(laid) >= MUCH_CUT_OFF or is_stuck_over(found):
        return False
    drawn = [patch for patch in found.patches if patch.cause in (Cause.INK, Cause.MARK)]
    if not drawn:
        return False
    if _are_two_places([patch for patch in drawn if patch.share > SMALLEST_LIMB]):
        return True
    largest = max(drawn, key=lambda patch: patch.share)
    return largest.strength > CLEAR and not largest.sharp and _is_upright(largest)


def _is_upright(patch: Patch) -> bool:
    """Whether it is as small as an arm or somebody far away, and higher than wide."""
    _, _, wide, high = cv2.boundingRect(patch.mask.astype(np.uint8))
    return SMALLEST_LIMB < patch.share < LARGEST_LIMB and high >= UPRIGHT * wide


def _are_two_places(drawn: list[Patch]) -> bool:
    """Whether all that seems drawn is two upright things, one as high as the other, on one ground.

    However steeply they begin: somebody who walked on is as sharp as all else.
    """
    if len(drawn) != TWO_PLACES or not all(_is_upright(patch) for patch in drawn):
        return False
    boxes = [cv2.boundingRect(patch.mask.astype(np.uint8)) for patch in drawn]
    smaller, larger = sorted(high for *_, high in boxes)
    (_, top, _, high), (_, other_top, _, other_high) = boxes
    level = abs(top + high - other_top - other_high) <= ON_ONE_GROUND * larger
    return bool(smaller >= AS_HIGH * larger and level)


def _most_specks(laid: Laid, found: Differences) -> float:
    """Strokes drawn all over leave many; letters some at their edges."""
    if laid.aligned.drawn is not None:
        return math.inf
    if found.fine < COARSE:
        return MOST_SPECKS_COARSE
    if is_stuck_over(found):
        return MOST_SPECKS_STUCK
    drawn = found.share(Cause.INK) + found.share(Cause.PAINT)
    written = is_written_over(found) and drawn >= LEAST_EXCUSING
    if written or is_tiled(found):
        return MOST_SPECKS_INKED
    # A car that drove on leaves a speck where it was; where it is, it seems drawn.
    marked = any(p.cause is Cause.MARK and p.share < SMALL_MARK for p in found.patches)
    even = cut_off(laid) < HARDLY_CUT_OFF
    marked |= even and 0 < found.share(Cause.INK) < SMALL_MARK
    more = found.changed > 0 and even
    return MOST_SPECKS - (marked or more)
