"""Straight sides are those of a thing, not where a query ends."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.sides import sided
from tests.verify.test_framed import BOUND, ground

END = 330


@pytest.mark.parametrize(("ends", "straight"), [(True, False), (False, True)])
def test_where_a_query_ends_is_no_side_of_an_inset(ends: bool, straight: bool) -> None:
    """A ruin, ragged on top and to the left, reaches the edge of what is seen."""
    random = np.random.default_rng(1)
    expected = ground()
    ruin = np.zeros(expected.shape, np.bool_)
    for row, ragged in enumerate(random.integers(0, 10, 120), start=120):
        ruin[row, 230 + ragged : END] = True
    for column, ragged in enumerate(random.integers(0, 10, END - 230), start=230):
        ruin[: 120 + ragged, column] = False
    query = expected - 50 * ruin
    query[:, END:] = expected[:, END:] + 60
    seen = np.ones(expected.shape, np.bool_)
    seen[:, END:] = not ends
    values = np.asarray(cv2.GaussianBlur(query - expected, (0, 0), 1.0), np.float32)
    tone = np.arange(32, dtype=np.float64) * 8
    left = Residual(expected, query.astype(np.float32), values, seen, seen, 1.0, BOUND, tone)
    assert sided(left, [ruin]) is straight
