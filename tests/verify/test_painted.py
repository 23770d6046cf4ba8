"""Paint of strong colours is known whatever its outline; things that stand there are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.fingerprint import raster
from provenance.models import AlterationKind, Pixels, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.causes.cause import Cause
from tests.compared import found

Rgb = NDArray[np.uint8]
Keep = Callable[[Rgb], ArchivedView]
View = Callable[[Rgb], QueryView]

RED, ORANGE, YELLOW = (225, 45, 30), (245, 140, 25), (252, 215, 60)
GREEN, BLUE, WHITE = (20, 160, 60), (40, 70, 200), (250, 250, 250)
FLAMES = ((RED, 1.0), (ORANGE, 0.76), (YELLOW, 0.5), (BLUE, 0.25))


@pytest.fixture(scope="module")
def pale(draw: Callable[..., Rgb]) -> Rgb:
    """A photograph of pale colours."""
    scene = draw(31).astype(np.float32)
    grey = scene.mean(axis=2, keepdims=True)
    return np.asarray(grey + 0.25 * (scene - grey), np.uint8)


def polygon(rgb: Rgb, points: NDArray[np.float64], colour: tuple[int, int, int]) -> None:
    cv2.fillPoly(rgb, [np.rint(points).astype(np.int32)], colour, cv2.LINE_AA)


def flame(rgb: Rgb) -> Rgb:
    """Four tongues in each other, no hull of which is a circle or a box."""
    copy = rgb.copy()
    outline = np.array([[0, -60], [14, -22], [26, -38], [34, 8], [22, 36], [-22, 36], [-34, 4]])
    for colour, size in FLAMES:
        polygon(copy, np.array([210, 180]) + 1.3 * size * outline, colour)
    return copy


def pile(rgb: Rgb) -> Rgb:
    """A green star with a white rim over a flame."""
    copy = flame(rgb)
    angles = np.linspace(0, 2 * np.pi, 10, endpoint=False) - np.pi / 2
    reach = np.where(np.arange(10) % 2, 22.0, 50.0)
    points = np.column_stack([np.cos(angles), np.sin(angles)]) * reach[:, None]
    polygon(copy, np.array([270, 150]) + 1.22 * points, WHITE)
    polygon(copy, np.array([270, 150]) + points, GREEN)
    return copy


def stamp(rgb: Rgb) -> Rgb:
    """Turned letters in a frame, half through."""
    ink = np.zeros(rgb.shape[:2], np.uint8)
    cv2.putText(ink, "FALSE", (120, 200), cv2.FONT_HERSHEY_SIMPLEX, 2.2, (255,), 7, cv2.LINE_AA)
    cv2.rectangle(ink, (105, 130), (335, 225), (255,), 5, cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((220, 180), 14, 1.0)
    share = 0.75 * cv2.warpAffine(ink, turn, rgb.shape[1::-1])[..., None].astype(np.float32) / 255
    return np.asarray(rgb * (1 - share) + share * np.array((205, 25, 35)), np.uint8)


@pytest.mark.parametrize(
    ("drawn", "names"),
    [(flame, {"sticker", "logo"}), (pile, {"sticker", "logo"}), (stamp, {"text", "drawing"})],
)
def test_what_is_drawn_in_strong_colours_is_known_whatever_its_outline(
    drawn: Callable[[Rgb], Rgb],
    names: set[str],
    pale: Rgb,
    archive_view: Keep,
    query_view: View,
) -> None:
    copy, picture = query_view(drawn(pale)), archive_view(pale)
    assert Cause.PAINT in {patch.cause for patch in found(copy, picture).patches}
    proved = prove(copy, picture)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
    kinds = {each.kind: each.numbers for each in proved.alterations}
    assert kinds[AlterationKind.OVERLAID]["what"] in names
    assert AlterationKind.BLURRED not in kinds


def somebody(rgb: Rgb, *, shadow: bool = False, shaded: bool = False) -> Rgb:
    """In four strong colours, as even as nobody is, or with light and shade."""
    copy = rgb.copy()
    figure = np.zeros(rgb.shape[:2], np.uint8)
    cv2.ellipse(figure, (220, 112), (13, 17), 0, 0, 360, (1,), -1)
    cv2.fillPoly(
        figure, [np.array([[206, 128], [236, 128], [250, 190], [236, 190], [192, 186]])], 2
    )
    cv2.fillPoly(
        figure, [np.array([[206, 186], [236, 186], [244, 262], [226, 262], [196, 258]])], 3
    )
    cv2.fillPoly(figure, [np.array([[236, 140], [268, 168], [262, 178], [238, 160]])], 4)
    if shadow:
        dark = np.roll(figure > 0, (8, 16), axis=(0, 1)).astype(np.float32)
        copy = (copy * (1 - 0.5 * cv2.GaussianBlur(dark, (0, 0), 1.5)[..., None])).astype(np.uint8)
    rows, columns = np.indices(rgb.shape[:2])
    light = 0.8 + 0.25 * np.sin(columns / 5.0) + 0.1 * np.cos(rows / 9.0) if shaded else 1.0
    for number, colour in enumerate((ORANGE, RED, BLUE, GREEN), 1):
        lit = np.clip(np.array(colour) * (np.ones(rgb.shape[:2]) * light)[..., None], 0, 255)
        copy[figure == number] = lit[figure == number].astype(np.uint8)
    return copy


@pytest.mark.parametrize("seen", [{"shadow": True}, {"shaded": True}])
def test_what_casts_a_shadow_or_has_light_and_shade_is_no_paint(
    seen: dict[str, bool], pale: Rgb, archive_view: Keep, query_view: View
) -> None:
    copy, picture = query_view(somebody(pale, **seen)), archive_view(pale)
    assert Cause.PAINT not in {patch.cause for patch in found(copy, picture).patches}
    proved = prove(copy, picture)
    assert proved is None or proved.relation is not Relation.SAME_PICTURE


def test_who_stands_where_somebody_else_stood_is_no_paint(
    pale: Rgb, archive_view: Keep, query_view: View
) -> None:
    before = pale.copy()
    cv2.ellipse(before, (226, 186), (46, 84), 0, 0, 360, (38, 40, 46), -1, cv2.LINE_AA)
    proved = prove(query_view(somebody(pale)), archive_view(before))
    assert proved is None or proved.relation is not Relation.SAME_PICTURE


def test_where_all_is_of_strong_colours_none_tells_anything(
    draw: Callable[..., Rgb], archive_view: Keep, query_view: View
) -> None:
    scene = draw(31)
    told = found(query_view(flame(scene)), archive_view(scene))
    assert Cause.PAINT not in {patch.cause for patch in told.patches}


def test_what_is_kept_of_a_check_has_its_colours_too_coarsely(
    pale: Rgb, archive_view: Keep, query_view: View
) -> None:
    whole = query_view(flame(pale))
    kept = replace(whole, raster=raster.proof_raster(Pixels(flame(pale), "drawn")))
    told = found(kept, archive_view(pale))
    assert Cause.PAINT not in {patch.cause for patch in told.patches}
