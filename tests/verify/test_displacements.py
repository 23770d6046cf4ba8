"""What displaced blocks say: where the copy lies, and where parallax shows."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.models import Relation
from provenance.verify.aligning.alignment import NO_BLUR, Laid
from provenance.verify.aligning.blocks import BLOCK, compare, followed
from provenance.verify.aligning.frames import Aligned, Floats
from provenance.verify.aligning.residual import residual
from provenance.verify.differing.differences import AGREES, Differences, differences
from provenance.verify.judging.judgement import by_pixels
from provenance.verify.judging.one_print import MOST_SHIFTED
from provenance.verify.locating.location import Location

Rgb = NDArray[np.uint8]

BLURRED = (1.4, 1.4)


def grey(rgb: Rgb) -> Floats:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.float32)


def laid(archived: Floats, query: Floats, blur: tuple[float, float]) -> Laid:
    aligned = Aligned(
        np.eye(3), archived, query, np.ones_like(archived), np.ones_like(archived), 1.0
    )
    return Laid(aligned, compare(aligned), blur)


def apart(image: Floats, pixels: int) -> Floats:
    """Every other block moved sideways, as another point of view moves what is near."""
    moved = np.roll(image, pixels, axis=1)
    rows, columns = (np.arange(side) // BLOCK for side in image.shape)
    other = (rows[:, None] % 2 == 0) & (columns[None] % 2 == 0)
    return np.where(other, moved, image)


REACHED = [(x, y) for y in range(-4, 5) for x in range(-4, 5)]
SHIFTS = np.array(sorted(REACHED, key=lambda s: (s[0] ** 2 + s[1] ** 2, s)), np.int64)


def alike_at(shift: NDArray[np.int64], most: float = 1.0, else_: float = 0.9) -> Floats:
    """How alike each block is everywhere: most where ``shift`` (rows, columns, 2) says."""
    there = (SHIFTS[:, None, None] == shift[None]).all(axis=-1)
    return np.where(there, most, else_).astype(np.float32)


def all_at(dx: int, dy: int, rows: int = 3, columns: int = 3) -> NDArray[np.int64]:
    return np.broadcast_to(np.array([dx, dy]), (rows, columns, 2)).copy()


def test_a_block_that_disagrees_follows_its_neighbours() -> None:
    shift = all_at(1, 1)
    shift[1, 1] = (-2, 2)
    good = np.ones((3, 3), np.bool_)
    good[1, 1] = False
    assert np.array_equal(followed(alike_at(shift), SHIFTS, good), all_at(1, 1))


def test_a_single_block_does_not_stray_from_its_neighbours() -> None:
    shift = all_at(0, 0)
    shift[1, 1] = (-2, 2)
    assert not followed(alike_at(shift), SHIFTS, np.ones((3, 3), np.bool_)).any()


def test_without_agreement_nothing_moves() -> None:
    none = np.zeros((4, 5), np.bool_)
    assert not followed(alike_at(all_at(2, 2, 4, 5)), SHIFTS, none).any()


@given(
    st.integers(-4, 4),
    st.integers(-4, 4),
    st.lists(st.booleans(), min_size=12, max_size=12).filter(any),
)
def test_what_moves_as_one_is_followed_as_one(dx: int, dy: int, flags: list[bool]) -> None:
    good = np.array(flags).reshape(3, 4)
    answer = followed(alike_at(all_at(dx, dy, 3, 4)), SHIFTS, good)
    near = cv2.dilate(good.astype(np.uint8), np.ones((3, 3))) > 0
    assert (answer[near] == (dx, dy)).all()
    assert not answer[~near].any()


def test_along_a_bar_chance_moves_nothing() -> None:
    along = alike_at(all_at(2, 0), most=0.996, else_=0.995)
    assert not followed(along, SHIFTS, np.ones((3, 3), np.bool_)).any()


def test_what_crosses_a_bar_says_how_it_lies() -> None:
    bars = alike_at(all_at(0, 0), most=0.99, else_=0.99)
    bars[:, 1, 1] = alike_at(all_at(1, 0))[:, 1, 1]
    answer = followed(bars, SHIFTS, np.ones((3, 3), np.bool_))
    assert np.array_equal(answer, all_at(1, 0))


def cage(lower: float) -> Floats:
    """Posts with slanted rails between them, ``lower`` by a part of a pixel."""
    y, x = np.mgrid[0:384, 0:480].astype(np.float32)
    posts = np.abs(x % 96 - 60) < 5
    rails = np.abs((y - lower + 0.2 * x) % 32 - 16) < 2
    return np.asarray(cv2.GaussianBlur(np.where(posts | rails, 60.0, 190.0), (0, 0), 1), np.float32)


def test_rails_do_not_lay_a_post_beside_itself() -> None:
    both = laid(cage(0), cage(0.4), NO_BLUR)
    found = differences(both)
    assert not found.patches
    assert found.specks == 0


def test_what_was_laid_over_is_not_torn(draw: Callable[..., Rgb]) -> None:
    image = grey(draw(11))
    query = image.copy()
    cv2.circle(query, (240, 192), 72, 200.0, -1, cv2.LINE_AA)
    both = laid(image, query, NO_BLUR)
    assert np.abs(both.blocks.shift[~(both.blocks.correlation > AGREES)]).any()
    left = residual(both, both.blocks.compared & (both.blocks.correlation > AGREES))
    assert left is not None
    assert np.array_equal(left.query, query)


def test_below_blur_a_pixel_apart_is_parallax(draw: Callable[..., Rgb]) -> None:
    image = grey(draw(11))
    query = apart(image, 1)
    assert differences(laid(image, query, BLURRED)).shifted > MOST_SHIFTED
    assert differences(laid(image, query, NO_BLUR)).shifted == 0


def test_a_blurred_copy_moved_as_a_whole_is_not_parallax(draw: Callable[..., Rgb]) -> None:
    image = grey(draw(11))
    assert differences(laid(image, np.roll(image, 1, axis=1), BLURRED)).shifted == 0


def test_where_light_was_cut_off_nothing_strays(draw: Callable[..., Rgb]) -> None:
    image = grey(draw(11))
    dim = np.where(np.arange(image.shape[1]) % BLOCK < 2, 250, 0.8 * image).astype(np.float32)
    burnt = np.where(dim == 250, 255, apart(dim, 1)).astype(np.float32)
    assert differences(laid(dim, burnt, BLURRED)).shifted == 0


def relation_below_a_watermark(image: Floats, blur: tuple[float, float]) -> Relation | None:
    """Letters reach into three blocks of five; all agree as far as they can be seen."""
    both = laid(image, image, blur)
    compared = both.blocks.compared
    free = np.zeros_like(compared)
    free.flat[::5] = free.flat[1::5] = True
    judged = by_pixels(
        Location(np.eye(3), mirrored=False, inliers=90, spread=1.0),
        both,
        Differences(agreeing=compared, free=free, compared=compared),
    )
    return None if judged is None else judged.relation


def test_what_agrees_below_a_watermark_is_left_to_judge_by(draw: Callable[..., Rgb]) -> None:
    image = grey(draw(11))
    assert relation_below_a_watermark(image, NO_BLUR) is Relation.SAME_PICTURE
    assert relation_below_a_watermark(image, BLURRED) is Relation.SIMILAR_SCENE
