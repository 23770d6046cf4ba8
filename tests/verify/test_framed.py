"""Insets by their edges, ragged where they are as light as what they cover; nothing that moved."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.models import Relation
from provenance.verify import ArchivedView, QueryView, prove
from provenance.verify.aligning.residual import Difference, Residual
from provenance.verify.causes import boxes
from provenance.verify.causes.boxes import is_box
from provenance.verify.causes.cause import Cause
from provenance.verify.causes.framed import ended_on, is_framed
from tests.compared import found

Rgb = NDArray[np.uint8]
Grey = NDArray[np.float32]
View = Callable[[Rgb], QueryView]

BOUND = 14.0


def ground(seed: int = 4) -> Grey:
    """Soft shapes (240, 384) between 60 and 120."""
    grid = np.random.default_rng(seed).uniform(60, 120, (8, 12)).astype(np.float32)
    return cv2.resize(grid, (384, 240), interpolation=cv2.INTER_CUBIC).astype(np.float32)


def left_of(expected: Grey, query: Grey) -> Residual:
    seen = np.ones(expected.shape, np.bool_)
    values = cv2.GaussianBlur(query - expected, (0, 0), 1.0).astype(np.float32)
    return Residual(expected, query, values, seen, seen, 1.0, BOUND, np.arange(32) * 8.0)


def framed(left: Residual) -> bool:
    strong = left.above()
    closed = cv2.morphologyEx(strong.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, parts, sizes, _ = cv2.connectedComponentsWithStats(closed)
    mask = parts == 1 + int(sizes[1:, cv2.CC_STAT_AREA].argmax())
    return is_framed(left, Difference(mask, strong & mask, 0.0), left.above(0.6) | mask)


def with_inset(expected: Grey, *, outside: float = 0.0) -> Grey:
    """A darker picture in a corner, of which a part is next to as light as what it covers."""
    query = expected.copy()
    inset = ground(9)[:84, :120] - 45
    inset[20:50, 30:80] = expected[28:58, 270:320] - 8
    query[8:92, 240:360] = inset
    query[88:104, 300:312] += outside
    return query


def test_an_inset_is_known_by_its_edges() -> None:
    expected = ground()
    assert framed(left_of(expected, with_inset(expected)))


def test_the_window_of_a_template_is_none() -> None:
    """The archived picture has an edge all around it, too: something else is shown in it now."""
    expected = ground()
    expected[8:92, 240:360] = ground(5)[:84, :120] + 110
    assert not framed(left_of(expected, with_inset(expected)))


def test_around_it_nothing_differs() -> None:
    expected = ground()
    query = with_inset(expected)
    for at in range(232, 372, 20):
        cv2.circle(query, (at, 99), 7, 170.0, -1, cv2.LINE_AA)
    assert not framed(left_of(expected, query))


@pytest.mark.parametrize("turn", [0.0, 8.0, 20.0])
def test_who_came_is_not_between_four_straight_sides(turn: float) -> None:
    expected = ground()
    query = expected.copy()
    cv2.ellipse(query, ((200.0, 120.0), (80.0, 160.0), turn), 20.0, -1, cv2.LINE_AA)
    cv2.circle(query, (200, 30), 18, 30.0, -1, cv2.LINE_AA)
    assert not framed(left_of(expected, query))


def test_what_an_inset_hides_did_not_go_elsewhere(
    photo: Rgb, archived: ArchivedView, query_view: View
) -> None:
    """A mast in the inset, a pole below it: within one inset nobody walked on."""
    copy = photo.copy()
    inset = cv2.resize(photo[180:360, 0:240], (150, 112), interpolation=cv2.INTER_AREA)
    copy[8:120, 322:472] = inset
    query = query_view(copy)
    match = prove(query, archived)
    assert match is not None
    assert match.relation is Relation.SAME_PICTURE
    differences = found(query, archived)
    assert differences.share(Cause.BOX) > 0.05
    assert not differences.elsewhere


def test_a_difference_that_ends_on_four_sides_is_told_from_one_that_does_not() -> None:
    expected = ground()
    inset = expected.copy()
    inset[60:140, 120:250] = ground(9)[:80, :130] - 45
    ragged = expected.copy()
    rows, columns = np.indices(expected.shape)
    edge = 12 * np.sin(columns / 6.0)
    inside = (rows > 60 + edge) & (rows < 140 + edge) & (columns > 120) & (columns < 250)
    ragged[inside] -= 45
    known, other = (ended(left_of(expected, each)) for each in (inset, ragged))
    assert known > 3.8
    assert other < 3.0


def ended(left: Residual) -> float:
    return ended_on(left, left.above(), left.above(0.6))


def test_a_large_box_must_end_on_its_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hull of a bus, with its wheels and windows, is a box."""
    expected = ground()
    rows, columns = np.indices(expected.shape)
    lowest = 130 - 11 * np.abs(np.sin(columns / 5.0 + 1))
    last = 262 - 11 * np.abs(np.sin(rows / 5.0))
    inside = (rows > 60) & (rows < lowest) & (columns > 110) & (columns < last)
    lighter = (columns // 16 + rows // 20) % 2 > 0
    query = np.where(inside, expected + np.where(lighter, 60, -45), expected).astype(np.float32)
    left = left_of(expected, query)
    mask = cv2.morphologyEx(left.above().astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9))) > 0
    found = Difference(mask, left.above() & mask, 0.0)
    shapes = [mask, np.asarray(left.above(0.6) | mask)]
    assert not is_box(left, found, shapes)
    monkeypatch.setattr(boxes, "ENDS_ON", 0.0)
    monkeypatch.setattr(boxes, "ENDS_ON_EDGED", 0.0)
    assert is_box(left, found, shapes)
