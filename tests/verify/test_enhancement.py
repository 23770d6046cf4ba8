"""Copies whose details were brought out are found and said to be so; nothing is bent to fit."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import AlterationKind, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.aligning.alignment import Laid, align
from provenance.verify.aligning.enhancement import enhanced
from provenance.verify.aligning.frames import Frames, bare
from provenance.verify.locating.location import by_keypoints
from provenance.verify.views import EVERYTHING

Rgb = NDArray[np.uint8]
Edit = Callable[[Rgb], Rgb]
Keep = Callable[[Rgb], ArchivedView]
View = Callable[[Rgb], QueryView]


def faintly(scene: Rgb) -> Rgb:
    """Its details faint, brightly and darkly lit in turns: where an app's "enhance" gains most."""
    rows, columns = np.indices(scene.shape[:2])
    light = 125 + 70 * np.sin(columns / 70) * np.cos(rows / 55)
    faint = 0.3 * (scene.astype(np.float32) - 120)
    return np.asarray(np.clip(light[..., None] + faint, 0, 255), np.uint8)


@pytest.fixture(scope="module")
def faint(draw: Callable[..., Rgb]) -> Rgb:
    return faintly(draw(17))


def on_lightness(rgb: Rgb, edit: Callable[[NDArray[np.uint8]], NDArray[np.uint8]]) -> Rgb:
    lab = cv2.cvtColor(rgb, cv2.COLOR_RGB2LAB)
    lab[..., 0] = edit(np.ascontiguousarray(lab[..., 0]))
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.uint8)


def equalised(rgb: Rgb) -> Rgb:
    """In tiles of its own, not those of any term."""
    equal = cv2.createCLAHE(3.0, (6, 6))
    return on_lightness(rgb, lambda grey: np.asarray(equal.apply(grey), np.uint8))


def sharpened(rgb: Rgb) -> Rgb:
    value = rgb.astype(np.float32)
    stands_out = value - cv2.GaussianBlur(value, (0, 0), 8.0)
    return np.asarray(np.clip(value + 3 * stands_out, 0, 255), np.uint8)


def with_a_star(rgb: Rgb) -> Rgb:
    copy = equalised(rgb)
    cv2.circle(copy, (380, 90), 40, (250, 210, 0), -1, cv2.LINE_AA)
    return copy


def as_it_is(rgb: Rgb) -> Rgb:
    return rgb


def darkened(rgb: Rgb) -> Rgb:
    return np.asarray(255 * (rgb / 255.0) ** 1.8, np.uint8)


def blurred(rgb: Rgb) -> Rgb:
    return np.asarray(cv2.GaussianBlur(rgb, (0, 0), 2.5), np.uint8)


def laid(query: QueryView, picture: ArchivedView) -> tuple[Frames, Laid]:
    located = by_keypoints(query, picture, EVERYTHING)
    assert located is not None
    frames = Frames.of(query, picture)
    found = align(frames, located.matrix, located.inliers)
    assert found is not None
    return frames, found


@pytest.mark.parametrize("edit", [equalised, sharpened, with_a_star])
def test_it_follows_from_the_archived_picture_what_was_brought_out(
    edit: Edit, faint: Rgb, archive_view: Keep, query_view: View
) -> None:
    frames, found = laid(query_view(edit(faint)), archive_view(faint))
    detailed = enhanced(frames, found)
    assert detailed is not None
    assert detailed.enhanced == "archived"
    before, after = (bare(each, found.aligned.matrix) for each in (frames, detailed))
    assert before is not None
    assert after is not None
    unlike, left = (np.median(np.abs(each.archived - each.query)) for each in (before, after))
    assert left < 0.7 * unlike


@pytest.mark.parametrize("edit", [as_it_is, darkened, blurred])
def test_tones_and_blurs_are_left_to_what_knows_them(
    edit: Edit, faint: Rgb, archive_view: Keep, query_view: View
) -> None:
    assert enhanced(*laid(query_view(edit(faint)), archive_view(faint))) is None


@pytest.mark.parametrize("edit", [equalised, sharpened])
def test_it_is_the_same_picture_and_said_to_be_enhanced(
    edit: Edit, faint: Rgb, archive_view: Keep, query_view: View
) -> None:
    proved = prove(query_view(edit(faint)), archive_view(faint))
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
    kinds = {each.kind: each.numbers for each in proved.alterations}
    assert "enhanced" in kinds[AlterationKind.RECOLOURED]["what"]
    assert AlterationKind.OVERLAID not in kinds
    assert proved.direction is not None
    assert "query_enhanced" in proved.direction.reasons
    assert proved.direction.nearer in ("archive", None)


@pytest.mark.parametrize("edit", [equalised, sharpened])
def test_somebody_who_came_is_not_brought_out_of_anything(
    edit: Edit,
    faint: Rgb,
    draw: Callable[..., Rgb],
    with_somebody: Callable[[Rgb, Rgb], Rgb],
    archive_view: Keep,
    query_view: View,
) -> None:
    proved = prove(query_view(edit(with_somebody(faint, faintly(draw(5))))), archive_view(faint))
    assert proved is not None
    assert proved.relation is Relation.SIMILAR_SCENE


def test_the_archived_picture_may_be_the_enhanced_one(
    faint: Rgb, archive_view: Keep, query_view: View
) -> None:
    query, picture = query_view(faint), archive_view(equalised(faint))
    detailed = enhanced(*laid(query, picture))
    assert detailed is not None
    assert detailed.enhanced == "query"
    proved = prove(query, picture)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
    kinds = {each.kind: each.numbers for each in proved.alterations}
    assert AlterationKind.OVERLAID not in kinds
    assert "enhanced" not in kinds.get(AlterationKind.RECOLOURED, {}).get("what", [])
    assert proved.direction is not None
    assert "archive_enhanced" in proved.direction.reasons


def test_a_flash_over_a_city_is_not_explained_away(archive_view: Keep, query_view: View) -> None:
    random = np.random.default_rng(3)
    city = np.full((360, 480, 3), 6, np.uint8)
    for left, top in random.integers((4, 200), (470, 350), (220, 2)):
        city[top : top + 4, left : left + 3] = random.integers(60, 160, 3)
    rows, columns = np.indices(city.shape[:2])
    away = np.hypot(columns - 330, rows - 110)
    flash = 245 * np.exp(-((away / 22) ** 2)) + 70 * np.exp(-away / 60)
    lit = np.clip(city + flash[..., None], 0, 255).astype(np.uint8)
    query, picture = query_view(lit), archive_view(city)
    assert enhanced(*laid(query, picture)) is None
    proved = prove(query, picture)
    assert proved is None or proved.relation is not Relation.SAME_PICTURE
