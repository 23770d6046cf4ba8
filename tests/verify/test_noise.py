"""Blocks whose texture is below the noise of a copy cannot agree, and tell nothing against it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from provenance.verify.aligning.alignment import Laid
from provenance.verify.differing.differences import Differences
from provenance.verify.judging.judgement import _untouched
from provenance.verify.locating.location import Location

NOISE = 4.0


def laid(alike: float) -> Laid:
    """Twelve by ten blocks, a third of them of hardly any texture; so many resemble each other."""
    spread = np.full((10, 12), 30.0)
    spread[:, :4] = 5.0
    correlation = np.full(spread.shape, 0.7)
    correlation.ravel()[: round(alike * spread.size)] = 0.95
    blocks = SimpleNamespace(
        spread=spread, correlation=correlation, compared=np.ones(spread.shape, np.bool_), size=24
    )
    clear = np.ones((240, 288), np.float32)
    aligned = SimpleNamespace(clear=clear, seen=clear)
    return cast(Laid, SimpleNamespace(blocks=blocks, aligned=aligned, blur=(0.0, 0.0)))


@pytest.mark.parametrize(
    ("inliers", "alike", "counted"), [(120, 0.9, 80), (60, 0.9, 120), (120, 0.55, 120)]
)
def test_what_is_below_the_noise_counts_only_where_it_may_be_parallax(
    inliers: int, alike: float, counted: int
) -> None:
    both = laid(alike)
    every = both.blocks.compared
    found = Differences(every, every, every, noise=NOISE)
    located = cast(Location, SimpleNamespace(inliers=inliers))
    assert int(_untouched(located, both, found).sum()) == counted
