"""Several archive pictures in one query, one inside something else, or one that is all of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from provenance.models import (
    Alteration,
    AlterationKind,
    Comparison,
    Part,
    Polygon,
    Proof,
    Relation,
)
from provenance.verify.regions.apart import parts
from provenance.verify.regions.seen import cells_of

WIDTH, HEIGHT = 200, 100


def box(left: float, top: float, right: float, bottom: float) -> Polygon:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def match(region: Polygon | None, *kinds: AlterationKind) -> Comparison:
    changes = tuple(Alteration(kind) for kind in kinds)
    return Comparison(Relation.SAME_PICTURE, Proof("pixels"), region, 1.0, 0.5, changes)


def seen(match: Comparison, *regions: Polygon, without: Polygon | None = None) -> Comparison:
    """The match, seen in these regions only."""
    hidden = set(cells_of(without, WIDTH, HEIGHT)) if without else set()
    cells = {cell for region in regions for cell in cells_of(region, WIDTH, HEIGHT)}
    return replace(match, seen=tuple(sorted(cells - hidden)))


LEFT, RIGHT = match(box(0, 0, 98, 100)), match(box(102, 0, 200, 100))
WHOLE, DETAIL = match(box(-5, -5, 210, 110)), match(box(10, 10, 40, 40))


def found(*matches: Comparison) -> tuple[Part, ...]:
    return parts(matches, WIDTH, HEIGHT)


def test_two_tiles_are_two_parts() -> None:
    assert [part.matches for part in found(LEFT, RIGHT)] == [(0,), (1,)]


def test_copies_of_one_picture_are_one_region() -> None:
    assert found(LEFT, LEFT) == ()
    assert found(LEFT, DETAIL) == ()


def test_a_match_of_the_whole_joins_its_tiles_in_any_order() -> None:
    for order in permutations([WHOLE, LEFT, RIGHT]):
        assert found(*order) == ()


def test_copies_of_a_tile_stand_together() -> None:
    assert [part.matches for part in found(RIGHT, LEFT, DETAIL, RIGHT)] == [(0, 3), (1, 2)]


def test_regions_are_cut_to_the_query() -> None:
    for part in found(LEFT, match(box(100, -50, 400, 300))):
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in part.region)


def test_tiles_cut_from_wide_pictures_are_two_parts_and_end_at_the_seam() -> None:
    left = seen(match(box(-40, 0, 150, 100)), box(0, 0, 100, 100))
    right = seen(match(box(50, 0, 240, 100)), box(100, 0, 200, 100))
    one, other = found(left, right)
    assert max(x for x, _ in one.region) == pytest.approx(100, abs=4)
    assert min(x for x, _ in other.region) == pytest.approx(100, abs=4)


def test_a_picture_on_another_one_is_a_part_of_its_own() -> None:
    above = match(box(60, 20, 140, 80), AlterationKind.INSIDE_COLLAGE)
    below = seen(WHOLE, box(0, 0, 200, 100), without=box(60, 20, 140, 80))
    assert [part.matches for part in found(below, above)] == [(0,), (1,)]
    assert [part.matches for part in found(above, below)] == [(0,), (1,)]


def test_one_inside_something_else_is_one_part() -> None:
    inside = match(box(10, 10, 90, 90), AlterationKind.INSIDE_SCREENSHOT)
    (part,) = found(inside)
    assert part.matches == (0,)
    assert set(part.region) == set(inside.region or ())
    assert found(replace(inside, alterations=())) == ()


def test_a_screenshot_that_is_archived_itself_is_all_of_the_query() -> None:
    inside = match(box(10, 10, 90, 90), AlterationKind.INSIDE_SCREENSHOT)
    assert found(inside, WHOLE) == ()


def test_a_match_by_hash_alone_lies_nowhere() -> None:
    assert found(LEFT, match(None), RIGHT) == ()
    assert found() == ()
