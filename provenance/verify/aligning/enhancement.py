"""Pictures whose details were brought out: sharpened, "clarity", "HDR", an app's "enhance".

What became of a grey value then depends on what lies around it, so no tone curve says it. But all
of it follows from the other picture alone by a few numbers that are the same everywhere: how much
there is of that picture sharpened narrowly and widely (unsharp masking), and of its histogram
equalised in tiles (CLAHE: Zuiderveld, Contrast limited adaptive histogram equalization, Graphics
Gems IV, 1994). So few numbers put nothing into a picture that was not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.frames import BURNT, SUNK, Aligned, Floats, Frames, Grey, bare

NARROW, WIDE = 0.004, 0.02
"""Sigmas of the two blurs as shares of the long side: two and ten pixels of a post."""

LEAST_SIGMA = 0.8
"""Pixels below which a blur takes nothing away."""

CLIPPED = (2.0, 4.0)
TILES = (8, 8)
"""Clip limits of the two equalised pictures, and their tiles: those of OpenCV, scikit-image and
what is built on them. What lies between, and nearby, is a mixture of both."""

UNIT = 64.0
"""Grey values by which powers of the grey value are divided, so that all are of one size."""

SAMPLES, LEAST_SAMPLES = 4000, 1000
ROUNDS = 4
OUTLIERS = 2.5
"""Pixels that are looked at, spread over what is shown; how often those are left out that lie so
many standard deviations off: stickers and letters say nothing of the contrast."""

LEAST_UNEXPLAINED, MOST_LEFT = 4.0, 0.7
"""Grey values that the tones alone leave unexplained (standard deviation), and the share of it that
may be left. Of eight copies that are found no other way all have 15 upwards; two pictures of a
city at night 1.8, and what follows from next to nothing means nothing. Of 39 copies that are found
so all but two leave 0.18 to 0.7; a facade of which half was gone 0.74."""

OUTERMOST, LEAST_RISE = 0.5, 0.4
"""Share of the contrast that must be left, between the darkest and the lightest tone but for so
many per cent of the pixels at either end: a flash over a city was taken away by a curve that did
not rise at all."""

TO_SIGMA = 1.48
"""Median of absolute values to standard deviation, for normal noise."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Fit:
    """Weights of the tones and of the pictures brought out, and the share left unexplained."""

    weights: Numbers
    left: float


def enhanced(frames: Frames, laid: Laid) -> Frames | None:
    """One of both pictures with its details brought out as the other's were.

    ``None`` where that explains hardly more than the tones do, or nothing was brought out.
    """
    aligned = bare(frames, laid.aligned.matrix)
    if aligned is None:
        return None
    places = _places(laid, aligned)
    if len(places) < LEAST_SAMPLES:
        return None
    archived, query = (_sharper(each) for each in (frames.archived, frames.query))
    size = aligned.query.shape[::-1]
    below = [
        np.asarray(cv2.resize(e, size, interpolation=cv2.INTER_AREA), np.float32) for e in archived
    ]
    over = list(_warped(frames, laid, query))
    copied = _fitted_to(aligned.query, aligned.archived, below, places)
    original = _fitted_to(aligned.archived, aligned.query, over, places)
    if min(copied.left, original.left) > MOST_LEFT:
        return None
    if copied.left <= original.left:
        brought = _together(frames.archived, archived, copied.weights)
        return replace(frames, archived=brought, enhanced="archived")
    brought = _together(frames.query, query, original.weights)
    return replace(frames, query=brought, enhanced="query")


def _places(laid: Laid, aligned: Aligned) -> NDArray[np.int64]:
    """Pixels of the frame, counted row by row, that show what the archived picture does."""
    shown = (laid.aligned.seen > 0) & (laid.aligned.clear > 0)
    for each in (aligned.query, aligned.archived):
        shown &= (each > SUNK) & (each < BURNT)
    found = np.flatnonzero(shown)
    return np.asarray(found[:: max(1, len(found) // SAMPLES)])


def _sharper(grey: Grey) -> tuple[Grey, ...]:
    """A picture sharpened narrowly and widely, and equalised in tiles, weakly and strongly."""
    sigmas = (max(LEAST_SIGMA, share * max(grey.shape)) for share in (NARROW, WIDE))
    blurs = [cv2.GaussianBlur(grey, (0, 0), sigma) for sigma in sigmas]
    masked = [cv2.addWeighted(grey, 2, blur, -1, 0) for blur in blurs]
    equalised = [cv2.createCLAHE(limit, TILES).apply(grey) for limit in CLIPPED]
    return tuple(np.asarray(each, np.uint8) for each in (*masked, *equalised))


def _warped(frames: Frames, laid: Laid, planes: Sequence[Grey]) -> Iterator[Floats]:
    """Planes of the query's raster in the frame."""
    for plane in planes:
        found = bare(replace(frames, query=plane), laid.aligned.matrix)
        assert found is not None
        yield found.query


def _tones(value: Floats) -> list[Floats]:
    """A curve of the third degree."""
    unit = value.astype(np.float32) / UNIT
    return [np.ones_like(unit), unit, unit**2, unit**3]


def _together(grey: Grey, sharper: Sequence[Grey], weights: Numbers) -> Grey:
    terms = [*_tones(grey.astype(np.float32)), *(each.astype(np.float32) for each in sharper)]
    summed = np.tensordot(weights.astype(np.float32), np.stack(terms), axes=1)
    return np.asarray(np.clip(summed, 0, 255), np.uint8)


def _fitted_to(
    target: Floats, plain: Floats, sharper: Sequence[Floats], places: NDArray[np.int64]
) -> _Fit:
    """What the target (h, w) is of another picture, plain and ``sharper`` (h, w each)."""
    tones = _tones(plain.ravel()[places])
    terms = np.stack([*tones, *(each.ravel()[places] for each in sharper)], axis=1)
    values = target.ravel()[places].astype(np.float64)
    _, unexplained = _fitted(np.stack(tones, axis=1).astype(np.float64), values)
    weights, left = _fitted_upwards(terms.astype(np.float64), values, len(tones))
    brought_out = bool(weights[len(tones) :].any()) and _rises(weights, plain)
    usable = brought_out and unexplained >= LEAST_UNEXPLAINED
    return _Fit(weights, left / unexplained if usable else 1.0)


def _rises(weights: Numbers, plain: Floats) -> bool:
    """Whether what is lighter stays so."""
    ends = np.percentile(plain, [OUTERMOST, 100 - OUTERMOST]).astype(np.float32)
    tones = np.stack(_tones(ends), axis=1)
    # What is even is brought out as it is: an unsharp mask leaves it, and so it is in a tile.
    darkest, lightest = tones @ weights[: tones.shape[1]] + weights[tones.shape[1] :].sum() * ends
    return bool(lightest - darkest >= LEAST_RISE * (ends[1] - ends[0]))


def _fitted_upwards(terms: Numbers, values: Numbers, free: int) -> tuple[Numbers, float]:
    """Nothing beyond the first ``free`` terms is taken away: that would be a blur."""
    used = np.ones(terms.shape[1], bool)
    while True:
        weights = np.zeros(terms.shape[1])
        weights[used], left = _fitted(terms[:, used], values)
        if (weights[free:] >= 0).all():
            return weights, left
        used[free + int(weights[free:].argmin())] = False


def _fitted(terms: Numbers, values: Numbers) -> tuple[Numbers, float]:
    """Weights of the terms, and the robust standard deviation of what they leave unexplained."""
    kept = np.ones(len(values), bool)
    weights: Numbers = np.zeros(terms.shape[1])
    left = 0.0
    for _ in range(ROUNDS):
        solved, *_ = np.linalg.lstsq(terms[kept], values[kept], rcond=None)
        weights = np.asarray(solved, np.float64)
        apart = np.abs(values - terms @ weights)
        left = float(np.median(apart)) * TO_SIGMA
        kept = apart < OUTLIERS * max(left, 1.0)
    return weights, left
