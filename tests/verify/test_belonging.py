"""Pieces of one thing that an editor made have its cause, and nothing else has."""

from __future__ import annotations

import numpy as np
import pytest

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.cause import Cause
from provenance.verify.differing.belonging import belonging
from provenance.verify.differing.patch import Patch

HEIGHT, WIDTH = 240, 360


def nothing_left() -> Residual:
    even = np.full((HEIGHT, WIDTH), 120.0, np.float32)
    seen = np.ones(even.shape, np.bool_)
    return Residual(even, even, even * 0, seen, seen, 1.0, 14.0, np.arange(32) * 8.0)


def circle(radius: int, *, without: int = 0) -> Flags:
    """A circle of which so many rows at its top do not differ."""
    rows, columns = np.indices((HEIGHT, WIDTH))
    inside = np.hypot(rows - 120, columns - 180) <= radius
    return np.asarray(inside & (rows >= 120 - radius + without))


def piece(top: int, left: int, high: int, wide: int) -> Flags:
    mask = np.zeros((HEIGHT, WIDTH), np.bool_)
    mask[top : top + high, left : left + wide] = True
    return mask


def patch(mask: Flags, cause: Cause | None) -> Patch:
    return Patch(mask, float(mask.mean()), cause)


@pytest.mark.parametrize(
    ("mask", "cause"),
    [
        (piece(84, 172, 4, 16), Cause.DISC),
        (piece(70, 172, 8, 16), None),
        (piece(84, 150, 40, 60), None),
    ],
)
def test_a_small_piece_within_its_circle_belongs_to_a_sticker(
    mask: Flags, cause: Cause | None
) -> None:
    whole = circle(40, without=9)
    found = [patch(whole & ~mask, Cause.DISC), patch(mask, None)]
    wider = (whole | mask).astype(np.int32)
    _, other = belonging(nothing_left(), found, wider, ())
    assert other.cause is cause
