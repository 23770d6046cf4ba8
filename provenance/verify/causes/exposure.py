"""One exposure or two? Noise that both pictures have, but not in common.

In quiet places a photograph holds little but the noise of its sensor and of its first compression.
A copy keeps it, more or less; another photograph of the same scene, from the same spot even, has
as much of it and none in common (Lukas, Fridrich, Goljan, "Digital camera identification from
sensor pattern noise", IEEE TIFS 2006, use what is fixed of it; here the rest serves).
"""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.fineness import FINE_SIGMA, detail, detail_kept
from provenance.verify.aligning.frames import Aligned, Floats

QUIET = 1.0
"""Grey values a pixel: slope, after a blur of two pixels, below which nothing but noise is left."""

LEAST_QUIET = 400
LEAST_NOISE = 0.7
"""Standard deviation in grey values of what a blur of two pixels takes away. Below it compression
at quality 20 puts as much of its own in the place of it."""

LIKE_AMOUNTS = (0.6, 1.6)
IN_COMMON = 0.25
"""Correlation of both. Copies with so much noise, as much in both: 0.29 upwards in 600 (quality 20
lowest); objects photographed again on the same table 0.07 to 0.2, skylines at night 0."""

OUTLIERS = 4.0

AS_SHARP, SAME_DETAIL = 0.72, 0.78
"""How much detail the query has for that of the archived picture, and how far both correlate, from
which on it is no softer copy: blurred copies have 0.28 to 0.46, pixelated ones 0.52 to 0.68 and
correlate by 0.57 to 0.77. Moments that only a blur made alike have 0.82 to 0.9, and correlate
by 0.8 to 0.9. A copy with noise of its own has more than the archived picture."""

SOFTER = 0.5
"""The share of the detail below which a copy was blurred, though blocks are alike without a blur of
the archived picture: two such copies have 0.28 and 0.38. A choice: of other moments this was
not measured."""


def two_exposures(aligned: Aligned) -> bool:
    """Whether both pictures are equally noisy where they are quiet, and not in common."""
    quiet = _quiet(aligned.archived) & (aligned.clear > 0)
    if int(quiet.sum()) < LEAST_QUIET:
        return False
    quiet &= _quiet(aligned.query)
    quiet = cv2.erode(quiet.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    if int(quiet.sum()) < LEAST_QUIET:
        return False
    one, other = detail(aligned.archived)[quiet], detail(aligned.query)[quiet]
    usual = (np.abs(one) < OUTLIERS * one.std()) & (np.abs(other) < OUTLIERS * other.std())
    one, other = one[usual], other[usual]
    if one.std() < LEAST_NOISE:
        return False
    least, most = LIKE_AMOUNTS
    alike = least < other.std() / one.std() < most
    return bool(alike and (one * other).mean() < IN_COMMON * one.std() * other.std())


def as_sharp(aligned: Aligned) -> bool:
    """Whether the query holds nearly as much detail as the archived picture, and the same."""
    seen = aligned.clear > 0
    if int(seen.sum()) < LEAST_QUIET:
        return False
    one, other = detail(aligned.archived)[seen], detail(aligned.query)[seen]
    usual = (np.abs(one) < OUTLIERS * one.std()) & (np.abs(other) < OUTLIERS * other.std())
    one, other = one[usual], other[usual]
    spread = float(one.std() * other.std())
    sharp = bool(AS_SHARP * one.std() <= other.std() <= one.std())
    return sharp and float((one * other).mean()) >= SAME_DETAIL * spread


def is_softer(aligned: Aligned) -> bool:
    """Whether the query has lost most of the archived picture's finest detail."""
    return detail_kept(aligned) < SOFTER


def _quiet(image: Floats) -> Flags:
    smooth = cv2.GaussianBlur(image, (0, 0), FINE_SIGMA)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(np.hypot(across, down) < QUIET)
