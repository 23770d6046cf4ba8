"""Strips along the edges in which the query shows something else: banners, capitals, other tiles.

Whole rows and columns of blocks without agreement say so, where what differs runs along them: one
person on a bare floor leaves a row without agreement, too, because the floor has nothing to agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Blocks, Flags
from provenance.verify.aligning.residual import Difference, Residual, every_pixel
from provenance.verify.causes.displaced import every_other, unexplained
from provenance.verify.causes.steepness import SLOW, steepness
from provenance.verify.causes.tones import of_few_tones

LEAST, AGREES = 3, 0.15
"""Of at least three compared blocks in a row at most 15 % agree."""

SPANNED = 0.6
"""Share of a strip's length along which there is a difference. Of 75 copies 59 have
0.6 to 1 (banners, capitals, tiles); in the others it is a logo, a sticker, a glow or the head of a
story on a bare ground, and all but one are known otherwise. People on a bare floor: 0.56, 0.58."""

SPANNED_BESIDE = 0.8
"""The same of a strip to the left or the right of the copy: what lies beside it there goes on from
top to bottom, and two people who stand before a bare ground span 0.69 of it."""

EDGE, TOUCHES = 8, 0.3
FAINT = 0.25
UPRIGHT = 45.0
"""Frame pixels from the edge within which a strip beside the picture begins, along so much of it,
by this share of the bound. Lines of capitals above and below keep away from the edge (75 of 159
differences in strips of copies: 0 to 0.3), but no line of words stands on its end, and two people
on a bare ground reached over 0.6 of its height in a strip of which the edge was bare. So it is
asked to the left and right of the copy."""

MOSTLY = 0.9
"""Share of a difference that lies in a strip at the picture's edge, where nothing agrees."""

LARGE_STRIP, MOST_MOVED = 0.02, 0.75
"""Share of the picture from which on such a difference must be something else, not the same a
little further on: what is left of it at the best displacement. Of 101 strips of copies 0.85
to 1; roofs and streets seen from another place in the air 0.5 to 0.77, few more."""

VERY_LARGE, FULL = 0.15, 0.8
"""Share of the picture from which on it must fill its rectangle so far: half a town under other
shadows is in a strip, too, and fills 0.57 to 0.72 of it. Of 67 rows of edits on twelve photographs
no such strip takes up more than a tenth; a choice between that and 0.23."""

SPAN = 0.8
"""Share of the picture's width or height that a bar spans."""

LEVEL = 4
MOSTLY_LEVEL = 0.6
"""Frame pixels by which its depth may vary, in so many of the columns."""


@dataclass(frozen=True, slots=True)
class Strips:
    """Where (h, w) nothing agrees along a whole edge, and where something differs all along it."""

    disagree: Flags
    differ: Flags


def edge_strips(blocks: Blocks, good: Flags, left: Residual, turn: float = 0.0) -> Strips:
    """The strips along the four edges; ``good`` are the blocks that agree.

    ``turn`` is that of the copy against the archived picture, in degrees.
    """
    disagree, differ = np.zeros_like(good), np.zeros_like(good)
    above, faint = left.above(), left.above(FAINT)
    on_its_side = abs((turn + 90) % 180 - 90) > UPRIGHT
    for turns in range(4):
        depth = _depth(np.rot90(blocks.compared, turns), np.rot90(good, turns))
        reach = slice(depth * blocks.size)
        np.rot90(disagree, turns)[:depth] = True
        seen = np.rot90(left.seen, turns)
        beside = (turns % 2 == 1) != on_its_side
        least = SPANNED_BESIDE if beside else SPANNED
        if _along(np.rot90(above, turns)[reach]) < least * _along(seen[reach]):
            continue
        edge = top_of(seen)
        if not beside or _along(np.rot90(faint, turns)[edge]) >= TOUCHES * _along(seen[edge]):
            np.rot90(differ, turns)[:depth] = True
    return Strips(every_pixel(disagree, blocks.size), every_pixel(differ, blocks.size))


def top_of(seen: Flags) -> slice:
    """The first rows in which something is seen."""
    first = int(np.flatnonzero(seen.any(axis=1))[0])
    return slice(first, first + EDGE)


def _along(mask: Flags) -> int:
    """How many columns hold something."""
    return int(mask.any(axis=0).sum())


def _depth(compared: Flags, good: Flags) -> int:
    """Rows of blocks from the top in which next to nothing agrees, at most half of all."""
    for row in range(len(compared) // 2):
        blocks = int(compared[row].sum())
        if blocks >= LEAST and good[row].sum() > AGREES * blocks:
            return row
    return len(compared) // 2


def is_bar(left: Residual, found: Difference) -> bool:
    """Along the whole of an edge: a bar of few tones, or anything that ends in a straight line.

    Banners, the page around a cut picture, the next tile of a collage.
    """
    few = of_few_tones(left.query[found.mask])
    turned = ((np.rot90(found.mask, turns), np.rot90(left.seen, turns)) for turns in range(4))
    return any(_spans(*each) and (few or _ends_straight(*each)) for each in turned)


def is_beside(left: Residual, found: Difference, strips: Strips) -> bool:
    """In a strip of something else, and not the same scene a little further on.

    Light on a bare ground leaves nothing that agrees there, but it rises slowly.
    """
    if strips.differ[found.mask].mean() <= MOSTLY:
        bare = strips.disagree[found.mask].mean() > MOSTLY
        return bare and steepness(left, found.mask) < SLOW
    share = float(found.mask.sum()) / int(left.seen.sum())
    if share > VERY_LARGE and not _is_full(left, found.mask):
        return False
    return share <= LARGE_STRIP or unexplained(left, every_other(found.strong)) > MOST_MOVED


def _is_full(left: Residual, mask: Flags) -> bool:
    """Whether it has few holes, and no ragged sides."""
    x, y, wide, high = cv2.boundingRect(mask.astype(np.uint8))
    inside = left.seen[y : y + high, x : x + wide]
    return bool(mask.sum() > FULL * inside.sum())


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
