"""Pictures whose details were brought out: sharpened, "clarity", "HDR", an app's "enhance".

What became of a grey value then depends on what lies around it, so no tone curve says it. But all
of it follows from the other picture alone by a few numbers that are the same everywhere: how much
there is of that picture sharpened narrowly and widely (unsharp masking), and of its histogram
equalised in tiles (CLAHE: Zuiderveld, Contrast limited adaptive histogram equalization, Graphics
Gems IV, 1994). So few numbers put nothing into a picture that was not there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.frames import BURNT, SUNK, Aligned, Floats, Frames, Grey, bare
from provenance.verify.aligning.residual import TO_SIGMA

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
many per cent of the pixels at either end: 22 enhanced copies have 0.78 to 1.48; a flash over a city
was taken away by a curve that did not rise at all."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Enhanced:
    """A picture with its details brought out, and the share left unexplained of the other."""

    grey: Grey
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

    def below(plane: Grey) -> Floats:
        """Of the archived raster, in the frame."""
        size = aligned.archived.shape[::-1]
        return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)

    def over(plane: Grey) -> Floats:
        """Of the query's raster, in the frame."""
        found = bare(replace(frames, query=plane), laid.aligned.matrix)
        assert found is not None
        return found.query

    both = aligned.archived, aligned.query
    archived = _as_the_other(frames.archived, both, places, below)
    query = _as_the_other(frames.query, both[::-1], places, over)
    if archived is not None and (query is None or archived.left <= query.left):
        return replace(frames, archived=archived.grey, enhanced="archived")
    return None if query is None else replace(frames, query=query.grey, enhanced="query")


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


def _tones(value: Floats) -> list[Floats]:
    """A curve of the third degree."""
    unit = value.astype(np.float32) / UNIT
    return [np.ones_like(unit), unit, unit**2, unit**3]


def _together(grey: Grey, sharper: Sequence[Grey], weights: Numbers) -> Grey:
    terms = [*_tones(grey.astype(np.float32)), *(each.astype(np.float32) for each in sharper)]
    summed = np.tensordot(weights.astype(np.float32), np.stack(terms), axes=1)
    return np.asarray(np.clip(summed, 0, 255), np.uint8)


def _as_the_other(
    raster: Grey,
    both: tuple[Floats, Floats],
    places: NDArray[np.int64],
    in_frame: Callable[[Grey], Floats],
) -> _Enhanced | None:
    """A raster enhanced as the other picture; ``both`` (h, w) are it and the other in the frame."""
    plain, other = both
    tones = _tones(plain.ravel()[places])
    values = other.ravel()[places].astype(np.float64)
    _, unexplained = _fitted(np.stack(tones, axis=1).astype(np.float64), values)
    if unexplained < LEAST_UNEXPLAINED:
        return None  # most copies: nothing is sharpened for them
    sharper = _sharper(raster)
    terms = np.stack([*tones, *(in_frame(each).ravel()[places] for each in sharper)], axis=1)
    weights, left = _fitted_upwards(terms.astype(np.float64), values, len(tones))
    if left > MOST_LEFT * unexplained or not weights[len(tones) :].any():
        return None
    if not _rises(weights, plain):
        return None
    return _Enhanced(_together(raster, sharper, weights), left / unexplained)


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
