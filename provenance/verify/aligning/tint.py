"""How far the colours of a copy are from what those of the archived picture became.

Colours are known at an eighth of the raster's sides, and they still tell what grey does not: a red
banner as dark as the ground it covers, a yellow sticker as light as a face.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats

Colours = tuple[Floats, Floats]
"""Cb and Cr around 0 (h, w each)."""

SAMPLES = 20_000
LEAST_TOLD = 500
"""Pixels that the law is learnt from, at most and at least."""

TINTED, NOISES = 25.0, 6.0
"""Distance of Cb and Cr from which on a place is of another colour, and how many times the usual
distance: copies have 0.4 to 2 where they agree, the banners and stickers laid over them 60 to 90,
their edges, which run over eight pixels, half of it."""


def tint(query: Colours, expected: Colours, told: Flags) -> Flags:
    """Where (h, w) the query is of another colour than is expected (see :func:`as_copied`).

    ``told`` (h, w) is where both show the same.
    """
    away = apart(query, expected)
    usual = float(np.median(away.reshape(-1)[_some(told)]))
    return np.asarray(away > max(TINTED, NOISES * usual))


def as_copied(query: Colours, archived: Colours, told: Flags) -> Colours | None:
    """The archived colours as the copy has them.

    A filter changes both planes by one law, a sum of both and a shift; it is learnt by least
    squares where ``told`` (h, w) says that both show the same. ``None`` where that is too little.
    """
    places = _some(told)
    if len(places) < LEAST_TOLD:
        return None
    terms = np.stack([*archived, np.ones_like(archived[0])], axis=-1)
    known = terms.reshape(-1, terms.shape[-1])[places]
    laws = (np.linalg.lstsq(known, each.reshape(-1)[places], rcond=None)[0] for each in query)
    blue, red = (np.asarray(terms @ law.astype(np.float32), np.float32) for law in laws)
    return blue, red


def apart(one: Colours, other: Colours) -> Floats:
    """The distance (h, w) of their Cb and Cr."""
    blue, red = (a - b for a, b in zip(one, other, strict=True))
    return np.asarray(np.hypot(blue, red), np.float32)


def _some(told: Flags) -> NDArray[np.int64]:
    """Some of the pixels (by number) that the law is learnt from."""
    places = np.flatnonzero(told)
    return places[:: max(1, len(places) // SAMPLES)]


def spread(colours: Colours, where: Flags) -> float:
    """How far (Cb and Cr) half of a place (h, w) is from its own middle colour."""
    values: NDArray[np.float32] = np.stack([plane[where] for plane in colours])
    return float(np.median(np.linalg.norm(values - np.median(values, axis=1)[:, None], axis=0)))
