"""A copy's tones where red, green and blue were cut off one before the other.

Brightened or sharpened in contrast, a red dress is as red as can be long before a grey wall is
white: its grey value no longer follows that of the archived picture as the wall's does. An editor's
curve is one for all three channels; what it makes of a colour is known from it. The archived
colours are those of the raster, at an eighth of its sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats, Frames

LUMA = (0.299, 0.587, 0.114)
RED_OF_CR, GREEN_OF_CB, GREEN_OF_CR, BLUE_OF_CB = 1.402, -0.344136, -0.714136, 1.772
"""ITU-R BT.601, full range, as JPEG has it (JFIF 1.02)."""

STEPS, STEP = 32, 8
SAMPLES = 6000
SMOOTH = 1e-3
"""The curve in steps of 8 grey values; pixels that are looked at (a choice); how strongly it is
held to bend nowhere without need: from 1e-4 to 3e-3 five brightened photographs are found alike."""

COLOURED = 24.0
"""Distance of Cb and Cr from grey from which on a colour counts. A choice."""

APART = 14.0
LEAST_APART, MOST_LEFT = 0.005, 0.65
"""Grey values that one curve for grey is off by, where it does not hold; the share of the picture
where it must be so in what is coloured before a curve for the channels is fitted; and the share of
that which may be left then. Of six brightened photographs 0.005 to 0.046 before and 0.0008 to 0.006
after, which is 0.05 to 0.35 of it; of narrow letters, as colours are known at an eighth of the
sides only, more than half."""


@dataclass(frozen=True, slots=True)
class Channels:
    """The archived colours (h, w), Cb and Cr around 0, and what became of each channel's values."""

    blue: Floats
    red: Floats
    curve: NDArray[np.float64]

    def on(self, archived: Floats) -> Floats:
        """Archived grey values (h, w) as the copy has them."""
        toned = np.zeros_like(archived)
        for share, channel in zip(LUMA, _channels(archived, self.blue, self.red), strict=True):
            toned += np.float32(share) * _interpolated(channel, self.curve)
        return toned


def archived_colours(frames: Frames, size: tuple[int, int]) -> tuple[Floats, Floats] | None:
    """Cb and Cr around 0 in a frame of this size (width, height); ``None`` where unknown."""
    if frames.archived_chroma is None:
        return None
    planes = cv2.split(frames.archived_chroma.astype(np.float32) - 128)
    blue, red = (cv2.resize(p, size, interpolation=cv2.INTER_LINEAR) for p in planes)
    return np.asarray(blue, np.float32), np.asarray(red, np.float32)


def by_channel(
    archived: Floats,
    colours: tuple[Floats, Floats],
    query: Floats,
    told: Flags,
    seen: Flags,
    toned: Floats,
) -> Channels | None:
    """The curve of each channel, or ``None`` where one for grey says as much.

    It is learnt where ``told`` (h, w) says that both show the same, and must hold wherever the
    picture is ``seen``; ``toned`` is the archived picture with the curve for grey. All arrays are
    of one shape.
    """
    coloured = seen & (np.hypot(*colours) > COLOURED)
    before = _apart(toned, query, coloured)
    if before < LEAST_APART * max(int(seen.sum()), 1):
        return None
    found = Channels(*colours, _curve(archived, colours, query, told))
    return found if _apart(found.on(archived), query, coloured) <= MOST_LEFT * before else None


def _apart(expected: Floats, query: Floats, where: Flags) -> int:
    """Pixels where the copy is not as expected."""
    return int((np.abs(query - expected)[where] > APART).sum())


def _curve(
    archived: Floats, colours: tuple[Floats, Floats], query: Floats, told: Flags
) -> NDArray[np.float64]:
    """By least squares: the copy's grey value is the sum of three values of one curve."""
    places = np.flatnonzero(told)
    places = places[:: max(1, len(places) // SAMPLES)]
    grey, blue, red = (each.reshape(-1)[places] for each in (archived, *colours))
    table = np.zeros((len(places), STEPS))
    rows = np.arange(len(places))
    for share, channel in zip(LUMA, _channels(grey, blue, red), strict=True):
        place = np.clip(channel / STEP - 0.5, 0, STEPS - 1)
        below = np.minimum(place.astype(np.int64), STEPS - 2)
        above = place - below
        np.add.at(table, (rows, below), share * (1 - above))
        np.add.at(table, (rows, below + 1), share * above)
    bend = np.diff(np.eye(STEPS), 2, axis=0)
    square = table.T @ table + SMOOTH * len(places) * (bend.T @ bend)
    square += 1e-6 * len(places) * np.eye(STEPS)
    curve = np.linalg.solve(square, table.T @ query.reshape(-1)[places])
    return np.asarray(np.clip(np.maximum.accumulate(curve), 0, 255))


def _channels(grey: Floats, blue: Floats, red: Floats) -> tuple[Floats, Floats, Floats]:
    return (
        grey + np.float32(RED_OF_CR) * red,
        grey + np.float32(GREEN_OF_CB) * blue + np.float32(GREEN_OF_CR) * red,
        grey + np.float32(BLUE_OF_CB) * blue,
    )


def _interpolated(channel: Floats, curve: NDArray[np.float64]) -> Floats:
    centres = (np.arange(STEPS) + 0.5) * STEP
    return np.clip(np.interp(channel, centres, curve), 0, 255).astype(np.float32)
