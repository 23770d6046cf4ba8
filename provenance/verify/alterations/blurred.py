"""What was blurred or pixelated: the whole copy, or a part of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from provenance.models import Alteration, AlterationKind
from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.cells import cells
from provenance.verify.aligning.frames import Floats, Frames, magnification
from provenance.verify.alterations.below import Below
from provenance.verify.alterations.laid_bare import Bare, Detail
from provenance.verify.alterations.sharpness import Sharpness
from provenance.verify.differing.hidden import pieces
from provenance.verify.locating.location import Location, shown
from provenance.verify.views import ArchivedView, QueryView

LEAST_SIGMA = 0.9
LEAST_GAIN = 0.4
"""The archived picture must be blurred by this much (sigma, frame pixels), and that must take away
this share of the difference. Measured on 12 photographs under 46 edits: blurred by 0.6 % of the
long side 1.3 to 1.8 and 0.70 to 0.82, pixelated in blocks of 1 % 0.9 to 1.3 and 0.52 to 0.64;
resized, turned, screenshot, three messengers at most 0.6."""

KEPT = 0.4
DETAILED = 4.0
SAME_TONE = 14.0
"""A part is blurred where the archived picture has detail (standard deviation above 4 grey values)
of which less than this share is left, while its tones stayed within 14 grey values."""

LEAST_PART = 0.018
MOST_PART = 0.6
"""Share of what is seen."""

TONES = 25
"""Side in frame pixels of the mean that leaves tones only."""

NO_DETAIL, FOLLOWS, FOLLOWED = 0.15, 0.4, (0.04, 0.65)
"""Below a blurred face next to no detail is left (0 to 0.02), and what is left follows the tones:
correlation 0.42 to 0.83, slope 0.07 to 0.5. Discs, letters and insets: at most 0.35."""

SQUARES = 0.4
"""Share of the detail's strength above which it is squares: their edges are detail too."""

SQUARE_SIGMA = 1 / math.sqrt(12)
"""Standard deviation of a square of one pixel: a cell blurs as much as this Gaussian."""


@dataclass(frozen=True, slots=True)
class Part:
    """A blurred part of the picture, (h, w) in the frame, and how it was made so."""

    mask: Flags
    how: str


def blurred(
    query: QueryView,
    picture: ArchivedView,
    located: Location,
    laid: Laid,
    sharp: Sharpness | None,
) -> Alteration | None:
    """The whole copy: ``how`` (``blurred``, ``pixelated``) and ``sigma``.

    ``sigma`` is that of a Gaussian blur like it, as a share of the archived long side.
    """
    if laid.frames is not None and laid.frames.cells is not None:
        return _in_cells(laid.frames, laid)
    if sharp is None or sharp.archived < LEAST_SIGMA or sharp.gain < LEAST_GAIN:
        return None
    how = "blurred" if cells(shown(located, query, picture)) is None else "pixelated"
    return Alteration(AlterationKind.BLURRED, {"how": how, "sigma": round(sharp.share, 4)})


def _in_cells(frames: Frames, laid: Laid) -> Alteration:
    """A copy that was compared in its cells: their side says how much is gone."""
    side = 1 / (magnification(frames, laid.aligned.matrix) * max(frames.archived.shape))
    numbers = {"how": "pixelated", "sigma": round(SQUARE_SIGMA * side, 4)}
    return Alteration(AlterationKind.BLURRED, numbers)


def blurred_part(
    both: Bare, fine: Detail, patches: Sequence[tuple[Flags, Below]], known: Sequence[Flags]
) -> Part | None:
    """The largest part whose detail is gone while its tones are left.

    ``patches`` are the masks of what was made, with what can be made out below; ``known`` the parts
    that the judgement found blurred.
    """
    masks = [_smooth(both, fine), *(mask for mask, under in patches if _without_detail(under))]
    seen = max(1, int(both.seen.sum()))
    large = [each for each in masks if LEAST_PART < each.sum() / seen < MOST_PART]
    mask = max([*large, *known], key=lambda each: int(each.sum()), default=None)
    if mask is None:
        return None
    left = float(np.median(fine.query[mask] / np.maximum(fine.strength[mask], 1)))
    return Part(mask, "pixelated" if left > SQUARES else "blurred")


def _smooth(both: Bare, fine: Detail) -> Flags:
    """The largest part in which the copy is smooth where detail was."""
    alike = np.abs(_tones(both.query) - _tones(both.expected)) < SAME_TONE
    told = (fine.strength > DETAILED) & alike & both.seen
    return _largest(told & (fine.query < KEPT * fine.strength))


def _without_detail(under: Below) -> bool:
    """A patch that differs in its detail alone, and follows the tones below."""
    return (
        under.detail < NO_DETAIL
        and under.correlation > FOLLOWS
        and FOLLOWED[0] < under.slope < FOLLOWED[1]
    )


def _tones(image: Floats) -> Floats:
    return np.asarray(cv2.blur(image, (TONES, TONES)), np.float32)


def _largest(gone: Flags) -> Flags:
    return max(pieces(gone), key=lambda each: int(each.sum()), default=np.zeros_like(gone))
