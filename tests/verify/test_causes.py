"""What an editor's tool leaves is told from what another moment leaves."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Comparison, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.causes.cause import Cause
from provenance.verify.causes.lettering import LARGE_UPRIGHT
from tests.compared import found

Rgb = NDArray[np.uint8]
Edit = Callable[[Rgb, Rgb], Rgb]


@pytest.fixture(scope="session")
def other(draw: Callable[..., Rgb]) -> Rgb:
    return draw(77)


def inset(photo: Rgb, other: Rgb) -> Rgb:
    copy = photo.copy()
    copy[8:100, 340:460] = cv2.resize(other, (120, 92))
    return copy


def neighbour(photo: Rgb, other: Rgb) -> Rgb:
    copy = photo.copy()
    copy[:, 360:] = other[:, :120]
    return copy


def disc(photo: Rgb, _other: Rgb) -> Rgb:
    return np.asarray(cv2.circle(photo.copy(), (120, 100), 40, (200, 20, 30), -1), np.uint8)


def two_discs(photo: Rgb, _other: Rgb) -> Rgb:
    copy = cv2.circle(photo.copy(), (120, 100), 40, (250, 210, 40), -1)
    return np.asarray(cv2.circle(copy, (170, 120), 40, (250, 210, 40), -1), np.uint8)


def overlapping_faces(photo: Rgb, _other: Rgb) -> Rgb:
    """Yellow faces, one over half of the other; together no disc, and drawn on in two tones."""
    copy = photo.copy()
    for x, y in ((120, 100), (152, 112)):
        cv2.circle(copy, (x, y), 38, (255, 221, 51), -1, cv2.LINE_AA)
        cv2.circle(copy, (x - 13, y - 10), 5, (40, 40, 40), -1, cv2.LINE_AA)
        cv2.circle(copy, (x + 13, y - 10), 5, (40, 40, 40), -1, cv2.LINE_AA)
        cv2.ellipse(copy, (x, y + 6), (18, 14), 0, 20, 160, (40, 40, 40), 4, cv2.LINE_AA)
    return copy


def letters(photo: Rgb, _other: Rgb) -> Rgb:
    place, font = (40, 330), cv2.FONT_HERSHEY_SIMPLEX
    copy = cv2.putText(photo.copy(), "NEAR THE CITY", place, font, 1.6, (0, 0, 0), 9)
    return np.asarray(cv2.putText(copy, "NEAR THE CITY", place, font, 1.6, (255,) * 3, 4), np.uint8)


def somebody(photo: Rgb, other: Rgb) -> Rgb:
    """A figure with the tones of another photograph."""
    mask = np.zeros(photo.shape[:2], np.uint8)
    cv2.ellipse(mask, (200, 120), (16, 20), 0, 0, 360, 1, -1)
    cv2.fillPoly(mask, [np.array([[185, 140], [215, 140], [235, 250], [205, 235], [180, 260]])], 1)
    return np.where(mask[..., None] > 0, other, photo).astype(np.uint8)


def cloud(photo: Rgb, other: Rgb) -> Rgb:
    """Another photograph within an uneven outline: rubble, smoke, a garment."""
    angle = np.linspace(0, 2 * np.pi, 40)
    reach = 70 + 18 * np.sin(3 * angle) + 12 * np.sin(5 * angle + 1)
    outline = np.column_stack([240 + reach * np.cos(angle), 180 + reach * np.sin(angle)])
    mask = cv2.fillPoly(np.zeros(photo.shape[:2], np.uint8), [outline.astype(np.int32)], 1)
    return np.where(mask[..., None] > 0, other, photo).astype(np.uint8)


@pytest.mark.parametrize(
    ("edit", "cause"),
    [
        (inset, Cause.BOX),
        (neighbour, Cause.STRIP),
        (disc, Cause.DISC),
        (two_discs, Cause.DISC),
        (overlapping_faces, Cause.DISC),
        (letters, Cause.INK),
    ],
)
def test_an_editors_tool_is_known(
    edit: Edit,
    cause: Cause,
    photo: Rgb,
    other: Rgb,
    archived: ArchivedView,
    query_view: Callable[[Rgb], QueryView],
) -> None:
    patches = found(query_view(edit(photo, other)), archived).patches
    assert {patch.cause for patch in patches if patch.share > 0.004} == {cause}


@pytest.mark.parametrize("edit", [somebody, cloud])
def test_another_moment_is_no_tool_of_an_editor(
    edit: Edit,
    photo: Rgb,
    other: Rgb,
    archived: ArchivedView,
    query_view: Callable[[Rgb], QueryView],
) -> None:
    query = query_view(edit(photo, other))
    largest = max(found(query, archived).patches, key=lambda patch: patch.share)
    assert largest.cause is None
    proved = prove(query, archived)
    assert isinstance(proved, Comparison)
    assert proved.relation is Relation.SIMILAR_SCENE


@pytest.mark.parametrize("edit", [disc, letters])
def test_it_may_lie_on_the_archived_picture(
    edit: Edit,
    photo: Rgb,
    other: Rgb,
    archive_view: Callable[..., ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    proved = prove(query_view(photo), archive_view(edit(photo, other)))
    assert isinstance(proved, Comparison)
    assert proved.relation is Relation.SAME_PICTURE


def test_a_template_around_another_picture_is_no_copy(
    photo: Rgb,
    other: Rgb,
    draw: Callable[..., Rgb],
    archive_view: Callable[..., ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    one, another = photo.copy(), photo.copy()
    one[40:280, 60:380], another[40:280, 60:380] = other[40:280, 60:380], draw(5)[40:280, 60:380]
    proved = prove(query_view(one), archive_view(another))
    assert proved is None or proved.relation is Relation.SIMILAR_SCENE


def standing(photo: Rgb, other: Rgb, across: int) -> Rgb:
    """A small figure of another photograph, so many pixels from the left."""
    copy = photo.copy()
    mask = np.zeros(photo.shape[:2], np.uint8)
    cv2.ellipse(mask, (across, 180), (14, 30), 0, 0, 360, 1, -1)
    figure = np.roll(other, across - 200, axis=1)
    copy[mask > 0] = figure[mask > 0]
    return copy


@pytest.mark.parametrize("across", [204, 207])
def test_who_moved_is_another_moment_however_small(
    across: int,
    photo: Rgb,
    other: Rgb,
    archive_view: Callable[..., ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    before, query = (
        archive_view(standing(photo, other, 200)),
        query_view(standing(photo, other, across)),
    )
    told = found(query, before)
    assert told.moved
    assert told.changed < 0.01
    proved = prove(query, before)
    assert isinstance(proved, Comparison)
    assert proved.relation is Relation.SIMILAR_SCENE


@pytest.mark.parametrize(("colour", "known"), [((170, 15, 25), True), ((62, 62, 62), False)])
def test_what_is_dark_must_be_of_a_colour_to_be_drawn(
    colour: tuple[int, int, int],
    known: bool,
    photo: Rgb,
    archived: ArchivedView,
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """Two discs that touch, as dark as soot: red they are stickers, grey they may be soot."""
    copy = cv2.circle(photo.copy(), (120, 100), 40, colour, -1)
    copy = cv2.circle(copy, (170, 120), 40, colour, -1)
    told = found(query_view(np.asarray(copy, np.uint8)), archived)
    largest = max(told.patches, key=lambda patch: patch.share)
    assert (largest.cause is not None) is known


@pytest.mark.parametrize(("colour", "known"), [((250, 210, 40), True), ((203, 203, 203), False)])
def test_a_sticker_as_light_as_most_of_its_ground_is_known_by_its_colour(
    colour: tuple[int, int, int],
    known: bool,
    photo: Rgb,
    archive_view: Callable[..., ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """Both discs are as light as the wall they lie on; a third of each lies over a dark edge."""
    wall = photo.copy()
    wall[60:300, 100:300], wall[60:300, 60:100] = 203, 70
    copy = cv2.circle(wall.copy(), (112, 180), 32, colour, -1, cv2.LINE_AA)
    told = found(query_view(np.asarray(copy, np.uint8)), archive_view(wall))
    largest = max(told.patches, key=lambda patch: patch.share)
    assert (largest.cause is Cause.DISC) is known


def walking(photo: Rgb, left: int) -> Rgb:
    """Somebody in a light shirt, of whom both places together have four straight sides."""
    walked = photo.copy()
    cv2.rectangle(walked, (left, 140), (left + 39, 219), (205, 200, 190), -1)
    cv2.rectangle(walked, (left, 220), (left + 39, 299), (188, 180, 160), -1)
    return walked


@pytest.mark.parametrize("step", [40, 44])
def test_who_walked_on_leaves_two_places_and_no_inset(
    draw: Callable[..., Rgb],
    archive_view: Callable[..., ArchivedView],
    query_view: Callable[..., QueryView],
    step: int,
) -> None:
    square = (draw(11).astype(np.float32) * 0.4).astype(np.uint8)
    before, after = walking(square, 200), walking(square, 200 + step)
    match = prove(query_view(after), archive_view(before))
    assert match is not None
    assert match.relation is Relation.SIMILAR_SCENE


def test_an_inset_half_lighter_and_half_darker_than_what_it_covers_is_known(
    photo: Rgb,
    archived: ArchivedView,
    query_view: Callable[..., QueryView],
) -> None:
    halved = photo.copy()
    cv2.rectangle(halved, (200, 140), (239, 219), (235, 235, 235), -1)
    cv2.rectangle(halved, (240, 140), (279, 219), (15, 15, 15), -1)
    match = prove(query_view(halved), archived)
    assert match is not None
    assert match.relation is Relation.SAME_PICTURE


@pytest.mark.parametrize(
    ("width", "high", "relation"),
    [
        (840, 230, Relation.SAME_PICTURE),
        (480, 180, Relation.SIMILAR_SCENE),
    ],
)
def test_an_inset_of_a_third_of_the_width_is_more_of_a_wide_picture(
    width: int,
    high: int,
    relation: Relation,
    draw: Callable[..., Rgb],
    archive_view: Callable[..., ArchivedView],
    query_view: Callable[..., QueryView],
) -> None:
    """0.29 of one thrice as wide as high; of another one it may be the slot of a template."""
    scene = draw(41, width, 300)
    copy = scene.copy()
    left, wide = (470, 280) if width == 840 else (140, 240)
    copy[40 : 40 + high, left : left + wide] = cv2.resize(draw(77), (wide, high))
    match = prove(query_view(copy), archive_view(scene))
    assert match is not None
    assert match.relation is relation


def spotted(photo: Rgb, words: str, lines: int) -> Rgb:
    """Words one below the other, so closely that they are one difference."""
    copy, font = photo.copy(), cv2.FONT_HERSHEY_SIMPLEX
    for line in range(lines):
        place = (170, 90 + 26 * line)
        cv2.putText(copy, words, place, font, 0.9, (0, 0, 0), 7, cv2.LINE_AA)
        cv2.putText(copy, words, place, font, 0.9, (255,) * 3, 2, cv2.LINE_AA)
    return np.asarray(copy, np.uint8)


@pytest.mark.parametrize(("words", "lines", "known"), [("SPOTTED", 3, True), ("SPO", 6, False)])
def test_what_stands_upright_like_somebody_is_no_lettering(
    words: str,
    lines: int,
    known: bool,
    photo: Rgb,
    archived: ArchivedView,
    query_view: Callable[[Rgb], QueryView],
) -> None:
    told = found(query_view(spotted(photo, words, lines)), archived)
    largest = max(told.patches, key=lambda patch: patch.share)
    assert largest.share > LARGE_UPRIGHT
    assert (largest.cause is Cause.INK) is known
