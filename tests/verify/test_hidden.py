"""A blurred part falls to pieces, one for everything that lay below, and is known all the same."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import AlterationKind, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.causes.cause import Cause
from provenance.verify.differing.differences import Differences
from tests.compared import found

Rgb = NDArray[np.uint8]
BRIGHT, DARK = (235, 235, 225), (25, 20, 30)


def blurred(
    photo: Rgb, sigma: float, centre: tuple[int, int] = (250, 170), radius: int = 60
) -> Rgb:
    """A disc of it made unrecognisable."""
    soft = cv2.GaussianBlur(photo, (0, 0), sigma)
    mask = cv2.circle(np.zeros(photo.shape[:2], np.uint8), centre, radius, 1, -1)
    return np.where(mask[..., None] > 0, soft, photo).astype(np.uint8)


@pytest.fixture(scope="module")
def shelf(photo: Rgb) -> Rgb:
    """Bright and dark things apart from each other: a blur leaves a difference at each."""
    picture = photo.copy()
    things = (((214, 150), BRIGHT), ((285, 200), DARK), ((262, 128), DARK), ((230, 208), BRIGHT))
    for (x, y), tone in things:
        cv2.rectangle(picture, (x - 9, y - 14), (x + 9, y + 14), tone, -1)
    return picture


def open_causes(told: Differences) -> set[Cause | None]:
    return {patch.cause for patch in told.patches}


@pytest.mark.parametrize("sigma", [12.0, 20.0, 30.0])
def test_every_piece_of_a_blurred_part_is_blur(
    shelf: Rgb,
    sigma: float,
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    query, archived = query_view(blurred(shelf, sigma)), archive_view(shelf)
    told = found(query, archived)
    assert open_causes(told) == {Cause.BLUR}
    proved = prove(query, archived)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
    kinds = {each.kind for each in proved.alterations}
    assert AlterationKind.BLURRED in kinds
    assert AlterationKind.OVERLAID not in kinds


def test_somebody_who_is_gone_was_not_blurred(
    photo: Rgb,
    draw: Callable[..., Rgb],
    with_somebody: Callable[[Rgb, Rgb], Rgb],
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """The wall behind is as smooth as a blur."""
    wall = photo.copy()
    wall[60:290, 150:300] = (150, 140, 130)
    before = archive_view(with_somebody(wall, draw(77)))
    assert Cause.BLUR not in open_causes(found(query_view(wall), before))
    proved = prove(query_view(wall), before)
    assert proved is None or proved.relation is not Relation.SAME_PICTURE


def test_a_face_blurred_before_a_dark_wall_is_known_by_the_crescent_of_the_next(
    photo: Rgb,
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """Hardly any detail is lost around it, and only where the next face lay it differs clearly."""
    soft = np.random.default_rng(3).normal(0, 1, (*photo.shape[:2], 1)).astype(np.float32)
    soft = cv2.GaussianBlur(soft, (0, 0), 6)
    dark = photo.copy()
    dark[70:280, 130:400] = np.clip(42 + 60 * soft[70:280, 130:400, None], 0, 255)
    cv2.ellipse(dark, (326, 170), (36, 52), 0, 0, 360, (178, 150, 128), -1, cv2.LINE_AA)
    cv2.ellipse(dark, (316, 160), (9, 6), 0, 0, 360, (30, 24, 22), -1, cv2.LINE_AA)
    cv2.ellipse(dark, (320, 196), (14, 6), 0, 0, 360, (90, 30, 30), -1, cv2.LINE_AA)
    copy, picture = query_view(blurred(dark, 22.0, (250, 170), 52)), archive_view(dark)
    assert open_causes(found(copy, picture)) == {Cause.BLUR}
    proved = prove(copy, picture)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE


def test_blurred_words_make_no_other_page(
    archive_view: Callable[[Rgb], ArchivedView], query_view: Callable[[Rgb], QueryView]
) -> None:
    """A letter with a name made unreadable is that letter; with another name in it, it is not."""
    page, other = letter("KOWALSKI"), letter("ANDERSEN")
    hidden = page.copy()
    hidden[140:185, 130:330] = cv2.GaussianBlur(page, (0, 0), 9)[140:185, 130:330]
    archived = archive_view(page)
    proved = prove(query_view(hidden), archived)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
    exchanged = prove(query_view(other), archived)
    assert exchanged is None or exchanged.relation is not Relation.SAME_PICTURE


def letter(name: str) -> Rgb:
    page = np.full((560, 560, 3), 250, np.uint8)
    lines = (
        "MINISTRY OF THE INTERIOR",
        "To whom it may concern",
        name,
        "was heard on 12 March",
        "in the matter of the",
        "convoy that was stopped",
        "at the northern gate",
        "and has been released",
        "Signed and sealed",
    )
    for line, text in enumerate(lines):
        place = (40 if line != 2 else 140, 60 + 55 * line)
        cv2.putText(page, text, place, cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 2, cv2.LINE_AA)
    return page


def windows(photo: Rgb) -> Rgb:
    """A wall in which one window is as the next."""
    picture = np.full_like(photo, (176, 168, 158))
    for y in range(20, photo.shape[0] - 30, 44):
        for x in range(20, photo.shape[1] - 20, 34):
            cv2.rectangle(picture, (x, y), (x + 16, y + 28), (60, 66, 80), -1)
    return cv2.addWeighted(picture, 0.8, photo, 0.2, 0)


@pytest.mark.parametrize(("grain", "cause"), [(0.0, Cause.BLUR), (20.0, None)])
def test_rubble_is_no_blur_of_the_wall_that_stood_there(
    photo: Rgb,
    grain: float,
    cause: Cause | None,
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """It is as light as the wall with its windows, but a blur has no grain."""
    wall = windows(photo)
    copy = blurred(wall, 25.0, (0, 330), 110).astype(np.float32)
    corner = cv2.circle(np.zeros(photo.shape[:2], np.uint8), (0, 330), 109, 1, -1) > 0
    copy[corner] += np.random.default_rng(4).normal(0, grain, (*copy.shape[:2], 1))[corner]
    told = found(query_view(np.clip(copy, 0, 255).astype(np.uint8)), archive_view(wall))
    assert max(told.patches, key=lambda patch: patch.share).cause is cause
