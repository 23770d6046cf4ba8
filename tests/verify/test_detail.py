"""What is too flat, too faded or too dark to be compared, and what is not."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.verify import QueryView, too_little_detail

Rgb = NDArray[np.uint8]
View = Callable[[Rgb], QueryView]


def grain(mean: float, spread: float) -> Rgb:
    noise = np.random.default_rng(3).normal(mean, spread, (300, 400, 3))
    return np.clip(noise, 0, 255).astype(np.uint8)


def dot() -> Rgb:
    picture = np.full((300, 400, 3), 200, np.uint8)
    cv2.circle(picture, (200, 150), 21, (20, 20, 20), -1)
    return picture


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (np.zeros((300, 400, 3), np.uint8), "nearly_black"),
        (grain(10, 3), "nearly_black"),
        (np.full((300, 400, 3), 200, np.uint8), "nearly_flat"),
        (grain(120, 2), "nearly_flat"),
        (dot(), "too_little_detail"),
    ],
)
def test_the_reason_is_what_a_person_sees(picture: Rgb, reason: str, query_view: View) -> None:
    assert too_little_detail(query_view(picture)) == reason


def test_a_photograph_can_be_compared_small_and_dark(photo: Rgb, query_view: View) -> None:
    small = cv2.resize(photo, (96, 72), interpolation=cv2.INTER_AREA)
    dark = (photo * 0.25).astype(np.uint8)
    for picture in (photo, small, dark):
        assert too_little_detail(query_view(picture)) is None


def test_noise_without_a_picture_is_no_detail(query_view: View) -> None:
    """It has corners in plenty, and none of them is there again in a copy."""
    view = query_view(grain(30, 3))
    assert len(view.keypoints) > 20
    assert too_little_detail(view) is not None
