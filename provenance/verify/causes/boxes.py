"""Insets and boxes: four straight, upright sides, each an edge that the other picture has not."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.residual import Difference, Residual, one_sided
from provenance.verify.causes.displaced import UNEXPLAINED, every_other, unexplained, walked_on
from provenance.verify.causes.framed import ended_on
from provenance.verify.causes.sides import clearly_sided, edged_before, sided

STRAIGHT, FILLED = 0.92, 0.6
UPRIGHT = 3.0
"""Share of the enclosing rectangle that the hull fills (insets 0.93 to 1, discs 0.79, burst frames
and products at most 0.88), share of the hull that differs, and the degrees it may be turned
against the copy or the archived picture."""

AS_TALL, AS_TALL_LARGE, STRAIGHT_AS_TALL = 2.0, 1.6, 0.97
"""The same of what is twice as high as wide, as people are, and of what is large and 1.6 times, as
both places of somebody who moved. Of 83 boxes on copies two are twice as high, with 0.996; who
stands still had between 0.92 and 0.97, who stands elsewhere before a striped shirt 0.92 upwards."""

UNEXPLAINED_CLEAR, LARGE_BOX = 0.6, 0.03
"""What is left a little further on (see ``UNEXPLAINED``) of what has straight sides beyond doubt
(see :func:`clearly_sided`) and takes up so much of the picture: two of 320 insets have 0.7 and
0.75. Windows and houses are smaller."""


ENDS_ON, EDGED, ENDS_ON_EDGED = 3.0, 0.6, 3.4
"""How much of four sides it reaches and ends on (see :func:`ended_on`) if it is as large as that;
and if the archived picture has edges itself along so much of three sides. Of 54 on copies all have
3.08 upwards; of buses that stand where others stood one has 2.85, and three 3.09 to 3.29, with
edges along 0.66 to 0.8."""


def is_box(left: Residual, found: Difference, shapes: Sequence[Flags]) -> bool:
    """Whether a difference (``shapes``, (h, w), at several bounds) is an inset or a box."""
    return any(_boxed(shape, found.turn) for shape in shapes) and _inset(left, found, shapes)


def _boxed(shape: Flags, turn: float) -> bool:
    """Four straight sides, upright in the copy or in the archived picture.

    It may be as light as what it covers here and there, so its hull is looked at, and half of it
    must differ.
    """
    hull = cv2.convexHull(outline(shape))
    # The outline runs through pixel centres: half a pixel is missing all around.
    area = cv2.contourArea(hull) + cv2.arcLength(hull, closed=True) / 2 + 1
    _, (width, height), angle = cv2.minAreaRect(hull)
    off = min(abs((angle - way + 45) % 90 - 45) for way in (0.0, turn, -turn))
    _, _, wide, high = cv2.boundingRect(hull)
    tall = AS_TALL_LARGE if shape.sum() > LARGE_BOX * shape.size else AS_TALL
    least = STRAIGHT_AS_TALL if high > tall * wide else STRAIGHT
    straight = area > least * (width + 1) * (height + 1)
    return bool(straight and off < UPRIGHT and shape.sum() > FILLED * area)


def _inset(left: Residual, found: Difference, shapes: Sequence[Flags]) -> bool:
    """Straight sides, and not the same a little further on: who moved nearly fills a box, too."""
    if not sided(left, shapes):
        return False
    if one_sided(left.values[found.strong]):
        return True
    large = found.mask.sum() > LARGE_BOX * left.seen.sum()
    if large and ended_on(left, found.mask, shapes[-2]) < _least_ending(left, shapes):
        return False
    least = UNEXPLAINED_CLEAR if large and clearly_sided(left, shapes) else UNEXPLAINED
    if unexplained(left, every_other(found.strong)) <= least:
        return False
    return not walked_on(left, found.strong)


def _least_ending(left: Residual, shapes: Sequence[Flags]) -> float:
    """More where something stood in its place, with edges of its own."""
    return ENDS_ON_EDGED if edged_before(left, shapes) > EDGED else ENDS_ON


def outline(shape: Flags) -> NDArray[np.int32]:
    """The points (n, 1, 2) of the longest outline of a shape (h, w)."""
    found, _ = cv2.findContours(shape.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return np.asarray(max(found, key=len), np.int32)
