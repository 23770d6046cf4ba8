"""How much of each picture lies in the other, and when that is too little."""

from __future__ import annotations

import numpy as np
import pytest

from provenance.models import Keypoints, Raster
from provenance.verify import ArchivedView, QueryView
from provenance.verify.locating.location import Location
from provenance.verify.locating.overlap import covered, in_one_frame, overlapping, share_of_query

SIDE = 400


@pytest.fixture
def query() -> QueryView:
    nothing = _keypoints()
    return QueryView(SIDE, SIDE, nothing, nothing, Raster("query_v1", np.zeros((8, 8), np.uint8)))


@pytest.fixture
def picture() -> ArchivedView:
    return ArchivedView(SIDE, SIDE, _keypoints(), None)


def _keypoints() -> Keypoints:
    none = np.zeros(0, np.float32)
    points, descriptors = np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8)
    return Keypoints("none", points, none, none, descriptors)


def moved(scale: float, x: float, y: float) -> Location:
    return Location(
        np.array([[scale, 0, x], [0, scale, y], [0, 0, 1.0]]), mirrored=False, inliers=9, spread=0.5
    )


@pytest.mark.parametrize(
    ("location", "apart"),
    [
        (moved(1, 0, 0), False),
        (moved(0.3, 50, 60), False),  # all of it, small, somewhere in the query
        (moved(2.5, -300, -300), False),  # a crop to 16 %
        (moved(3.2, -300, -300), True),  # next to nothing of it
        (moved(1, 220, 0), True),  # the right of one is the left of the other
        (moved(1, 120, 0), False),
    ],
)
def test_when_two_pictures_only_overlap(
    location: Location, apart: bool, query: QueryView, picture: ArchivedView
) -> None:
    assert overlapping(location, query, picture) is apart


def test_shares(query: QueryView, picture: ArchivedView) -> None:
    half = moved(1, 200, 0)
    assert covered(half, query, picture) == pytest.approx(0.5)
    assert share_of_query(half, query, picture) == pytest.approx(0.5)
    assert in_one_frame(moved(0.95, 5, 5), query, picture)
    assert not in_one_frame(half, query, picture)


@pytest.mark.parametrize("off", [0.0, 1e-9, -1e-9, 1e-7, 1e-5])
def test_frames_that_nearly_coincide_have_all_in_common(
    off: float, query: QueryView, picture: ArchivedView
) -> None:
    nearly = moved(1 + off, off, -off)
    assert covered(nearly, query, picture) == pytest.approx(1, abs=1e-3)
    turned = Location(np.array([[0, -1, SIDE], [1, off, 0], [0, 0, 1.0]]), True, 9, 0.5)
    assert share_of_query(turned, query, picture) == pytest.approx(1, abs=1e-3)


def test_no_more_in_common_than_either_has(query: QueryView, picture: ArchivedView) -> None:
    """Of random maps: as counted point by point."""
    random = np.random.default_rng(8)
    rows, columns = np.mgrid[0:SIDE:4, 0:SIDE:4] + 2.0
    points = np.column_stack([columns.ravel(), rows.ravel()])
    for _ in range(50):
        angle, scale = random.uniform(0, 2 * np.pi), random.uniform(0.2, 3)
        turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        matrix = np.eye(3)
        matrix[:2, :2], matrix[:2, 2] = turn, random.uniform(-300, 500, 2)
        there = points @ turn.T + matrix[:2, 2]
        inside = ((there >= 0) & (there <= SIDE)).all(axis=1).mean()
        location = Location(matrix, False, 9, 0.5)
        assert covered(location, query, picture) == pytest.approx(inside, abs=0.02)
