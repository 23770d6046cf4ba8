"""Something else along a whole edge is a strip; people on a bare floor and moved roofs are not."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.causes.cause import Cause
from tests.compared import found

Rgb = NDArray[np.uint8]
Draw = Callable[..., Rgb]
Archived = Callable[[Rgb], ArchivedView]
Query = Callable[[Rgb], QueryView]


@pytest.fixture(scope="module")
def bare(draw: Draw) -> Rgb:
    """Something in the middle of a bare floor."""
    floor = np.full((360, 480, 3), 190, np.uint8)
    random = np.random.default_rng(4)
    floor = np.clip(floor + random.normal(0, 1.5, floor.shape), 0, 255).astype(np.uint8)
    floor[20:340, 170:310] = draw(11)[20:340, 170:310]
    return floor


def somebody(picture: Rgb, across: int) -> Rgb:
    copy = picture.copy()
    cv2.circle(copy, (across, 110), 14, (60, 60, 70), -1, cv2.LINE_AA)
    body = [(-18, 128), (18, 128), (24, 210), (14, 290), (0, 220), (-14, 290), (-24, 210)]
    outline = np.array([(across + x, y) for x, y in body], np.int32)
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]]
    folds = 90 + 50 * np.sin((columns - across) / 6) * np.cos(rows / 9)
    inside = cv2.fillPoly(np.zeros(picture.shape[:2], np.uint8), [outline], 1) > 0
    return np.where(inside[..., None], folds[..., None], copy).astype(np.uint8)


def capitals(picture: Rgb) -> Rgb:
    font = cv2.FONT_HERSHEY_TRIPLEX
    copy = cv2.putText(picture.copy(), "SEEN NEAR THE BORDER", (8, 350), font, 1.25, (0, 0, 0), 7)
    copy = cv2.putText(copy, "SEEN NEAR THE BORDER", (8, 350), font, 1.25, (255,) * 3, 2)
    return np.asarray(copy, np.uint8)


def glow(picture: Rgb) -> Rgb:
    """Light on glass over the corner."""
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]]
    light = 70 * np.exp(-(((columns - 480) / 90) ** 2 + ((rows - 30) / 110) ** 2))
    return np.clip(picture + light[..., None], 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("before", "now"), [(60, 420), (420, 60)])
def test_who_stands_elsewhere_on_a_bare_floor_is_another_moment(
    bare: Rgb, before: int, now: int, archive_view: Archived, query_view: Query
) -> None:
    query, archived = query_view(somebody(bare, now)), archive_view(somebody(bare, before))
    differences = found(query, archived)
    assert [patch.cause for patch in differences.patches] == [None, None]
    proved = prove(query, archived)
    assert proved is None or proved.relation is not Relation.SAME_PICTURE


def test_people_who_fill_the_height_before_a_bare_edge_are_no_strip(
    bare: Rgb, archive_view: Archived, query_view: Query
) -> None:
    """Side by side they reach over most of the height; the edge beside them is bare."""
    large = cv2.resize(somebody(bare, 400), None, fx=1.0, fy=1.25)[40:400]
    before = np.asarray(cv2.resize(bare, None, fx=1.0, fy=1.25)[40:400], np.uint8)
    query, archived = query_view(np.asarray(large, np.uint8)), archive_view(before)
    assert Cause.STRIP not in {patch.cause for patch in found(query, archived).patches}
    proved = prove(query, archived)
    assert proved is None or proved.relation is not Relation.SAME_PICTURE


@pytest.mark.parametrize("edit", [capitals, glow])
def test_a_line_of_capitals_and_a_glow_are_no_other_moment(
    bare: Rgb, edit: Callable[[Rgb], Rgb], archive_view: Archived, query_view: Query
) -> None:
    query, archived = query_view(edit(bare)), archive_view(bare)
    assert all(patch.made for patch in found(query, archived).patches)
    proved = prove(query, archived)
    assert proved is not None
    assert proved.relation is Relation.SAME_PICTURE


def test_another_tile_is_a_strip_and_the_same_roofs_further_on_are_not(
    photo: Rgb, draw: Draw, archive_view: Archived, query_view: Query
) -> None:
    tile, moved = photo.copy(), photo.copy()
    tile[270:] = draw(77)[:90]
    moved[270:] = np.roll(photo, 6, axis=1)[270:]
    archived = archive_view(photo)
    beside = found(query_view(tile), archived)
    assert {patch.cause for patch in beside.patches} == {Cause.STRIP}
    further_on = found(query_view(moved), archived)
    assert further_on.changed > 0.02
    proved = prove(query_view(moved), archived)
    assert proved is None or proved.relation is not Relation.SAME_PICTURE


def at_the_edge(picture: Rgb, other: Rgb, top: int) -> Rgb:
    """Another photograph along the right edge, from so far down to the floor."""
    copy = picture.copy()
    copy[top:, 400:] = other[top:, :80]
    return copy


@pytest.mark.parametrize(("top", "strip"), [(20, True), (110, False)])
def test_what_lies_beside_it_goes_on_from_top_to_bottom(
    bare: Rgb, draw: Draw, archive_view: Archived, query_view: Query, top: int, *, strip: bool
) -> None:
    """Somebody at the edge of a bare floor does not."""
    query = query_view(at_the_edge(bare, draw(77), top))
    largest = max(found(query, archive_view(bare)).patches, key=lambda patch: patch.share)
    assert (largest.cause is Cause.STRIP) is strip
