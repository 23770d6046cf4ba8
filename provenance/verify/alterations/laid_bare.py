"""Both pictures in one frame as they are: nothing filled, nothing softened."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.blocks import VISIBLE, Flags
from provenance.verify.aligning.frames import Floats, Frames, Grey, bare
from provenance.verify.aligning.residual import Residual, every_pixel
from provenance.verify.differing import texture
from provenance.verify.differing.differences import Differences
from provenance.verify.views import ArchivedView, QueryView

MARGIN = 7
"""Pixels around strokes whose tones are not the picture's own any more."""


@dataclass(frozen=True, slots=True)
class Bare:
    """Arrays (h, w), cut to whole blocks.

    ``archived`` and ``query`` are grey values, ``expected`` the archived ones with the copy's tone
    curve. ``seen`` is where the query holds the picture, ``same`` where both show the same and
    nothing lies over it. ``drawn`` is 1 where strokes of one tone lie over the copy, ``None``
    without any. ``left`` is what was left of the difference when both were judged.
    """

    archived: Floats
    query: Floats
    expected: Floats
    seen: Flags
    same: Flags
    drawn: Grey | None
    left: Residual


@dataclass(frozen=True, slots=True)
class Detail:
    """What became of the detail around each pixel; all (h, w).

    ``kept`` is the slope of the query's detail on the expected one: 1 where all of it is there, 0
    where it was blurred away or covered. ``strength`` and ``query`` are the standard deviations
    in grey values of the expected and of the query's own detail.
    """

    kept: Floats
    strength: Floats
    query: Floats


def lay_bare(
    query: QueryView, picture: ArchivedView, laid: Laid, found: Differences, left: Residual
) -> Bare:
    """Lay both over each other once more, by the map that was found.

    Details that were brought out in one are expected in the other.
    """
    again = bare(Frames.of(query, picture), laid.aligned.matrix)
    enhanced = laid.frames is not None and laid.frames.enhanced is not None
    alike = bare(laid.frames, laid.aligned.matrix) if laid.frames and enhanced else again
    assert again is not None
    assert alike is not None
    same = every_pixel(found.agreeing & found.compared, laid.blocks.size)
    height, width = same.shape
    drawn = laid.aligned.drawn
    drawn = None if drawn is None else drawn[:height, :width]
    archived = again.archived[:height, :width]
    seen = np.asarray(again.seen[:height, :width] > VISIBLE)
    return Bare(
        archived=archived,
        query=alike.query[:height, :width],
        expected=left.toned(alike.archived[:height, :width]),
        seen=seen,
        same=_uncovered(same & seen, found, drawn),
        drawn=drawn,
        left=left,
    )


def _uncovered(same: Flags, found: Differences, drawn: Grey | None) -> Flags:
    for patch in found.patches:
        same &= ~patch.mask
    if drawn is not None:
        same &= cv2.dilate(drawn, np.ones((MARGIN, MARGIN), np.uint8)) == 0
    return same


def detail(both: Bare) -> Detail:
    """Compare the detail of both, place by place."""
    fine, other = texture.fine(both.expected), texture.fine(both.query)
    power = texture.around(fine * fine)
    kept = texture.around(fine * other) / np.maximum(power, 1.0)
    return Detail(np.asarray(kept, np.float32), texture.strength(fine), texture.strength(other))
