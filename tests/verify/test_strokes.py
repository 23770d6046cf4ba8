"""Strokes over a whole copy are known up to the edge of the frame, and only strokes."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from provenance.verify.aligning.strokes import strokes

HEIGHT, WIDTH, RIM = 90, 120, 2


@pytest.fixture
def archived() -> np.ndarray:
    """Many tones, none of them the stripes'."""
    return np.random.default_rng(3).uniform(0, 200, (HEIGHT, WIDTH)).astype(np.float32)


@pytest.fixture
def seen() -> np.ndarray:
    """All but the rim of the frame."""
    inside = np.zeros((HEIGHT, WIDTH), np.float32)
    inside[RIM:-RIM, RIM:-RIM] = 1
    return inside


def striped(archived: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """A copy under slanted stripes, and where they lie."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    where = (rows + columns) % 24 < width
    return np.where(where, 240, archived).astype(np.float32), where


def test_up_to_the_very_edge(archived: np.ndarray, seen: np.ndarray) -> None:
    query, where = striped(archived, 8)
    mask = strokes(archived, query, seen)
    assert mask is not None
    assert mask[where].all()  # softened, what the rim kept would reach inwards
    assert mask[0].any()
    assert mask[~where].mean() < 0.3


def test_none_where_nothing_was_drawn_or_the_picture_is_of_that_tone(
    archived: np.ndarray, seen: np.ndarray
) -> None:
    assert strokes(archived, archived, seen) is None
    query, where = striped(archived, 8)
    assert strokes(np.where(where, 238, archived).astype(np.float32), query, seen) is None


def test_what_is_wide_is_a_bar(archived: np.ndarray, seen: np.ndarray) -> None:
    query = archived.copy()
    query[:30] = 240
    assert strokes(archived, query, seen) is None


def test_of_stripes_that_are_noisy_themselves(draw: Callable[..., np.ndarray]) -> None:
    """What JPEG leaves of a stripe in a small picture is often not of the very tone."""
    picture = draw(11, 300, 225)
    rows, columns = np.mgrid[:225, :300]
    where = (rows + columns) % 25 < 8
    copy = np.where(where[..., None], 240, picture).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", copy, [cv2.IMWRITE_JPEG_QUALITY, 75])
    saved = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    before, after = (
        cv2.cvtColor(each, cv2.COLOR_BGR2GRAY).astype(np.float32) for each in (picture, saved)
    )
    assert (np.abs(after[where] - 240) < 4).mean() < 0.6
    mask = strokes(before, after, np.ones_like(before))
    assert mask is not None
    assert mask[where].mean() > 0.9


def faces(picture: np.ndarray, places: tuple[tuple[int, int], ...], size: int) -> np.ndarray:
    """Round, of one tone, with eyes and a mouth: thin between them."""
    copy = picture.copy()
    for x, y in places:
        cv2.circle(copy, (x, y), size, 203, -1, cv2.LINE_AA)
        for side in (-1, 1):
            cv2.circle(copy, (x + side * size // 3, y - size // 4), size // 8, 30, -1, cv2.LINE_AA)
        mouth = (size // 2, size // 3)
        cv2.ellipse(copy, (x, y + size // 8), mouth, 0, 0, 180, 30, size // 8, cv2.LINE_AA)
    return copy


def test_three_faces_are_no_strokes(draw: Callable[..., np.ndarray]) -> None:
    """Not even where thin things of their tone lie all over both pictures."""
    grey = cv2.cvtColor(draw(11, 300, 300), cv2.COLOR_RGB2GRAY).astype(np.float32)
    rows, columns = np.mgrid[:300, :300]
    picture = np.where((rows + columns) % 40 < 6, 203, 0.7 * grey).astype(np.float32)
    copy = faces(picture, ((60, 60), (150, 170), (240, 90)), 36)
    assert strokes(picture, copy, np.ones_like(picture)) is None


def test_burnt_out_light_is_no_stroke(seen: np.ndarray) -> None:
    """A rug, brightened: all that was as light is white, not what lies in strokes only."""
    rough = np.random.default_rng(8).normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32)
    soft = cv2.GaussianBlur(rough, (0, 0), 1.2)
    rug = np.clip(130 + 45 * soft / soft.std(), 0, 255).astype(np.float32)
    assert strokes(rug, np.minimum(rug * 1.8, 255), seen) is None
    assert strokes(rug, striped(rug, 8)[0], seen) is not None
