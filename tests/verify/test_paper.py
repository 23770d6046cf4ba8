"""What is mostly of one tone: a page, where nothing may differ, or one thing before the sky."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from provenance.verify.aligning.frames import Aligned
from provenance.verify.differing.paper import mostly_page

HEIGHT, WIDTH = 256, 384


def aligned(picture: np.ndarray) -> Aligned:
    """The same picture on both sides."""
    grey = cv2.GaussianBlur(picture.astype(np.float32), (0, 0), 0.8)
    whole = np.ones_like(grey)
    return Aligned(np.eye(3), grey, grey, whole, whole, 1.0)


def sky() -> np.ndarray:
    """Brighter towards the horizon by a few grey values."""
    down = np.linspace(196, 206, HEIGHT)[:, None]
    return np.repeat(down, WIDTH, axis=1).astype(np.uint8)


def aeroplane() -> np.ndarray:
    image = sky()
    cv2.ellipse(image, (190, 120), (90, 11), -8, 0, 360, 90, -1, cv2.LINE_AA)
    wing = np.array([(180, 120), (150, 175), (168, 175), (215, 118)], np.int32)
    return np.asarray(cv2.fillPoly(image, [wing], 70, cv2.LINE_AA))


def card() -> np.ndarray:
    image = np.full((HEIGHT, WIDTH), 250, np.uint8)
    for line, words in enumerate(("WE WILL NOT", "FORGET WHO", "WAS THERE", "IN MARCH")):
        place = (30, 60 + 50 * line)
        cv2.putText(image, words, place, cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3, cv2.LINE_AA)
    return image


def short_card() -> np.ndarray:
    """Three letters, none of which is most of the ink."""
    image = np.full((HEIGHT, WIDTH), 250, np.uint8)
    font = cv2.FONT_HERSHEY_SIMPLEX
    return np.asarray(cv2.putText(image, "NOW", (60, 170), font, 4, 20, 5, cv2.LINE_AA))


def framed(image: np.ndarray) -> np.ndarray:
    """Bars at two edges."""
    image = image.copy()
    image[:, :18] = image[:, -18:] = 30
    return image


@pytest.mark.parametrize("picture", [card, short_card])
def test_a_card_is_a_page(picture: object) -> None:
    assert callable(picture)
    assert mostly_page(aligned(picture()))


def test_an_aeroplane_in_the_sky_is_none() -> None:
    assert not mostly_page(aligned(aeroplane()))
    assert not mostly_page(aligned(framed(aeroplane())))


def test_a_card_between_bars_is_still_one() -> None:
    assert mostly_page(aligned(framed(card())))


def head() -> np.ndarray:
    """Dark before the sky, and cut off by the lower edge: nothing lies on the ground alone."""
    image = sky()
    cv2.ellipse(image, (210, 150), (70, 90), 0, 0, 360, 60, -1, cv2.LINE_AA)
    cv2.rectangle(image, (150, 190), (290, HEIGHT), 66, -1)
    return image


def firs() -> np.ndarray:
    """Dark before an evening sky, all of them from the lower edge."""
    image = sky()
    cv2.rectangle(image, (0, 222), (WIDTH, HEIGHT), 40, -1)
    for left, high in ((20, 90), (75, 120), (150, 70), (200, 130), (265, 60), (320, 110)):
        tip = np.array([(left, 222), (left + 19, 222 - high), (left + 38, 222)], np.int32)
        cv2.fillPoly(image, [tip], 44, cv2.LINE_AA)
    return image


def scissors(*, grain: float) -> np.ndarray:
    """On a table, cut off by both edges; without grain the table is a page."""
    image = np.full((HEIGHT, WIDTH), 225, np.float32)
    cv2.rectangle(image, (172, 0), (212, 150), 150, -1)
    cv2.ellipse(image, (160, 210), (40, 62), 0, 0, 360, 140, 24, cv2.LINE_AA)
    cv2.ellipse(image, (232, 210), (40, 62), 0, 0, 360, 140, 24, cv2.LINE_AA)
    image += np.random.default_rng(4).normal(0, grain, image.shape)
    return np.clip(image, 0, 255).astype(np.uint8)


def with_birds(image: np.ndarray, count: int) -> np.ndarray:
    random = np.random.default_rng(2)
    for x, y in random.uniform((10, 5), (WIDTH - 10, 60), (count, 2)).astype(int):
        cv2.ellipse(image, (int(x), int(y)), (3, 2), 0, 0, 360, 80, -1)
    return image


def test_a_head_before_the_sky_is_none() -> None:
    assert not mostly_page(aligned(head()))


@pytest.mark.parametrize(("grain", "page"), [(0.0, True), (3.0, False)])
def test_a_thing_on_a_photographed_ground_is_none(grain: float, page: bool) -> None:
    assert mostly_page(aligned(scissors(grain=grain))) is page


def test_firs_before_the_sky_are_none() -> None:
    assert not mostly_page(aligned(firs()))


def test_an_aeroplane_among_birds_is_none() -> None:
    assert not mostly_page(aligned(with_birds(aeroplane(), 18)))


def test_a_card_with_one_large_letter_is_one() -> None:
    image = card()
    cv2.putText(image, "S", (250, 200), cv2.FONT_HERSHEY_SIMPLEX, 5, 20, 9, cv2.LINE_AA)
    assert mostly_page(aligned(image))


@pytest.mark.parametrize("tone", [62.0, 138.0])
def test_a_dim_ground_with_grain_is_no_paper(tone: float) -> None:
    """A twig before a meadow far out of focus, or a grey sky: one tone, many pieces, and grain."""
    random = np.random.default_rng(8)
    meadow = np.full((HEIGHT, WIDTH), tone) + random.normal(0, 2.2, (HEIGHT, WIDTH))
    image = np.clip(meadow, 0, 255).astype(np.uint8)
    for line in range(24):
        start = (20 + 15 * line, 40 + 7 * (line % 5))
        end = (start[0] + 9, start[1] + 160 - 3 * line)
        cv2.line(image, start, end, 20 + 8 * (line % 4), 3, cv2.LINE_AA)
    assert not mostly_page(aligned(image))
    paper = np.clip(image.astype(np.int16) + 212 - round(tone), 0, 255).astype(np.uint8)
    assert mostly_page(aligned(paper))


def receipt(words: int) -> np.ndarray:
    """So many words, and below them bars that are as solid as a photograph."""
    image = np.full((384, 212), 250, np.uint8)
    for number in range(words):
        row, column = divmod(number, 3)
        place = (14 + 66 * column, 30 + 20 * row)
        cv2.putText(image, "two", place, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 40, 1, cv2.LINE_AA)
    bars = np.repeat(np.random.default_rng(3).integers(0, 2, 60), 3)[None, :180] * 90 + 20
    image[310:360, 16:196] = bars
    return image


@pytest.mark.parametrize(("words", "page"), [(39, True), (9, False)])
def test_a_receipt_with_bars_is_a_page(words: int, page: bool) -> None:
    """With few words on it, it may be a photograph with a line below."""
    assert mostly_page(aligned(receipt(words))) is page


@pytest.mark.parametrize(("tone", "page"), [(196, True), (96, False)])
def test_a_ground_that_is_printed_all_over_is_light(tone: int, page: bool) -> None:
    """The ground of an identity card is as uneven as a meadow, and lighter."""
    fine = np.random.default_rng(7).normal(0, 3.4, (HEIGHT, WIDTH))
    image = np.clip(tone + fine, 0, 255).astype(np.uint8)
    for number in range(60):
        row, column = divmod(number, 6)
        place = (12 + 60 * column, 26 + 24 * row)
        cv2.putText(image, "two", place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 20, 2, cv2.LINE_AA)
    assert mostly_page(aligned(image)) is page
