"""Whether one print lies on the other: how far single blocks lie from where all lie together.

A copy is moved, turned, stretched, tilted or bent as a whole: what is left of the displacements
once a smooth map has taken its share is a few hundredths of a pixel. Between two photographs near
things have moved against far ones, leaves have stirred, and every block lies a little elsewhere.
Displacements are found to fractions of a pixel (Lucas and Kanade, "An iterative image registration
technique", IJCAI 1981), block by block.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Blocks, Flags, block_means, mean_products
from provenance.verify.aligning.frames import Aligned, Floats
from provenance.verify.aligning.residual import Residual

TEXTURE = 6.0
AGREES = 0.8
"""Standard deviation and correlation from which on a block has a place of its own."""

LEAST_BLOCKS = 8
STEPS = 4
LONGEST_STEP = 1.0
FARTHEST = 4.0
"""Frame pixels: a block that ran farther has lost its way."""

DAMPING = 1.0
LEAST_SLOPE = 1.0
"""Squared grey values a pixel across edges: along a single edge there is no place."""

BETTER = 0.3
LEAST_APART = 1.0
"""Share of its squared difference (at least 1 is assumed) that a block must lose by lying
elsewhere: tones that were changed colour by colour seem to move things and take little of it
away."""

ROUNDS = 8
LEAST_SPREAD = 0.02
OFF = 0.35
"""Frame pixels from the common map from which on a block lies elsewhere."""


@dataclass(frozen=True, slots=True)
class Rigidity:
    """How far single blocks lie from where all lie together.

    ``stray`` is their median distance from the common map in frame pixels, ``off`` the share
    (0..1) of those that lie elsewhere, ``blocks`` how many have a place of their own.
    """

    stray: float
    off: float
    blocks: int


def rigidity(aligned: Aligned, blocks: Blocks, left: Residual, free: Flags) -> Rigidity | None:
    """How rigidly the copy follows, or ``None`` where too few blocks tell."""
    moved, slope, better = _displacements(aligned, blocks, left)
    telling = blocks.compared & free & (blocks.correlation > AGREES) & (blocks.spread > TEXTURE)
    telling &= (slope > LEAST_SLOPE) & (np.abs(moved).max(axis=2) < FARTHEST)
    if telling.sum() < LEAST_BLOCKS:
        return None
    apart = _apart(moved[telling], telling)
    off = (apart > OFF) & (better[telling] > BETTER)
    return Rigidity(float(np.median(apart)), float(off.mean()), int(telling.sum()))


def _displacements(
    aligned: Aligned, blocks: Blocks, left: Residual
) -> tuple[NDArray[np.float64], Floats, Floats]:
    """Of each block (rows, columns, 2), x and y; how well its place is known; what is gained.

    Gained is the share (0..1) of the squared difference that the displacement takes away.
    """
    size, expected = blocks.size, left.expected
    height, width = expected.shape
    query, clear = aligned.query[:height, :width], aligned.clear[:height, :width]
    share = np.maximum(block_means(clear, size), 1e-6)
    columns, rows = np.meshgrid(
        np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    )
    moved = np.zeros((*blocks.correlation.shape, 2))
    slopes = _slopes(expected)
    slope, before, after = (np.zeros_like(share) for _ in range(3))

    def mean(one: Floats, other: Floats) -> Floats:
        return np.asarray(mean_products(one, other, size) / share)

    for step_number in range(STEPS):
        across, down = (_spread(moved[..., axis], size) for axis in (0, 1))
        places = columns + across, rows + down
        moving = cv2.remap(query, *places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        there = np.asarray(moving, np.float32)
        apart = there - expected
        apart -= _spread(mean(apart, clear), size)
        shown = apart * clear
        after = mean(shown, apart)
        before = before if step_number else after
        x, y = ((a + b) * np.float32(0.5) for a, b in zip(slopes, _slopes(there), strict=True))
        x_shown, y_shown = x * clear, y * clear
        xx, xy, yy = mean(x_shown, x), mean(x_shown, y), mean(y_shown, y)
        to_x, to_y = mean(shown, x), mean(shown, y)
        scale = (xx + DAMPING) * (yy + DAMPING) - xy * xy
        step = np.stack(
            [xy * to_y - (yy + DAMPING) * to_x, xy * to_x - (xx + DAMPING) * to_y], axis=2
        )
        moved += np.clip(step / scale[..., None], -LONGEST_STEP, LONGEST_STEP)
        trace = (xx + yy) / 2
        slope = trace - np.sqrt(np.maximum(trace * trace - (xx * yy - xy * xy), 0))
    return moved, slope, np.asarray(1 - after / np.maximum(before, LEAST_APART), np.float32)


def _spread(grid: NDArray[np.floating], size: int) -> Floats:
    """Each block's value for all its pixels."""
    return np.repeat(np.repeat(grid, size, axis=0), size, axis=1).astype(np.float32)


def _slopes(image: Floats) -> tuple[Floats, Floats]:
    across = cv2.Sobel(image, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(image, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _apart(moved: NDArray[np.float64], where: Flags) -> NDArray[np.float64]:
    """Distances from a smooth map (a quadratic in both directions) that most blocks follow."""
    rows, columns = np.nonzero(where)
    x, y = columns / where.shape[1] - 0.5, rows / where.shape[0] - 0.5
    terms = np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=1)
    weight = np.ones(len(moved))
    apart = np.zeros(len(moved))
    for _ in range(ROUNDS):
        fitted, *_ = np.linalg.lstsq(terms * weight[:, None], moved * weight[:, None], rcond=None)
        apart = np.linalg.norm(moved - terms @ fitted, axis=1)
        spread = 1.5 * float(np.median(apart)) + LEAST_SPREAD
        weight = 1 / (1 + (apart / spread) ** 2)
    return apart
