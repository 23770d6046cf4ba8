"""What differs between two aligned pictures, and whether an editor or another moment made it.

Blocks say where the pictures agree. From those the tone curve of the copy is learnt (the mean
grey value that each archived grey value has become); what the curve does not explain is the
residual. Its patches are told apart by what makes them:

* a banner, sticker, logo, inset or censor bar is straight-edged, round or of few grey values;
  letters and watermarks only add light or only take it; a censored face is a blur of what was
  there: all of these are *made*;
* a person who walked on, a car, a cloud: irregular, darker here and lighter there: *changed*.

Measured on 40 copies with overlays and 180 pairs of neighbouring video frames: the changed
share is at most 0.5 % for nine copies in ten, and above 1.2 % for 95 % of the frames.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.alignment import Laid
from provenance.verify.blocks import VISIBLE, Flags, block_means
from provenance.verify.frames import Floats

Labels = NDArray[np.int32]

AGREES = 0.9
"""Correlation from which on a block agrees."""

TONE_STEP = 8
TONE_LEAST = 20
TONES_LEAST = 2
"""Grey values are taken in steps of 8; a step with fewer pixels says nothing of the curve."""

LEAST_RESIDUAL = 14.0
NOISES = 5.0
MOST_RESIDUAL = 36.0
"""A residual counts above five times the copy's noise, and this many grey values at least; at
most, because leaves that stir are noise too, and must not hide who rode past them."""

LEAST_PATCH = 0.25
"""Smallest patch that is looked at, in blocks."""

STRAIGHT = 0.8
ROUND = 0.8
FEW_TONES = 0.6
ONE_SIDED = 0.9
CENSORED = 0.4

STRIP_LEAST = 3
STRIP_AGREES = 0.15

CLEARLY_SHIFTED = 2.0
"""Pixels from the common displacement: parallax, not resampling."""

SHIFT_LOSS = 0.05
CHANCE = 4
"""So many blocks of a copy may seem apart: repeated patterns, letters laid over."""

SHIFT_TEXTURE = 6.0
"""Standard deviation from which on a block's displacement is sure."""


@dataclass(frozen=True, slots=True)
class Patch:
    """One connected difference: its mask in the frame, its share (0..1) of what is seen."""

    mask: Flags
    share: float
    made: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """What the aligned pictures have in common and what not.

    ``agreeing`` (rows, columns) are the blocks that agree or are explained by tone alone;
    ``free`` those that no patch touches; ``compared`` those that count at all. ``shifted``
    is the share of agreeing blocks that lie apart from the common map; ``noise`` the copy's
    noise in grey values; ``tone`` the copy's grey value for each of 32 archived ones.
    """

    agreeing: Flags
    free: Flags
    compared: Flags
    patches: tuple[Patch, ...]
    shifted: float
    noise: float
    tone: NDArray[np.float64] | None

    @property
    def changed(self) -> float:
        """Share of what is seen that another moment seems to have changed."""
        return sum(p.share for p in self.patches if not p.made)

    @property
    def made(self) -> float:
        """Share of what is seen that was laid over or made unrecognisable."""
        return sum(p.share for p in self.patches if p.made)


def differences(laid: Laid) -> Differences:
    """Compare two aligned pictures; see the module's text."""
    blocks = laid.blocks
    good = blocks.compared & (blocks.correlation > AGREES)
    archived, query = _settled(laid)
    tone = _tone_curve(archived, query, _spread_out(good, blocks.size))
    if tone is None:
        nothing = np.zeros_like(good)
        return Differences(good, nothing, blocks.compared, (), 0.0, 0.0, None)
    expected = _toned(archived, tone)
    noise, patches = _patches(laid, expected, query, good)
    touched = np.zeros(archived.shape, np.float32)
    for patch in patches:
        touched[patch.mask] = 1
    alike = np.abs(query - expected) < min(max(LEAST_RESIDUAL / 2, 2 * noise), LEAST_RESIDUAL)
    explained = block_means(alike.astype(np.float32), blocks.size) > AGREES
    return Differences(
        agreeing=good | (blocks.compared & explained),
        free=block_means(touched, blocks.size) < 1 / blocks.size,
        compared=blocks.compared,
        patches=tuple(patches),
        shifted=_shifted(laid, good),
        noise=noise,
        tone=tone,
    )


def _settled(laid: Laid) -> tuple[Floats, Floats]:
    """Both pictures cut to whole blocks, each query block where it agrees best."""
    size = laid.blocks.size
    rows, columns = laid.blocks.correlation.shape
    reach = int(np.abs(laid.blocks.shift).max(initial=0))
    padded = np.pad(laid.aligned.query, reach, mode="edge")
    settled = np.empty((rows * size, columns * size), np.float32)
    for row, column in np.ndindex(rows, columns):
        dx, dy = laid.blocks.shift[row, column].astype(int) + reach
        top, left = row * size, column * size
        settled[top : top + size, left : left + size] = padded[
            top + dy : top + dy + size, left + dx : left + dx + size
        ]
    return laid.aligned.archived[: rows * size, : columns * size], settled


def _spread_out(grid: Flags, size: int) -> Flags:
    """Each block's flag for all its pixels."""
    return np.asarray(np.repeat(np.repeat(grid, size, axis=0), size, axis=1))


def _tone_curve(archived: Floats, query: Floats, where: Flags) -> NDArray[np.float64] | None:
    """Mean grey value in the copy of each step of archived grey values, gaps bridged."""
    steps = np.clip(archived[where] / TONE_STEP, 0, 31).astype(np.int64)
    counts = np.bincount(steps, minlength=32)
    known = np.flatnonzero(counts > TONE_LEAST)
    if len(known) < TONES_LEAST:
        return None
    sums = np.bincount(steps, query[where].astype(np.float64), minlength=32)
    return np.asarray(np.interp(np.arange(32), known, sums[known] / counts[known]))


def _toned(archived: Floats, tone: NDArray[np.float64]) -> Floats:
    """The archived picture with the copy's tone curve."""
    centres = (np.arange(32) + 0.5) * TONE_STEP
    return np.interp(archived, centres, tone).astype(np.float32)


def _patches(laid: Laid, expected: Floats, query: Floats, good: Flags) -> tuple[float, list[Patch]]:
    """The copy's noise, and every connected residual of some size."""
    size = laid.blocks.size
    residual = np.asarray(cv2.GaussianBlur(query - expected, (0, 0), 1.0), np.float32)
    noise = float(np.median(np.abs(residual[_spread_out(good, size)]))) * 1.48
    seen = laid.aligned.seen[: query.shape[0], : query.shape[1]] > VISIBLE
    bound = min(max(LEAST_RESIDUAL, NOISES * noise), MOST_RESIDUAL)
    strong = (np.abs(residual) > bound) & seen
    opened = cv2.morphologyEx(strong.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3)))
    joined = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((9, 9)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least, whole = LEAST_PATCH * size**2, max(int(seen.sum()), 1)
    edges = _spread_out(_edge_strips(laid.blocks.compared, good), size)
    patches = []
    for number in range(1, count):
        if stats[number, cv2.CC_STAT_AREA] >= least:
            mask = labels == number
            made = bool(edges[mask].mean() > AGREES) or _made(
                mask, strong & mask, residual, expected, query
            )
            patches.append(Patch(mask, float(mask.sum()) / whole, made))
    return noise, patches


def _edge_strips(compared: Flags, good: Flags) -> Flags:
    """Whole rows and columns of blocks at the picture's edges in which next to nothing agrees.

    There the query shows something else than the archived picture: a banner, or the next
    tile of a collage. What moves between two frames leaves no whole row without agreement.
    """
    strips = np.zeros_like(good)
    for turns in range(4):
        seen, agreeing, target = (np.rot90(each, turns) for each in (compared, good, strips))
        for row in range(len(seen) // 2):
            if (
                seen[row].sum() >= STRIP_LEAST
                and agreeing[row].sum() > STRIP_AGREES * seen[row].sum()
            ):
                break
            target[row] = True
    return strips


def _made(mask: Flags, strong: Flags, residual: Floats, expected: Floats, query: Floats) -> bool:
    """Whether an editor made this patch rather than another moment."""
    return (
        _one_sided(residual[strong])
        or _few_tones(query[strong])
        or _regular(mask)
        or _censored(mask, expected, query)
    )


def _one_sided(residual: Floats) -> bool:
    share = float((residual > 0).mean())
    return max(share, 1 - share) > ONE_SIDED


def _few_tones(values: Floats) -> bool:
    """Two bands of 16 grey values hold most of it: drawn, not photographed."""
    counts = np.bincount(np.clip(values / TONE_STEP, 0, 31).astype(np.int64), minlength=33)
    bands = counts[:-1] + counts[1:]
    first = int(bands.argmax())
    top = int(bands[first])
    bands[max(0, first - 1) : first + 2] = 0
    return bool((top + bands.max()) > FEW_TONES * len(values))


def _regular(mask: Flags) -> bool:
    """Straight-edged or round."""
    outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=len)
    # The outline runs through pixel centres: half a pixel is missing all around.
    area = cv2.contourArea(outline) + len(outline) / 2 + 1
    _, (width, height), _ = cv2.minAreaRect(outline)
    _, radius = cv2.minEnclosingCircle(outline)
    return bool(
        area > STRAIGHT * (width + 1) * (height + 1) or area > ROUND * np.pi * (radius + 0.5) ** 2
    )


def _censored(mask: Flags, expected: Floats, query: Floats) -> bool:
    """Whether a strong blur of what was there explains the patch."""
    before = float(np.abs(query - expected)[mask].mean())
    side = np.sqrt(mask.sum())
    after = [
        float(np.abs(query - cv2.GaussianBlur(expected, (0, 0), float(sigma)))[mask].mean())
        for sigma in (side / 16, side / 8, side / 4)
    ]
    return min(after) < CENSORED * before


def _shifted(laid: Laid, good: Flags) -> float:
    """Share of agreeing blocks that agree clearly better apart from the common map.

    Where a block looks alike along an edge, its displacement says nothing; so what counts is
    how much worse it agrees in place.
    """
    blocks = laid.blocks
    sure = good & (blocks.spread > SHIFT_TEXTURE)
    apart = np.abs(blocks.shift).max(axis=2) >= CLEARLY_SHIFTED
    clearly = blocks.correlation - blocks.in_place > SHIFT_LOSS
    shifted = (apart & clearly)[sure]
    return float(shifted.mean()) if shifted.sum() > CHANCE else 0.0
