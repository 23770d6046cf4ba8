"""What two different pictures have in common: a page, a template, a mark, the place."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Common, Comparison, Proof, Relation
from provenance.verify import ArchivedView, QueryView, prove, undecided

Rgb = NDArray[np.uint8]
Draw = Callable[..., Rgb]
Archive = Callable[[Rgb], ArchivedView]
View = Callable[[Rgb], QueryView]

INK = (20, 24, 30)


def written(canvas: Rgb, lines: list[str], left: int, top: int, size: float = 0.9) -> Rgb:
    for row, line in enumerate(lines):
        place = (left, top + round(row * size * 44))
        cv2.putText(canvas, line, place, cv2.FONT_HERSHEY_SIMPLEX, size, INK, 2, cv2.LINE_AA)
    return canvas


def template(photo: Rgb) -> Rgb:
    """A drawn frame with a slot."""
    sheet = np.full((640, 640, 3), (90, 160, 200), np.uint8)
    random = np.random.default_rng(2)
    for _ in range(26):
        centre = tuple(int(v) for v in random.integers(0, 640, 2))
        colour = tuple(int(v) for v in random.integers(0, 255, 3))
        cv2.circle(sheet, centre, int(random.integers(12, 50)), colour, -1, cv2.LINE_AA)
    cv2.rectangle(sheet, (146, 166), (494, 434), (255, 255, 255), -1)
    sheet[170:430, 150:490] = cv2.resize(photo, (340, 260), interpolation=cv2.INTER_AREA)
    return written(sheet, ["WHEN NOBODY IS LOOKING AT IT"], 20, 600)


def captioned(photo: Rgb) -> Rgb:
    """A photograph over a caption of three lines."""
    below = np.full((130, 480, 3), 245, np.uint8)
    said = ["people near the bridge say", "that it happened here on", "sunday at half past nine"]
    return np.vstack([photo, written(below, said, 12, 36)])


def card(last: str) -> Rgb:
    page = np.full((480, 640, 3), 236, np.uint8)
    cv2.rectangle(page, (30, 30), (160, 40), (200, 40, 40), -1)
    lines = [
        "Statement of the ministry on",
        "the events of last night in",
        "the north of the country:",
    ]
    return written(page, [*lines, "at least", last], 34, 110)


@pytest.mark.parametrize(
    ("built", "common"),
    [(template, Common.TEMPLATE), (captioned, Common.MARK)],
)
def test_another_photograph_in_the_same_frame(
    built: Callable[[Rgb], Rgb],
    common: Common,
    draw: Draw,
    archive_view: Archive,
    query_view: View,
) -> None:
    found = prove(query_view(built(draw(31))), archive_view(built(draw(32))))
    assert found is not None
    assert found.relation is Relation.SIMILAR_SCENE
    assert found.common is common


def test_cards_with_other_words_are_pages(archive_view: Archive, query_view: View) -> None:
    found = prove(query_view(card("70 people were seen")), archive_view(card("19 cars were hit")))
    assert found is not None
    assert found.relation is Relation.SIMILAR_SCENE
    assert found.common is Common.PAGE


def test_pages_that_agree_everywhere_are_undecided() -> None:
    """Only what was saved again agrees so; another word costs a block."""
    for common, agreement, told in (
        (Common.PAGE, 1.0, True),
        (Common.PAGE, 0.98, False),
        (Common.TEMPLATE, 1.0, False),
    ):
        proof = Proof("geometry", inliers=70, pixels_compared=True, agreement=agreement)
        found = Comparison(Relation.SIMILAR_SCENE, proof, None, 1.0, 1.0, common=common)
        assert undecided(found) is told


def test_another_moment_is_the_same_place(
    photo: Rgb, draw: Draw, archive_view: Archive, query_view: View
) -> None:
    later = photo.copy()
    random = np.random.default_rng(5)
    for _ in range(7):
        corners = random.uniform(0, 1, 2) * (400, 300) + random.uniform(0, 70, (9, 2))
        shape = np.zeros(photo.shape[:2], np.uint8)
        cv2.fillPoly(shape, [cv2.convexHull(corners.astype(np.int32))], (1,))
        later[shape > 0] = draw(40)[shape > 0]
    found = prove(query_view(later), archive_view(photo))
    assert found is not None
    assert found.relation is Relation.SIMILAR_SCENE
    assert found.common is Common.PLACE


def test_a_match_says_nothing_of_it(photo: Rgb, archived: ArchivedView, query_view: View) -> None:
    found = prove(query_view(photo), archived)
    assert found is not None
    assert found.relation is Relation.SAME_PICTURE
    assert found.common is None
