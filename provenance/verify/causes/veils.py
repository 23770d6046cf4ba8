"""Veils: a tone laid half through over a picture, as watermarks and the buttons of players are."""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual, Side
from provenance.verify.causes.steepness import steepness

REACH = 9.0
"""Grey values that JPEG leaves around a tone."""

TELLING, ENDS, SOFT = 20.0, 0.7, 1.5
"""Just outside what was laid over, where the other picture is so many grey values from its tone:
the share that is nearer to the other picture than to the tone. And the width of its soft edge, in
frame pixels."""

LEAST_THROUGH, MOST_THROUGH = 0.1, 0.9
DARKEST, LIGHTER = 40.0, 25.0
FOLLOWED, STEEP = 0.85, 0.16
LEAST_VEILED, LEAST_BELOW = 60, 8.0
"""A veil: how much of what lies below shows through; the darkest tone that it may tend to, and how
far that may lie beyond black and white; the share of it that follows the law; how steeply it
begins (watermarks 0.17 to 0.24, smoke 0.05 to 0.15); the pixels asked, and their variety below."""

SHOWN = 0.6
"""... of a plate on which words stand: the share that follows the law. A choice: words may
fill the rest."""


def is_veil(
    left: Residual, side: Side, mask: Flags, veiled: Flags, *, filled: bool = False
) -> bool:
    """Whether a tone was laid half through over what differs (``veiled``, (h, w)).

    Then one law says what each grey value below became. A shadow follows such a law, too, and tends
    to black: black veils count only where something is drawn on them (``filled``), as on the button
    of a player.
    """
    inside = left.core(veiled)
    below, over = side.below[inside], side.over[inside]
    if len(below) < LEAST_VEILED or below.std() < LEAST_BELOW:
        return False
    slope, offset = _law(below, over)
    tone = offset / (1 - slope) if slope != 1 else np.inf
    darkest = -LIGHTER if filled else DARKEST
    if not (LEAST_THROUGH < slope < MOST_THROUGH and darkest < tone < 255 + LIGHTER):
        return False
    if not filled and steepness(left, mask) < STEEP:
        return False
    followed = np.abs(over - slope * below - offset) <= REACH
    return float(followed.mean()) >= FOLLOWED and _veil_ends(left, side, mask, (slope, offset))


def through(left: Residual, mask: Flags) -> bool:
    """Whether what lies below shows through most of a place (h, w), by one law."""
    below, over = left.expected[mask], left.query[mask]
    if len(below) < LEAST_VEILED or below.std() < LEAST_BELOW:
        return False
    slope, offset = _law(below, over)
    tone = offset / (1 - slope) if slope != 1 else np.inf
    if not (LEAST_THROUGH < slope < MOST_THROUGH and -LIGHTER < tone < 255 + LIGHTER):
        return False
    return float((np.abs(over - slope * below - offset) <= REACH).mean()) >= SHOWN


def _law(below: Floats, over: Floats) -> tuple[float, float]:
    """Slope and offset, fitted once more without what is far off."""
    slope, offset = np.polyfit(below, over, 1)
    apart = np.abs(over - slope * below - offset)
    near = apart <= 2 * np.median(apart) + 1
    if np.ptp(below[near]) < 1:  # one tone says nothing of a slope
        return float(slope), float(offset)
    slope, offset = np.polyfit(below[near], over[near], 1)
    return float(slope), float(offset)


def _veil_ends(left: Residual, side: Side, mask: Flags, law: tuple[float, float]) -> bool:
    """Whether the archived picture goes on as it is just outside."""
    away = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 3)
    beside = (away > SOFT + 0.5) & (away <= SOFT + 2) & left.seen
    veiled = law[0] * side.below + law[1]
    beside &= np.abs(veiled - side.below) > TELLING
    over = side.over[beside]
    plain = np.abs(over - side.below[beside]) < np.abs(over - veiled[beside])
    return bool(beside.any()) and float(plain.mean()) >= ENDS
