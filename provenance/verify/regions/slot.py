"""The rectangle in which two aligned pictures differ, where they agree around it.

A meme's slot, the photograph in a post, the window behind a presenter, the picture over a banner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from provenance.models import Box
from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.blocks import Flags
from provenance.verify.regions.surroundings import straight

DIFFERS = 0.6
"""Correlation below which a block shows something else."""

LEAST_SLOT = 0.1
"""Share of the frame that a slot fills, at least."""

MOST_INSIDE, LEAST_OUTSIDE = 0.15, 0.75
"""Share of the blocks that agree inside, at most, and outside, at least."""

LEAST_SEAMS = 0.75
"""Share of its inner sides that are straight seams in both pictures."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Left, top, right, bottom in blocks, and the share (0..1) of its sides that are seams."""

    box: Box
    seams: float


def slot(laid: Laid, agrees: Flags) -> Slot | None:
    """The slot of the archived picture, or ``None``; ``agrees`` are the blocks that do."""
    blocks = laid.blocks
    differs = blocks.compared & (blocks.correlation < DIFFERS)
    box = _holding_most(differs.astype(np.int64) - agrees)
    if box is None or not _parted(agrees, differs, inside(box, agrees.shape)):
        return None
    left, top, right, bottom = (side * blocks.size for side in box)
    pictures = (laid.aligned.archived, laid.aligned.query)
    grey = [np.asarray(np.clip(picture, 0, 255), np.uint8) for picture in pictures]
    seams = min(straight(each, (left, top, right, bottom), blocks.size) for each in grey)
    return Slot(box, seams) if seams >= LEAST_SEAMS else None


def inside(box: Box, shape: tuple[int, ...]) -> Flags:
    """Which cells of a grid lie in the rectangle."""
    left, top, right, bottom = box
    cells = np.zeros(shape, np.bool_)
    cells[top:bottom, left:right] = True
    return cells


def _parted(agrees: Flags, differs: Flags, within: Flags) -> bool:
    """Next to nothing agrees in the rectangle, and nearly everything around it."""
    if within.mean() < LEAST_SLOT:
        return False
    shares = [_share(agrees, differs, cells) for cells in (within, ~within)]
    return shares[0] <= MOST_INSIDE and shares[1] >= LEAST_OUTSIDE


def _share(agrees: Flags, differs: Flags, cells: Flags) -> float:
    counted = int(((agrees | differs) & cells).sum())
    return float((agrees & cells).sum()) / max(1, counted)


def _holding_most(worth: NDArray[np.int64]) -> Box | None:
    """The rectangle whose cells add up to most, the topmost first; ``None`` if to nothing."""
    best, box = 0, None
    rows, _ = worth.shape
    for top in range(rows):
        for bottom in range(top + 1, rows + 1):
            total, left, right = _best_run(worth[top:bottom].sum(axis=0))
            if total > best:
                best, box = total, (left, top, right, bottom)
    return box


def _best_run(values: NDArray[np.int64]) -> tuple[int, int, int]:
    """The largest sum of neighbouring values, and from where to where (Kadane)."""
    sums = np.concatenate([[0], np.cumsum(values)])
    lowest = np.minimum.accumulate(sums)
    gains = sums - lowest
    end = int(gains.argmax())
    start = int(np.flatnonzero(sums[: end + 1] == lowest[end])[-1])
    return int(gains[end]), start, end
