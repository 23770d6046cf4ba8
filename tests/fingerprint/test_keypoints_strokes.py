"""Strokes of one tone over a whole picture are filled; nothing else is touched."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.fingerprint.strokes import without_strokes


def landscape() -> NDArray[np.uint8]:
    grid = np.random.default_rng(2).uniform(30, 200, (20, 26)).astype(np.float32)
    return cv2.resize(grid, (480, 360), interpolation=cv2.INTER_CUBIC).clip(0, 255).astype(np.uint8)


def test_stripes_are_filled_with_what_surrounds_them() -> None:
    grey = landscape()
    rows, columns = np.mgrid[:360, :480]
    stripes = ((rows + columns) % 40) < 13
    copy = grey.copy()
    copy[stripes] = 240
    (filled,) = without_strokes(copy)
    before = np.abs(copy.astype(int) - grey)[stripes].mean()
    after = np.abs(filled.astype(int) - grey)[stripes].mean()
    assert after < before / 4
    inner = ~cv2.dilate(stripes.astype(np.uint8), np.ones((7, 7))).astype(bool)
    assert np.array_equal(filled[inner], grey[inner])


def test_pictures_without_strokes_are_left_alone() -> None:
    grey = landscape()
    banner = grey.copy()
    banner[:90] = 20
    page = np.full((360, 480), 250, np.uint8)
    for picture in (grey, banner, page, np.zeros((5, 3), np.uint8)):
        assert not list(without_strokes(picture))


def test_a_night_between_stripes_is_no_stroke_alone() -> None:
    """In between the stripes the night is thin and of one tone as well: both are tried."""
    grey = (landscape() // 12).astype(np.uint8)
    grey[100:140, 200:260] = landscape()[100:140, 200:260]
    rows, columns = np.mgrid[:360, :480]
    stripes = ((rows + columns) % 40) < 13
    copy = grey.copy()
    copy[stripes] = 240
    off = [np.abs(each.astype(int) - grey)[stripes].mean() for each in without_strokes(copy)]
    assert len(off) == 2
    assert min(off) < 10 < max(off)
