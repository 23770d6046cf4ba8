"""The tone curve of a copy: what each archived grey value has become.

It is the mean grey value in the copy, learnt where both agree; it follows gamma, contrast,
burnt-out highlights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats

TONES = 32
TONE_STEP = 8
TONE_LEAST = 20
TONES_LEAST = 2
"""Grey values are taken in steps of 8; a step with fewer than 20 pixels says nothing."""

BEYOND = 8
STEEPEST = 2.0
"""Steps at either end of the known tones by which those beyond are judged, and how fast these may
rise: a glint brighter than all that agrees has no tone of its own to be learnt from. Choices: a
glint of 224 was expected at 170 before, and is now within the bound."""

NEAR_WHITE, FALLS = 225.0, 6.0
"""Grey value from which on light is cut off soon, and the fall from it that no curve has: of the
paving in a brightened copy only what touched a joint was left, at 205 where 235 came before it."""

OUTERMOST, PILED, PILE = 0.001, 0.03, 6
"""Share of the copy beyond its darkest and lightest tone, and the share that lies within so many
grey values of it where tones were cut off there: a black coat in a faded copy is 30 all over."""


def in_tone(archived: Floats, tone: NDArray[np.float64]) -> Floats:
    """Archived grey values, of any shape, as the curve (in steps of 8) has them."""
    centres = (np.arange(TONES) + 0.5) * TONE_STEP
    return np.interp(archived, centres, tone).astype(np.float32)


def ends_of(values: Floats) -> tuple[float, float]:
    """Darkest and lightest grey value of the copy where it was cut off there, else black, white."""
    counts = np.bincount(values.astype(np.uint8), minlength=256)
    total = max(int(counts.sum()), 1)
    return _end(counts, total), 255 - _end(counts[::-1], total)


def _end(counts: NDArray[np.int64], total: int) -> float:
    first = int((np.cumsum(counts) > OUTERMOST * total).argmax())
    return float(first) if counts[: first + PILE + 1].sum() > PILED * total else 0.0


def tone_curve(
    archived: Floats, query: Floats, where: Flags, ends: tuple[float, float]
) -> NDArray[np.float64] | None:
    """Mean grey value in the copy of each step of archived grey values, gaps bridged.

    What lies beyond the known ones is between the ``ends`` of the copy's own tones.
    """
    steps = np.clip(archived[where] / TONE_STEP, 0, TONES - 1).astype(np.int64)
    counts = np.bincount(steps, minlength=TONES)
    known = np.flatnonzero(counts > TONE_LEAST)
    if len(known) < TONES_LEAST:
        return None
    sums = np.bincount(steps, query[where].astype(np.float64), minlength=TONES)
    tone = sums[known] / counts[known]
    kept = ~_remnants(tone)
    return _continued(known[kept], tone[kept], ends)


def _remnants(tone: NDArray[np.float64]) -> Flags:
    """Steps that seem darker than darker ones next to white: all but their edges was cut off."""
    lightest = np.maximum.accumulate(tone)
    return np.asarray((lightest > NEAR_WHITE) & (tone < lightest - FALLS))


def _continued(
    known: NDArray[np.int64], tone: NDArray[np.float64], ends: tuple[float, float]
) -> NDArray[np.float64]:
    """Of all steps: between the known ones bridged, beyond them as steep as before."""
    steps = np.arange(TONES)
    darkest, brightest = (
        _slope(known[end], tone[end]) for end in (slice(BEYOND), slice(-BEYOND, None))
    )
    brighter, darker = np.maximum(steps - known[-1], 0), np.maximum(known[0] - steps, 0)
    bridged = np.interp(steps, known, tone)
    beyond = np.clip(bridged + brighter * brightest - darker * darkest, *ends)
    return np.asarray(np.where((brighter > 0) | (darker > 0), beyond, bridged))


def _slope(known: NDArray[np.int64], tone: NDArray[np.float64]) -> float:
    """Grey values a step, of the line through these: it neither falls nor is steeper than steep."""
    apart = known - known.mean()
    rise = float((apart * tone).sum() / (apart * apart).sum())
    return min(max(rise, 0.0), STEEPEST * TONE_STEP)
