"""Two aligned pictures compared block by block.

Normalised correlation of blocks of 24 pixels at the best of the displacements within +-2
pixels. Correlation does not mind what a tone curve or a recompression does, and it minds where
an edge lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.frames import Aligned, Floats

Grid = NDArray[np.float32]
Likeness = tuple[tuple[int, int], Grid]
"""A displacement of the query (x, y) in frame pixels, and every block's correlation there."""

Flags = NDArray[np.bool_]

BLOCK = 24
SMALL_BLOCK = 12
FEW = 24
"""Where fewer than 24 blocks are seen (thumbnails, small crops, a picture small in a screenshot)
blocks of 12 pixels are compared, or there would be too few of them to judge by."""

REACH = 2
COARSE_REACH = 4

LEAST_BETTER = 1e-4
LEAST_GAIN = 0.003
"""Mean correlation that neighbours must gain together by a displacement to be held for displaced.
Along the bars of a grid chance gives 0.002; half a pixel off they gain 0.006 and more."""

TEXTURE = 3.0
"""Standard deviation in grey values below which a block holds nothing to correlate."""

VISIBLE = 0.97
"""Share of a block that the query must hold to count as seen."""

CLEAR = 0.25
"""Share of a block that must be comparable; the rest of its pixels are left out."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """What each block of the archived frame says; all arrays (rows, columns).

    ``correlation`` -1..1 at the best displacement, ``in_place`` without one; ``shift`` (rows,
    columns, 2) that displacement, x and y in frame pixels; ``everywhere`` (n, rows, columns) the
    correlation at each of ``shifts`` (n, 2), the first of which is none; ``visible`` the query
    holds the block; ``textured`` the archived block holds something to compare; ``mean``,
    ``spread`` grey value and standard deviation of the archived block, ``query_mean``,
    ``query_spread`` of the query's. ``size`` is the side of a block in frame pixels.
    """

    size: int
    correlation: Grid
    in_place: Grid
    shift: NDArray[np.float64]
    everywhere: Grid
    shifts: NDArray[np.int64]
    visible: Flags
    textured: Flags
    mean: Grid
    spread: Grid
    query_mean: Grid
    query_spread: Grid

    @property
    def compared(self) -> Flags:
        """The blocks that count: seen in the query, and with something to compare."""
        return self.visible & self.textured


class Weights:
    """Means over the comparable pixels of each block; ``share`` (rows, columns) is how many."""

    def __init__(self, clear: Floats, size: int) -> None:
        self._size = size
        self._clear = self._cut(clear)
        self.share = block_means(self._clear, size)
        self._least = np.maximum(self.share, 1e-6)

    def moments(self, image: Floats) -> tuple[Grid, Grid]:
        """Each whole block's mean and standard deviation."""
        height, width = self._clear.shape
        return self._moments(image[:height, :width], np.square(image[:height, :width]))

    def likened(self, archived: Floats, query: Floats, reach: int) -> Iterator[Likeness]:
        """Normalised correlation (-1..1) of every block, at each displacement of the query.

        The smallest displacements come first, so that ties keep a block where it is.
        """
        height, width = self._clear.shape
        mean, spread = self.moments(archived)
        weighted = archived[:height, :width] * self._clear
        padded = np.pad(query, reach, mode="edge")
        squares = np.square(padded)
        for dy, dx in _shifts(reach):
            rows, columns = (
                slice(reach + d, reach + d + s) for d, s in ((dy, height), (dx, width))
            )
            moved = padded[rows, columns]
            query_mean, query_spread = self._moments(moved, squares[rows, columns])
            together = self._of_both(weighted, moved) - mean * query_mean
            yield (dx, dy), np.asarray(together / np.maximum(spread * query_spread, 1.0))

    def _moments(self, image: Floats, square: Floats) -> tuple[Grid, Grid]:
        mean = self._of_both(image, self._clear)
        variance = self._of_both(square, self._clear) - mean * mean
        return mean, np.sqrt(np.maximum(variance, 0))

    def _of_both(self, one: Floats, other: Floats) -> Grid:
        """Mean product over the comparable pixels of each block, one of both weighted already."""
        return np.asarray(mean_products(one, other, self._size) / self._least)

    def _cut(self, image: Floats) -> Floats:
        height, width = (side // self._size * self._size for side in image.shape)
        return np.ascontiguousarray(image[:height, :width])


def compare(aligned: Aligned, reach: int = REACH) -> Blocks:
    """Best normalised correlation of every block within ``reach`` pixels."""
    size = block_size(aligned)
    weights = Weights(aligned.clear, size)
    mean, spread = weights.moments(aligned.archived)
    found = list(weights.likened(aligned.archived, aligned.query, reach))
    shifts = np.array([moved for moved, _ in found], np.int64)
    everywhere = np.stack([value for _, value in found])
    best = np.full(mean.shape, -1.0, np.float32)
    shift = np.zeros((*mean.shape, 2))
    for moved, value in found:
        better = value > best + LEAST_BETTER
        best = np.where(better, value, best)
        shift[better] = moved
    query_mean, query_spread = weights.moments(aligned.query)
    return Blocks(
        size=size,
        correlation=best,
        in_place=everywhere[0],
        shift=shift,
        everywhere=everywhere,
        shifts=shifts,
        visible=weights.share > CLEAR,
        textured=spread > TEXTURE,
        mean=mean,
        spread=spread,
        query_mean=query_mean,
        query_spread=query_spread,
    )


def followed(everywhere: Grid, shifts: NDArray[np.int64], good: Flags) -> NDArray[np.int64]:
    """Where the ``good`` blocks among each block and its eight neighbours agree best together.

    ``everywhere`` and ``shifts`` as :class:`Blocks` has them. The answer (rows, columns, 2) is in
    whole pixels, x and y; 0 where none is good or nothing is gained. A bent
    screen or a lens moves neighbours alike, and along a bar every displacement is as good as any
    other: alone, such a block says nothing, and one that a post crosses is not drawn along. A block
    that does not agree has no displacement of its own: laid where it happens to correlate best, a
    sticker is torn into pieces, and the picture around it too.
    """
    known = good.astype(np.float32)
    count = np.maximum(_around(known), 1)
    together = np.stack([_around(each * known) / count for each in everywhere])
    best = together.argmax(axis=0)
    gained = together.max(axis=0) - together[0] > LEAST_GAIN
    alone = np.take_along_axis(everywhere, best[None], axis=0)[0] - everywhere[0]
    gained &= ~good | (alone > -LEAST_GAIN)
    return np.where(gained[..., None], shifts[best], 0)


def _around(grid: Grid) -> Grid:
    """Sums over each block and its eight neighbours."""
    border = cv2.BORDER_CONSTANT
    summed = cv2.boxFilter(grid, -1, (3, 3), normalize=False, borderType=border)
    return np.asarray(summed, np.float32)


def likeness(aligned: Aligned) -> float:
    """Median correlation of the blocks that count, where they lie: which blur fits best?"""
    size = block_size(aligned)
    weights = Weights(aligned.clear, size)
    _, spread = weights.moments(aligned.archived)
    _, value = next(weights.likened(aligned.archived, aligned.query, reach=0))
    counts = (weights.share > CLEAR) & (spread > TEXTURE)
    return float(np.median(value[counts])) if counts.any() else -1.0


def block_size(aligned: Aligned) -> int:
    """Side of a block in this frame, in pixels."""
    return BLOCK if float(aligned.seen.sum()) >= FEW * BLOCK**2 else SMALL_BLOCK


def block_means(image: Floats, size: int) -> Grid:
    """Mean of every whole block."""
    height, width = (side // size for side in image.shape)
    cut = image[: height * size, : width * size]
    return np.asarray(cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA), np.float32)


def mean_products(one: Floats, other: Floats, size: int) -> Grid:
    """Mean of the product of both (h, w) in every block; the sides are whole blocks.

    Multiplied and added up in one go: two thirds of the time go into writing down the products.
    """
    width = one.shape[1]
    high, wide = one.shape[0] // size, width // size
    stripes = (each.reshape(high, size, width) for each in (one, other))
    rows = np.einsum("ijk,ijk->ik", *stripes)
    return np.asarray(rows.reshape(high, wide, size).sum(axis=2) / size**2, np.float32)


def _shifts(reach: int) -> list[tuple[int, int]]:
    """All displacements, the smallest first, so that ties keep the block where it is."""
    steps = range(-reach, reach + 1)
    every = [(dy, dx) for dy in steps for dx in steps]
    return sorted(every, key=lambda s: (s[0] ** 2 + s[1] ** 2, s))
