"""Where the archived picture may lie in the query: by keypoints, or as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from provenance.models import Keypoints
from provenance.verify.locating.geometry import Found, Matrix, apply, estimate
from provenance.verify.locating.matching import pair
from provenance.verify.views import ArchivedView, Hint, QueryView

Grey = NDArray[np.uint8]


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


FIRST_LOOK = 2
"""Every second archived keypoint is matched first, plain and mirrored: half the cost for the
candidates that are wrong, which are most."""

FIRST_INLIERS = 5
"""Of 56 hard copies none is lost by asking for five (or six) in the first look; a wrong candidate
costs a quarter less than with four. Deep crops need all the keypoints there are: the first
candidates are looked at in full all the same (10 and 11 inliers in two of 24 crops to 15 %, none
by half)."""

CLEAR_INLIERS = 12
"""... unless by half they have so many. With fewer, both readings of them are looked at in full:
two of 320 crops to 15 % had more inliers the wrong way round at the first look (6 against 5; in
full 6 against 15)."""


def by_keypoints(query: QueryView, picture: ArchivedView, hint: Hint) -> Location | None:
    """The better of the plain and the mirrored reading, or ``None`` where neither fits."""
    offered = [(hint.plain, False, query.keypoints), (hint.mirrored, True, query.mirrored)]
    readings = [(mirrored, keypoints) for wanted, mirrored, keypoints in offered if wanted]
    if len(readings) > 1 or not hint.thorough:
        some = every(picture.keypoints, FIRST_LOOK)
        first = [_inliers(_found(keypoints, some, picture)) for _, keypoints in readings]
        if max(first, default=0) >= (CLEAR_INLIERS if hint.thorough else FIRST_INLIERS):
            readings = [readings[int(np.argmax(first))]]
        elif not hint.thorough:
            return None
    full = [(_found(keypoints, picture.keypoints, picture), m) for m, keypoints in readings]
    found, mirrored = max(full, key=lambda each: _inliers(each[0]), default=(None, False))
    if found is None:
        return None
    matrix = flip(query.width) @ found.matrix if mirrored else found.matrix
    return Location(matrix, mirrored, found.inliers, _spread(found, picture))


def _found(query: Keypoints, archived: Keypoints, picture: ArchivedView) -> Found | None:
    return estimate(pair(query, archived), max(picture.width, picture.height))


def _inliers(found: Found | None) -> int:
    return 0 if found is None else found.inliers


def every(keypoints: Keypoints, step: int) -> Keypoints:
    """Every ``step``-th keypoint; they are stored spread over the picture."""
    return Keypoints(
        keypoints.kind,
        keypoints.points[::step],
        keypoints.sizes[::step],
        keypoints.angles[::step],
        keypoints.descriptors[::step],
    )


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


def shown(located: Location, query: QueryView, picture: ArchivedView) -> Grey:
    """The upright rectangle of the query raster around the archived picture."""
    grey = query.raster.grey
    placed = region(located, picture) * (grey.shape[1] / query.width)
    left, top = np.clip(placed.min(axis=0), 0, None).astype(int)
    right, bottom = placed.max(axis=0).astype(int)
    return grey[top:bottom, left:right]
