"""Lay the query's raster over the archived one, and compare them block by block.

Both pictures are brought to the coarser of their two resolutions (nothing is compared that one
of them cannot hold), the query is warped into the archived picture's frame, and every block of
24 pixels is compared by normalised correlation within +-2 pixels. Correlation does not mind
what a tone curve or a recompression does, and it minds where an edge lies. The displacements of
the blocks that agree correct the map before the final comparison.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.geometry import Matrix, apply, sane


Floats = NDArray[np.float32]
Grid = NDArray[np.float32]

BLOCK = 24
SMALL_BLOCK = 12
SMALL_FRAME = 200
"""Frames with a shorter long side (thumbnails, a picture small in a screenshot) are compared in
blocks of 12 pixels, or there would be too few of them."""

REACH = 2
COARSE_REACH = 4
LEAST_FRAME = 40
"""Long side in pixels below which two pictures cannot be told apart block by block."""

TEXTURE = 3.0
"""Standard deviation in grey values below which a block holds nothing to correlate."""

VISIBLE = 0.97
SOFTEN = 0.8
GUIDE = 0.6
"""Correlation from which on a block's displacement guides the map."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Both pictures in one frame (h, w) float32, and the map that brought them there.

    ``matrix`` takes archived pixels to query pixels (full size); ``seen`` (h, w) is 1 where
    the query holds this part of the archived picture; ``scale`` is frame pixels an archived
    pixel.
    """

    matrix: Matrix
    archived: Floats
    query: Floats
    seen: Floats
    scale: float
    block: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """What each block of the archived frame says; all arrays (rows, columns).

    ``correlation`` -1..1 at the best displacement; ``shift`` (rows, columns, 2) that
    displacement, x and y in frame pixels; ``visible`` the query holds the block;
    ``textured`` the archived block holds something to compare; ``plain`` the query's does not.
    """

    correlation: Grid
    shift: NDArray[np.float64]
    visible: NDArray[np.bool_]
    textured: NDArray[np.bool_]
    plain: NDArray[np.bool_]

    @property
    def compared(self) -> NDArray[np.bool_]:
        """The blocks that count: seen in the query, and with something to compare."""
        return self.visible & self.textured


@dataclass(frozen=True, slots=True)
class Frames:
    """The two grey rasters and the full sizes (width, height) of their pictures."""

    query: NDArray[np.uint8]
    query_size: tuple[int, int]
    archived: NDArray[np.uint8]
    archived_size: tuple[int, int]


def lay(frames: Frames, matrix: Matrix, shrink: float = 1.0) -> Aligned | None:
    """Warp the query into the archived frame; ``None`` where too small to compare.

    ``shrink`` makes the frame smaller still, for a first coarse look.
    """
    height, width = frames.archived.shape
    zoom = _zoom(frames, matrix)
    scale = min(1.0, zoom) * shrink
    size = (round(width * scale), round(height * scale))
    if max(size) < LEAST_FRAME or min(size) < 2 * SMALL_BLOCK:
        return None
    archived = cv2.resize(frames.archived, size, interpolation=cv2.INTER_AREA)
    source = _shrunk(frames.query, min(1.0, scale / zoom))
    to_frame = _scaling(frames.archived_size, size)
    to_source = _scaling(frames.query_size, (source.shape[1], source.shape[0]))
    mapping = _centred(to_source @ matrix @ np.linalg.inv(to_frame))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    query = cv2.warpPerspective(source, mapping, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.warpPerspective(np.ones(source.shape, np.float32), mapping, size, flags=flags)
    return Aligned(
        matrix=matrix,
        archived=_soft(archived),
        query=_soft(query),
        seen=np.asarray(seen, np.float32),
        scale=size[0] / frames.archived_size[0],
        block=BLOCK if max(size) >= SMALL_FRAME else SMALL_BLOCK,
    )


def compare(aligned: Aligned, reach: int = REACH) -> Blocks:
    """Best normalised correlation of every block within ``reach`` pixels."""
    a, mean_a, spread_a = _moments(aligned.archived, aligned.block)
    padded = cv2.copyMakeBorder(aligned.query, *[reach] * 4, borderType=cv2.BORDER_REPLICATE)
    best = np.full(mean_a.shape, -1.0, np.float32)
    shift = np.zeros((*mean_a.shape, 2))
    here = np.zeros_like(best)
    height, width = a.shape
    for dy, dx in _shifts(reach):
        moved = padded[reach + dy : reach + dy + height, reach + dx : reach + dx + width]
        q, mean_q, spread_q = _moments(moved, aligned.block)
        together = _block_means(a * q, aligned.block) - mean_a * mean_q
        value = together / np.maximum(spread_a * spread_q, 1.0)
        better = value > best + 1e-4
        best = np.where(better, value, best)
        shift[better] = (dx, dy)
        if dx == dy == 0:
            here = spread_q
    seen = _block_means(aligned.seen[:height, :width], aligned.block)
    return Blocks(best, shift, seen > VISIBLE, spread_a > TEXTURE, here < TEXTURE)


def refine(aligned: Aligned, blocks: Blocks) -> Matrix:
    """The map corrected by the displacements of the blocks that agree."""
    guide = blocks.compared & (blocks.correlation > GUIDE)
    rows, columns = np.nonzero(guide)
    if len(rows) < 4:
        return aligned.matrix
    centres = (np.column_stack([columns, rows]) + 0.5) * aligned.block
    shifted = centres + blocks.shift[guide]
    correction = _correction(centres, shifted)
    frame = np.diag([aligned.scale, aligned.scale, 1.0])
    refined = aligned.matrix @ np.linalg.inv(frame) @ correction @ frame
    return refined / refined[2, 2] if sane(refined / refined[2, 2]) else aligned.matrix


def _correction(centres: Matrix, shifted: Matrix) -> Matrix:
    """A small map that follows most displacements: shift, then affine, then perspective."""
    shift = np.median(shifted - centres, axis=0)
    correction = np.eye(3)
    correction[:2, 2] = shift
    near = np.linalg.norm(shifted - centres - shift, axis=1) < 3.0
    if near.sum() >= 12 and np.ptp(centres[near], axis=0).min() >= 3 * SMALL_BLOCK:
        fitted, inside = cv2.estimateAffine2D(
            centres[near], shifted[near], method=cv2.RANSAC, ransacReprojThreshold=1.5
        )
        if fitted is not None and inside.sum() >= 8:
            correction[:2] = fitted
    return correction


def _shifts(reach: int) -> list[tuple[int, int]]:
    """All displacements, the smallest first, so that ties keep the block where it is."""
    steps = range(-reach, reach + 1)
    every = [(dy, dx) for dy in steps for dx in steps]
    return sorted(every, key=lambda s: (s[0] ** 2 + s[1] ** 2, s))


def _moments(image: Floats, block: int) -> tuple[Floats, Grid, Grid]:
    """The image cut to whole blocks, and each block's mean and standard deviation."""
    height, width = (side // block * block for side in image.shape)
    cut = np.ascontiguousarray(image[:height, :width])
    mean = _block_means(cut, block)
    return cut, mean, np.sqrt(np.maximum(_block_means(cut * cut, block) - mean * mean, 0))


def _block_means(image: Floats, block: int) -> Grid:
    height, width = (side // block for side in image.shape)
    cut = image[: height * block, : width * block]
    return np.asarray(cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA), np.float32)


def _zoom(frames: Frames, matrix: Matrix) -> float:
    """Query raster pixels for one archived raster pixel, at the middle of the picture."""
    to_archived = frames.archived_size[0] / frames.archived.shape[1]
    to_query = frames.query.shape[1] / frames.query_size[0]
    middle = np.array(frames.archived_size) / 2
    corners = apply(matrix, middle + np.array([[0, 0], [1, 0], [0, 1]]))
    area = abs(np.linalg.det(corners[1:] - corners[0]))
    return float(np.sqrt(area)) * to_archived * to_query


def _shrunk(grey: NDArray[np.uint8], factor: float) -> NDArray[np.uint8]:
    if factor > 0.9:
        return grey
    size = [max(1, round(side * factor)) for side in grey.shape[::-1]]
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def _scaling(source: tuple[int, int], target: tuple[int, int]) -> Matrix:
    return np.diag([target[0] / source[0], target[1] / source[1], 1.0])


def _centred(matrix: Matrix) -> Matrix:
    """From coordinates in which a pixel's corner is whole to OpenCV's, where its centre is."""
    to_corner = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    return np.asarray(np.linalg.inv(to_corner) @ matrix @ to_corner)


def _soft(image: NDArray[np.uint8]) -> Floats:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), SOFTEN), np.float32)
