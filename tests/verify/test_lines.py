"""The line above a picture tells what the line below it is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.lettering import is_other_line
from tests.verify.test_framed import BOUND, ground

Mask = np.ndarray


def line(picture: np.ndarray, words: str, place: tuple[int, int], tone: float) -> Mask:
    """A picture with words in one tone."""
    font, canvas = cv2.FONT_HERSHEY_DUPLEX, picture.astype(np.uint8)
    written = cv2.putText(canvas, words, place, font, 0.9, tone, 3, cv2.LINE_AA)
    return np.asarray(written, np.float32)


@pytest.mark.parametrize(
    ("words", "left", "tone", "same"),
    [
        ("SMOKE OVER IT", 12, 235.0, True),
        ("SMOKE OVER IT", 60, 235.0, False),
        ("SMO", 12, 235.0, False),
        ("SMOKE OVER IT", 12, 15.0, False),
    ],
)
def test_two_lines_begin_at_one_margin(words: str, left: int, tone: float, same: bool) -> None:
    expected = np.floor(ground())
    query = line(expected, "BREAKING NEWS", (12, 220), 235.0)
    below = np.abs(query - expected) > BOUND
    query = line(query, words, (left, 40), tone)
    above = (np.abs(query - expected) > BOUND) & ~below
    values = np.asarray(cv2.GaussianBlur(query - expected, (0, 0), 1.0), np.float32)
    seen = np.ones(expected.shape, np.bool_)
    steps = np.arange(32, dtype=np.float64) * 8
    both = Residual(expected, query, values, seen, seen, 1.0, BOUND, steps)
    assert is_other_line(both, above, below) is same
