"""A part of the copy made unrecognisable: faces, number plates.

What differs there comes in pieces, one for every bright or dark thing that lay below, and the
blur is far wider than each of them. So the whole part is found first, by the detail that is gone
from it, and then all its pieces are explained together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual
from provenance.verify.differing.texture import WINDOW, fine, strength

DETAILED, KEPT = 2.0, 0.4
"""A place is smooth where the expected detail (standard deviation above so many grey values) has
become less than this share. With 4, two of the six blurred faces that this was made for have no
part at all."""

SPECKS, LINES, HOLES = 9, 3, 13
"""Frame pixels: what is narrower is no part, or no line of one, and a gap no wider parts none."""

LEAST_PART, MOST_PART = 0.006, 0.35
"""Share of what is seen that is smooth."""

SMOOTH = 0.9
"""Share of the outline around a part and a difference in which the copy has no detail: what lies
between them was blurred with them. Of blurred faces 0.96 to 1."""

WITHIN = 0.95
"""Share of a difference that lies within the outline of a part."""

SIGMAS, WIDER = (12, 8, 6, 5, 4), 3
"""Blurs that are tried: so many of them fit the side of the part; and one that must explain less
than the best of them. A blur has a width. Somebody who is gone from before a wall is hidden the
better the wider the blur is."""

LEFT, LEFT_OF_ONE = 0.2, 0.35
"""Share of all differences, and of each, that is left once the archived picture is blurred as well.
Of blurred faces 0.03 to 0.16 is left; of people who are gone 0.25 to 0.91, and always less by the
wider blur."""

FAINT = (0.35, 0.25, 0.15)
"""Shares of the bound at which what a blur changed hangs together where there was little detail: of
a face before a dark wall only the crescent in which the next face lay differs clearly. Then one
blur must explain all that lies within the outline, not only what differs; of two such copies it
leaves 0.15 and 0.18."""


def hidden(left: Residual, differences: Sequence[Flags]) -> list[bool]:
    """Which of the differences (h, w each) lie in a part of the copy that was blurred."""
    within = [False] * len(differences)
    for part in smooth_parts(left) if differences else ():
        inside, side = _belonging(left, part, differences)
        if any(inside) and _explained(left, list(compress(differences, inside)), side):
            within = [one or other for one, other in zip(within, inside, strict=True)]
    return within if any(within) else _hidden_faintly(left, differences)


def _hidden_faintly(left: Residual, differences: Sequence[Flags]) -> list[bool]:
    """The same where hardly any detail was lost: one blur explains all within an outline."""
    smooth = _is_smooth(left)
    seen = max(1, int(left.seen.sum()))
    for share in FAINT if differences else ():
        for whole in map(outlined, pieces(left.above(share), LINES)):
            inside = [float(whole[mask].mean()) > WITHIN for mask in differences]
            if not any(inside) or not LEAST_PART < whole.sum() / seen < MOST_PART:
                continue
            masks = [whole, *compress(differences, inside)]
            if _all_within(smooth, whole) and _explained(left, masks, float(np.sqrt(whole.sum()))):
                return inside
    return [False] * len(differences)


def blurred_parts(left: Residual, known: Sequence[Flags]) -> list[Flags]:
    """Smooth parts that hold one of the ``known`` blurred places, or that one blur explains."""
    return [
        part
        for part in smooth_parts(left)
        if any((part & mask).any() for mask in known) or _is_blurred(left, part)
    ]


def _is_blurred(left: Residual, part: Flags) -> bool:
    whole = outlined(part)
    strong = left.above() & whole
    return bool(strong.any()) and _explained(left, [strong], float(np.sqrt(whole.sum())))


def smooth_parts(left: Residual) -> list[Flags]:
    """Where the copy is smooth and detail was expected, each (h, w)."""
    expected, query = (strength(fine(each)) for each in (left.expected, left.query))
    gone = (expected > DETAILED) & (query < KEPT * expected) & left.seen
    whole = max(1, int(left.seen.sum()))
    return [each for each in pieces(gone) if LEAST_PART < each.sum() / whole < MOST_PART]


def pieces(gone: Flags, specks: int = SPECKS) -> list[Flags]:
    """The connected parts (h, w each) of a mask, without specks, their holes filled."""
    opened = cv2.morphologyEx(
        gone.astype(np.uint8), cv2.MORPH_OPEN, np.ones((specks, specks), np.uint8)
    )
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((HOLES, HOLES), np.uint8))
    count, labels = cv2.connectedComponents(closed)
    return [np.asarray(labels == number) for number in range(1, count)]


def _belonging(
    left: Residual, part: Flags, differences: Sequence[Flags]
) -> tuple[list[bool], float]:
    """Which differences the part holds or goes on to, and the side of it all in pixels."""
    smooth = _is_smooth(left)
    whole, inside = part, []
    for mask in differences:
        inside.append(_all_within(smooth, outlined(part | mask)))
        whole = outlined(whole | mask) if inside[-1] else whole
    return inside, float(np.sqrt(whole.sum()))


def _is_smooth(left: Residual) -> Flags:
    """Where (h, w) the copy has no detail."""
    return np.asarray(strength(fine(left.query)) < DETAILED)


def _all_within(smooth: Flags, whole: Flags) -> bool:
    """Whether next to all within an outline (h, w), its edge aside, is smooth."""
    inner = cv2.erode(whole.astype(np.uint8), np.ones((WINDOW, WINDOW), np.uint8)) > 0
    return bool(inner.any() and smooth[inner].mean() > SMOOTH)


def outlined(part: Flags, reaches: float = 0) -> Flags:
    """The hull of a part (h, w), and what lies around it by a share of its size."""
    outline = cv2.convexHull(np.argwhere(part)[:, ::-1].astype(np.int32))
    whole = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(whole, outline, 1)
    reach = round(reaches * float(np.sqrt(cv2.contourArea(outline))))
    cv2.polylines(whole, [np.asarray(outline, np.int32)], True, 1, 2 * reach + 1)
    return np.asarray(whole > 0)


def _explained(left: Residual, masks: Sequence[Flags], side: float) -> bool:
    """Whether one blur of the archived picture leaves next to nothing of all differences."""
    union = np.asarray(np.any(masks, axis=0))
    before = np.abs(left.query - left.expected)
    best = min((_blurred_by(left, side / fit) for fit in SIGMAS), key=lambda a: _mean(a, union))
    return (
        _mean(best, union) < LEFT * _mean(before, union)
        and _mean(best, union) < _mean(_blurred_by(left, side / WIDER), union)
        and all(_mean(best, mask) < LEFT_OF_ONE * _mean(before, mask) for mask in masks)
    )


def _blurred_by(left: Residual, sigma: float) -> Floats:
    """What is left of the difference (h, w) once the archived picture is blurred as well."""
    blurred = cv2.GaussianBlur(left.expected, (0, 0), sigma)
    return np.asarray(np.abs(left.query - blurred), np.float32)


def _mean(image: Floats, where: Flags) -> float:
    return float(image[where].mean())
