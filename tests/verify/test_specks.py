"""Small clear differences: what is there in one picture only, and what only changed its tone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual
from provenance.verify.differing.specks import specks

HEIGHT, WIDTH = 120, 160


def left_of(expected: Floats, query: Floats) -> Residual:
    """Both in the same tones, noise of next to nothing."""
    values = np.asarray(cv2.GaussianBlur(query - expected, (0, 0), 1.0), np.float32)
    seen = np.ones(expected.shape, np.bool_)
    tone = np.arange(32) * 8.0 + 4
    return Residual(expected, query, values, seen, seen, 1.0, 14.0, tone)


def banner() -> Floats:
    """White above, black below."""
    image = np.full((HEIGHT, WIDTH), 240.0, np.float32)
    image[60:] = 20
    return image


def dot(ground: float, tone: float) -> Floats:
    image = np.full((HEIGHT, WIDTH), ground, np.float32)
    image[50:57, 70:77] = tone
    return image


def counted(expected: Floats, query: Floats) -> int:
    return specks(left_of(expected, query), None, np.ones((HEIGHT, WIDTH), np.float32))


@pytest.mark.parametrize("tone", [90.0, 160.0])
def test_a_leg_below_a_banner_is_one(tone: float) -> None:
    """Beside so strong an edge everything correlates."""
    walked = banner()
    walked[61:67, 80:86] = tone
    assert counted(banner(), walked) == 1
    assert counted(walked, banner()) == 1


def test_an_edge_that_was_sharpened_is_none() -> None:
    assert counted(dot(130, 90), dot(130, 45)) == 0
    assert counted(dot(130, 160), dot(130, 205)) == 0


def test_what_was_not_there_at_all_is_one() -> None:
    assert counted(np.full((HEIGHT, WIDTH), 130, np.float32), dot(130, 45)) == 1
