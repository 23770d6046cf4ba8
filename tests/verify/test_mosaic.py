"""A part of the copy in squares is found by its lattice, and nothing else has one."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import AlterationKind, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.causes.cause import Cause
from provenance.verify.differing.mosaic import pixelated_parts
from tests.compared import found

Rgb = NDArray[np.uint8]
Archive = Callable[[Rgb], ArchivedView]
View = Callable[[Rgb], QueryView]


def in_squares(photo: Rgb, side: int, first: tuple[int, int] = (0, 0), radius: int = 65) -> Rgb:
    """A disc of it in squares of the mean tone, on a lattice that begins anywhere."""
    rows, columns = ((np.arange(n) + at) // side for n, at in zip(photo.shape, first, strict=False))
    number = rows[:, None] * (columns.max() + 1) + columns
    counts = np.maximum(np.bincount(number.ravel()), 1)
    means = [
        np.bincount(number.ravel(), photo[..., c].ravel().astype(float)) / counts for c in range(3)
    ]
    squares = np.dstack([each[number] for each in means])
    mask = cv2.circle(np.zeros(photo.shape[:2], np.uint8), (250, 170), radius, 1, -1)
    return np.where(mask[..., None] > 0, squares, photo).astype(np.uint8)


@pytest.mark.parametrize(
    ("side", "first"), [(8, (0, 0)), (12, (5, 3)), (16, (7, 11)), (24, (9, 2))]
)
def test_a_face_in_squares_is_the_same_picture_and_named_so(
    photo: Rgb, archived: ArchivedView, query_view: View, side: int, first: tuple[int, int]
) -> None:
    query = query_view(in_squares(photo, side, first))
    proved = prove(query, archived)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
    named = {each.kind: each.numbers for each in proved.alterations}
    assert named[AlterationKind.BLURRED]["how"] == "pixelated"
    assert AlterationKind.OVERLAID not in named


def test_it_ends_where_the_squares_end(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    left = found(query_view(in_squares(photo, 14)), archived).left
    assert left is not None
    (part,) = pixelated_parts(left)
    scale = left.seen.shape[1] / photo.shape[1]
    disc = np.pi * (65 * scale) ** 2
    assert 0.75 * disc < part.sum() < 1.25 * disc


def test_somebody_who_is_gone_left_no_squares(
    photo: Rgb,
    draw: Callable[..., Rgb],
    with_somebody: Callable[[Rgb, Rgb], Rgb],
    archive_view: Archive,
    query_view: View,
) -> None:
    told = found(query_view(photo), archive_view(with_somebody(photo, draw(77))))
    assert told.left is not None
    assert not pixelated_parts(told.left)


def test_another_picture_in_squares_hides_nothing_of_this_one(
    photo: Rgb, draw: Callable[..., Rgb], archived: ArchivedView, query_view: View
) -> None:
    """The lattice alone is not enough: each square must be as light as what it hides."""
    squares = in_squares(draw(77), 14)
    mask = cv2.circle(np.zeros(photo.shape[:2], np.uint8), (250, 170), 65, 1, -1)
    pasted = np.where(mask[..., None] > 0, squares, photo).astype(np.uint8)
    told = found(query_view(pasted), archived)
    assert told.left is not None
    assert not pixelated_parts(told.left)
    assert Cause.BLUR not in {patch.cause for patch in told.patches}


def test_a_wall_of_windows_has_a_lattice_and_was_not_pixelated(
    photo: Rgb, archive_view: Archive, query_view: View
) -> None:
    """Windows lit at another hour: square, in rows, and none as light as it was in the mean."""
    day, night = photo.copy(), photo.copy()
    for x in range(190, 310, 20):
        for y in range(110, 230, 20):
            cv2.rectangle(day, (x, y), (x + 12, y + 12), (40, 45, 60), -1)
            lit = (x * 7 + y * 3) % 40 > 15
            tone = (250, 230, 150) if lit else (40, 45, 60)
            cv2.rectangle(night, (x, y), (x + 12, y + 12), tone, -1)
    told = found(query_view(night), archive_view(day))
    assert told.left is not None
    assert not pixelated_parts(told.left)
