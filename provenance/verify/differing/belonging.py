"""What belongs to something that an editor made, however it falls to pieces.

A word of a line, what lies within an inset, a sticker or a blurred part, what a blur leaves at its
rim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from cv2.typing import MatLike

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.cause import Cause
from provenance.verify.causes.lettering import is_other_line, same_tones
from provenance.verify.differing.hidden import hidden
from provenance.verify.differing.patch import Patch, at_lower_bound

MOST_RIM, AT_RIM = 0.15, 9
"""Share of a blurred place that is left at its rim, where it blends with what is around it, and how
many frame pixels away that is at most."""

SOFT = 2
"""Frame pixels of the soft edge of a sticker."""

MOSTLY_WITHIN = 0.9
"""Share of a patch in a pixelated part, which is outlined by its squares as far as they differ."""

IN_LINE = 0.7
"""Share of the height that two words of one line have in common."""


def belonging(
    left: Residual, found: Sequence[Patch], wider: MatLike, squares: Sequence[Flags]
) -> tuple[Patch, ...]:
    """The same differences, those that belong to another with its cause.

    ``wider`` is what differs at the lowest bound, by number; ``squares`` are the pixelated parts.
    """
    known = _in_outlines(_in_lines(left, found), wider)
    return _in_squares(_hidden(left, _beside_blur(known)), squares)


def _in_outlines(found: tuple[Patch, ...], wider: MatLike) -> tuple[Patch, ...]:
    """What differs within the sides of an inset is inset, too; in the circle of a sticker, sticker.

    Where they are as light as what they cover they fall to pieces.
    """
    boxes = [patch for patch in found if patch.cause is Cause.BOX]
    round_ones = [patch for patch in found if patch.cause is Cause.DISC]
    outlines = [(each, _sides_of(at_lower_bound(each.mask, wider))) for each in boxes]
    outlines += [(each, _circle_of(each.mask)) for each in round_ones]
    return tuple(
        patch if patch.made else replace(patch, cause=_cause_of_outline(patch, outlines))
        for patch in found
    )


def _cause_of_outline(patch: Patch, outlines: Sequence[tuple[Patch, Flags]]) -> Cause | None:
    """Of the inset or the sticker within whose outline (h, w) a difference lies."""
    for whole, inside in outlines:
        small = whole.cause is Cause.BOX or patch.share < MOST_RIM * whole.share
        if small and bool(inside[patch.mask].all()):
            return whole.cause
    return None


def _sides_of(mask: Flags) -> Flags:
    """The upright rectangle (h, w) around a mask."""
    left, top, wide, high = cv2.boundingRect(mask.astype(np.uint8))
    inside = np.zeros_like(mask)
    inside[top : top + high, left : left + wide] = True
    return inside


def _circle_of(mask: Flags) -> Flags:
    """The smallest circle (h, w) around a mask, with its soft edge."""
    (x, y), radius = cv2.minEnclosingCircle(np.argwhere(mask)[:, ::-1].astype(np.int32))
    inside = np.zeros(mask.shape, np.uint8)
    cv2.circle(inside, (round(x), round(y)), round(radius) + SOFT, 1, cv2.FILLED)
    return np.asarray(inside > 0)


def _hidden(left: Residual, found: tuple[Patch, ...]) -> tuple[Patch, ...]:
    """All that differs within one blurred part is blur, however it falls to pieces."""
    if all(patch.made for patch in found):
        return found
    open_ = [patch for patch in found if not patch.made or patch.cause is Cause.BLUR]
    within = hidden(left, [patch.mask for patch in open_])
    blurred = {id(patch) for patch, inside in zip(open_, within, strict=True) if inside}
    return tuple(replace(p, cause=Cause.BLUR) if id(p) in blurred else p for p in found)


def _in_squares(found: tuple[Patch, ...], squares: Sequence[Flags]) -> tuple[Patch, ...]:
    """What differs within a pixelated part is blur: the edges of its squares pass for strokes."""
    return tuple(
        replace(patch, cause=Cause.BLUR)
        if patch.cause in (None, Cause.INK)
        and any(float(part[patch.mask].mean()) > MOSTLY_WITHIN for part in squares)
        else patch
        for patch in found
    )


def _beside_blur(found: tuple[Patch, ...]) -> tuple[Patch, ...]:
    """What a blurred place leaves at its rim is blur, too."""
    blurred = [patch for patch in found if patch.cause is Cause.BLUR]
    return tuple(
        replace(patch, cause=Cause.BLUR)
        if not patch.made and any(_at_its_rim(patch, each) for each in blurred)
        else patch
        for patch in found
    )


def _at_its_rim(patch: Patch, blurred: Patch) -> bool:
    if patch.share > MOST_RIM * blurred.share:
        return False
    around = cv2.dilate(blurred.mask.astype(np.uint8), np.ones((2 * AT_RIM + 1,) * 2, np.uint8))
    return bool((around[patch.mask] > 0).all())


def _in_lines(left: Residual, found: Sequence[Patch]) -> tuple[Patch, ...]:
    """What stands in one line with lettering, as high and of the same tones, is lettering too.

    A word over a bright or a busy place keeps too few of its own strokes to be known alone, and a
    short one fills its rectangle as a box does.
    """
    written = [patch for patch in found if patch.cause is Cause.INK]
    lines = [patch for patch in found if patch.cause in (Cause.INK, Cause.STRIP)]
    return tuple(
        replace(patch, cause=Cause.INK)
        if patch.cause in (None, Cause.BOX)
        and (
            any(_continues(left, patch, word) for word in written)
            or any(is_other_line(left, patch.mask, line.mask) for line in lines)
        )
        else patch
        for patch in found
    )


def _continues(left: Residual, patch: Patch, word: Patch) -> bool:
    top, bottom = _rows(patch.mask)
    other_top, other_bottom = _rows(word.mask)
    common = min(bottom, other_bottom) - max(top, other_top)
    in_line = common >= IN_LINE * max(bottom - top, other_bottom - other_top)
    return in_line and same_tones(left, patch.mask, word.mask)


def _rows(mask: Flags) -> tuple[int, int]:
    rows = np.flatnonzero(mask.any(axis=1))
    return int(rows[0]), int(rows[-1]) + 1
