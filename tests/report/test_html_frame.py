import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from provenance.report.html.frame import clipped, visible_part

SQUARE = {(0, 0), (1, 0), (1, 1), (0, 1)}
numbers = st.floats(-400, 900)


def _area(polygon):
    x, y = np.array(polygon).T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2


def test_a_whole_copy_shows_everything():
    part = visible_part([[0, 0], [640, 0], [640, 480], [0, 480]], 640, 480)
    assert {(round(x, 9), round(y, 9)) for x, y in part} == SQUARE


def test_a_mirrored_copy_shows_everything():
    part = visible_part([[640, 0], [0, 0], [0, 480], [640, 480]], 640, 480)
    assert {(round(x, 9), round(y, 9)) for x, y in part} == SQUARE


def test_a_crop_shows_what_was_kept():
    # The left quarter and the lower half were cut off.
    part = visible_part([[-200, 0], [600, 0], [600, 800], [-200, 800]], 600, 400)
    assert {(round(x, 9), round(y, 9)) for x, y in part} == {
        (0.25, 0),
        (1, 0),
        (1, 0.5),
        (0.25, 0.5),
    }


def test_a_picture_inside_another_shows_everything():
    part = visible_part([[100, 50], [300, 50], [300, 250], [100, 250]], 640, 480)
    assert _area(part) == pytest.approx(1)


def test_a_picture_beside_the_query_shows_nothing():
    assert not visible_part([[700, 0], [900, 0], [900, 100], [700, 100]], 640, 480)


@pytest.mark.parametrize("region", [[], [[0, 0]] * 4, [[0, 0], [1, 1], [2, 2], [3, 3]]])
def test_what_is_no_four_sided_figure_shows_nothing(region):
    assert visible_part(region, 640, 480) == []


@given(numbers, numbers, st.floats(20, 900), st.floats(0, 6.283), st.booleans())
def test_a_shown_corner_lies_in_the_query_or_is_a_corner_of_the_archived(x, y, side, turn, mirror):
    axis = side * np.array([np.cos(turn), np.sin(turn)])
    other = np.array([-axis[1], axis[0]]) * (-1 if mirror else 1)
    start = np.array([x, y])
    region = [start, start + axis, start + axis + other, start + other]
    for u, v in visible_part([corner.tolist() for corner in region], 640, 480):
        assert -1e-6 <= u <= 1 + 1e-6
        assert -1e-6 <= v <= 1 + 1e-6
        at = start + u * axis + v * other
        assert -1e-3 <= at[0] <= 640 + 1e-3
        assert -1e-3 <= at[1] <= 480 + 1e-3


@given(st.lists(st.tuples(st.floats(0.2, 1), st.floats(0.2, 1)), min_size=4, max_size=4))
def test_a_perspective_view_shows_everything_when_it_lies_inside(pulls):
    corners = [(0, 0), (600, 0), (600, 400), (0, 400)]
    region = [
        [300 + (x - 300) * pull[0], 200 + (y - 200) * pull[1]]
        for (x, y), pull in zip(corners, pulls, strict=True)
    ]
    assume(_is_convex(region))
    assert _area(visible_part(region, 600, 400)) == pytest.approx(1, abs=1e-6)


def _is_convex(polygon):
    points = np.array(polygon)
    edges = np.roll(points, -1, axis=0) - points
    after = np.roll(edges, -1, axis=0)
    return bool((edges[:, 0] * after[:, 1] - edges[:, 1] * after[:, 0] > 100).all())


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=3, max_size=8))
def test_clipping_stays_inside_and_is_done_once(polygon):
    once = clipped(polygon)
    assert all(-1e-9 <= c <= 1 + 1e-9 for point in once for c in point)
    twice = clipped(once)
    assert len(twice) == 0 or np.isclose(_area(twice), _area(once), atol=1e-9)
    assert bool(twice) == bool(once)
