"""The copy's tone curve, where hardly anything tells it."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.verify import ArchivedView, QueryView
from provenance.verify.aligning.alignment import NO_BLUR, Laid
from provenance.verify.aligning.blocks import compare
from provenance.verify.aligning.frames import Aligned, Floats
from provenance.verify.aligning.residual import Residual, residual
from provenance.verify.aligning.tone_curve import tone_curve
from provenance.verify.differing.differences import AGREES, differences
from tests.compared import found

Rgb = NDArray[np.uint8]

GLINTS = ((150, 118), (260, 210))


def middling(rgb: Rgb) -> Floats:
    """A picture of tones between 40 and 170."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    return np.asarray(40 + 130 * (grey.astype(np.float32) / 255), np.float32)


def with_glints(image: Floats, tone: float) -> Floats:
    bright = image.copy()
    for x, y in GLINTS:
        cv2.circle(bright, (x, y), 3, tone, -1)
    return np.asarray(cv2.GaussianBlur(bright, (0, 0), 0.8), np.float32)


def laid(archived: Floats, query: Floats) -> Laid:
    ones = np.ones_like(archived)
    aligned = Aligned(np.eye(3), archived, query, ones, ones, 1.0)
    return Laid(aligned, compare(aligned), NO_BLUR)


def left_of(both: Laid) -> Residual:
    left = residual(both, both.blocks.compared & (both.blocks.correlation > AGREES))
    assert left is not None
    return left


@pytest.mark.parametrize(("gain", "offset"), [(1.0, 0.0), (0.6, 10.0), (1.2, -8.0)])
def test_glints_brighter_than_all_else_are_no_specks(
    draw: Callable[..., Rgb], gain: float, offset: float
) -> None:
    archived = with_glints(middling(draw(11)), 235)
    assert differences(laid(archived, gain * archived + offset)).specks == 0


def test_lamps_that_were_lit_since_are_specks(draw: Callable[..., Rgb]) -> None:
    image = middling(draw(11))
    dark, lit = with_glints(image, 120), with_glints(image, 235)
    assert differences(laid(dark, lit)).specks == len(GLINTS)
    assert differences(laid(lit, dark)).specks == len(GLINTS)


def test_beyond_the_known_tones_the_curve_goes_on(draw: Callable[..., Rgb]) -> None:
    grain = np.random.default_rng(5).normal(0, 6, (360, 480))
    image = np.asarray(middling(draw(11)) + grain, np.float32)
    tone = left_of(laid(image, 0.5 * image + 20)).tone
    steps = 8 * np.arange(len(tone)) + 4
    assert tone == pytest.approx(0.5 * steps + 20, abs=6)


def test_no_tone_is_darker_than_black_or_lighter_than_white(draw: Callable[..., Rgb]) -> None:
    image = middling(draw(11))
    tone = left_of(laid(image, np.clip(2.6 * image - 150, 0, 255))).tone
    assert tone.min() >= 0
    assert tone.max() <= 255
    assert (np.diff(tone) > -3).all()


def test_a_tone_is_not_learnt_from_the_edge_of_what_was_laid_over(
    draw: Callable[..., Rgb],
) -> None:
    """All that is bright lies beside the sticker: dark there, it would make bright dark."""
    archived = middling(draw(11))
    archived[100:150, 100:220] = 235
    archived = np.asarray(cv2.GaussianBlur(archived, (0, 0), 0.8), np.float32)
    query = archived.copy()
    query[104:150, 96:216] = 30
    query = np.asarray(cv2.GaussianBlur(query, (0, 0), 0.8), np.float32)
    assert left_of(laid(archived, query)).tone[29] == pytest.approx(8 * 29 + 4, abs=12)


@pytest.mark.parametrize("floor", [0.0, 30.0])
def test_no_tone_is_darker_than_the_copy_where_its_darkness_was_cut_off(
    floor: float, draw: Callable[..., Rgb]
) -> None:
    """A black coat that is of one tone in a faded copy, with nothing on it that could agree."""
    archived = middling(draw(11)) + 30
    coat = np.abs(np.arange(archived.shape[1]) % 24 - 12)[None, 60:300] * 2.0 + 4
    archived[80:300, 60:300] = coat
    query = np.maximum(1.4 * (archived - 60), 0) + floor
    left = left_of(laid(archived, np.asarray(query, np.float32)))
    assert np.abs(left.values[100:280, 90:270]).max() < left.bound


def test_what_is_left_beside_burnt_out_light_tells_no_tone() -> None:
    """Of the lightest steps only what touches a dark joint was kept: they seem to fall."""
    grey = np.linspace(20, 250, 256, dtype=np.float32)
    archived = np.repeat(grey[None], 64, axis=0)
    query = np.minimum(1.5 * archived, 255)
    query[::16] = np.where(archived[::16] > 165, 205, query[::16])
    tone = tone_curve(archived, query, query < 250, (0.0, 255.0))
    assert tone is not None
    assert (np.diff(tone) >= 0).all()
    assert tone[16:] == pytest.approx(np.minimum(1.5 * (8 * np.arange(16, 32) + 4), 255), abs=22)


def test_light_is_cut_off_before_a_copy_is_softened(
    draw: Callable[..., Rgb],
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
) -> None:
    """Snow that became white no longer lightens the ropes before it."""
    scene = draw(31)
    snow = 228 + np.random.default_rng(1).normal(0, 2, (160, 360, 1))
    scene[170:330, 60:420] = np.clip(np.repeat(snow, 3, axis=2), 0, 255)
    for x in range(60, 420, 15):
        cv2.line(scene, (x, 170), (x + 12, 330), (70, 62, 58), 1, cv2.LINE_AA)
    for y in range(172, 330, 15):
        cv2.line(scene, (60, y), (420, y + 5), (70, 62, 58), 1, cv2.LINE_AA)
    brighter = np.clip(scene.astype(np.float32) * 1.4, 0, 255).astype(np.uint8)
    assert found(query_view(brighter), archive_view(scene)).patches == ()
