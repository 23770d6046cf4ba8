"""Where something lies in the part of the picture that the query shows, as one looks at it."""

from __future__ import annotations

import numpy as np

from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.blocks import Flags
from provenance.verify.locating.geometry import Matrix, apply

NEAR = 0.4
"""What lies wholly within this share of the picture's height or width lies at that side."""

ACROSS = 0.5
"""Share of the width or height that something at a side spans to be named by that side."""

POINTS = 4000
"""So many points of a mask say where it lies."""


class View:
    """The visible part of the picture; ``seen`` counts its pixels in the frame."""

    def __init__(self, seen: Flags, laid: Laid) -> None:
        self._laid = laid
        self.seen = max(1, int(seen.sum()))
        self._low, self._high = np.percentile(self._in_query(seen), [0.5, 99.5], axis=0)

    def box(self, mask: Flags) -> tuple[float, float, float, float]:
        """Left, top, right, bottom, 0..1."""
        points = (self._in_query(mask) - self._low) / np.maximum(self._high - self._low, 1)
        left, top = np.percentile(points, 2, axis=0)
        right, bottom = np.percentile(points, 98, axis=0)
        return float(left), float(top), float(right), float(bottom)

    def share(self, mask: Flags) -> float:
        """Of all that the query shows of the picture, 0..1."""
        return round(float(mask.sum()) / self.seen, 3)

    def where(self, mask: Flags) -> str:
        """A side, a corner (``top left``), ``centre`` or ``several``."""
        return _where(*self.box(mask))

    def _in_query(self, mask: Flags) -> Matrix:
        """Points of the mask (frame), spread evenly, as points of the query."""
        rows, columns = np.nonzero(mask)
        step = max(1, len(rows) // POINTS)
        points = (np.column_stack([columns, rows])[::step] + 0.5) / self._laid.aligned.scale
        return apply(self._laid.aligned.matrix, points)


def _where(left: float, top: float, right: float, bottom: float) -> str:
    """Named by where it lies within the part of the picture that the query shows."""
    if right - left > ACROSS and bottom < NEAR:
        return "top"
    if right - left > ACROSS and top > 1 - NEAR:
        return "bottom"
    if bottom - top > ACROSS and right < NEAR:
        return "left"
    if bottom - top > ACROSS and left > 1 - NEAR:
        return "right"
    return _place(left, top, right, bottom)


def _place(left: float, top: float, right: float, bottom: float) -> str:
    """For what spans no side: its corner or side, the centre, or several places."""
    if right - left > ACROSS or bottom - top > ACROSS:
        return "several"
    across = _third((left + right) / 2, "left", "right")
    down = _third((top + bottom) / 2, "top", "bottom")
    return " ".join(word for word in (down, across) if word) or "centre"


def _third(middle: float, low: str, high: str) -> str:
    if middle < NEAR:
        return low
    return high if middle > 1 - NEAR else ""
