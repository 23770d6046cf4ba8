"""The same photograph, or another one of the same scene? What the aligned pictures say.

Each bound was set between copies and look-alikes, measured on 12 photographs under 46 edits and
on 580 pairs of other frames of the same scene (video frames, drone passes, one object from two
sides) in ``benchmarks/quality.py``; decision record 0007 has the table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from provenance.models import Relation
from provenance.verify.alignment import NO_BLUR, Laid
from provenance.verify.causes import Cause
from provenance.verify.differences import Differences
from provenance.verify.location import Location

RESEMBLES = 0.8
LEAST_RESEMBLING = 0.5
"""At least half of the compared blocks correlate above 0.8. Wrong candidates: 1 of 62 does."""

LEAST_BLOCKS = 5
LEAST_FREE = 0.5
"""Half of the picture must be untouched by patches, or there is nothing to judge them by. What
agrees below a watermark is left as well, but not where only blur made it agree: distant frames of
one drone pass do so."""

LEAST_AGREEING = 0.85
LEAST_AGREEING_NOISY = 0.88
LEAST_AGREEING_BLURRED = 0.91
NOISY = 6.0
"""Share of the untouched blocks that agree. Copies: 99 in 100 have above 0.9. Where the tone
curve leaves a noise above 6 grey values (photographs of screens: 7 to 17, but also leaves that
stir between two frames: 9 to 15) more must agree: screens have 0.89 to 1, such frames 0.77 to
0.87. Pictures made alike by blurring must agree nearly everywhere: drone frames and objects seen
from two sides mostly have less that way; blurred, pixelated and noisy copies have 0.92 to 1."""

LEAST_AGREEING_RIGID = 0.8
"""... where not one block in seven lies elsewhere: burnt-out highlights then are all it can be."""

LEAST_DRAWN_OVER, LEAST_WORD = 0.007, 0.006
"""Share of the picture that letters and strokes take up from which on what lies between them seems
to differ and to move: with more than one speck, copies have 0.0073 upwards; a street with cars and
rubble, which passed for strokes, 0.006. And of one piece of it: of 14 such copies of 204 0.0092
upwards; cars, trees and shadows, minutes later, 0.002."""

LEAST_EXCUSING = 0.01
"""And from which on letters excuse specks: of 16 written-over copies with two and more 0.0161
upwards; a crater and two cars, minutes later, 0.009."""

MUCH_INK = 4
LEAST_AGREEING_INKED = 0.8
"""Where words are written all over it, strokes too faint to be found reach into more blocks: four
in 24 watermarked copies have 0.83 to 0.9."""

MOST_CHANGED = 0.006
"""Share of the picture that another moment changed, the clearer the more. Of 1,091 copies three
have more than nothing (0.006 to 0.007: a face blurred so that the rest of it looks like another);
light cut off in a drawn place 0.005; smoke from one tripod 0.007 upwards, neighbouring video frames
0.04 to 0.09 (tennis), 0.01 to 0.07 (cyclist). Half of it would turn down one presenter of a hundred
who moved an arm, and seven of 86 copies made by others, with another digit in a corner (0.0033 to
0.006)."""

MOST_CHANGED_MARKED = 0.002
"""The same beside a mark: of 110 marked copies one has more (0.0029). Presenters who moved, whose
sides pass for marks, left 0.0024 and 0.0034 below the banner that hides their legs."""

MOST_PHOTOGRAPHED = 0.0035
"""The same of what is of many tones and begins less steeply than letters do (0.24), where nothing
was drawn over a sharp copy in its own light: of 2,470 copies one has more (0.0038). Digits that
were drawn anew begin at 0.26 to 0.36; houses that are gone from places seen from above mostly at
0.1 to 0.24, and two that were called the same took up 0.0055 and 0.0059."""

LARGE_LIGHT, GLARING = 0.02, 0.8
"""Share of the picture, and strength, from which on what light alone would have made is another
moment, however much is made out below it: of 260 relit, darkened and photographed copies one has
such light of more than 0.6 (0.72); black smoke before a floor whose joints agree has 1."""

MOST_STIRRED = 0.0005
"""Share of the picture in small differences that are there again a little further on, beside a
speck: of 2,470 copies two have more, a thin arrow's and a thin frame's; presenters who moved an arm
0.0008 to 0.0015."""

LEAST_LARGEST, UPRIGHT, CLEAR = 0.0075, 1.5, 0.5
"""Share of the picture below which the largest stroke or mark stands upright only where somebody
moved, how many times it is as high as wide, and how clear it is: arms that were raised or lowered
take up 0.003 to 0.0069 each, are 1.7 to 2.8 times as high, and of 0.88 and more; burnt-out light
that passes for a stroke has 0.3. Of 360 copies with something drawn over them one is
so, a blurred face that passed for a stroke; arrows take up 0.0108 upwards."""

MOST_SHIFTED, MOST_SHIFTED_RIGID = 0.05, 0.1
"""Share of blocks that agree apart from the common map: parallax. Copies: 98 in 100 below 0.04;
an object from two sides 0.03 to 0.12, overlapping frames of a session 0.14 to 0.49. The second
where many blocks tell of one print: four copies of 2,470 have 0.056 to 0.08."""

MOST_BOXED, MOST_BOXED_BLURRED = 0.235, 0.03
MOST_BOXES = 3
MOST_DISCS = 4
MOST_MARKED = 0.12
MOST_ALONG_EDGES = 0.3
"""Share of the picture that boxes and insets may cover, how many there may be, and the share that
strips along the edges may cover where both frames are one and the same. Insets of a third of the
width cover 0.06 to 0.2, of a wide picture 0.222, banners and lines of capitals up to 0.2; the slot
of a meme 0.25 to 0.5, the half of a picture in two parts 0.42 to 0.47: there only a template may be
common. Where only blur makes the rest alike none lies on any of 2,470 copies, and two forms with
other names and another face are alike: 0.14."""

COARSE = 0.85
MOST_SPECKS, MOST_SPECKS_INKED, MOST_SPECKS_COARSE = 1, 10, 15
SMALL_MARK = 0.0025
"""Small clear differences. Of 2,468 copies 13 have one and one has two; with letters over them at
most 7 in 48, pixelated ones (which keep less of the finest detail) 9; places from above, minutes
later, 2 to 24. Beside a mark of less than 0.0025 of the picture none of 230 copies with something
drawn over them has any; with a strip and no letters 69 have one at most."""

LEAST_FINE, LEAST_FINE_BLURRED = 0.65, 0.55
LEAST_FINE_FEW = 0.88
FEW_FOR_FINE = 20
"""Correlation of the finest detail where blocks agree; the second where blur was needed to make
both alike, the third below 20 inliers. Of 1,080 copies none has less than 0.82, blurred and
pixelated ones aside, nor less than 0.89 with so few; overlapping frames from the air and of a
session 0.3 to 0.8."""

MOST_OFF, MOST_OFF_ROUGH, MOST_OFF_BLURRED = 0.23, 0.3, 0.35
MOST_OFF_INKED = 0.2
"""Share of the blocks that lie elsewhere than all together, and are more alike there. Copies: 0 to
0.1, brightened ones up to 0.22; striped 0.1 to 0.29; written over at most 0.14 (228 of them);
blurred and pixelated up to 0.3. A camera that moved by a hundredth of the picture's width and less
between two frames of a burst: 0.25 to 0.5; drone frames of one pass more."""

TELLING, MOST_OFF_TELLING, MOST_OFF_TELLING_BLURRED = 40, 0.11, 0.2
MANY_TELLING, MOST_OFF_MANY = 80, 0.095
MUCH_CUT_OFF = 0.05
"""Where so many blocks tell and hardly any light was cut off (edges move there), fewer may. Copies:
0 to 0.09 of 40 blocks and more (1,959 of them), 0.1 where blurred (94); bursts with little parallax
0.1 of 110 and 0.23 of 123, cars that drove on seen from the air 0.16 of 240, another hour 0.32 of
184, blurred."""

MANY, HARDLY_OFF = 10, 0.1
"""So many blocks that tell, and so few of them elsewhere, are one print beyond doubt."""

LEAST_AGREEING_PAGE = 0.85
MOST_RIM = 0.006
"""... of a page, where no letter may differ; the share of it that may at its very edge."""

MOST_COVERED = 0.65
"""Share of the picture that may be covered at all."""

FEW_INLIERS = 9
FEW_BLOCKS = 12
FEW_MEDIAN = 0.93
"""Below 9 inliers the map itself is doubtful (wrong candidates reach 13): then more blocks must
agree, where they lie. A single edge agrees with a single edge at some displacement."""

RELIT_INLIERS = 24
OVERLAP_INLIERS = 24
"""Inliers that a picture needs whose light changes across it, and one that shares less than half of
itself with less than half of the other, or less than 12 % of the archived picture: the planks of
one floor, of which two photographs show different parts, reached 13."""

SCENE_INLIERS = 15
"""Above the best of 1,104 wrong candidates (13)."""

STRICT_INLIERS = 172
STRICT_SPREAD = 0.5
"""Without pixels, geometry cannot tell a copy from a neighbouring video frame. This bound stands
above every look-alike measured: video frames reach 155 inliers, drawn scenes of which nine tenths
stand still 171. Of 36 light copies two pass it. The rest is a similar scene, which is never
evidence: without pixels a copy is rather missed than a stranger accused."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The relation, and the share (0..1) of the compared blocks that agree."""

    relation: Relation
    agreement: float


def resembles(laid: Laid) -> bool:
    """Whether so many blocks are alike that both may be one picture, whatever lies over it."""
    return agreement(laid) >= LEAST_RESEMBLING


def agreement(laid: Laid) -> float:
    """The share (0..1) of the compared blocks that are alike; 0 where none was compared."""
    compared = laid.blocks.compared
    return float((laid.blocks.correlation[compared] > RESEMBLES).mean()) if compared.any() else 0.0


def by_pixels(
    located: Location,
    laid: Laid,
    found: Differences | None,
    *,
    in_frame: bool = False,
    overlapping: bool = False,
    compressed: bool = False,
) -> Judgement | None:
    """What the aligned pixels prove, or ``None``.

    ``found`` is ``None`` where they do not resemble each other enough to look for differences.
    ``in_frame``: the frames of both pictures are one and the same; ``overlapping``: each shows
    mostly what the other does not; ``compressed``: the query so strongly that its noise is gone.
    """
    alike = agreement(laid)
    if (
        found is not None
        and _same_picture(located, laid, found)
        and (compressed or not found.two_exposures)
        and (not found.relit or _is_print_relit(located, found))
        and not (overlapping and located.inliers < OVERLAP_INLIERS)
        and _as_one_photograph(laid, found, alike, in_frame=in_frame)
    ):
        return Judgement(Relation.SAME_PICTURE, alike)
    if laid.blocks.compared.any() and located.inliers >= SCENE_INLIERS:
        return Judgement(Relation.SIMILAR_SCENE, alike)
    return None


def by_geometry(located: Location) -> Relation | None:
    """What keypoints alone may say, where no raster is left."""
    if located.inliers >= STRICT_INLIERS and located.spread >= STRICT_SPREAD:
        return Relation.SAME_PICTURE
    return Relation.SIMILAR_SCENE if located.inliers >= SCENE_INLIERS else None


def _same_picture(located: Location, laid: Laid, found: Differences) -> bool:
    untouched = found.compared & found.free
    agreeing = int((found.agreeing & untouched).sum())
    least = _least_agreeing(laid, found)
    return (
        resembles(laid)
        and agreeing >= LEAST_BLOCKS
        and _enough_left(laid, found)
        and agreeing >= least * int(untouched.sum())
        and found.changed <= _most_changed(laid, found)
        and not _is_glaring(found)
        and not _is_photographed_anew(laid, found)
        and found.shifted <= _most_shifted(found)
        and found.fine >= _least_fine(located, laid)
        and (located.inliers >= FEW_INLIERS or _beyond_doubt(laid, agreeing))
    )


def _as_one_photograph(laid: Laid, found: Differences, alike: float, *, in_frame: bool) -> bool:
    """What no copy shows, however alike the rest is."""
    if found.page:
        untouched = all(
            patch.cause in (Cause.LIGHT, Cause.BLUR)
            or (patch.cause is Cause.STRIP and patch.share <= MOST_RIM)
            for patch in found.patches
        )
        return untouched and found.specks == 0 and alike >= LEAST_AGREEING_PAGE
    return (
        _is_rigid(laid, found)
        and (not found.moved or _is_drawn_over(laid, found))
        and found.specks <= _most_specks(laid, found)
        and not _is_stirred(laid, found)
        and not _is_limb(found)
        and found.covered <= MOST_COVERED
        and found.share(Cause.BOX) <= (MOST_BOXED if laid.blur == NO_BLUR else MOST_BOXED_BLURRED)
        and found.count(Cause.BOX) <= MOST_BOXES
        and found.count(Cause.DISC) <= MOST_DISCS
        and found.share(Cause.MARK) <= MOST_MARKED
        and (not in_frame or found.share(Cause.STRIP) <= MOST_ALONG_EDGES)
    )


def _is_print_relit(located: Location, found: Differences) -> bool:
    """Another light may be another hour: only where all the rest says one print beyond doubt."""
    return located.inliers >= RELIT_INLIERS and _is_one_print(found)


def _is_one_print(found: Differences) -> bool:
    """Whether many blocks tell, and next to none lies elsewhere: repeated patterns only seem to."""
    known = found.rigidity
    return known is not None and known.blocks >= MANY and known.off <= HARDLY_OFF


def _most_changed(laid: Laid, found: Differences) -> float:
    """Where one colour was cut off before the others, what that leaves passes for marks, too."""
    marked = found.share(Cause.MARK) > 0 and _cut_off(laid) < MUCH_CUT_OFF
    return MOST_CHANGED_MARKED if marked else MOST_CHANGED


def _most_shifted(found: Differences) -> float:
    """Words written all over it seem to move what lies between them, too."""
    inked = found.count(Cause.INK) >= MUCH_INK
    return MOST_SHIFTED_RIGID if inked or _is_one_print(found) else MOST_SHIFTED


def _is_glaring(found: Differences) -> bool:
    """Whether more light came or went than glass reflects and a shadow takes."""
    light = (patch for patch in found.patches if patch.cause is Cause.LIGHT)
    return any(patch.share > LARGE_LIGHT and patch.strength > GLARING for patch in light)


def _is_photographed_anew(laid: Laid, found: Differences) -> bool:
    """Whether something photographed is there in one only, in a sharp copy in its own light."""
    plain = laid.blur == NO_BLUR and not found.relit and not _is_drawn_over(laid, found)
    return plain and found.changed_softly > MOST_PHOTOGRAPHED


def _is_stirred(laid: Laid, found: Differences) -> bool:
    """Whether a speck is not all that differs in small."""
    plain = laid.blur == NO_BLUR and found.noise < NOISY and not _is_drawn_over(laid, found)
    return plain and found.specks > 0 and found.stirred > MOST_STIRRED


def _is_limb(found: Differences) -> bool:
    """Whether the largest thing that seems drawn is small and upright, as an arm is."""
    drawn = [patch for patch in found.patches if patch.cause in (Cause.INK, Cause.MARK)]
    if not drawn:
        return False
    largest = max(drawn, key=lambda patch: patch.share)
    _, _, wide, high = cv2.boundingRect(largest.mask.astype(np.uint8))
    small = largest.share < LEAST_LARGEST and largest.strength > CLEAR
    return small and high >= UPRIGHT * wide


def _is_rigid(laid: Laid, found: Differences) -> bool:
    """Whether the copy follows as one print does, where enough of it tells.

    Where nothing does, blur makes any two glows alike: of 470 blurred, small and photographed
    copies none is so, and of 150 flashes over another town one was.
    """
    if found.rigidity is None:
        return laid.blur == NO_BLUR
    return found.rigidity.off <= _most_off(laid, found)


def _most_off(laid: Laid, found: Differences) -> float:
    assert found.rigidity is not None
    telling = found.rigidity.blocks >= TELLING
    if laid.blur != NO_BLUR or found.fine < COARSE:
        return MOST_OFF_TELLING_BLURRED if telling else MOST_OFF_BLURRED
    if laid.aligned.drawn is not None or found.noise >= NOISY:
        return MOST_OFF_ROUGH
    if _is_drawn_over(laid, found):
        return MOST_OFF_INKED
    if not telling or _cut_off(laid) >= MUCH_CUT_OFF:
        return MOST_OFF
    return MOST_OFF_MANY if found.rigidity.blocks >= MANY_TELLING else MOST_OFF_TELLING


def _cut_off(laid: Laid) -> float:
    """Share of what is seen that the copy no longer shows: light cut off, strokes."""
    return 1 - float(laid.aligned.clear[laid.aligned.seen > 0].mean())


def _is_drawn_over(laid: Laid, found: Differences) -> bool:
    """Letters or strokes: what lies between them seems to differ, and to move."""
    return _is_written_over(found) or laid.aligned.drawn is not None


def _is_written_over(found: Differences) -> bool:
    """Whether a good part of the picture is letters, and a word of them at least is large."""
    words = [patch.share for patch in found.patches if patch.cause is Cause.INK]
    return sum(words) >= LEAST_DRAWN_OVER and max(words) >= LEAST_WORD


def _most_specks(laid: Laid, found: Differences) -> float:
    """Strokes drawn all over leave many; letters some at their edges."""
    if laid.aligned.drawn is not None:
        return math.inf
    if found.fine < COARSE:
        return MOST_SPECKS_COARSE
    if _is_written_over(found) and found.share(Cause.INK) >= LEAST_EXCUSING:
        return MOST_SPECKS_INKED
    # A car that drove on leaves a speck where it was, and what passes for a mark where it is.
    return MOST_SPECKS - any(p.cause is Cause.MARK and p.share < SMALL_MARK for p in found.patches)


def _enough_left(laid: Laid, found: Differences) -> bool:
    left = found.free | found.agreeing if laid.blur == NO_BLUR else found.free
    compared = found.compared
    return int((compared & left).sum()) >= LEAST_FREE * int(compared.sum())


def _least_fine(located: Location, laid: Laid) -> float:
    if located.inliers < FEW_FOR_FINE:
        return LEAST_FINE_FEW
    return LEAST_FINE if laid.blur == NO_BLUR else LEAST_FINE_BLURRED


def _least_agreeing(laid: Laid, found: Differences) -> float:
    if found.count(Cause.INK) >= MUCH_INK:
        return LEAST_AGREEING_INKED
    if laid.blur != NO_BLUR:
        return LEAST_AGREEING_BLURRED
    if _is_one_print(found):
        return LEAST_AGREEING_RIGID
    return LEAST_AGREEING if found.noise < NOISY else LEAST_AGREEING_NOISY


def _beyond_doubt(laid: Laid, agreeing: int) -> bool:
    in_place = float(np.median(laid.blocks.in_place[laid.blocks.compared]))
    return laid.blur == NO_BLUR and agreeing >= FEW_BLOCKS and in_place >= FEW_MEDIAN
