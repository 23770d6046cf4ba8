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

from provenance.verify.frames import Aligned, Floats

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
    columns, 2) that displacement, x and y in frame pixels; ``visible`` the query holds the block;
    ``textured`` the archived block holds something to compare; ``mean``, ``spread`` grey
    value and standard deviation of the archived block, ``query_mean``, ``query_spread`` of
    the query's. ``size`` is the side of a block in frame pixels.
    """

    size: int
    correlation: Grid
    in_place: Grid
    shift: NDArray[np.float64]
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
            together = block_means(weighted * moved, self._size) / self._least - mean * query_mean
            yield (dx, dy), np.asarray(together / np.maximum(spread * query_spread, 1.0))

    def _moments(self, image: Floats, square: Floats) -> tuple[Grid, Grid]:
        mean = self._means(image)
        return mean, np.sqrt(np.maximum(self._means(square) - mean * mean, 0))

    def _means(self, image: Floats) -> Grid:
        return np.asarray(block_means(image * self._clear, self._size) / self._least)

    def _cut(self, image: Floats) -> Floats:
        height, width = (side // self._size * self._size for side in image.shape)
        return np.ascontiguousarray(image[:height, :width])


def compare(aligned: Aligned, reach: int = REACH) -> Blocks:
    """Best normalised correlation of every block within ``reach`` pixels."""
    size = block_size(aligned)
    weights = Weights(aligned.clear, size)
    mean, spread = weights.moments(aligned.archived)
    best = np.full(mean.shape, -1.0, np.float32)
    in_place = best
    shift = np.zeros((*mean.shape, 2))
    for moved, value in weights.likened(aligned.archived, aligned.query, reach):
        if moved == (0, 0):
            in_place = value
        better = value > best + 1e-4
        best = np.where(better, value, best)
        shift[better] = moved
    query_mean, query_spread = weights.moments(aligned.query)
    return Blocks(
        size=size,
        correlation=best,
        in_place=in_place,
        shift=shift,
        visible=weights.share > CLEAR,
        textured=spread > TEXTURE,
        mean=mean,
        spread=spread,
        query_mean=query_mean,
        query_spread=query_spread,
    )


def followed(shift: NDArray[np.float64], good: Flags) -> NDArray[np.int64]:
    """The median displacement of the ``good`` blocks among each block and its eight neighbours.

    (rows, columns, 2), whole pixels, cut towards 0; 0 where none is good.
    A bent screen or a lens moves neighbours alike. A block that does not agree has no
    displacement of its own: laid where it happens to correlate best, a sticker is torn into
    pieces, and the picture around it too.
    """
    rows, columns = good.shape
    known = np.where(good[..., None], shift, np.nan)
    padded = np.pad(known, ((1, 1), (1, 1), (0, 0)), constant_values=np.nan)
    around = [padded[y : y + rows, x : x + columns] for y in range(3) for x in range(3)]
    ordered = np.sort(np.stack(around), axis=0)
    last = np.maximum(np.isfinite(ordered).sum(axis=0) - 1, 0)
    middle = np.stack([last // 2, (last + 1) // 2])
    median = np.take_along_axis(ordered, middle, axis=0).mean(axis=0)
    return np.asarray(np.trunc(np.nan_to_num(median)), np.int64)


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


def _shifts(reach: int) -> list[tuple[int, int]]:
    """All displacements, the smallest first, so that ties keep the block where it is."""
    steps = range(-reach, reach + 1)
    every = [(dy, dx) for dy in steps for dx in steps]
    return sorted(every, key=lambda s: (s[0] ** 2 + s[1] ** 2, s))
