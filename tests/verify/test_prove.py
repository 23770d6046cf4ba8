"""From pictures to a comparison: what is proved, what is not, and where it lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.models import AlterationKind, Comparison, Relation
from provenance.verify import ArchivedView, QueryView, enough_detail, prove
from provenance.verify.judging.judgement import by_geometry
from provenance.verify.locating.location import Location

Rgb = NDArray[np.uint8]
View = Callable[[Rgb], QueryView]


def kinds(comparison: Comparison) -> set[str]:
    return {str(alteration.kind) for alteration in comparison.alterations}


def numbers(comparison: Comparison, kind: AlterationKind) -> dict[str, object]:
    return next(a.numbers for a in comparison.alterations if a.kind is kind)


def proved(view: QueryView, picture: ArchivedView) -> Comparison:
    comparison = prove(view, picture)
    assert comparison is not None
    assert comparison.relation is Relation.SAME_PICTURE
    return comparison


def corners(comparison: Comparison) -> NDArray[np.float64]:
    return np.array(comparison.region)


def rectangle(left: float, top: float, right: float, bottom: float) -> NDArray[np.float64]:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def test_the_picture_itself(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    comparison = proved(query_view(photo), archived)
    assert np.abs(corners(comparison) - rectangle(0, 0, 480, 360)).max() < 2
    assert comparison.covers == pytest.approx(1, abs=0.01)
    assert comparison.share_of_query == pytest.approx(1, abs=0.01)
    assert comparison.alterations == ()
    assert comparison.proof.method == "geometry"
    assert comparison.proof.pixels_compared
    assert 0 < (comparison.proof.false_alarms or 0) < 0.01
    assert comparison.proof.agreement == 1.0


def test_another_picture_is_nothing(
    draw: Callable[..., Rgb], archived: ArchivedView, query_view: View
) -> None:
    assert [prove(query_view(draw(seed)), archived) for seed in range(20, 26)] == [None] * 6


def test_mirrored(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    comparison = proved(query_view(photo[:, ::-1]), archived)
    assert kinds(comparison) == {"mirrored"}
    # The archived picture's top left lies at the query's top right.
    assert np.allclose(corners(comparison), [[480, 0], [0, 0], [0, 360], [480, 360]], atol=2)


@pytest.mark.parametrize(("quarters", "degrees"), [(1, 90), (2, 180), (3, 270)])
def test_quarter_turns_are_exact(
    photo: Rgb, archived: ArchivedView, query_view: View, quarters: int, degrees: int
) -> None:
    comparison = proved(query_view(np.rot90(photo, -quarters)), archived)
    assert numbers(comparison, AlterationKind.ROTATED) == {"degrees": degrees}
    assert kinds(comparison) == {"rotated"}


@pytest.mark.parametrize("degrees", [-15, 7, 20])
def test_tilts_are_measured_clockwise(
    photo: Rgb, archived: ArchivedView, query_view: View, degrees: int
) -> None:
    turn = cv2.getRotationMatrix2D((240, 180), -degrees, 1.0)
    comparison = proved(query_view(cv2.warpAffine(photo, turn, (480, 360))), archived)
    said = numbers(comparison, AlterationKind.ROTATED)["degrees"]
    assert said == pytest.approx(degrees % 360, abs=0.5)


def test_mirrored_and_turned(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    comparison = proved(query_view(np.rot90(photo[:, ::-1], -1)), archived)
    assert numbers(comparison, AlterationKind.ROTATED) == {"degrees": 90}
    assert kinds(comparison) == {"mirrored", "rotated"}


@pytest.mark.parametrize(
    ("left", "top", "right", "bottom", "lost"),
    [
        (100, 0, 480, 360, ["left"]),
        (0, 0, 480, 250, ["bottom"]),
        (60, 50, 400, 300, ["top", "right", "bottom", "left"]),
    ],
)
def test_crops(
    photo: Rgb,
    archived: ArchivedView,
    query_view: View,
    left: int,
    top: int,
    right: int,
    bottom: int,
    lost: list[str],
) -> None:
    comparison = proved(query_view(photo[top:bottom, left:right]), archived)
    said = numbers(comparison, AlterationKind.CROPPED)
    share = (right - left) * (bottom - top) / (480 * 360)
    assert said["kept"] == pytest.approx(share, abs=0.02)
    assert said["lost"] == lost
    assert comparison.covers == pytest.approx(share, abs=0.02)
    true = rectangle(-left, -top, 480 - left, 360 - top)
    assert np.abs(corners(comparison) - true).max() < 6


def test_a_mirrored_crop_names_the_sides_of_the_archived_picture(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    comparison = proved(query_view(photo[:, 120:][:, ::-1]), archived)
    assert numbers(comparison, AlterationKind.CROPPED)["lost"] == ["left"]
    assert "mirrored" in kinds(comparison)


def test_a_banner(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    copy = photo.copy()
    copy[:72] = (190, 20, 30)
    cv2.putText(copy, "BREAKING NEWS", (20, 50), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (255,) * 3, 3)
    comparison = proved(query_view(copy), archived)
    said = numbers(comparison, AlterationKind.OVERLAID)
    assert said["share"] == pytest.approx(0.2, abs=0.04)
    assert said["where"] == "top"
    assert "recoloured" not in kinds(comparison)  # the red is the banner's, not the picture's


def test_under_stripes(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    rows, columns = np.mgrid[:360, :480]
    copy = photo.copy()
    copy[((rows + columns) % 40) < 13] = 240
    comparison = proved(query_view(copy), archived)
    assert np.abs(corners(comparison) - rectangle(0, 0, 480, 360)).max() < 3


def test_a_sticker(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    copy = cv2.circle(photo.copy(), (240, 180), 45, (250, 210, 40), -1, cv2.LINE_AA)
    said = numbers(proved(query_view(copy), archived), AlterationKind.OVERLAID)
    assert said["share"] == pytest.approx(np.pi * 45**2 / (480 * 360), abs=0.015)
    assert said["where"] == "centre"


def test_borders(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    copy = cv2.copyMakeBorder(photo, 90, 90, 0, 0, cv2.BORDER_CONSTANT)
    comparison = proved(query_view(copy), archived)
    said = numbers(comparison, AlterationKind.BORDERED)
    assert said["where"] == ["top", "bottom"]
    assert said["share"] == pytest.approx(180 / 540, abs=0.01)
    assert comparison.share_of_query == pytest.approx(360 / 540, abs=0.01)
    assert "cropped" not in kinds(comparison)


@pytest.mark.parametrize("factor", [0.4, 0.7, 1.8])
def test_resized(photo: Rgb, archived: ArchivedView, query_view: View, factor: float) -> None:
    copy = cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    said = numbers(proved(query_view(copy), archived), AlterationKind.RESIZED)
    assert said["factor"] == pytest.approx(factor, rel=0.02)
    assert "stretched" not in said


def test_stretched(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    copy = cv2.resize(photo, (480, 480))
    said = numbers(proved(query_view(copy), archived), AlterationKind.RESIZED)
    assert said["stretched"] == pytest.approx(360 / 480, abs=0.02)


def grey(rgb: Rgb) -> Rgb:
    return np.dstack([cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)] * 3)


def darker(rgb: Rgb) -> Rgb:
    return (rgb * 0.6).astype(np.uint8)


def brighter(rgb: Rgb) -> Rgb:
    return np.clip(rgb.astype(np.int64) + 40, 0, 255).astype(np.uint8)


def paler(rgb: Rgb) -> Rgb:
    return (rgb * 0.45 + grey(rgb) * 0.55).astype(np.uint8)


@pytest.mark.parametrize(
    ("edit", "word"),
    [(grey, "grey"), (darker, "darker"), (brighter, "brighter"), (paler, "less_saturated")],
)
def test_recoloured(
    photo: Rgb,
    archived: ArchivedView,
    query_view: View,
    edit: Callable[[Rgb], Rgb],
    word: str,
) -> None:
    said = numbers(proved(query_view(edit(photo)), archived), AlterationKind.RECOLOURED)
    assert word in said["what"]  # type: ignore[operator]


def test_blurred(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    assert "blurred" in kinds(proved(query_view(cv2.GaussianBlur(photo, (0, 0), 3.5)), archived))


def test_perspective(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    source = rectangle(0, 0, 480, 360).astype(np.float32)
    target = np.array([[30, 20], [470, 0], [430, 355], [10, 340]], np.float32)
    step = cv2.getPerspectiveTransform(source, target)
    comparison = proved(query_view(cv2.warpPerspective(photo, step, (480, 360))), archived)
    assert np.abs(corners(comparison) - target).max() < 4
    assert "perspective" in kinds(comparison)


def test_small_inside_something_larger(
    photo: Rgb, draw: Callable[..., Rgb], archived: ArchivedView, query_view: View
) -> None:
    page = draw(5, 1200, 900)
    page[300:552, 500:836] = cv2.resize(photo, (336, 252), interpolation=cv2.INTER_AREA)
    comparison = proved(query_view(page), archived)
    assert np.abs(corners(comparison) - rectangle(500, 300, 836, 552)).max() < 4
    assert comparison.share_of_query == pytest.approx(336 * 252 / (1200 * 900), abs=0.005)


def test_what_moved_makes_it_a_scene(
    draw: Callable[..., Rgb], archive_view: Callable[..., ArchivedView], query_view: View
) -> None:
    """Two frames of a still camera: somebody walked on, and something else drove up."""
    background, people = draw(40), draw(41)
    figure = np.array(
        [[90, 60], [110, 90], [150, 80], [118, 130], [150, 220], [108, 170], [80, 230]]
    )
    frames = []
    for offset in (0, 110):
        mask = np.zeros(background.shape[:2], np.uint8)
        cv2.fillPoly(mask, [figure + np.array([offset, offset // 3])], 1)
        moved = np.roll(people, offset, axis=1)
        frames.append(np.where(mask[..., None] > 0, moved, background))
    comparison = prove(query_view(frames[1]), archive_view(frames[0]))
    assert comparison is not None
    assert comparison.relation is Relation.SIMILAR_SCENE
    assert comparison.alterations == ()


def test_without_pixels_geometry_says_so(
    photo: Rgb, archive_view: Callable[..., ArchivedView], query_view: View
) -> None:
    picture = archive_view(photo, pixels_kept=False)
    for query in (query_view(photo), query_view(photo[100:260, 150:350])):
        found = prove(query, picture)
        assert found is not None
        assert found.proof.method == "geometry"
        assert not found.proof.pixels_compared
        assert found.proof.agreement is None
    assert found.relation is Relation.SIMILAR_SCENE


@pytest.mark.parametrize(
    ("inliers", "spread", "relation"),
    [
        (172, 0.6, Relation.SAME_PICTURE),
        (171, 0.9, Relation.SIMILAR_SCENE),  # what two moments of a still camera reach
        (190, 0.3, Relation.SIMILAR_SCENE),
        (14, 0.9, None),
    ],
)
def test_the_stricter_bound_without_pixels(
    inliers: int, spread: float, relation: Relation | None
) -> None:
    assert by_geometry(Location(np.eye(3), False, inliers, spread)) is relation


def test_few_corners_are_proved_by_pixels(
    archive_view: Callable[..., ArchivedView], query_view: View
) -> None:
    random = np.random.default_rng(3)
    soft = cv2.resize(
        random.uniform(0, 255, (7, 9, 3)).astype(np.float32),
        (480, 360),
        interpolation=cv2.INTER_CUBIC,
    )
    photo = np.clip(soft, 0, 255).astype(np.uint8)
    picture = replace(archive_view(photo), keypoints=archive_view(np.zeros_like(photo)).keypoints)
    for copy in (photo, photo[:, ::-1], np.rot90(photo), cv2.resize(photo, (200, 150))):
        assert proved(query_view(copy), picture).proof.method == "pixels"


def test_same_input_same_answer(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    view = query_view(photo[20:300, 30:400])
    assert prove(view, archived) == prove(view, archived)


def test_flat_pictures_have_too_little_detail(photo: Rgb, query_view: View) -> None:
    assert enough_detail(query_view(photo))
    assert not enough_detail(query_view(np.full((300, 400, 3), 200, np.uint8)))
    assert not enough_detail(query_view(np.zeros((8, 8, 3), np.uint8)))
    faint = np.random.default_rng(1).integers(0, 2, (300, 400, 3)).astype(np.uint8)
    assert not enough_detail(query_view(faint))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_tiny_pictures_never_fail(
    archive_view: Callable[..., ArchivedView],
    query_view: View,
    width: int,
    height: int,
    seed: int,
) -> None:
    rgb = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    comparison = prove(query_view(rgb), archive_view(rgb))
    assert comparison is None or comparison.relation in set(Relation)


def test_plain_borders_of_its_own_do_not_hide_a_squashed_picture(
    draw: Callable[..., Rgb], archive_view: Callable[[Rgb], ArchivedView], query_view: View
) -> None:
    wide = np.full((138, 420, 3), 250, np.uint8)
    wide[:, 15:360] = draw(11, 345, 138)
    comparison = proved(query_view(cv2.resize(wide, (400, 400))), archive_view(wide))
    assert np.abs(corners(comparison) - rectangle(0, 0, 400, 400)).max() < 3


@pytest.mark.parametrize("small", [False, True])
def test_another_number_in_white_letters_is_another_card(
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
    *,
    small: bool,
) -> None:
    """The arcs of a 9 that became a 6 are white where the other is dark: no light was cut off."""
    archived = number_card("39")
    query = number_card("36")
    if small:
        query = np.asarray(cv2.resize(query, None, fx=0.9, fy=0.9), np.uint8)
    proved = prove(query_view(query), archive_view(archived))
    assert proved is None or proved.relation is not Relation.SAME_PICTURE
    again = prove(query_view(number_card("36")), archive_view(number_card("36")))
    assert again is not None
    assert again.relation is Relation.SAME_PICTURE


def number_card(number: str) -> Rgb:
    card = np.full((405, 720, 3), (70, 60, 58), np.uint8)
    lines = (
        "Shelter agency",
        f"at least {number} people",
        "moved to a checkpoint",
        "near a school",
    )
    for line, text in enumerate(lines):
        place = (40, 110 + 60 * line)
        cv2.putText(
            card, text, place, cv2.FONT_HERSHEY_SIMPLEX, 1.1, (255, 255, 255), 3, cv2.LINE_AA
        )
    return card


def chart(gone: tuple[int, ...] = ()) -> Rgb:
    card = np.full((450, 720, 3), 250, np.uint8)
    heights = (90, 95, 165, 300, 165, 240, 25, 290, 175, 215, 180, 170)
    font = cv2.FONT_HERSHEY_SIMPLEX
    cv2.putText(card, "Reported each year", (40, 40), font, 1.0, (30,) * 3, 2, cv2.LINE_AA)
    for bar, height in enumerate(heights):
        left, top = 60 + 52 * bar, 390 - (5 if bar in gone else height)
        cv2.rectangle(card, (left, top), (left + 34, 390), (52, 50, 48), -1)
        place = (left, 415)
        cv2.putText(card, str(2009 + bar), place, font, 0.45, (60,) * 3, 1, cv2.LINE_AA)
    return card


def test_a_chart_without_two_of_its_bars_is_another_chart(
    archive_view: Callable[[Rgb], ArchivedView], query_view: Callable[[Rgb], QueryView]
) -> None:
    """White where a bar was: no light was cut off, and nothing below can be made out."""
    archived = archive_view(chart())
    other = prove(query_view(chart(gone=(2, 8))), archived)
    assert other is None or other.relation is not Relation.SAME_PICTURE
    again = prove(query_view(chart()), archived)
    assert again is not None
    assert again.relation is Relation.SAME_PICTURE
