"""What people draw over a photograph is known as drawn; what stood there another time is not."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import AlterationKind, Comparison, Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.causes.cause import Cause
from provenance.verify.causes.marks import is_line_or_ring
from provenance.verify.differing.differences import Differences
from tests.compared import found

Rgb = NDArray[np.uint8]
Edit = Callable[[Rgb], Rgb]

RED, YELLOW, WHITE, BLACK = (230, 20, 20), (250, 220, 30), (255, 255, 255), (0, 0, 0)


def ring(photo: Rgb) -> Rgb:
    return painted(cv2.ellipse(photo.copy(), (210, 150), (90, 60), 0, 0, 360, RED, 6, cv2.LINE_AA))


def thick_ring(photo: Rgb) -> Rgb:
    return painted(
        cv2.ellipse(photo.copy(), (210, 150), (90, 60), 0, 0, 360, YELLOW, 13, cv2.LINE_AA)
    )


def arrow(photo: Rgb) -> Rgb:
    return painted(
        cv2.arrowedLine(photo.copy(), (330, 300), (240, 200), RED, 12, cv2.LINE_AA, tipLength=0.35)
    )


def heart(photo: Rgb) -> Rgb:
    way = np.linspace(0, 2 * np.pi, 60)
    across = 16 * np.sin(way) ** 3
    down = -(13 * np.cos(way) - 5 * np.cos(2 * way) - 2 * np.cos(3 * way) - np.cos(4 * way))
    outline = np.column_stack([300 + 2.2 * across, 140 + 2.2 * down]).astype(np.int32)
    return painted(cv2.fillPoly(photo.copy(), [outline], (220, 30, 50), cv2.LINE_AA))


def button(photo: Rgb) -> Rgb:
    """Half see-through, with a white triangle on it."""
    dark = cv2.circle(photo.copy(), (240, 180), 44, BLACK, -1, cv2.LINE_AA)
    copy = cv2.addWeighted(photo, 0.45, dark, 0.55, 0)
    triangle = np.array([(226, 158), (226, 202), (264, 180)], np.int32)
    return painted(cv2.fillPoly(copy, [triangle], WHITE, cv2.LINE_AA))


def stamp(photo: Rgb) -> Rgb:
    """Large letters, two fifths opaque."""
    layer = cv2.putText(photo.copy(), "STOCK", (90, 220), cv2.FONT_HERSHEY_DUPLEX, 3, WHITE, 9)
    return painted(cv2.addWeighted(photo, 0.6, layer, 0.4, 0))


def painted(image: object) -> Rgb:
    return np.asarray(image, np.uint8)


MARKS = (ring, thick_ring, arrow, heart, button, stamp)


@pytest.mark.parametrize("edit", MARKS)
def test_a_marked_copy_is_the_same_picture(
    edit: Edit, photo: Rgb, archived: ArchivedView, query_view: Callable[[Rgb], QueryView]
) -> None:
    query = query_view(edit(photo))
    assert all(patch.made for patch in found(query, archived).patches)
    proved = prove(query, archived)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE
    assert overlaid(proved) or edit is button  # that is half see-through: not always named


@pytest.mark.parametrize("edit", [ring, thick_ring, arrow])
def test_what_a_pen_drew_is_called_a_drawing(
    edit: Edit, photo: Rgb, archived: ArchivedView, query_view: Callable[[Rgb], QueryView]
) -> None:
    proved = prove(query_view(edit(photo)), archived)
    assert proved is not None
    assert overlaid(proved)[0]["what"] == "drawing"


@pytest.mark.parametrize("edit", [ring, thick_ring, arrow, heart])
def test_the_archived_picture_may_be_the_marked_one(
    edit: Edit,
    photo: Rgb,
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """As fact-checkers publish them."""
    proved = prove(query_view(photo), archive_view(edit(photo)))
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE


def test_smoke_before_a_plain_sky_is_no_mark_on_what_was_archived(
    photo: Rgb, archive_view: Callable[[Rgb], ArchivedView], query_view: Callable[[Rgb], QueryView]
) -> None:
    """The sky is of one tone, too, but it goes on beside the smoke."""
    before = photo.copy()
    before[:120] = (150, 180, 210)
    after = before.copy()
    cloud = cv2.GaussianBlur(outline(photo).astype(np.float32), (0, 0), 6)
    cloud = np.roll(cloud, -90, axis=0)[..., None] * 0.9
    grain = np.random.default_rng(2).normal(70, 14, photo.shape)
    after = (before * (1 - cloud) + grain * cloud).clip(0, 255).astype(np.uint8)
    assert Cause.MARK not in causes(found(query_view(after), archive_view(before)))


def overlaid(proved: Comparison) -> list[dict[str, object]]:
    kinds = (AlterationKind.OVERLAID,)
    return [dict(each.numbers) for each in proved.alterations if each.kind in kinds]


def shaded(photo: Rgb, mask: Rgb, light: float) -> Rgb:
    """A shape in the tone of one thing, but lit from one side, as things are."""
    across = np.linspace(-light, light, photo.shape[1])[None, :, None]
    thing = np.clip(np.array([150, 60, 50]) + across, 0, 255)
    return np.where(mask[..., None] > 0, thing, photo).astype(np.uint8)


def outline(photo: Rgb) -> Rgb:
    mask = np.zeros(photo.shape[:2], np.uint8)
    return painted(cv2.ellipse(mask, (240, 180), (60, 45), 20, 0, 360, 1, -1))


def test_a_thing_with_light_and_shade_is_no_mark(
    photo: Rgb, archived: ArchivedView, query_view: Callable[[Rgb], QueryView]
) -> None:
    told = found(query_view(shaded(photo, outline(photo), 300)), archived)
    assert Cause.MARK not in causes(told)
    assert told.changed > 0


def test_a_shadow_is_no_veil(
    photo: Rgb, archived: ArchivedView, query_view: Callable[[Rgb], QueryView]
) -> None:
    """It follows one law, too, and tends to black."""
    soft = cv2.GaussianBlur(outline(photo).astype(np.float32), (0, 0), 3)[..., None]
    told = found(query_view((photo * (1 - 0.5 * soft)).astype(np.uint8)), archived)
    assert Cause.MARK not in causes(told)


@pytest.mark.parametrize("tone", [20, 45, 65])
def test_dark_blots_are_soot(
    photo: Rgb, archived: ArchivedView, query_view: Callable[[Rgb], QueryView], tone: int
) -> None:
    """As flat as paint and nearly round: a wall after a fire has them, and an editor seldom."""
    burnt = photo.copy()
    for x, y, wide, high in ((110, 110, 34, 26), (300, 150, 28, 33), (220, 270, 36, 24)):
        blot = cv2.ellipse2Poly((x, y), (wide, high), 25, 0, 360, 24)
        cv2.fillPoly(burnt, [blot], (tone, tone, tone), cv2.LINE_AA)
    told = found(query_view(burnt), archived)
    assert causes(told) & {Cause.MARK, Cause.DISC} == set()
    proved = prove(query_view(burnt), archived)
    assert proved is None or proved.relation is not Relation.SAME_PICTURE


def test_too_much_of_it_is_a_template(
    photo: Rgb, archived: ArchivedView, query_view: Callable[[Rgb], QueryView]
) -> None:
    copy = photo.copy()
    cv2.fillPoly(copy, [np.array([(60, 60), (300, 40), (350, 200), (200, 330), (40, 260)])], RED)
    proved = prove(query_view(copy), archived)
    assert proved is None or proved.relation is not Relation.SAME_PICTURE


def causes(told: Differences) -> set[Cause | None]:
    return {patch.cause for patch in told.patches}


def filled(*boxes: tuple[int, int, int, int]) -> NDArray[np.bool_]:
    """A difference in a frame of 384 by 256 pixels: rectangles of (left, top, right, bottom)."""
    mask = np.zeros((256, 384), np.bool_)
    for left, top, right, bottom in boxes:
        mask[top:bottom, left:right] = True
    return mask


@pytest.mark.parametrize(
    ("mask", "usable"),
    [
        (filled((40, 200, 340, 235)), True),
        (
            filled((60, 40, 220, 54), (60, 146, 220, 160), (60, 40, 74, 160), (206, 40, 220, 160)),
            True,
        ),
        (filled((100, 60, 130, 190), (150, 60, 180, 190), (130, 110, 150, 130)), False),
        (filled((100, 60, 180, 190)), False),
    ],
    ids=["a line of capitals", "a frame", "the sides of a presenter", "a presenter"],
)
def test_a_large_mark_is_a_line_or_a_ring(mask: NDArray[np.bool_], usable: bool) -> None:
    assert is_line_or_ring(mask) is usable
