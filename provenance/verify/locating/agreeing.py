"""Corners of two pictures that agree under the map that was proved, for people to follow by eye."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.models import Keypoints, Polygon
from provenance.verify.locating.geometry import GROWTH, SIZE_TOLERANCE, Matrix, apply
from provenance.verify.locating.location import corners
from provenance.verify.locating.matching import Pairs, pair

Which = NDArray[np.int64]

ONE_PLACE = 0.01
"""Share of the archived picture's long side below which two corners are one place to the eye."""


def agreeing(
    query: Keypoints, archived: Keypoints, size: tuple[int, int], region: Polygon, most: int
) -> tuple[Matrix, Matrix]:
    """Positions (n, 2) in the query and in the archived picture, at most so many, spread out.

    ``size`` (w, h) is the archived picture's, ``region`` where its corners lie among ``query``.
    """
    pairs = pair(query, archived)
    near = pairs.only(_fitting(pairs, size, region))
    chosen = near.only(_spread(near.archived, ONE_PLACE * max(size), most))
    return chosen.query, chosen.archived


def _fitting(pairs: Pairs, size: tuple[int, int], region: Polygon) -> NDArray[np.bool_]:
    """The pairs that the map puts together, as closely as where the map is found."""
    placed = np.array(region, np.float32)
    whole = corners(*size).astype(np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(whole, placed), np.float64)
    scale = np.sqrt(cv2.contourArea(placed) / (size[0] * size[1]))
    miss = np.linalg.norm(apply(matrix, pairs.archived) - pairs.query, axis=1) / max(scale, 1e-6)
    bound = 0.6 * GROWTH[-1] * max(size) + SIZE_TOLERANCE * pairs.archived_size
    return np.asarray(miss < bound)


def _spread(points: Matrix, apart: float, most: int) -> Which:
    """Which points to take, each as far as can be from those taken before it."""
    if not len(points):
        return np.zeros(0, np.int64)
    taken = [0]
    distance = np.linalg.norm(points - points[0], axis=1)
    while len(taken) < most and distance.max() > apart:
        taken.append(int(distance.argmax()))
        distance = np.minimum(distance, np.linalg.norm(points - points[taken[-1]], axis=1))
    return np.array(taken, np.int64)
