"""Which of two aligned pictures is the softer one, and by how much."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.frames import Floats
from provenance.verify.alterations.laid_bare import Bare

Flags = NDArray[np.bool_]

SIGMAS = (0.6, 0.9, 1.3, 1.8, 2.5, 3.5, 5.0)
"""Blurs tried, in pixels of the frame."""

LEAST_PIXELS = 400

FINE, STRONGER = 1.5, 1.2
"""Slope of the query's detail on the archived one from which on the query is the sharper."""


@dataclass(frozen=True, slots=True)
class Sharpness:
    """The blur (sigma, frame pixels) that brings one picture nearest to the other.

    ``archived`` is what the archived picture needs to look like the query (the query is
    softer), ``query`` the other way round; at least one of them is 0. ``apart`` is the root mean
    square of what is left, in grey values; ``gain`` the share of the difference that went;
    ``long_side`` that of the frame.
    """

    archived: float
    query: float
    apart: float
    gain: float
    long_side: int

    @property
    def share(self) -> float:
        """What the archived picture needs, as a share of its long side."""
        return self.archived / self.long_side


def sharpness(both: Bare) -> Sharpness | None:
    """Compare where both show the same; ``None`` where that is too little."""
    where, query = both.same, both.query
    if int(where.sum()) < LEAST_PIXELS:
        return None
    archived = both.expected
    plain = _apart(archived, query, where)
    softer, apart = _best(archived, query, where, plain)
    sharper, other = _best(query, archived, where, plain)
    if apart <= other or not _stronger(query, archived, where):
        sharper = 0.0
    else:
        softer, apart = 0.0, other
    gain = 1 - apart / plain if plain else 0.0
    return Sharpness(softer, sharper, apart**0.5, gain, max(query.shape))


def _stronger(query: Floats, archived: Floats, where: Flags) -> bool:
    """Whether the query has the same detail, stronger; noise is none of the archived picture's."""
    fine, other = (each - cv2.GaussianBlur(each, (0, 0), FINE) for each in (archived, query))
    power = float(np.square(fine)[where].mean())
    return float((fine * other)[where].mean()) > STRONGER * max(power, 1.0)


def _best(blurred: Floats, still: Floats, where: Flags, plain: float) -> tuple[float, float]:
    """The sigma that fits best, and the mean square that it leaves."""
    best = (0.0, plain)
    for sigma in SIGMAS:
        apart = _apart(cv2.GaussianBlur(blurred, (0, 0), sigma), still, where)
        if apart >= best[1]:
            break
        best = (sigma, apart)
    return best


def _apart(one: cv2.typing.MatLike, other: Floats, where: Flags) -> float:
    return float(np.square(one - other)[where].mean())
