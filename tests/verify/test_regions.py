"""Several archive pictures in one query, or one."""

from __future__ import annotations

from provenance.verify.regions import parts

LEFT = ((0.0, 0.0), (98.0, 0.0), (98.0, 100.0), (0.0, 100.0))
RIGHT = ((102.0, 0.0), (200.0, 0.0), (200.0, 100.0), (102.0, 100.0))
WHOLE = ((-5.0, -5.0), (210.0, -5.0), (210.0, 110.0), (-5.0, 110.0))
DETAIL = ((10.0, 10.0), (40.0, 10.0), (40.0, 40.0), (10.0, 40.0))


def test_two_tiles_are_two_parts() -> None:
    found = parts([LEFT, RIGHT], 200, 100)
    assert [part.matches for part in found] == [(0,), (1,)]


def test_copies_of_one_picture_are_one_region() -> None:
    assert parts([LEFT, LEFT], 200, 100) == ()
    assert parts([LEFT, DETAIL], 200, 100) == ()


def test_a_match_of_the_whole_joins_its_tiles_in_any_order() -> None:
    for order in ([WHOLE, LEFT, RIGHT], [LEFT, RIGHT, WHOLE], [LEFT, WHOLE, RIGHT]):
        assert parts(order, 200, 100) == ()


def test_copies_of_a_tile_stand_together() -> None:
    found = parts([RIGHT, LEFT, DETAIL, RIGHT], 200, 100)
    assert [part.matches for part in found] == [(0, 3), (1, 2)]


def test_regions_are_cut_to_the_query() -> None:
    half = ((100.0, -50.0), (400.0, -50.0), (400.0, 300.0), (100.0, 300.0))
    found = parts([LEFT, half], 200, 100)
    assert all(0 <= x <= 200 and 0 <= y <= 100 for part in found for x, y in part.region)


def test_a_match_by_hash_alone_lies_nowhere() -> None:
    assert parts([LEFT, None, RIGHT], 200, 100) == ()
    assert parts([], 200, 100) == ()
