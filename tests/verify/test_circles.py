"""Discs over a picture are found by their outline, each of its own."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.circles import discs

HEIGHT, WIDTH = 240, 320
PLACES = ((112, 120), (148, 128))
RADIUS = 27


def residual(query: np.ndarray, expected: np.ndarray) -> Residual:
    values = cv2.GaussianBlur(query - expected, (0, 0), 1.0)
    seen = np.ones(query.shape, np.bool_)
    tone = np.arange(32, dtype=np.float64) * 8
    return Residual(expected, query, values, seen, seen, 1.0, 14.0, tone)


@pytest.fixture
def ground() -> np.ndarray:
    """Dark cloth, and below it paper as light as a sticker."""
    cloth = np.random.default_rng(4).uniform(30, 70, (HEIGHT, WIDTH))
    cloth[136:] = np.random.default_rng(5).uniform(196, 204, (HEIGHT - 136, WIDTH))
    return np.asarray(cv2.GaussianBlur(cloth, (0, 0), 1.0), np.float32)


def faces(ground: np.ndarray) -> np.ndarray:
    copy = ground.copy()
    for x, y in PLACES:
        cv2.circle(copy, (x, y), RADIUS, 205, -1, cv2.LINE_AA)
        cv2.circle(copy, (x, y), RADIUS, 180, 2, cv2.LINE_AA)
        cv2.ellipse(copy, (x, y + 3), (13, 10), 0, 20, 160, 40, 3, cv2.LINE_AA)
    return copy


def test_two_that_overlap_are_two(ground: np.ndarray) -> None:
    left = residual(faces(ground), ground)
    found = discs(left, left.above())
    assert sorted((round(c.x / 4), round(c.y / 4)) for c in found) == [(28, 30), (37, 32)]
    assert [c.radius for c in found] == pytest.approx([RADIUS, RADIUS], abs=2)


def test_no_disc_where_something_else_lies(ground: np.ndarray) -> None:
    copy = ground.copy()
    copy[80:130, 100:180] = cv2.rotate(ground, cv2.ROTATE_180)[80:130, 100:180] + 60
    left = residual(copy, ground)
    assert left.above().any()
    assert discs(left, left.above()) == ()
