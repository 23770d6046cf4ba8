"""How few tones a place has: what was drawn has few, what was photographed many."""

from __future__ import annotations

import numpy as np

from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.tone_curve import TONE_STEP, TONES

FEW_TONES = 0.58
"""Share of a place in two bands of 16 grey values: stickers and logos 0.62 upwards, garments and
rubble mostly less."""


def of_few_tones(values: Floats) -> bool:
    """Drawn, not photographed: two bands of 16 grey values hold most of it."""
    return two_bands(values)[0] > FEW_TONES


def one_band(values: Floats) -> float:
    """The share of values in the most frequent band of 16 grey values."""
    steps = np.clip(values / TONE_STEP, 0, TONES - 1).astype(np.int64)
    counts = np.bincount(steps, minlength=TONES + 1)
    return float((counts[:-1] + counts[1:]).max()) / max(1, len(values))


def two_bands(values: Floats) -> tuple[float, set[int]]:
    """The share of values in the two most frequent bands of 16 grey values, and those bands."""
    steps = np.clip(values / TONE_STEP, 0, TONES - 1).astype(np.int64)
    counts = np.bincount(steps, minlength=TONES + 1)
    bands = counts[:-1] + counts[1:]
    first = int(bands.argmax())
    top = int(bands[first])
    bands[max(0, first - 1) : first + 2] = 0
    second = int(bands.argmax())
    named = {first, second} if bands[second] > 0.1 * len(values) else {first}
    return (top + int(bands[second])) / max(1, len(values)), named
