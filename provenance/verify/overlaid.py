"""What was laid over the picture: how much of it, and where."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from provenance.models import Alteration, AlterationKind
from provenance.verify.alignment import Laid
from provenance.verify.differences import Differences
from provenance.verify.geometry import Matrix, apply

LEAST_SHARE = 0.006
"""Share of the visible picture: less than this is the residue of compression."""

NEAR = 0.4
"""What lies wholly within this share of the picture's height or width lies at that side."""

HALF_SEEN = 0.5

ACROSS = 0.5
"""Share of the width or height that something at a side spans to be named by that side."""


def overlaid(found: Differences, laid: Laid) -> Alteration | None:
    """Share of the visible picture that is covered, and where as one looks at the query.

    ``where`` is ``top``, ``bottom``, ``left``, ``right``, ``centre`` or ``several``.
    """
    patches = [patch for patch in found.patches if patch.made]
    share = sum(patch.share for patch in patches)
    if share < LEAST_SHARE:
        return None
    covered = np.any([patch.mask for patch in patches], axis=0)
    numbers = {"share": round(float(share), 3), "where": _where(covered, laid)}
    return Alteration(AlterationKind.OVERLAID, numbers)


def _where(covered: NDArray[np.bool_], laid: Laid) -> str:
    """Named by where it lies within the part of the picture that the query shows."""
    seen = laid.aligned.seen[: covered.shape[0], : covered.shape[1]] > HALF_SEEN
    everything, laid_over = _in_query(seen, laid), _in_query(covered, laid)
    low, high = np.percentile(everything, [0.5, 99.5], axis=0)
    x, y = ((laid_over - low) / np.maximum(high - low, 1)).T
    left, right = np.percentile(x, [2, 98])
    top, bottom = np.percentile(y, [2, 98])
    if bottom < NEAR and right - left > ACROSS:
        return "top"
    if top > 1 - NEAR and right - left > ACROSS:
        return "bottom"
    if right < NEAR and bottom - top > ACROSS:
        return "left"
    if left > 1 - NEAR and bottom - top > ACROSS:
        return "right"
    return _place(left, top, right, bottom)


def _place(left: float, top: float, right: float, bottom: float) -> str:
    """For what spans no side: its nearest side, the centre, or several places."""
    if right - left > ACROSS or bottom - top > ACROSS:
        return "several"
    x, y = (left + right) / 2 - 0.5, (top + bottom) / 2 - 0.5
    if max(abs(x), abs(y)) < 0.5 - NEAR:
        return "centre"
    if abs(y) >= abs(x):
        return "top" if y < 0 else "bottom"
    return "left" if x < 0 else "right"


def _in_query(mask: NDArray[np.bool_], laid: Laid) -> Matrix:
    """The mask's pixels (frame) as points of the query."""
    rows, columns = np.nonzero(mask)
    points = (np.column_stack([columns, rows]) + 0.5) / laid.aligned.scale
    return apply(laid.aligned.matrix, points)
