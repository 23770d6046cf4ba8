"""What can still be made out of the archived picture below something that lies over the copy."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.alterations.laid_bare import Bare, Detail

LEAST_CORE = 10
FLAT = 1.5
EXTREMES = (20, 235)


@dataclass(frozen=True, slots=True)
class Below:
    """Of the pixels that differ clearly, their soft edges taken off (``core``, (h, w)).

    ``correlation`` and ``slope`` of the copy on what is expected there, 0 where either is flat;
    ``apart`` the median difference from what is expected, ``from_archived`` from the archived
    picture itself, in grey values; ``detail`` the median share of the archived detail that is
    left; ``extreme`` the share of pixels that are nearly black or nearly white.
    """

    core: Flags
    correlation: float
    slope: float
    apart: float
    from_archived: float
    detail: float
    extreme: float


def below(mask: Flags, both: Bare, fine: Detail) -> Below:
    """Look below one patch."""
    strong = both.left.above() & mask
    core = cv2.erode(strong.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    core = np.asarray(core if core.sum() >= LEAST_CORE else strong if strong.any() else mask)
    copy, expected = both.query[core], both.expected[core]
    together = float(((copy - copy.mean()) * (expected - expected.mean())).mean())
    spread, other = float(expected.std()), float(copy.std())
    flat = min(spread, other) < FLAT
    return Below(
        core=core,
        correlation=0.0 if flat else together / (spread * other),
        slope=0.0 if flat else together / spread**2,
        apart=float(np.median(np.abs(copy - expected))),
        from_archived=float(np.median(np.abs(copy - both.archived[core]))),
        detail=float(np.median(fine.kept[core])),
        extreme=float(((copy < EXTREMES[0]) | (copy > EXTREMES[1])).mean()),
    )
