"""In colour a banner is whole that grey takes for its letters, and a sticker that is as light."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.fingerprint import raster
from provenance.models import Pixels, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.aligning.tint import Colours, as_copied, tint
from provenance.verify.causes.cause import Cause
from provenance.verify.causes.circles import discs_in_outline
from tests.compared import found

Rgb = NDArray[np.uint8]
Keep = Callable[[Rgb], ArchivedView]
View = Callable[[Rgb], QueryView]
Draw = Callable[..., Rgb]

RED = (190, 15, 25)
YELLOW = (250, 205, 40)


@pytest.fixture(scope="module")
def dark_below(draw: Draw) -> Rgb:
    """The lowest fifth is earth, as dark as a red banner."""
    scene = draw(21)
    earth = np.random.default_rng(5).normal(68, 9, (72, 480, 1))
    scene[288:] = np.clip(cv2.GaussianBlur(np.repeat(earth, 3, axis=2), (0, 0), 1.2), 0, 255)
    return scene


@pytest.fixture(scope="module")
def light_ground(draw: Draw) -> Rgb:
    """The middle is snow, as light as a yellow face."""
    scene = draw(22)
    snow = np.random.default_rng(6).normal(199, 3, (200, 300, 1))
    scene[100:300, 90:390] = np.clip(np.repeat(snow, 3, axis=2), 0, 255)
    return scene


def with_banner(rgb: Rgb, colour: tuple[int, int, int] = RED) -> Rgb:
    copy = rgb.copy()
    copy[292:] = colour
    font = cv2.FONT_HERSHEY_SIMPLEX
    return np.asarray(cv2.putText(copy, "BREAKING NEWS", (10, 335), font, 1.1, (255,) * 3, 3))


def with_faces(rgb: Rgb, places: tuple[tuple[int, int], ...]) -> Rgb:
    copy = rgb.copy()
    for x, y in places:
        cv2.circle(copy, (x, y), 36, YELLOW, -1, cv2.LINE_AA)
        cv2.ellipse(copy, (x, y + 3), (18, 14), 0, 20, 160, (40, 30, 10), 4, cv2.LINE_AA)
        for side in (-12, 12):
            cv2.circle(copy, (x + side, y - 10), 4, (40, 30, 10), -1, cv2.LINE_AA)
    return copy


def test_a_banner_as_dark_as_the_ground_is_one_strip(
    dark_below: Rgb, archive_view: Keep, query_view: View
) -> None:
    copy, picture = query_view(with_banner(dark_below)), archive_view(dark_below)
    causes = {patch.cause for patch in found(copy, picture).patches}
    assert causes == {Cause.STRIP}
    proved = prove(copy, picture)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE


def test_without_colours_its_letters_are_left(
    dark_below: Rgb, archive_view: Keep, query_view: View
) -> None:
    """What is learnt in grey alone stays as it was."""
    copy, picture = query_view(with_banner(dark_below)), archive_view(dark_below)
    grey = Pixels(dark_below, "RGB")
    kept = raster.proof_raster(grey)
    assert kept.chroma is not None
    plain = type(kept)(kept.kind, kept.grey, None)
    unknown = ArchivedView(picture.width, picture.height, picture.keypoints, plain)
    assert any(patch.cause is not Cause.STRIP for patch in found(copy, unknown).patches)


@pytest.mark.parametrize(
    "places", [((240, 200),), ((200, 180), (300, 240)), ((205, 190), (250, 170), (240, 225))]
)
def test_faces_as_light_as_the_ground_are_discs(
    light_ground: Rgb, archive_view: Keep, query_view: View, places: tuple[tuple[int, int], ...]
) -> None:
    copy, picture = query_view(with_faces(light_ground, places)), archive_view(light_ground)
    assert {patch.cause for patch in found(copy, picture).patches} == {Cause.DISC}
    proved = prove(copy, picture)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE


def test_somebody_in_a_yellow_coat_is_no_sticker(
    light_ground: Rgb, archive_view: Keep, query_view: View
) -> None:
    query = light_ground.copy()
    coat = np.array([(230, 130), (260, 130), (275, 260), (215, 260)], np.int32)
    cv2.fillPoly(query, [coat], (200, 155, 20), cv2.LINE_AA)
    causes = [patch.cause for patch in found(query_view(query), archive_view(light_ground)).patches]
    assert causes
    assert Cause.DISC not in causes
    assert Cause.STRIP not in causes


def test_a_filter_is_no_other_colour(draw: Draw) -> None:
    """One law for all colours: paler, and warmer."""
    random = np.random.default_rng(2)
    before = tuple(random.normal(0, 20, (120, 160)).astype(np.float32) for _ in range(2))
    after = (0.6 * before[0] + 0.1 * before[1] - 6, 0.7 * before[1] + 4)
    told = np.ones((120, 160), np.bool_)
    none = tinted((after[0], after[1]), (before[0], before[1]), told)
    assert none is not None
    assert not none.any()
    after[1][40:60, 50:90] += 60
    some = tinted((after[0], after[1]), (before[0], before[1]), told)
    assert some is not None
    assert some.sum() == 20 * 40
    assert tinted((after[0], after[1]), (before[0], before[1]), ~told) is None


@pytest.mark.parametrize(
    "middles", [((60, 60),), ((60, 60), (95, 70)), ((60, 60), (95, 70), (70, 95))]
)
def test_discs_over_each_other_are_known_by_their_outline(
    middles: tuple[tuple[int, int], ...],
) -> None:
    canvas = np.zeros((240, 320), np.uint8)
    for middle in middles:
        cv2.circle(canvas, middle, 28, 1, -1)
    discs = discs_in_outline(canvas > 0)
    assert len(discs) == len(middles)
    for x, y in middles:
        assert min(np.hypot(each.x - x, each.y - y) for each in discs) < 2


def test_a_square_is_of_no_discs() -> None:
    canvas = np.zeros((240, 320), np.bool_)
    canvas[60:130, 70:150] = True
    assert discs_in_outline(canvas) == ()


def tinted(query: Colours, archived: Colours, told: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    expected = as_copied(query, archived, told)
    return None if expected is None else tint(query, expected, told)
