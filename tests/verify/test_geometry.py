"""The plainest map that explains the pairs: chance bends no copy; what is bent is found bent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.verify.locating.geometry import Matrix, apply, estimate
from provenance.verify.locating.matching import Pairs

SIDE = 400
"""Long side of the archived picture in pixels."""

CORNERS = np.array([[0, 0], [SIDE, 0], [SIDE, 300], [0, 300]], np.float64)
seeds = st.integers(0, 10_000)


def similarity(scale: float, degrees: float, x: float, y: float) -> Matrix:
    turn = np.radians(degrees)
    matrix = np.eye(3)
    matrix[:2, :2] = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    matrix[:2, 2] = x, y
    return matrix


def matched(
    random: np.random.Generator, matrix: Matrix, right: int, wrong: int, off: float
) -> Pairs:
    """Pairs of which so many follow the map, give or take ``off`` pixels, in one part of it."""
    archived = np.vstack(
        [random.uniform((40, 40), (240, 200), (right, 2)), anywhere(random, wrong)]
    )
    query = np.vstack(
        [
            apply(matrix, archived[:right]) + random.normal(0, off, (right, 2)),
            anywhere(random, wrong),
        ]
    )
    linear = matrix[:2, :2] / matrix[2, 2]
    scale = np.full(right, 0.5 * np.log(abs(np.linalg.det(linear))))
    turn = np.full(right, np.arctan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1]))
    return Pairs(
        archived=archived,
        query=query,
        log_scale=np.concatenate([scale, random.uniform(-1, 1, wrong)]),
        turn=np.concatenate([turn, random.uniform(-np.pi, np.pi, wrong)]),
        archived_size=np.full(right + wrong, 31.0),
        distance=np.arange(right + wrong),
    )


def anywhere(random: np.random.Generator, count: int) -> NDArray[np.float64]:
    return random.uniform((0, 0), (SIDE, 300), (count, 2))


def farthest(found: Matrix, true: Matrix) -> float:
    """Pixels by which a corner of the picture is off."""
    return float(np.linalg.norm(apply(found, CORNERS) - apply(true, CORNERS), axis=1).max())


@given(seeds, st.integers(12, 40), st.floats(0.6, 1.8), st.floats(-180, 180))
def test_a_copy_is_neither_stretched_nor_bent_by_chance(
    seed: int, right: int, scale: float, degrees: float
) -> None:
    """A few pairs in one part of it, a pixel off as keypoints are, and as many wrong ones."""
    random = np.random.default_rng(seed)
    true = similarity(scale, degrees, 300, 200)
    found = estimate(matched(random, true, right, right, 1.0), SIDE)
    assert found is not None
    linear = np.linalg.svd(found.matrix[:2, :2], compute_uv=False)
    assert tuple(found.matrix[2]) == (0, 0, 1)
    assert linear[0] == pytest.approx(linear[1], rel=1e-9)
    assert farthest(found.matrix, true) < 0.06 * SIDE * scale


@given(seeds)
def test_what_is_stretched_is_found_stretched(seed: int) -> None:
    true = np.diag([1.4, 1.0, 1.0])
    found = estimate(matched(np.random.default_rng(seed), true, 120, 60, 0.4), SIDE)
    assert found is not None
    assert farthest(found.matrix, true) < 0.03 * SIDE


@given(seeds)
def test_what_is_bent_is_found_bent(seed: int) -> None:
    """A picture photographed from aside."""
    true = np.array([[1.0, 0.08, 10], [0.05, 1.05, 20], [4e-4, 3e-4, 1.0]])
    found = estimate(matched(np.random.default_rng(seed), true, 140, 40, 0.3), SIDE)
    assert found is not None
    assert np.abs(found.matrix[2, :2]).max() > 1e-4
    assert farthest(found.matrix, true) < 0.03 * SIDE


@given(seeds, st.integers(0, 3))
def test_three_pairs_say_nothing(seed: int, right: int) -> None:
    pairs = matched(np.random.default_rng(seed), np.eye(3), right, 0, 0.1)
    assert estimate(pairs, SIDE) is None
