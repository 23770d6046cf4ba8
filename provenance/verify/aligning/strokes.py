"""Stripes, grids and lettering of one tone all over the copy, taken out of both pictures.

Where the query shows one tone and the archived picture many, something was drawn over it. Thin
strokes reach into every block, so that none agrees; filled with what surrounds them, in both
pictures alike, the blocks speak of what lies between.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.uint8]

TONES_TRIED = 3
TONE_REACH = 10
"""Grey values on both sides of the tone that the strokes' soft edges and JPEG leave."""

ONE_TONE = 4.0
MOSTLY = 0.6
EVENED = 0.5
"""Most strokes are of the very tone, as they are or made even by this much (sigma in pixels), which
takes away what JPEG leaves of them in small pictures: of 250 striped copies 249 are seen so, 219
without. Grass and gravel take up the whole band evenly."""

LEAST_VARIETY, SOME_VARIETY = 25.0, 10.0
CLEARLY_APART = 60.0
"""Standard deviation of the archived picture below the strokes: else it may be their tone too; or
the second, and so many grey values in the median from their tone."""

FROM_LIGHTEST, BURNT = 25, 0.75
"""Percentile of the archived grey values below the strokes, and the share of all that is as light
and of the strokes' tone: then light was cut off. A brightened copy of a white rug has 0.9,
stripes over fourteen photographs 0.27 to 0.62."""

WIDEST = 15
"""Pixels in the frame; what is wider is a bar, and a patch of its own."""

LEAST_COVERED = 0.15
"""Share of what is seen. Below it enough of every block is left."""

CELLS, IN_A_CELL, IN_CELLS = 4, 0.05, 0.85
"""Parts along each side in which strokes are counted that lie over another tone, the share of one
that they cover at least, and the share of all parts: what is all over. Three yellow faces are thin
between eyes and mouth, and a sixth of a picture with whatever else is as light. Of 60 striped
copies all have strokes in all parts."""

MARGIN = 3
SURROUNDINGS = 4.0


def strokes(archived: Floats, query: Floats, seen: Floats) -> Mask | None:
    """Mask (0, 1) of the strokes in the frame, or ``None`` where there are none."""
    inside = seen > 0
    if not inside.any():
        return None
    least = LEAST_COVERED * int(inside.sum())
    soft = np.asarray(cv2.GaussianBlur(query, (0, 0), EVENED), np.float32)
    for tone in _common_tones(query[inside]):
        apart = np.abs(query - tone)
        near = apart < TONE_REACH
        if (near & inside).sum() < least:
            continue
        thin = _thin(near)
        counted = (thin > 0) & inside
        if (
            counted.sum() >= least
            and _all_over(counted & (np.abs(archived - tone) > TONE_REACH), inside)
            and _lie_over(archived[counted], tone)
            and not _burnt(archived, near, counted, inside)
            and max(_share_of(tone, each[counted]) for each in (query, soft)) > MOSTLY
        ):
            return np.asarray(cv2.dilate(thin, np.ones((MARGIN, MARGIN), np.uint8)), np.uint8)
    return None


def _all_over(counted: NDArray[np.bool_], inside: NDArray[np.bool_]) -> bool:
    """Whether there are strokes in most parts of what is seen."""
    covered, seen = (
        cv2.resize(each.astype(np.float32), (CELLS, CELLS), interpolation=cv2.INTER_AREA)
        for each in (counted, inside)
    )
    parts = seen > 1 / 2
    shares = np.asarray(covered)[parts] / np.asarray(seen)[parts]
    return bool(len(shares)) and bool((shares > IN_A_CELL).mean() >= IN_CELLS)


def _burnt(
    archived: Floats, near: NDArray[np.bool_], counted: NDArray[np.bool_], inside: NDArray[np.bool_]
) -> bool:
    """Whether nearly all that is as light as what most of them lie over is of their tone, too."""
    as_light = inside & (archived >= np.percentile(archived[counted], FROM_LIGHTEST))
    return float(near[as_light].mean()) > BURNT


def _share_of(tone: int, values: Floats) -> float:
    """The share (0..1) that is of the very tone."""
    return float((np.abs(values - tone) < ONE_TONE).mean())


def _lie_over(below: Floats, tone: int) -> bool:
    """Whether the archived picture shows something else there."""
    variety = float(below.std())
    apart = float(np.median(np.abs(below - tone)))
    return variety > LEAST_VARIETY or (variety > SOME_VARIETY and apart > CLEARLY_APART)


def _thin(near: NDArray[np.bool_]) -> Mask:
    """The thin parts of a mask, up to the frame's very edge: softened, a rim reaches inwards."""
    flags = near.astype(np.uint8)
    thick = cv2.morphologyEx(flags, cv2.MORPH_OPEN, np.ones((WIDEST, WIDEST), np.uint8))
    return np.where(thick > 0, 0, flags).astype(np.uint8)


def filled(image: Floats, mask: Mask) -> Floats:
    """The strokes replaced by the mean of what surrounds them."""
    known = 1 - mask.astype(np.float32)
    around = cv2.GaussianBlur(image * known, (0, 0), SURROUNDINGS)
    weight = np.maximum(cv2.GaussianBlur(known, (0, 0), SURROUNDINGS), 1e-3)
    return np.where(mask > 0, around / weight, image).astype(np.float32)


def _common_tones(values: Floats) -> list[int]:
    """The most frequent tones, each apart from the others."""
    counts = np.bincount(np.clip(values, 0, 255).astype(np.int64), minlength=256)
    counts = np.convolve(counts, np.ones(3, np.int64), mode="same")
    tones = []
    for _ in range(TONES_TRIED):
        tones.append(int(counts.argmax()))
        counts[max(0, tones[-1] - TONE_REACH) : tones[-1] + TONE_REACH + 1] = 0
    return tones
