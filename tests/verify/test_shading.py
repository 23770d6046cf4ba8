"""A vignette is the copy's light; a cloud of smoke is not."""

from __future__ import annotations

import numpy as np
import pytest

from provenance.verify.aligning.shading import shading

HEIGHT, WIDTH, BLOCK = 192, 288, 16


@pytest.fixture
def picture() -> np.ndarray:
    """Many tones, in patches as photographs have them."""
    random = np.random.default_rng(4)
    coarse = random.uniform(40, 230, (HEIGHT // 8, WIDTH // 8)).astype(np.float32)
    return np.kron(coarse, np.ones((8, 8), np.float32))


def grid() -> tuple[np.ndarray, np.ndarray]:
    y, x = np.meshgrid(np.linspace(-1, 1, HEIGHT), np.linspace(-1, 1, WIDTH), indexing="ij")
    return y, x


def middle() -> np.ndarray:
    """What agrees at first: the middle, where a vignette changes little."""
    y, x = grid()
    return np.asarray((np.abs(y) < 0.7) & (np.abs(x) < 0.7))


@pytest.mark.parametrize("depth", [0.4, 0.7])
def test_a_vignette_is_followed_into_the_corners(picture: np.ndarray, depth: float) -> None:
    y, x = grid()
    query = (picture * (1 - depth * (x**2 + y**2) / 2)).astype(np.float32)
    light = shading(picture, query, middle(), BLOCK)
    assert light is not None
    assert float(np.abs(light.on(picture) - query).max()) < 6
    assert float(np.abs(light.off(query) - picture).mean()) < 3


def test_a_vignette_that_leaves_the_middle_as_it_was_is_followed(picture: np.ndarray) -> None:
    y, x = grid()
    dark = 0.4 * np.clip((np.hypot(x, y) - 0.45) / 0.95, 0, 1) ** 1.6
    query = (picture * (1 - dark)).astype(np.float32)
    light = shading(picture, query, middle(), BLOCK)
    assert light is not None
    # The corners are darker by up to 92 grey values.
    assert float(np.percentile(np.abs(light.on(picture) - query), 99)) < 10


def test_a_gradient_to_white_is_gain_and_offset(picture: np.ndarray) -> None:
    y, _ = grid()
    white = 0.6 * np.clip(y, 0, 1)
    query = (picture * (1 - white) + 255 * white).astype(np.float32)
    light = shading(picture, query, np.ones(picture.shape, np.bool_), BLOCK)
    assert light is not None
    assert float(np.abs(light.on(picture) - query).mean()) < 5


def test_even_light_needs_none(picture: np.ndarray) -> None:
    noisy = picture + np.random.default_rng(1).normal(0, 3, picture.shape).astype(np.float32)
    assert shading(picture, noisy, np.ones(picture.shape, np.bool_), BLOCK) is None


def test_smoke_keeps_its_outline(picture: np.ndarray) -> None:
    """What covers a tenth of the picture is not followed by a map of the whole."""
    y, x = grid()
    smoke = np.exp(-(((x - 0.5) / 0.18) ** 2 + ((y + 0.4) / 0.22) ** 2))
    query = (picture * (1 - 0.8 * smoke) + 200 * 0.8 * smoke).astype(np.float32)
    same = smoke < 0.02
    light = shading(picture, query, same, BLOCK)
    lit = picture if light is None else light.on(picture)
    assert float(np.abs(lit - query)[smoke > 0.7].mean()) > 25


def test_too_little_in_common_tells_nothing(picture: np.ndarray) -> None:
    nearly_none = np.zeros(picture.shape, np.bool_)
    nearly_none[:10, :10] = True
    assert shading(picture, picture * 0.5, nearly_none, BLOCK) is None
