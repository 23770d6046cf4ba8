from __future__ import annotations

import numpy as np
import pytest

from benchmarks.lookalikes import CLASSES, pairs

SOME = 2


@pytest.fixture(scope="module")
def photos():
    """Textures that stand in for photographs: coarse colours under fine grain."""
    random = np.random.default_rng(3)
    coarse = [random.integers(0, 200, (8, 12, 3)) for _ in range(6)]
    grain = random.integers(0, 55, (320, 480, 3))
    return [(np.kron(each, np.ones((40, 40, 1), int)) + grain).astype(np.uint8) for each in coarse]


@pytest.mark.parametrize("name", list(CLASSES))
def test_a_pair_is_two_different_colour_pictures(name, photos):
    for pair in pairs(name, SOME, 1, photos):
        for rgb in (pair.query, pair.archived):
            assert rgb.dtype == np.uint8
            assert rgb.ndim == 3
            assert rgb.shape[2] == 3
            assert 200 <= min(rgb.shape[:2])
            assert max(rgb.shape[:2]) <= 1400
        if pair.query.shape == pair.archived.shape:
            assert not np.array_equal(pair.query, pair.archived)
        assert pair.variant


@pytest.mark.parametrize("name", ["text cards", "night flashes", "frames of one burst"])
def test_the_same_seed_gives_the_same_pairs(name, photos):
    once, again = (list(pairs(name, SOME, 5, photos)) for _ in range(2))
    for one, other in zip(once, again, strict=True):
        assert one.variant == other.variant
        assert np.array_equal(one.query, other.query)
        assert np.array_equal(one.archived, other.archived)


def test_another_seed_gives_other_pairs(photos):
    (one,), (other,) = (list(pairs("text cards", 1, seed, photos)) for seed in (1, 2))
    assert one.query.shape != other.query.shape or not np.array_equal(one.query, other.query)
