"""The same photograph, or another one of the same scene? What the aligned pictures say.

Each bound was set between copies and look-alikes, measured on 12 photographs under 46 edits and
on 580 pairs of other frames of the same scene (video frames, drone passes, one object from two
sides) in ``benchmarks/quality.py``; decision record 0007 has the table.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from provenance.models import Relation
from provenance.verify.aligning.alignment import NO_BLUR, Laid
from provenance.verify.aligning.blocks import Flags, block_means
from provenance.verify.causes.cause import Cause
from provenance.verify.differing.differences import Differences
from provenance.verify.judging.another_moment import has_changed, has_stirred
from provenance.verify.judging.drawn_over import is_full_of_words
from provenance.verify.judging.one_print import (
    MANY_INLIERS,
    MUCH_CUT_OFF,
    NOISY,
    cut_off,
    is_one_print,
    is_rigid,
    most_shifted,
)
from provenance.verify.locating.location import Location

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
"""Share of the untouched blocks that agree. Copies: 99 in 100 have above 0.9. In rough ones more
must agree: photographs of screens have 0.89 to 1, frames between which leaves stirred 0.77 to 0.87.
Pictures made alike by blurring must agree nearly everywhere: drone frames and objects seen
from two sides mostly have less that way; blurred, pixelated and noisy copies have 0.92 to 1."""

CLEAR_OF_NOISE, MOSTLY_ALIKE = 2.06, 0.7
"""Times the copy's noise from which on a block's texture can correlate by 0.9 with what it was:
0.9 / sqrt(1 - 0.81). Of three noisy copies all but six of the 48 blocks that do not agree have
less. Only with as many inliers as a copy has that is no more than noisy (another product in the
same outline has 53), and where so many blocks resemble each other (those copies 0.76 upwards; a
thing seen from two sides, whose noise is parallax, 0.53)."""

MOSTLY_SEEN = 0.7
"""Share of a block that is left where much light was cut off: edges of what was burnt out moved. Of
a brightened copy (horses before snow) the 38 of 150 blocks that do not agree keep 0.57 of
themselves in the median, those that do 0.91."""

LEAST_AGREEING_DISPLAYED = 0.72
"""... of a photograph of a screen, over which moire and the glare of a lamp lie: two of 14 have
0.73 and 0.79."""

LEAST_AGREEING_RIGID = 0.8
"""... where not one block in seven lies elsewhere: burnt-out highlights then are all it can be."""

LEAST_AGREEING_INKED = 0.8
"""Where words are written all over it, strokes too faint to be found reach into more blocks: four
in 24 watermarked copies have 0.83 to 0.9."""

MOST_BOXED, MOST_BOXED_BLURRED = 0.235, 0.03
MOST_BOXED_WIDE, THIRD = 0.3, 0.36
MOST_BOXES = 3
MOST_DISCS = 4
MOST_MARKED, MOST_PAINTED, MOST_BANDED = 0.12, 0.3, 0.5
MOST_ALONG_EDGES, MOST_ALONG_ALL_EDGES = 0.3, 0.45
"""Share of the picture that boxes and insets may cover, how many there may be, and the share that
a strip along an edge, and all of them, may cover where both frames are one and the same: words over
and under a picture thrice as wide as high cover 0.3 to 0.44 together, no half of them more than
0.25. Insets of a third of the width cover 0.06 to 0.2, of pictures three times as wide as high
0.222 to 0.252 (no side of one is longer than 0.36 of the picture's long side: the slots of
templates are), banners and lines of capitals up to 0.2; the slot of a meme 0.25 to 0.5, the half of
a picture in two parts 0.42 to 0.47: there only a template may be common. Where only blur makes the
rest alike none lies on any of 2,470 copies, and two forms with other names and another face are
alike: 0.14."""

LEAST_FINE, LEAST_FINE_BLURRED = 0.65, 0.55
LEAST_FINE_FEW = 0.88
FEW_FOR_FINE = 20
"""Correlation of the finest detail where blocks agree; the second where blur was needed to make
both alike, or the query is much softer, the third below 20 inliers. Of 1,080 copies none has less
than 0.82, blurred and pixelated ones aside, nor less than 0.89 with so few; overlapping frames from
the air and of a session 0.3 to 0.8."""

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

EVEN, EVEN_AROUND, EVEN_RANGE = 0.5, 5, 2
"""The same below 15 inliers (see ``SCENE_INLIERS``) of an archived picture of which so much is
even: grey values of that range around each pixel, five by five. One drawn sign is like another: of
two yin and yang (0.64 of each) one was proved by ten pairs and eight blocks. Of 1,236 pictures one
in twenty is so even, drawings and things on white."""

MOST_SHIFTED_WHOLE = 0.02
"""Share of the agreeing blocks that may lie apart where no keypoints laid one over the other, but
both as a whole: of six copies found only so none has any; two presenters who moved had 0.041 and
0.062, though the keypoints had told them apart."""

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
        and not (found.as_sharp and cut_off(laid) < MUCH_CUT_OFF)
        and (not found.relit or _is_print_relit(located, found))
        and not (overlapping and located.inliers < OVERLAP_INLIERS)
        and not _is_left_by_details(laid, found)
        and _as_one_photograph(located, laid, found, alike, in_frame=in_frame)
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
    untouched = _untouched(located, laid, found)
    agreeing = int((found.agreeing & untouched).sum())
    least = _least_agreeing(laid, found)
    return (
        resembles(laid)
        and agreeing >= LEAST_BLOCKS
        and _enough_left(laid, found)
        and agreeing >= least * int(untouched.sum())
        and not has_changed(laid, found)
        and found.shifted <= (most_shifted(found) if located.inliers else MOST_SHIFTED_WHOLE)
        and found.fine >= _least_fine(located, laid, found)
        and (located.inliers >= _least_inliers(laid) or _beyond_doubt(laid, agreeing))
    )


def _least_inliers(laid: Laid) -> int:
    """More where the archived picture is mostly even: a sign that was drawn is like any other."""
    if laid.frames is None:
        return FEW_INLIERS
    around = np.ones((EVEN_AROUND, EVEN_AROUND), np.uint8)
    archived = laid.frames.archived
    varied = cv2.subtract(cv2.dilate(archived, around), cv2.erode(archived, around))
    return SCENE_INLIERS if float((varied <= EVEN_RANGE).mean()) > EVEN else FEW_INLIERS


def _untouched(located: Location, laid: Laid, found: Differences) -> Flags:
    """The blocks (rows, columns) that count: seen where much light was cut off, clear of noise."""
    untouched = np.asarray(found.compared & found.free)
    if located.inliers >= MANY_INLIERS and agreement(laid) >= MOSTLY_ALIKE:
        clear = untouched & (laid.blocks.spread > CLEAR_OF_NOISE * found.noise)
        untouched = clear if clear.sum() >= LEAST_FREE * untouched.sum() else untouched
    if cut_off(laid) < MUCH_CUT_OFF:
        return untouched
    size = laid.blocks.size
    rows, columns = (side * size for side in untouched.shape)
    shown = (laid.aligned.clear[:rows, :columns] > 0).astype(np.float32)
    seen = np.asarray(untouched & (block_means(shown, size) >= MOSTLY_SEEN))
    return seen if seen.sum() >= LEAST_FREE * untouched.sum() else untouched


def _as_one_photograph(
    located: Location, laid: Laid, found: Differences, alike: float, *, in_frame: bool
) -> bool:
    """What no copy shows, however alike the rest is."""
    if found.page:
        untouched = all(
            patch.cause in (Cause.LIGHT, Cause.BLUR)
            or (patch.cause is Cause.STRIP and patch.share <= MOST_RIM)
            for patch in found.patches
        )
        return untouched and found.specks == 0 and alike >= LEAST_AGREEING_PAGE
    return (
        is_rigid(laid, found, located.inliers)
        and not has_stirred(laid, found)
        and found.covered <= MOST_COVERED
        and found.share(Cause.BOX) <= _most_boxed(laid, found)
        and found.count(Cause.BOX) <= MOST_BOXES
        and found.count(Cause.DISC) <= MOST_DISCS
        and found.share(Cause.MARK) <= MOST_MARKED
        and found.share(Cause.PAINT) <= MOST_PAINTED
        and found.share(Cause.BAND) + found.share(Cause.TILES) <= MOST_BANDED
        and (not in_frame or _leaves_most(found))
    )


def _most_boxed(laid: Laid, found: Differences) -> float:
    if laid.blur != NO_BLUR:
        return MOST_BOXED_BLURRED
    boxes = [patch.mask.astype(np.uint8) for patch in found.patches if patch.cause is Cause.BOX]
    longest = max((max(cv2.boundingRect(box)[2:]) for box in boxes), default=0)
    return MOST_BOXED_WIDE if longest <= THIRD * max(laid.aligned.query.shape) else MOST_BOXED


def _leaves_most(found: Differences) -> bool:
    """Whether no strip is as large as the slot of a template, and all together leave the most."""
    strips = [patch.share for patch in found.patches if patch.cause is Cause.STRIP]
    return max(strips, default=0) <= MOST_ALONG_EDGES and sum(strips) <= MOST_ALONG_ALL_EDGES


def _is_left_by_details(laid: Laid, found: Differences) -> bool:
    """Whether anything is left where details were brought out in one of both.

    What is left is noise that hides small things, and copies seldom leave anything: of 91 of 24
    photographs ten, of 240 look-alikes enhanced in the same ways two that were called the same.
    Nor may anything have lost its detail: half of a facade that is gone has.
    """
    if laid.frames is None or laid.frames.enhanced is None:
        return False
    return found.changed > 0 or found.count(Cause.BLUR) > 0


def _is_print_relit(located: Location, found: Differences) -> bool:
    """Another light may be another hour: only where all the rest says one print beyond doubt."""
    return located.inliers >= RELIT_INLIERS and is_one_print(found)


def _enough_left(laid: Laid, found: Differences) -> bool:
    left = found.free | found.agreeing if laid.blur == NO_BLUR else found.free
    compared = found.compared
    return int((compared & left).sum()) >= LEAST_FREE * int(compared.sum())


def _least_fine(located: Location, laid: Laid, found: Differences) -> float:
    if located.inliers < FEW_FOR_FINE:
        return LEAST_FINE_FEW
    blurred = laid.blur != NO_BLUR or found.softer
    return LEAST_FINE_BLURRED if blurred else LEAST_FINE


def _least_agreeing(laid: Laid, found: Differences) -> float:
    if is_full_of_words(found):
        return LEAST_AGREEING_INKED
    if laid.blur != NO_BLUR:
        return LEAST_AGREEING_BLURRED
    if found.displayed:
        return LEAST_AGREEING_DISPLAYED
    if is_one_print(found):
        return LEAST_AGREEING_RIGID
    return LEAST_AGREEING if found.noise < NOISY else LEAST_AGREEING_NOISY


def _beyond_doubt(laid: Laid, agreeing: int) -> bool:
    in_place = float(np.median(laid.blocks.in_place[laid.blocks.compared]))
    return laid.blur == NO_BLUR and agreeing >= FEW_BLOCKS and in_place >= FEW_MEDIAN
