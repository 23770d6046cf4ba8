import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.demo import alteration


@pytest.fixture
def picture():
    return np.random.default_rng(3).integers(0, 256, (60, 90, 3), dtype=np.uint8)


def test_mirroring_twice_gives_the_picture_back(picture):
    once = alteration.mirror(picture)
    assert not np.array_equal(once, picture)
    assert np.array_equal(alteration.mirror(once), picture)


@given(st.lists(st.floats(0, 0.45), min_size=4, max_size=4))
def test_a_crop_keeps_exactly_the_middle(shares):
    picture = np.arange(60 * 90 * 3, dtype=np.uint32).astype(np.uint8).reshape(60, 90, 3)
    left, top, right, bottom = shares
    cut = alteration.crop(picture, left=left, top=top, right=right, bottom=bottom)
    rows, columns = round(top * 60), round(left * 90)
    height, width = 60 - rows - round(bottom * 60), 90 - columns - round(right * 90)
    assert np.array_equal(cut, picture[rows : rows + height, columns : columns + width])


@pytest.mark.parametrize("where", ["top", "bottom"])
def test_a_banner_covers_its_share_and_nothing_else(picture, where):
    covered = alteration.banner(picture, "NEWS", share=0.25, where=where)
    changed = (covered != picture).any(axis=2).mean(axis=1) > 0.5
    expected = slice(0, 15) if where == "top" else slice(45, 60)
    assert changed[expected].all()
    assert changed.sum() == 15


def test_a_banner_has_text_on_it():
    blank = np.zeros((100, 400, 3), np.uint8)
    covered = alteration.banner(blank, "+++ NEWS +++", share=0.3)
    assert (covered[:30] == 255).all(axis=2).sum() > 50


def test_no_alteration_changes_what_it_was_given(picture):
    before = picture.copy()
    alteration.banner(picture, "NEWS")
    alteration.mirror(picture)[:] = 0
    alteration.crop(picture, left=0.1, top=0.1, right=0, bottom=0)[:] = 0
    alteration.recolour(picture, brightness=0.5)
    alteration.border(picture, 0.1)
    alteration.turn(picture, 10)
    assert np.array_equal(picture, before)


def test_a_border_goes_all_round(picture):
    framed = alteration.border(picture, 0.1)
    assert framed.shape == (78, 108, 3)
    assert np.array_equal(framed[9:-9, 9:-9], picture)


def test_turning_is_clockwise():
    picture = np.zeros((101, 101, 3), np.uint8)
    picture[10, 50] = 255
    turned = alteration.turn(picture, 90)
    assert np.unravel_index(turned[..., 0].argmax(), (101, 101)) == (50, 90)


def test_recolouring_to_grey_leaves_no_colour(picture):
    grey = alteration.recolour(picture, colour=0.0)
    assert (np.ptp(grey, axis=2) <= 1).all()


def test_files_can_be_read_back(picture):
    whole = cv2.imdecode(np.frombuffer(alteration.png(picture), np.uint8), cv2.IMREAD_COLOR)
    assert np.array_equal(whole[..., ::-1], picture)
    assert alteration.jpeg(picture).startswith(b"\xff\xd8\xff")
    assert len(alteration.jpeg(picture, 30)) < len(alteration.jpeg(picture, 95))
