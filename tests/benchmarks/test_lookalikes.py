from __future__ import annotations

import numpy as np
import pytest

from benchmarks.lookalikes import CLASSES, pairs

SOME = 2


@pytest.mark.parametrize("name", list(CLASSES))
def test_a_pair_is_two_different_colour_pictures(name, photos):
    for pair in pairs(name, 1, 1, photos):
        for rgb in (pair.query, pair.archived):
            assert rgb.dtype == np.uint8
            assert rgb.ndim == 3
            assert rgb.shape[2] == 3
            assert min(rgb.shape[:2]) >= 200
            assert max(rgb.shape[:2]) <= 1400
        if pair.query.shape == pair.archived.shape:
            assert not np.array_equal(pair.query, pair.archived)
        assert pair.variant


@pytest.mark.parametrize("name", ["text cards", "frames of one burst"])
def test_the_same_seed_gives_the_same_pairs(name, photos):
    once, again = (list(pairs(name, SOME, 5, photos)) for _ in range(2))
    for one, other in zip(once, again, strict=True):
        assert one.variant == other.variant
        assert np.array_equal(one.query, other.query)
        assert np.array_equal(one.archived, other.archived)


def test_another_seed_gives_other_pairs(photos):
    (one,), (other,) = (list(pairs("text cards", 1, seed, photos)) for seed in (1, 2))
    assert one.query.shape != other.query.shape or not np.array_equal(one.query, other.query)
