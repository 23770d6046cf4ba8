"""Connected differences, and whether an editor or another moment made them.

* A banner, sticker, logo, inset or censor bar is straight-edged, round, or of few grey values;
  letters and watermarks only add light or only take it, in thin strokes; glare and shade do so
  softly; a censored face is a blur of what was there: all of these are *made*.
* A person who walked on, a car, a cloud is irregular and of many grey values: *changed*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from provenance.verify.blocks import Flags
from provenance.verify.frames import Floats
from provenance.verify.residual import TONE_STEP, TONES, Residual

LEAST_PATCH = 0.25
"""Smallest patch that is looked at, in blocks."""

JOINED = 9
"""Gaps up to so many pixels do not part a patch: the letters of a word."""

SUPPORT = (0.6, 0.25)
"""An inset differs little where it happens to be as light as what it covers; its straight edges
show at a share of the bound. With these, 20 of 20 insets are regular, without them 15."""

STRAIGHT = ROUND = 0.8
"""Share of the enclosing rectangle or circle that is filled."""

FEW_TONES = 0.6
"""Share of the patch that lies in its two most frequent bands of 16 grey values."""

ONE_SIDED = 0.9
STROKE = 9
THICK = 0.2
"""One-sided patches count as made where erosion by 9 pixels leaves less than a fifth: strokes of
letters are 3 to 6 pixels wide at this scale. A dark rider before a bright sky is one-sided too."""

SOFT = 0.5
"""... or where most of their blocks agree all the same: light that was added smoothly."""

CENSORED = 0.4
"""Share of the difference that is left once the archived picture is blurred as well."""

MOSTLY = 0.9


@dataclass(frozen=True, slots=True)
class Patch:
    """One connected difference: its mask in the frame, its share (0..1) of what is seen."""

    mask: Flags
    share: float
    made: bool


def patches(left: Residual, strips: Flags, size: int) -> tuple[Patch, ...]:
    """Every connected residual of some size.

    ``strips`` (h, w) is where the query shows something else altogether, at the picture's
    edges; ``size`` the side of a block in pixels.
    """
    strong = left.above()
    wider = [cv2.connectedComponents(_joined(left.above(s)), connectivity=8)[1] for s in SUPPORT]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(_joined(strong), connectivity=8)
    whole = max(int(left.seen.sum()), 1)
    found = []
    for number in range(1, count):
        if stats[number, cv2.CC_STAT_AREA] >= LEAST_PATCH * size**2:
            mask = np.asarray(labels == number)
            made = bool(strips[mask].mean() > MOSTLY) or _made(left, mask, strong & mask, wider)
            found.append(Patch(mask, float(mask.sum()) / whole, made))
    return tuple(found)


def _made(left: Residual, mask: Flags, strong: Flags, wider: Sequence[MatLike]) -> bool:
    return (
        _few_tones(left.query[strong])
        or (_one_sided(left.values[strong]) and (_thin(strong) or _soft(left, mask)))
        or _regular(mask)
        or _censored(left, mask)
        or any(_regular(_around(mask, each)) for each in wider)
    )


def _joined(mask: Flags) -> NDArray[np.uint8]:
    """Specks removed, gaps closed."""
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3)))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((JOINED, JOINED)))
    return np.asarray(closed, np.uint8)


def _around(mask: Flags, wider: MatLike) -> Flags:
    """The connected parts (by number, 0 is none) of a wider residual that touch the mask."""
    touching = np.zeros(int(wider.max()) + 1, np.bool_)
    touching[np.asarray(wider)[mask]] = True
    touching[0] = False
    return np.asarray(mask | touching[np.asarray(wider)])


def _few_tones(values: Floats) -> bool:
    """Two bands of 16 grey values hold most of it: drawn, not photographed."""
    steps = np.clip(values / TONE_STEP, 0, TONES - 1).astype(np.int64)
    counts = np.bincount(steps, minlength=TONES + 1)
    bands = counts[:-1] + counts[1:]
    first = int(bands.argmax())
    top = int(bands[first])
    bands[max(0, first - 1) : first + 2] = 0
    return bool(top + bands.max() > FEW_TONES * len(values))


def _one_sided(values: Floats) -> bool:
    share = float((values > 0).mean())
    return max(share, 1 - share) > ONE_SIDED


def _thin(strong: Flags) -> bool:
    """Nothing but strokes."""
    core = cv2.erode(strong.astype(np.uint8), np.ones((STROKE, STROKE)))
    return int(core.sum()) < THICK * int(strong.sum())


def _soft(left: Residual, mask: Flags) -> bool:
    """What lies below can still be made out."""
    return bool(left.agrees[mask].mean() > SOFT)


def _regular(mask: Flags) -> bool:
    """Straight-edged or round."""
    outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=len)
    # The outline runs through pixel centres: half a pixel is missing all around.
    area = cv2.contourArea(outline) + len(outline) / 2 + 1
    _, (width, height), _ = cv2.minAreaRect(outline)
    _, radius = cv2.minEnclosingCircle(outline)
    return bool(
        area > STRAIGHT * (width + 1) * (height + 1) or area > ROUND * np.pi * (radius + 0.5) ** 2
    )


def _censored(left: Residual, mask: Flags) -> bool:
    """Whether a strong blur of what was there explains the patch."""
    before = float(np.abs(left.query - left.expected)[mask].mean())
    side = float(np.sqrt(mask.sum()))
    return any(_apart(left, mask, side / part) < CENSORED * before for part in (16, 8, 4))


def _apart(left: Residual, mask: Flags, sigma: float) -> float:
    blurred = cv2.GaussianBlur(left.expected, (0, 0), sigma)
    return float(np.abs(left.query - blurred)[mask].mean())
