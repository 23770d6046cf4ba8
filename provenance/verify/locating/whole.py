"""The query laid over an archived picture as a whole, for pictures with too few corners."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.locating.geometry import Matrix
from provenance.verify.locating.location import Location, corners
from provenance.verify.views import ArchivedView, QueryView

POSTAGE = 32
"""Side in pixels of the squares that are compared from afar."""

ALIKE_FROM_AFAR = 0.8
"""Correlation of the two squares below which no pixels are compared. Copies with a tone curve
stay above 0.9; strangers of the same archive reach 0.8 in one pair of some hundred."""

LEAST_CONTENT = 2
BORDER = 6.0
"""Standard deviation in grey values up to which a row or column at the edge is a border."""

Grey = NDArray[np.uint8]


def as_a_whole(query: QueryView, picture: ArchivedView) -> Location | None:
    """The best of the eight ways to turn and mirror, with the query's plain borders or without.

    ``None`` where none of them looks alike even from afar. Borders are tried both ways: the
    archived picture may have plain ones of its own.
    """
    if picture.raster is None:
        return None
    height, width = query.raster.grey.shape
    target = _postage(picture.raster.grey)
    boxes = dict.fromkeys([(0, 0, width, height), content(query.raster.grey)])
    tried = [(*_best_way(query.raster.grey, box, target), box) for box in boxes]
    alike, (quarters, mirrored), box = max(tried, key=lambda each: each[0])
    if alike < ALIKE_FROM_AFAR:
        return None
    pixels = np.array(box) * (query.width / width)
    return Location(_map(pixels, picture, quarters, mirrored), mirrored, 0, 1.0)


def _best_way(
    grey: Grey, box: tuple[int, int, int, int], target: NDArray[np.float32]
) -> tuple[float, tuple[int, bool]]:
    """How alike the box and the target are at best, and how the target lies in it."""
    left, top, right, bottom = box
    small = _postage(grey[top:bottom, left:right])
    ways = [(quarters, mirrored) for mirrored in (False, True) for quarters in range(4)]
    alike = [float((_turned(target, *way) * small).mean()) for way in ways]
    best = int(np.argmax(alike))
    return alike[best], ways[best]


def content(grey: Grey) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is left when plain borders are cut off."""
    columns = np.flatnonzero(grey.std(axis=0) > BORDER)
    rows = np.flatnonzero(grey.std(axis=1) > BORDER)
    if len(columns) < LEAST_CONTENT or len(rows) < LEAST_CONTENT:
        return 0, 0, grey.shape[1], grey.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _postage(grey: Grey) -> NDArray[np.float32]:
    """A small square of mean 0 and standard deviation 1."""
    small = cv2.resize(grey, (POSTAGE, POSTAGE), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray((small - small.mean()) / max(float(small.std()), 1.0))


def _turned(picture: NDArray[np.float32], quarters: int, mirrored: bool) -> NDArray[np.float32]:
    """Mirrored left for right first, then turned clockwise."""
    return np.rot90(picture[:, ::-1] if mirrored else picture, -quarters)


def _map(box: NDArray[np.float64], picture: ArchivedView, quarters: int, mirrored: bool) -> Matrix:
    """Archived pixels to query pixels, the whole picture onto the box."""
    left, top, right, bottom = box
    target = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    # Turned clockwise once, the top left corner lies where the top right one was.
    target = np.roll(target, -quarters, axis=0)
    source = corners(picture.width, picture.height)
    if mirrored:
        source = source[[1, 0, 3, 2]]
    step = cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32))
    return np.asarray(step, np.float64)
