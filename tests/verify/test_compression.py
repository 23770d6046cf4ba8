"""What the pixels themselves say: how strongly compressed, and whether only enlarged."""

from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from provenance.verify.alterations.compression import estimated_quality, luma
from provenance.verify.alterations.enlarged import holds_more

Rgb = NDArray[np.uint8]


def jpeg(rgb: Rgb, quality: int) -> Rgb:
    target = io.BytesIO()
    Image.fromarray(rgb).save(target, "JPEG", quality=quality)
    return np.array(Image.open(io.BytesIO(target.getvalue())).convert("RGB"))


@pytest.mark.parametrize("quality", range(10, 65, 5))
def test_the_quality_is_read_from_the_pixels(photo: Rgb, quality: int) -> None:
    assert estimated_quality(luma(jpeg(photo, quality))) == pytest.approx(quality, abs=2)


def test_the_last_compression_that_was_strong_is_found(photo: Rgb) -> None:
    assert estimated_quality(luma(jpeg(jpeg(photo, 90), 25))) == pytest.approx(25, abs=2)


@pytest.mark.parametrize(("top", "left"), [(0, 0), (1, 0), (3, 5), (7, 7)])
def test_the_squares_are_found_wherever_the_copy_was_cut(photo: Rgb, top: int, left: int) -> None:
    cut = luma(jpeg(photo, 20))[top:, left:]
    assert estimated_quality(cut) == pytest.approx(20, abs=2)


def test_no_compression_no_quality(photo: Rgb) -> None:
    assert estimated_quality(luma(photo)) is None
    resized = cv2.resize(jpeg(photo, 20), (400, 300), interpolation=cv2.INTER_AREA)
    assert estimated_quality(luma(np.asarray(resized, np.uint8))) is None


@pytest.mark.parametrize("shape", [(0, 0), (0, 40), (1, 1), (7, 300), (8, 8), (40, 9)])
def test_tiny_and_flat_pictures_say_nothing(shape: tuple[int, int]) -> None:
    assert estimated_quality(np.zeros(shape, np.uint8)) is None


def test_of_a_large_picture_the_middle_is_looked_at() -> None:
    assert luma(np.zeros((1500, 3000, 3), np.uint8)).shape == (1024, 1024)
    assert luma(np.zeros((300, 2000, 3), np.uint8)).shape == (300, 1024)


@pytest.mark.parametrize("factor", [1.5, 2.0, 3.0])
def test_an_enlarged_picture_holds_no_more(draw: Callable[..., Rgb], factor: float) -> None:
    large = luma(draw(4, 900, 675))
    size = (round(900 / factor), round(675 / factor))
    small = cv2.resize(large, size, interpolation=cv2.INTER_AREA)
    enlarged = np.asarray(cv2.resize(small, (900, 675), interpolation=cv2.INTER_CUBIC), np.uint8)
    for axis in (0, 1):
        assert holds_more(large, factor, axis)
        assert not holds_more(enlarged, factor, axis)
