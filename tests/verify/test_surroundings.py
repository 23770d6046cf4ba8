"""What lies around a proved picture: a page, other pictures, or nothing that has a name."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import AlterationKind, Comparison, Relation
from provenance.verify import ArchivedView, QueryView, prove

Rgb = NDArray[np.uint8]
View = Callable[[Rgb], QueryView]
INSIDE = {AlterationKind.INSIDE_SCREENSHOT, AlterationKind.INSIDE_COLLAGE}


def around(comparison: Comparison | None) -> set[AlterationKind]:
    assert comparison is not None
    assert comparison.relation is Relation.SAME_PICTURE
    return {alteration.kind for alteration in comparison.alterations} & INSIDE


def page(width: int, height: int, tone: int) -> Rgb:
    canvas = np.full((height, width, 3), tone, np.uint8)
    for y in range(20, height - 20, 24):
        for x in range(20, width - 20, 9):
            canvas[y : y + 11, x : x + 3] = 255 - tone
    return canvas


@pytest.mark.parametrize("tone", [245, 20])
def test_text_on_a_ground_is_a_screenshot(
    photo: Rgb, archived: ArchivedView, query_view: View, tone: int
) -> None:
    canvas = page(640, 1000, tone)
    canvas[300:720, 40:600] = cv2.resize(photo, (560, 420), interpolation=cv2.INTER_AREA)
    found = prove(query_view(canvas), archived)
    assert around(found) == {AlterationKind.INSIDE_SCREENSHOT}


def test_another_picture_beside_it_is_a_collage(
    photo: Rgb, archived: ArchivedView, query_view: View, draw: Callable[..., Rgb]
) -> None:
    found = prove(query_view(np.hstack([photo, draw(99)])), archived)
    assert around(found) == {AlterationKind.INSIDE_COLLAGE}


def test_a_picture_laid_over_another_is_in_a_collage(
    photo: Rgb, archived: ArchivedView, query_view: View, draw: Callable[..., Rgb]
) -> None:
    below = draw(98, 900, 700)
    below[150:510, 200:680] = photo
    assert around(prove(query_view(below), archived)) == {AlterationKind.INSIDE_COLLAGE}


def test_bars_and_filled_corners_are_neither(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    bars = np.pad(photo, ((90, 90), (0, 0), (0, 0)))
    turn = cv2.getRotationMatrix2D((240, 180), 15, 0.8)
    turned = np.asarray(cv2.warpAffine(photo, turn, (480, 360)), np.uint8)
    for query in (photo, bars, turned, photo[:, ::-1].copy()):
        assert around(prove(query_view(query), archived)) == set()


def test_more_of_the_same_scene_is_neither(
    photo: Rgb, archive_view: Callable[..., ArchivedView], query_view: View
) -> None:
    crop = archive_view(photo[60:300, 80:400].copy())
    assert around(prove(query_view(photo), crop)) == set()
