"""What came and what went: small dark or light things that stand in one of the pictures only.

Somebody who walks on is as thin as a letter at this size, as sharp, and of as few tones. But he
leaves two places: one where he stands, and one where he stood. Who draws on a copy adds to it; what
was drawn on the archived picture is missing from a copy made before. Both at once is another
moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.steepness import slope

LEAST = 24
"""Frame pixels of a place that is looked at."""

CLEARLY = 1.6
"""How many times as steep the outline of a thing is in the picture that it stands in."""

LEAST_RIM = 8
SOFT = 0.7


def came_and_went(
    left: Residual, inks: Sequence[Flags], marks: Sequence[Flags]
) -> tuple[float, float]:
    """The shares (0..1) of what came and of what went, within differences (h, w each).

    ``inks`` are taken apart into what is lighter and what is darker; ``marks`` are taken whole: a
    sticker may hide more than it shows.
    """
    now, before = (
        slope(np.asarray(cv2.GaussianBlur(each, (0, 0), SOFT), np.float32))
        for each in (left.query, left.expected)
    )
    came = went = 0
    apart = (found for mask in inks for found in _places(left, mask))
    whole = (found for mask in marks for found in _outlined(left, mask))
    for place, rim in chain(apart, whole):
        steeper = float(now[rim].mean()) / max(float(before[rim].mean()), 0.5)
        came += int(place.sum()) if steeper >= CLEARLY else 0
        went += int(place.sum()) if steeper <= 1 / CLEARLY else 0
    seen = max(int(left.seen.sum()), 1)
    return came / seen, went / seen


def _outlined(left: Residual, mask: Flags) -> Iterator[tuple[Flags, Flags]]:
    """All of a mark with what it encloses, and its outlines: a ring may be in pieces."""
    strong = (left.above() & mask).astype(np.uint8)
    outlines, _ = cv2.findContours(strong, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    drawn = np.zeros(mask.shape, np.uint8)
    cv2.drawContours(drawn, outlines, -1, color=1, thickness=cv2.FILLED)
    place = np.asarray(drawn > 0)
    if place.sum() >= LEAST:
        yield place, _grown(place, 3) & ~_shrunk(place)


def _places(left: Residual, mask: Flags) -> Iterator[tuple[Flags, Flags]]:
    """Each connected part that is lighter, or darker, and where its outline lies free."""
    strong = left.above() & mask
    for side in (left.values > 0, left.values < 0):
        count, parts, stats, _ = cv2.connectedComponentsWithStats((strong & side).astype(np.uint8))
        for number in range(1, count):
            if stats[number, cv2.CC_STAT_AREA] < LEAST:
                continue
            place = np.asarray(parts == number)
            rim = _grown(place, 3) & ~_shrunk(place) & ~_grown(strong & ~place, 5)
            if rim.sum() >= LEAST_RIM:
                yield place, rim


def _grown(mask: Flags, side: int) -> Flags:
    kernel = np.ones((side, side), np.uint8)
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel) > 0)


def _shrunk(mask: Flags) -> Flags:
    return np.asarray(cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
