"""Bands, plates and glare: what other hands lay over a picture, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.models import Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.aligning.displayed import LEAST_BEND, bend, is_displayed
from provenance.verify.aligning.frames import Frames
from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.bands import bands
from provenance.verify.causes.cause import Cause
from provenance.verify.causes.tiled import tiles
from provenance.verify.differing.differences import Differences
from provenance.verify.locating.location import corners
from tests.compared import found

Rgb = NDArray[np.uint8]
Keep = Callable[[Rgb], ArchivedView]
View = Callable[[Rgb], QueryView]
Draw = Callable[..., Rgb]


def banded(photo: Rgb, turn: float, opaque: float, tone: int = 60) -> Rgb:
    """Three bands, 24 pixels wide, at so many degrees."""
    height, width = photo.shape[:2]
    rows, columns = np.mgrid[:height, :width]
    way = np.radians(turn)
    along = (columns - width / 2) * np.cos(way) + (rows - height / 2) * np.sin(way)
    over = np.any([np.abs(along - at) < 12 for at in (-110, 0, 110)], axis=0)
    laid = opaque * np.array((tone, tone, tone)) + (1 - opaque) * photo
    return np.where(over[..., None], laid, photo).astype(np.uint8)


def compared(query: QueryView, archived: ArchivedView) -> Differences:
    return found(query, archived)


@pytest.mark.parametrize("turn", [0, 32, 90, 121, 170])
@pytest.mark.parametrize("opaque", [1.0, 0.6])
def test_bands_from_edge_to_edge_are_laid_over_a_copy(
    photo: Rgb, archived: ArchivedView, query_view: View, turn: int, opaque: float
) -> None:
    query = query_view(banded(photo, turn, opaque))
    match = prove(query, archived)
    assert match is not None
    assert match.relation is Relation.SAME_PICTURE
    assert compared(query, archived).share(Cause.BAND) > 0.08


@settings(max_examples=20, deadline=None)
@given(turn=st.floats(0, 180, exclude_max=True))
def test_bands_are_found_whichever_way_they_run(photo: Rgb, turn: float) -> None:
    expected, query = (
        cv2.cvtColor(each, cv2.COLOR_RGB2GRAY).astype(np.float32)
        for each in (photo, banded(photo, turn, 1.0))
    )
    seen = np.ones(expected.shape, np.bool_)
    left = Residual(expected, query, query - expected, seen, seen, 1.0, 14.0, np.arange(32) * 8.0)
    assert len(bands(left)) >= 2


def test_a_copy_with_nothing_on_it_has_no_bands(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    left = compared(query_view(photo), archived).left
    assert left is not None
    assert bands(left) == []


def strap(photo: Rgb, opaque: float) -> Rgb:
    """A plate with words, and a tag that stands on its left end."""
    plate = photo.copy()
    cv2.rectangle(plate, (60, 270), (430, 314), (238, 240, 242), -1)
    cv2.rectangle(plate, (60, 246), (150, 269), (160, 20, 25), -1)
    copy = (opaque * plate + (1 - opaque) * photo).astype(np.uint8)
    font = cv2.FONT_HERSHEY_DUPLEX
    cv2.putText(copy, "SEEN AT THE BORDER", (72, 301), font, 0.85, (12, 14, 20), 2, cv2.LINE_AA)
    cv2.putText(copy, "LIVE", (70, 264), font, 0.6, (255, 255, 255), 1, cv2.LINE_AA)
    return copy


@pytest.mark.parametrize("opaque", [1.0, 0.75])
def test_a_plate_with_a_tag_is_laid_over_a_copy(
    photo: Rgb, archived: ArchivedView, query_view: View, opaque: float
) -> None:
    match = prove(query_view(strap(photo, opaque)), archived)
    assert match is not None
    assert match.relation is Relation.SAME_PICTURE


def test_two_people_side_by_side_are_no_plate(
    photo: Rgb, draw: Draw, archived: ArchivedView, query_view: View
) -> None:
    """Wider than high together, and each of one cloth."""
    other, copy = draw(77), photo.copy()
    mask = np.zeros(photo.shape[:2], np.uint8)
    for x in (180, 240, 300):
        cv2.ellipse(mask, (x, 250), (32, 60), 0, 0, 360, 1, -1)
        cv2.circle(mask, (x, 178), 18, 1, -1)
    copy[mask > 0] = other[mask > 0]
    match = prove(query_view(copy), archived)
    assert match is None or match.relation is Relation.SIMILAR_SCENE


BENT = np.float32([(90, 60), (700, 25), (730, 540), (70, 500)])
LEVEL = np.float32([(100, 60), (740, 60), (740, 540), (100, 540)])


def photographed(photo: Rgb, outline: NDArray[np.float32], glare: float = 0.0) -> Rgb:
    """On a dark screen, seen through a camera, a lamp reflected in it."""
    whole = np.full((620, 820, 3), 24, np.uint8)
    height, width = photo.shape[:2]
    source = np.float32([(0, 0), (width, 0), (width, height), (0, height)])
    matrix = cv2.getPerspectiveTransform(source, outline)
    cv2.warpPerspective(photo, matrix, (820, 620), dst=whole, borderMode=cv2.BORDER_TRANSPARENT)
    rows, columns = np.mgrid[:620, :820]
    lamp = glare * np.exp(-((((columns - 520) / 80) ** 2 + ((rows - 240) / 60) ** 2) ** 2))
    return np.clip(whole + lamp[..., None], 0, 255).astype(np.uint8)


def shown(photo: Rgb, query: QueryView, archived: ArchivedView, at: NDArray[np.float32]) -> bool:
    height, width = photo.shape[:2]
    source = np.float32([(0, 0), (width, 0), (width, height), (0, height)])
    matrix = np.asarray(cv2.getPerspectiveTransform(source, at), np.float64)
    return is_displayed(Frames.of(query, archived), matrix)


def test_a_photograph_of_a_screen_is_bent_and_shows_its_edge(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    assert shown(photo, query_view(photographed(photo, BENT)), archived, BENT)
    # A screenshot shows the edge, and is not bent.
    assert not shown(photo, query_view(photographed(photo, LEVEL)), archived, LEVEL)


def test_the_next_part_of_the_same_scene_is_no_edge(
    draw: Draw, archive_view: Keep, query_view: View
) -> None:
    """Another flight, from another place in the air: the scene goes on beyond the frame."""
    scene = draw(5, 820, 620)
    height, width = 360, 480
    source = np.float32([(0, 0), (width, 0), (width, height), (0, height)])
    back = cv2.getPerspectiveTransform(BENT, source)
    before = np.asarray(cv2.warpPerspective(scene, back, (width, height)), np.uint8)
    assert not shown(before, query_view(scene), archive_view(before), BENT)


def test_how_bent_a_map_is_does_not_depend_on_turn_or_size() -> None:
    turned = cv2.getRotationMatrix2D((240, 180), 25, 1.7)
    around = np.asarray(corners(480, 360), np.float64)
    assert bend(np.vstack([turned, (0, 0, 1)]), around) == pytest.approx(0)
    tilted = np.vstack([turned, (2e-4, 0, 1)])
    assert bend(tilted, around) > LEAST_BEND
    assert bend(3 * tilted, around) == pytest.approx(bend(tilted, around))


@pytest.mark.parametrize(("outline", "known"), [(BENT, True), (LEVEL, False)])
def test_a_lamp_is_reflected_in_a_screen_only(
    draw: Draw, archive_view: Keep, query_view: View, outline: NDArray[np.float32], known: bool
) -> None:
    """The same light over a level picture is a flash in it."""
    dim = (draw(11).astype(np.float32) * 0.5).astype(np.uint8)
    archived = archive_view(dim)
    plain = prove(query_view(photographed(dim, outline)), archived)
    assert plain is not None
    assert plain.relation is Relation.SAME_PICTURE
    lit = prove(query_view(photographed(dim, outline, glare=120)), archived)
    assert lit is not None
    assert (lit.relation is Relation.SAME_PICTURE) is known


ARROW = np.array([(0, 14), (58, 14), (58, 0), (96, 25), (58, 50), (58, 36), (0, 36)])
STAR = np.array(
    [
        (50 + r * np.sin(n * np.pi / 5), 50 - r * np.cos(n * np.pi / 5))
        for n, r in enumerate([48, 20] * 5)
    ]
)


def signed(photo: Rgb, outline: NDArray[np.floating], *, rimmed: bool) -> Rgb:
    """A flat sign with a white rim, or somebody's cloth of the same outline."""
    copy, at = photo.copy(), (outline + np.array([190, 150])).astype(np.int32)
    if rimmed:
        cv2.fillPoly(copy, [at], (190, 60, 60), cv2.LINE_AA)
        cv2.polylines(
            copy, [at], isClosed=True, color=(255,) * 3, thickness=3, lineType=cv2.LINE_AA
        )
        return copy
    rows, columns = np.mgrid[: photo.shape[0], : photo.shape[1]]
    folds = 110 + 60 * np.sin(columns / 5) * np.cos(rows / 7)
    inside = cv2.fillPoly(np.zeros(photo.shape[:2], np.uint8), [at], 1) > 0
    return np.where(inside[..., None], folds[..., None], copy).astype(np.uint8)


@pytest.mark.parametrize(
    ("outline", "rimmed"),
    [(ARROW, True), (STAR, True), (STAR, False)],
    ids=["arrow", "star", "a star of cloth"],
)
def test_a_flat_sign_with_a_rim_is_laid_over_a_copy(
    photo: Rgb,
    archived: ArchivedView,
    query_view: View,
    outline: NDArray[np.floating],
    rimmed: bool,
) -> None:
    match = prove(query_view(signed(photo, outline, rimmed=rimmed)), archived)
    assert match is not None
    assert (match.relation is Relation.SAME_PICTURE) is rimmed


def tiled(photo: Rgb, opaque: float, step: tuple[int, int] = (96, 54)) -> Rgb:
    """One word over and over, at equal steps."""
    words, font = np.zeros(photo.shape[:2], np.uint8), cv2.FONT_HERSHEY_SIMPLEX
    for row, y in enumerate(range(20, photo.shape[0] + 40, step[1])):
        for x in range(-40 + 30 * (row % 2), photo.shape[1], step[0]):
            cv2.putText(words, "PRESS", (x, y), font, 0.5, 255, 1, cv2.LINE_AA)
    over = opaque * words[..., None] / 255.0
    return np.clip(over * 255 + (1 - over) * photo, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("opaque", [0.6, 0.9])
def test_a_word_at_equal_steps_is_a_watermark(
    photo: Rgb, archived: ArchivedView, query_view: View, opaque: float
) -> None:
    query = query_view(tiled(photo, opaque))
    told = compared(query, archived)
    assert told.share(Cause.TILES) > 0.02
    match = prove(query, archived)
    assert match is not None
    assert match.relation is Relation.SAME_PICTURE


def test_signs_in_one_corner_are_no_watermark_in_tiles(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    """Who walks on does so on the ground, however equal the steps are."""
    lower = photo.copy()
    lower[230:] = tiled(photo, 0.9, (64, 40))[230:]
    left = compared(query_view(lower), archived).left
    assert left is not None
    assert left.above().mean() > 0.01
    assert tiles(left) is None


def test_smoke_repeats_nowhere(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    """It is like itself a little further on, but in every direction."""
    coarse = np.random.default_rng(12).normal(0, 1, (9, 12)).astype(np.float32)
    thick = cv2.GaussianBlur(
        cv2.resize(coarse, (480, 360), interpolation=cv2.INTER_CUBIC), (0, 0), 6
    )
    over = 0.8 * np.clip(3 * thick, 0, 1)[..., None]
    smoky = (over * 225 + (1 - over) * photo).astype(np.uint8)
    left = compared(query_view(smoky), archived).left
    assert left is not None
    assert left.above().mean() > 0.05
    assert tiles(left) is None


def inset(photo: Rgb, other: Rgb, centre: tuple[int, int], radius: int = 52) -> Rgb:
    """Another picture in a circle."""
    mask = cv2.circle(np.zeros(photo.shape[:2], np.uint8), centre, radius, 1, -1) > 0
    return np.where(mask[..., None], other, photo).astype(np.uint8)


@pytest.mark.parametrize(
    ("centre", "known"), [((412, 68), True), ((62, 290), True), ((240, 180), False)]
)
def test_a_picture_in_a_circle_is_laid_into_a_corner(
    photo: Rgb,
    draw: Draw,
    archived: ArchivedView,
    query_view: View,
    centre: tuple[int, int],
    known: bool,
) -> None:
    match = prove(query_view(inset(photo, draw(77), centre)), archived)
    assert match is not None
    assert (match.relation is Relation.SAME_PICTURE) is known
