"""Small people who walk on are as thin as letters; a blur hides what both pictures hold."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.aligning.frames import Aligned
from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.exposure import as_sharp, is_softer
from provenance.verify.differing.comings import is_elsewhere
from provenance.verify.judging.another_moment import MOST_EXCHANGED
from tests.compared import found

Rgb = NDArray[np.uint8]
Keep = Callable[[Rgb], ArchivedView]
View = Callable[[Rgb], QueryView]

WERE = (120, 250, 330)
ARE = (165, 205, 395)


@pytest.fixture(scope="module")
def street(draw: Callable[..., Rgb]) -> Rgb:
    """Something above, and a plain street below, on which people are dark."""
    scene = draw(11)
    rows = np.linspace(0, 1, 160)[:, None, None]
    plain = 176 + 20 * rows + np.random.default_rng(3).normal(0, 2, (160, 480, 1))
    scene[200:] = np.clip(plain, 0, 255)
    return scene


def walking(street: Rgb, places: tuple[int, ...]) -> Rgb:
    copy = street.copy()
    for x in places:
        cv2.circle(copy, (x, 252), 4, (38, 36, 40), -1, cv2.LINE_AA)
        cv2.line(copy, (x, 256), (x, 278), (38, 36, 40), 8, cv2.LINE_AA)
        cv2.line(copy, (x, 276), (x - 6, 300), (38, 36, 40), 4, cv2.LINE_AA)
        cv2.line(copy, (x, 276), (x + 6, 300), (38, 36, 40), 4, cv2.LINE_AA)
    return copy


def written(photo: Rgb) -> Rgb:
    place, font = (40, 330), cv2.FONT_HERSHEY_SIMPLEX
    copy = cv2.putText(photo.copy(), "NEAR THE CITY", place, font, 1.6, (0, 0, 0), 9)
    return np.asarray(cv2.putText(copy, "NEAR THE CITY", place, font, 1.6, (255,) * 3, 4), np.uint8)


def heads(street: Rgb, places: tuple[int, ...]) -> Rgb:
    """Somebody as grey as the street: only the heads are seen."""
    copy = street.copy()
    for x in places:
        cv2.circle(copy, (x, 262), 3, (120,) * 3, -1, cv2.LINE_AA)
    return copy


def test_heads_that_walked_on_are_elsewhere(
    street: Rgb, archive_view: Keep, query_view: View
) -> None:
    archived = archive_view(heads(street, WERE))
    query = query_view(heads(street, ARE))
    assert found(query, archived).elsewhere
    match = prove(query, archived)
    assert match is not None
    assert match.relation is Relation.SIMILAR_SCENE
    assert not found(query_view(heads(street, WERE)), archived).elsewhere


def test_people_who_walked_on_came_and_went(
    street: Rgb, archive_view: Keep, query_view: View
) -> None:
    query, archived = query_view(walking(street, ARE)), archive_view(walking(street, WERE))
    told = found(query, archived)
    assert min(told.came, told.went) > MOST_EXCHANGED
    match = prove(query, archived)
    assert match is not None
    assert match.relation is Relation.SIMILAR_SCENE


def one_small(street: Rgb, x: int) -> Rgb:
    """One of them, half as high: less than what chance may exchange."""
    copy = street.copy()
    cv2.circle(copy, (x, 268), 3, (38, 36, 40), -1, cv2.LINE_AA)
    cv2.line(copy, (x, 272), (x, 284), (38, 36, 40), 7, cv2.LINE_AA)
    return copy


@pytest.mark.parametrize("step", [-60, 25, 140])
def test_one_who_walked_on_is_known_by_what_stands_there_now(
    street: Rgb, archive_view: Keep, query_view: View, step: int
) -> None:
    query, archived = (
        query_view(one_small(street, 230 + step)),
        archive_view(one_small(street, 230)),
    )
    told = found(query, archived)
    assert max(told.came, told.went) < MOST_EXCHANGED
    assert told.elsewhere
    match = prove(query, archived)
    assert match is not None
    assert match.relation is Relation.SIMILAR_SCENE


def test_a_sign_that_only_came_stands_nowhere_else(
    street: Rgb, archive_view: Keep, query_view: View
) -> None:
    query, archived = query_view(one_small(street, 230)), archive_view(street)
    told = found(query, archived)
    assert told.left is not None
    assert told.patches
    assert not is_elsewhere(
        told.left, [each.mask for each in told.patches], np.ones_like(told.left.query)
    )


def test_letters_only_come(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    query = query_view(written(photo))
    told = found(query, archived)
    assert told.came > told.went == 0
    match = prove(query, archived)
    assert match is not None
    assert match.relation is Relation.SAME_PICTURE


def test_what_comes_one_way_goes_the_other(
    photo: Rgb, archive_view: Keep, query_view: View
) -> None:
    told = found(query_view(photo), archive_view(written(photo)))
    assert told.went > told.came == 0


def laid(archived: NDArray[np.floating], query: NDArray[np.floating]) -> Aligned:
    one, other = archived.astype(np.float32), query.astype(np.float32)
    return Aligned(np.eye(3), one, other, np.ones_like(one), np.ones_like(one), 1.0)


def test_a_softer_copy_is_not_as_sharp(photo: Rgb) -> None:
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    assert not as_sharp(laid(grey, cv2.GaussianBlur(grey, (0, 0), 2.0)))
    small = cv2.resize(grey, (96, 72), interpolation=cv2.INTER_AREA)
    squares = cv2.resize(small, (480, 360), interpolation=cv2.INTER_NEAREST)
    assert not as_sharp(laid(grey, squares))


def test_two_noisy_frames_are_as_sharp_as_each_other(photo: Rgb) -> None:
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    noise = np.random.default_rng(8).normal(0, 3, (2, *grey.shape))
    assert as_sharp(laid(grey + noise[0], grey + 0.9 * noise[1]))


def test_a_copy_with_noise_of_its_own_may_need_a_blur(photo: Rgb) -> None:
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    noise = np.random.default_rng(9).normal(0, 12, grey.shape)
    assert not as_sharp(laid(grey, grey + noise))


@pytest.mark.parametrize(("sigma", "softer"), [(2.5, True), (0.4, False)])
def test_a_blurred_copy_has_lost_its_finest_detail(photo: Rgb, sigma: float, softer: bool) -> None:
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    assert is_softer(laid(grey, cv2.GaussianBlur(grey, (0, 0), sigma))) is softer


@pytest.mark.parametrize(("length", "elsewhere"), [(60, True), (300, False)])
def test_a_place_is_no_small_part_of_its_difference(length: int, elsewhere: bool) -> None:
    """One letter hides what another is as large as: of a long line that tells nothing."""
    ground = np.full((240, 384), 150, np.float32)
    before, now = ground.copy(), ground.copy()
    before[30:36, 24:31] = 60
    now[30:36, 50:57] = 60
    now[40:52, 20 : 20 + length] = 235
    mask = np.zeros(ground.shape, np.bool_)
    mask[28:54, 18 : 22 + length] = True
    soft = [cv2.GaussianBlur(each, (0, 0), 0.8) for each in (before, now)]
    values = cv2.GaussianBlur(soft[1] - soft[0], (0, 0), 1.0)
    seen, tone = np.ones(ground.shape, np.bool_), np.arange(32, dtype=np.float64) * 8
    left = Residual(soft[0], soft[1], values, seen, seen, 1.0, 14.0, tone)
    clear = np.ones(ground.shape, np.float32)
    assert is_elsewhere(left, [mask], clear) is elsewhere
