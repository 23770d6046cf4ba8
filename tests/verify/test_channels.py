"""Tones of a copy in which one colour was cut off before the others."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.aligning.channels import by_channel
from tests.compared import found

Rgb = NDArray[np.uint8]
HEIGHT, WIDTH = 180, 240


def painted(seed: int = 3) -> Rgb:
    """Smooth colours, the middle of it strongly red."""
    random = np.random.default_rng(seed)
    grid = random.uniform(40, 200, (6, 8, 3)).astype(np.float32)
    picture = cv2.resize(grid, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    picture[50:130, 70:170] *= np.float32((1.0, 0.25, 0.25))
    picture[50:130, 70:170, 0] += 70
    return np.clip(picture, 0, 255).astype(np.uint8)


def planes(rgb: Rgb) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Grey, Cb and Cr around 0."""
    red, green, blue = np.moveaxis(rgb.astype(np.float32), 2, 0)
    grey = 0.299 * red + 0.587 * green + 0.114 * blue
    return grey, (blue - grey) / 1.772, (red - grey) / 1.402


def brightened(rgb: Rgb) -> Rgb:
    return np.clip(rgb.astype(np.float32) * 1.5, 0, 255).astype(np.uint8)


def test_a_colour_cut_off_first_is_expected_as_it_is() -> None:
    photo = painted()
    grey, blue, red = planes(photo)
    query, _, _ = planes(brightened(photo))
    everywhere = np.ones(grey.shape, np.bool_)
    told = everywhere.copy()
    told[50:130, 70:170] = False
    toned = np.clip(1.5 * grey, 0, 255)
    known = by_channel(grey, (blue, red), query, told, everywhere, toned)
    assert known is not None
    assert np.abs(known.on(grey) - query).mean() < 0.25 * np.abs(toned - query).mean()


def test_where_one_curve_says_it_all_no_other_is_fitted() -> None:
    grey, blue, red = planes(painted())
    query = (0.8 * grey + 20).astype(np.float32)
    everywhere = np.ones(grey.shape, np.bool_)
    assert by_channel(grey, (blue, red), query, everywhere, everywhere, query) is None


def test_another_thing_of_the_same_colour_is_not_explained() -> None:
    photo = painted()
    grey, blue, red = planes(photo)
    changed = photo.copy()
    changed[50:130, 70:170] = photo[50:130, 70:170][::-1, ::-1]
    changed[60:100, 80:120] = (120, 20, 30)
    query, _, _ = planes(changed)
    everywhere = np.ones(grey.shape, np.bool_)
    told = everywhere.copy()
    told[50:130, 70:170] = False
    assert by_channel(grey, (blue, red), query, told, everywhere, grey) is None


@pytest.mark.parametrize("gain", [1.3, 1.5])
def test_a_brightened_red_dress_is_the_same_picture(
    gain: float,
    draw: Callable[..., Rgb],
    archive_view: Callable[..., ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    photo = draw(11)
    dress = photo[90:290, 140:330].astype(np.float32) * (1.0, 0.22, 0.22) + (90, 0, 0)
    photo[90:290, 140:330] = np.clip(dress, 0, 255).astype(np.uint8)
    copy = np.clip(photo.astype(np.float32) * gain, 0, 255).astype(np.uint8)
    proved = prove(query_view(copy), archive_view(photo))
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
    left = found(query_view(copy), archive_view(photo)).left
    assert left is not None
    assert left.channels is not None
