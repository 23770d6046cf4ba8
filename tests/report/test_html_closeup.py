import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.report.html.closeup import NARROWEST, NEARLY_ALL, WHOLE, closeup
from provenance.report.html.frame import clipped

WIDTH, HEIGHT = 1000, 800
sides = st.floats(-600, 1600)


def _box(left, top, right, bottom):
    return [[left, top], [right, top], [right, bottom], [left, bottom]]


def test_a_tile_is_shown_with_a_margin_as_far_as_the_picture_goes():
    tile = closeup(_box(500, 0, 1000, 400), WIDTH, HEIGHT)
    assert (tile.x, tile.y, tile.width, tile.height) == pytest.approx((0.475, 0, 0.525, 0.53125))
    assert tile.fills == pytest.approx(0.25)
    assert tile.is_first


@pytest.mark.parametrize(
    ("region", "first"),
    [
        (_box(0, 0, 500, 800), True),  # each of two pictures side by side
        (_box(100, 80, 900, 720), False),  # framed
    ],
)
def test_what_fills_half_is_shown_closely_first(region, first):
    assert closeup(region, WIDTH, HEIGHT).is_first is first


@pytest.mark.parametrize(
    "region",
    [
        [],
        _box(0, 0, WIDTH, HEIGHT),
        [(5.5e-116, 3.0), (-1.0, 0.0), (-1.0, 0.0), (-1.0, 28.0)],
        _box(-300, -300, 1500, 1500),
        _box(20, 20, 980, 780),
        _box(1200, 0, 1500, 400),
        [[300, 300]] * 4,
    ],
)
def test_there_is_nothing_to_go_closer_to(region):
    assert closeup(region, WIDTH, HEIGHT) is None


def test_a_strip_is_shown_with_what_is_beside_it():
    strip = closeup(_box(980, 100, 1500, 700), WIDTH, HEIGHT)
    assert strip.width * WIDTH == pytest.approx(NARROWEST * 600)
    assert strip.x + strip.width == pytest.approx(1)


def test_the_whole_changes_nothing():
    points = [(0.25, -0.5), (1, 2)]
    assert WHOLE.within(points) == points


@given(st.lists(st.tuples(sides, sides), min_size=4, max_size=4))
def test_it_lies_in_the_picture_and_holds_what_is_seen_of_the_region(region):
    part = closeup(region, WIDTH, HEIGHT)
    assume(part is not None)
    assert 0 <= part.x <= part.x + part.width <= 1 + 1e-9
    assert 0 <= part.y <= part.y + part.height <= 1 + 1e-9
    assert part.width * part.height < NEARLY_ALL
    for x, y in part.within(clipped([(x / WIDTH, y / HEIGHT) for x, y in region])):
        assert -1e-6 <= x <= 1 + 1e-6
        assert -1e-6 <= y <= 1 + 1e-6
