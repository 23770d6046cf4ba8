"""What goes into an index and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
"""Binary codes, one a row: shape (n, bytes)."""
Numbers = NDArray[np.int64]
"""One number a row: shape (n,)."""

DESCRIPTOR_BYTES = 32
POINT_BYTES = DESCRIPTOR_BYTES + 2
"""A keypoint as a code: its descriptor, its angle (256 to a full turn), its size (logarithmic,
24 steps to an octave, from any starting point)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One fingerprint on its way into an index.

    ``sequence`` is the archive's number of it: it only grows, is never used twice, and is
    what the row is purged by. ``codes`` has shape (n, bytes), dtype uint8: one code for a
    hash, one of :data:`POINT_BYTES` a point for keypoints (n may be 0).
    """

    sequence: int
    picture: int
    codes: Codes


@dataclass(frozen=True, slots=True)
class Near:
    """Pictures within a distance: each once, by id, with its smallest Hamming distance."""

    pictures: Numbers
    distances: Numbers

    def pairs(self) -> list[tuple[int, int]]:
        """Picture and distance, by picture id."""
        return list(zip(self.pictures.tolist(), self.distances.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Votes:
    """Pictures that keypoints voted for: each once, by id.

    ``counts`` is how many query points voted for the picture, each at most once, at one turn
    and scale; ``scores`` the same weighed by rarity, in units of 1 / ``voting.WHOLE_VOTE`` of a
    vote (integers, so that the order of adding up changes nothing).
    """

    pictures: Numbers
    counts: Numbers
    scores: Numbers


def as_codes(values: Codes, width: int) -> Codes:
    """The same codes, contiguous; raises :class:`ValueError` unless (n, ``width``) uint8."""
    codes = np.ascontiguousarray(values)
    if codes.dtype != np.uint8 or codes.ndim != 2 or codes.shape[1] != width:  # noqa: PLR2004 -- rows and bytes
        raise ValueError(f"codes of shape {codes.shape}, {codes.dtype}: (n, {width}) uint8 wanted")
    return codes
