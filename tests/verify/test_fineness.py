"""A blurred copy is laid at one sharpness, however much of it a plain ground makes alike."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.verify import ArchivedView, QueryView
from provenance.verify.aligning.alignment import NO_BLUR, align
from provenance.verify.aligning.fineness import detail_kept
from provenance.verify.aligning.frames import Aligned, Frames

Rgb = NDArray[np.uint8]


@pytest.mark.parametrize(("sigma", "blurred"), [(0.0, False), (0.6, False), (2.0, True)])
def test_both_are_blurred_where_the_query_was(
    draw: Callable[..., Rgb],
    archive_view: Callable[[Rgb], ArchivedView],
    query_view: Callable[[Rgb], QueryView],
    sigma: float,
    blurred: bool,
) -> None:
    drawn = draw(61)
    thing = np.zeros(drawn.shape[:2], np.uint8)
    cv2.ellipse(thing, (240, 180), (150, 110), 0, 0, 360, 1, -1)
    scene = np.where(thing[..., None] > 0, drawn, 236).astype(np.uint8)
    copy = cv2.GaussianBlur(scene, (0, 0), sigma) if sigma else scene
    laid = align(Frames.of(query_view(np.asarray(copy, np.uint8)), archive_view(scene)), np.eye(3))
    assert laid is not None
    assert (laid.blur != NO_BLUR) is blurred


def test_what_is_kept_of_the_detail() -> None:
    noise = np.random.default_rng(5).normal(120, 20, (60, 80)).astype(np.float32)
    seen = np.ones_like(noise)
    same = Aligned(np.eye(3), noise, noise, seen, seen, 1.0)
    assert detail_kept(same) == pytest.approx(1.0)
    assert detail_kept(same.softened(0.0, 2.0)) < 0.3
    small = Aligned(np.eye(3), noise, noise, seen, np.zeros_like(seen), 1.0)
    assert detail_kept(small) == 1.0
