"""Where the archived picture may lie in the query: by keypoints, or as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from provenance.models import Keypoints
from provenance.verify.geometry import Found, Matrix, apply, estimate
from provenance.verify.matching import pair
from provenance.verify.views import ArchivedView, QueryView


@dataclass(frozen=True, slots=True)
class Location:
    """A map from archived to query pixels, upright, and what speaks for it.

    ``inliers`` counts keypoint pairs (0: assumed, not found); ``spread`` is the share of the
    visible part of the archived picture that they span.
    """

    matrix: Matrix
    mirrored: bool
    inliers: int
    spread: float

    def at(self, matrix: Matrix) -> Location:
        """The same evidence, with a more exact map."""
        return replace(self, matrix=matrix)


def by_keypoints(query: QueryView, picture: ArchivedView) -> Location | None:
    """The better of the plain and the mirrored reading, or ``None`` where neither fits."""
    plain = _locate(query, query.keypoints, picture, mirrored=False)
    mirrored = _locate(query, query.mirrored, picture, mirrored=True)
    found = [each for each in (plain, mirrored) if each is not None]
    return max(found, key=lambda each: each.inliers, default=None)


def _locate(
    query: QueryView, keypoints: Keypoints, picture: ArchivedView, *, mirrored: bool
) -> Location | None:
    found = estimate(pair(keypoints, picture.keypoints), max(picture.width, picture.height))
    if found is None:
        return None
    matrix = flip(query.width) @ found.matrix if mirrored else found.matrix
    return Location(matrix, mirrored, found.inliers, _spread(found, picture))


def _spread(found: Found, picture: ArchivedView) -> float:
    """Bounding box of the agreeing pairs, as a share of the archived picture."""
    box = np.ptp(found.archived, axis=0)
    return float(box[0] * box[1] / (picture.width * picture.height))


def flip(width: float) -> Matrix:
    """The map of a picture of this width to its mirror image."""
    return np.array([[-1.0, 0, width], [0, 1, 0], [0, 0, 1]])


def corners(width: float, height: float) -> Matrix:
    """Top left, top right, bottom right, bottom left."""
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)


def region(location: Location, picture: ArchivedView) -> Matrix:
    """Where the archived picture's corners lie in the query."""
    return apply(location.matrix, corners(picture.width, picture.height))
