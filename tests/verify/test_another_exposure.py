"""Signs of another photograph of the same scene: noise, specks, pages with other words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Comparison, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.aligning.frames import Aligned, lay
from provenance.verify.aligning.frames import Frames as BothFrames
from provenance.verify.aligning.registration import registered
from provenance.verify.causes.exposure import two_exposures

Rgb = NDArray[np.uint8]
View = Callable[[Rgb], QueryView]
Keep = Callable[..., ArchivedView]


def aligned(archived: NDArray[np.floating], query: NDArray[np.floating]) -> Aligned:
    one, other = archived.astype(np.float32), query.astype(np.float32)
    seen = np.ones_like(one)
    return Aligned(np.eye(3), one, other, seen, seen, 1.0)


@pytest.fixture
def sky() -> NDArray[np.float64]:
    return np.linspace(40, 120, 240)[:, None] + np.zeros(320)


@pytest.mark.parametrize(("common", "two"), [(True, False), (False, True)])
def test_noise_in_common_means_one_exposure(
    sky: NDArray[np.float64], common: bool, two: bool
) -> None:
    random = np.random.default_rng(1)
    first, second = random.normal(0, 2, (2, *sky.shape))
    compression = random.normal(0, 0.8, sky.shape)
    query = sky + (first if common else second) + compression
    assert two_exposures(aligned(sky + first, query)) is two


def test_noise_of_the_copy_alone_says_nothing(sky: NDArray[np.float64]) -> None:
    random = np.random.default_rng(2)
    assert not two_exposures(aligned(sky, sky + random.normal(0, 6, sky.shape)))
    assert not two_exposures(aligned(sky + random.normal(0, 2, sky.shape), sky))


def card(words: list[str]) -> Rgb:
    page = np.full((420, 560, 3), (238, 236, 228), np.uint8)
    cv2.rectangle(page, (0, 0), (560, 60), (150, 30, 30), -1)
    for row, line in enumerate(words):
        place = (30, 120 + 55 * row)
        cv2.putText(page, line, place, cv2.FONT_HERSHEY_SIMPLEX, 1.1, (30, 30, 30), 3, cv2.LINE_AA)
    return page


WORDS = [
    "Twelve people hurt",
    "after the blast near",
    "the harbour gate,",
    "officials say",
    "14:20",
]


def test_a_card_saved_again_is_the_same(archive_view: Keep, query_view: View) -> None:
    coded = cv2.imencode(".jpg", card(WORDS), [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    again = np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)
    smaller = np.asarray(cv2.resize(again, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA))
    for copy in (again, smaller):
        proved = prove(query_view(copy), archive_view(card(WORDS)))
        assert isinstance(proved, Comparison)
        assert proved.relation is Relation.SAME_PICTURE


@pytest.mark.parametrize(
    "words",
    [
        [*WORDS[:4], "14:50"],
        ["Twenty people hurt", *WORDS[1:]],
        [*WORDS[:2], "the northern gate,", *WORDS[3:]],
    ],
)
def test_a_card_with_other_words_is_another(
    words: list[str], archive_view: Keep, query_view: View
) -> None:
    proved = prove(query_view(card(words)), archive_view(card(WORDS)))
    assert proved is None or proved.relation is Relation.SIMILAR_SCENE


def test_cars_that_drove_on_make_it_another_moment(
    draw: Callable[..., Rgb], archive_view: Keep, query_view: View
) -> None:
    ground = draw(21, 640, 480)

    def with_cars(seed: int) -> Rgb:
        random, picture = np.random.default_rng(seed), ground.copy()
        for x, y in random.uniform(0.05, 0.95, (16, 2)):
            left, top = round(x * 640), round(y * 480)
            tone = (250, 250, 250) if random.random() < 0.5 else (10, 10, 10)
            cv2.rectangle(picture, (left, top), (left + 9, top + 6), tone, -1)
        return picture

    same = prove(query_view(with_cars(1)), archive_view(with_cars(1)))
    later = prove(query_view(with_cars(2)), archive_view(with_cars(1)))
    assert same is not None
    assert same.relation is Relation.SAME_PICTURE
    assert later is not None
    assert later.relation is Relation.SIMILAR_SCENE


def test_a_rough_map_is_made_exact_on_the_pixels(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    rough = np.array([[1.01, 0.01, 5.0], [-0.01, 0.99, -4.0], [0, 0, 1]])
    laid = lay(BothFrames.of(query_view(photo), archived), rough)
    assert laid is not None
    exact = registered(laid)
    assert exact is not None
    corners = np.array([[60, 60, 1], [420, 60, 1], [420, 300, 1], [60, 300, 1]], np.float64)
    placed = corners @ exact.T
    assert np.abs(placed[:, :2] / placed[:, 2:] - corners[:, :2]).max() < 0.3


def test_nothing_in_common_has_no_exact_map(
    draw: Callable[..., Rgb], archived: ArchivedView, query_view: View
) -> None:
    laid = lay(BothFrames.of(query_view(draw(99)), archived), np.eye(3))
    assert laid is not None
    flat = replace(laid, query=np.full_like(laid.query, 128))
    assert registered(flat) is None
