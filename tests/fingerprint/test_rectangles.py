"""Where a picture may hold other pictures: what is proposed, and what is not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.demo.drawing import draw
from provenance.fingerprint import keypoints
from provenance.fingerprint.insets import LONGEST, insets
from provenance.fingerprint.rectangles import MOST, rectangles
from provenance.models import Pixels

Rgb = NDArray[np.uint8]


@pytest.fixture(scope="module")
def photos() -> list[Rgb]:
    scenes = ("street", "harbour", "drone", "hills")
    return [draw(20 + number, scene, (480, 320)) for number, scene in enumerate(scenes)]


def proposed(rgb: Rgb) -> tuple[tuple[int, int, int, int], ...]:
    return rectangles(Pixels(np.ascontiguousarray(rgb), "PNG"))


def near(box: tuple[int, int, int, int], *sides: int) -> bool:
    return bool(np.abs(np.array(box) - sides).max() <= 4)


def page(width: int, height: int, tone: int = 245) -> Rgb:
    """Short dark strokes in rows on a light ground, as lines of text are."""
    canvas = np.full((height, width, 3), tone, np.uint8)
    for y in range(20, height - 20, 24):
        for x in range(20, width - 20, 9):
            canvas[y : y + 11, x : x + 3] = 255 - tone
    return canvas


@pytest.mark.parametrize("tone", [245, 20])
def test_a_photograph_on_a_page_is_proposed(photos: list[Rgb], tone: int) -> None:
    canvas = page(900, 1200, tone)
    canvas[400:720, 200:680] = photos[1]
    assert any(near(box, 200, 400, 680, 720) for box in proposed(canvas))


def test_text_alone_holds_nothing() -> None:
    assert proposed(page(900, 1200)) == ()
    assert proposed(np.full((300, 400, 3), 128, np.uint8)) == ()


def test_four_tiles_are_cut_at_their_seams(photos: list[Rgb]) -> None:
    for gutter in (0, 6):
        canvas = np.full((640 + gutter, 960 + gutter, 3), 255, np.uint8)
        for number, photo in enumerate(photos):
            top, left = number // 2 * (320 + gutter), number % 2 * (480 + gutter)
            canvas[top : top + 320, left : left + 480] = photo
        boxes = proposed(canvas)
        assert len(boxes) <= MOST
        for number in range(4):
            top, left = number // 2 * (320 + gutter), number % 2 * (480 + gutter)
            assert any(near(box, left, top, left + 480, top + 320) for box in boxes)


def test_two_without_a_gutter_are_cut(photos: list[Rgb]) -> None:
    boxes = proposed(np.hstack([photos[0], photos[2]]))
    assert any(near(box, 0, 0, 480, 320) for box in boxes)
    assert any(near(box, 480, 0, 960, 320) for box in boxes)


def test_a_plain_photograph_is_left_alone(photos: list[Rgb]) -> None:
    assert [proposed(photo) for photo in photos] == [()] * len(photos)


def test_a_thing_on_a_plain_ground_is_no_photograph() -> None:
    canvas = np.full((400, 400, 3), 255, np.uint8)
    cv2.circle(canvas, (200, 200), 120, (90, 60, 40), -1)
    cv2.circle(canvas, (170, 190), 40, (200, 60, 40), -1)
    assert proposed(canvas) == ()


def test_tiny_pictures_hold_nothing() -> None:
    for size in ((1, 1, 3), (3, 700, 3), (30, 30, 3)):
        assert proposed(np.zeros(size, np.uint8)) == ()


def test_an_inset_is_read_in_pixels_of_the_whole(photos: list[Rgb]) -> None:
    large = cv2.resize(photos[1], (1440, 960), interpolation=cv2.INTER_CUBIC)
    canvas = page(2000, 2400)
    canvas[800:1760, 300:1740] = large
    inset = insets(Pixels(canvas, "PNG"))[0]
    left, top, right, bottom = inset.box
    assert right - left > LONGEST
    assert (inset.keypoints.points >= (left, top)).all()
    assert (inset.keypoints.points <= (right, bottom)).all()
    assert (inset.mirrored.points >= (2000 - right, top)).all()
    assert (inset.mirrored.points <= (2000 - left, bottom)).all()
    assert len(inset.pdq) == 8
    assert inset.quality > 50


def test_small_insets_are_enlarged(photos: list[Rgb]) -> None:
    canvas = page(600, 800)
    canvas[300:380, 200:320] = cv2.resize(photos[1], (120, 80), interpolation=cv2.INTER_AREA)
    (inset,) = insets(Pixels(canvas, "PNG"))
    whole, _ = keypoints.compute_query(Pixels(canvas, "PNG"))
    left, top, right, bottom = inset.box
    inside = (whole.points >= (left, top)).all(axis=1) & (whole.points <= (right, bottom)).all(
        axis=1
    )
    assert len(inset.keypoints) > inside.sum()
