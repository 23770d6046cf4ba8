"""Marks drawn over a copy: rings, arrows, crosses, scribbles, emoji, words with an outline.

A drawing tool fills with one tone, or with two, and its fill ends at once: beside it the picture
goes on as it was. That is looked at on the query as it came, not in the frame of the archived
picture: made small, the rim of a thin ring is all that is left of it. Things that were there at
another moment have light and shade, and cast some beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Close, Floats
from provenance.verify.aligning.residual import Residual, Side
from provenance.verify.causes.lettering import half_width
from provenance.verify.causes.steepness import steepness
from provenance.verify.causes.stickers import DARK, blot
from provenance.verify.causes.tones import two_bands
from provenance.verify.causes.veils import ENDS, REACH, SOFT, TELLING, is_veil

MOST_TONES, MOST_TONES_VEILED = 2, 4
"""Fills of one mark (outlined letters, flames), and among what shows through a veil."""

EXPLAINED = 0.85
"""Share of the difference that lies in such fills and on their soft edges."""

WITHIN, WITHIN_SMALL, FLAT = 4.0, 6.0, 0.85
"""Grey values, and the share of a fill's inside within them of its tone; the second for a query no
larger than the frame, where compression reaches into every stroke."""

FLAT_ARCHIVED = 0.94
"""The same on the archived picture, where only one tone counts: marks 0.94 to 1, what stood there
before, and is smoke or a wall now, 0.85 to 0.92 or of two tones."""

BRIGHT, WIDE = 243.0, 8.0
"""Grey value above which light is cut off, and half the width in frame pixels of the widest pen."""

LEAST_TELLING = 0.2
"""Just outside a fill, the share that can tell at all whether it ends there. What is of one tone
with its surroundings (0 to 0.1) was not drawn: sky before there was smoke in it."""

LEAST_STEEP = 0.075
"""How steeply a fill begins: of 188 marks on copies 0.082 upwards, smoke of two tones 0.066."""

LARGE, WIDEST_LARGE = 0.06, 0.1
FILLED, LONG = 0.47, 3.0
"""Share of the picture from which on a mark must be narrow, and half its width at its widest, as a
share of the frame's short side: lines of capitals, as large as marks on copies are, rings aside,
have 0.07; another face on the same form 0.158. And it fills less of its rectangle than this, or is
so many times as long as wide: 16 rings fill 0.18 to 0.43 of it, a line of capitals is 8.6 times as
long; the sides of three presenters who stepped aside 0.51 to 0.72, 1.4 to 1.8 times."""

LEAST_WRITTEN, MOST_WRITTEN, OF_INK = 0.04, 0.6, 0.5
"""Letters on a fill: their share of it, and how much of their inside lies in two bands of tones."""

RIMS, RIMMED, IN_RIM = (1.5, 2.5, 3.5), 12.0, 0.6
"""Frame pixels by which a rim in another tone may make a fill wider: of arrows and stars with an
outline; grey values by which it is lighter all around, or darker, and the share of it that is,
within the narrowest. Three on copies 0.61 to 0.74, two 0.75 upwards; a choice."""

BESIDE = 5
MARGIN = 12
"""Frame pixels: how far a fill may reach beyond the difference, and what is cut out around it."""

LEAST_FILL = 6.0
LEAST_LEFT = 0.08
HELD = 0.25
"""Frame pixels that a fill has at least; the share of a difference that is worth one more tone; and
the share of a fill that must differ: the rest may be as light as what it covers."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The picture that may be marked: ``over`` in the frame, ``close`` at its own resolution.

    ``below`` (h, w) is the other picture in the frame, in the same tones. ``archived``: it is the
    archived one, of which no more than the small raster is known.
    """

    over: Floats
    below: Floats
    close: Close
    archived: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """One difference and what surrounds it, at the resolution of the query.

    ``over`` and ``below`` (h, w) are grey values of the picture that may be marked and of the
    other; ``differs`` where they differ, ``near`` where a fill may lie, ``seen`` where both are
    known. ``zoom`` is pixels a frame pixel, ``corner`` the first row and column in the frame.
    """

    over: Floats
    below: Floats
    differs: Flags
    near: Flags
    seen: Flags
    zoom: int
    corner: tuple[int, int]


def is_mark(left: Residual, side: Marked, mask: Flags, *, cornered: bool = False) -> bool:
    """Whether a difference (h, w) is a mark in one or two tones.

    ``cornered``: it fills a corner of the picture.
    """
    if mask.sum() > LARGE * left.seen.sum() and not is_line_or_ring(mask):
        return False
    if side.archived and half_width(mask) > WIDE and blot(left.query[mask]):
        return False
    place = _place(left, side, mask)
    fills, explained = _fills(place, 1 if side.archived else MOST_TONES)
    plain = [each for each in fills if side.archived or not _is_coloured(left, place, each, mask)]
    usable = cornered or not _is_silhouette(place, plain)
    if fills and usable and explained >= EXPLAINED and _is_filled(place, fills, side):
        return steepness(left, mask) > LEAST_STEEP
    if usable and any(_is_rimmed(place, fill, tone) for tone, fill in fills[:1]):
        return steepness(left, mask) > LEAST_STEEP
    if side.archived:
        return False
    differs = left.above() & mask
    both = Side(side.over, side.below)
    return is_veil(left, both, mask, differs) or any(
        is_veil(left, both, mask, differs & ~_in_frame(fill, place, mask), filled=True)
        for tone, fill in _fills(place, MOST_TONES_VEILED)[0]
        if (tone >= DARK or _is_coloured(left, place, (tone, fill), mask))
        and fill.sum() >= LEAST_LEFT * place.differs.sum()
        and _flatness(place, fill, tone) >= FLAT
    )


def is_line_or_ring(mask: Flags) -> bool:
    """Whether a difference (h, w) is no wider than capitals are, and long or mostly a hole."""
    if half_width(mask) > WIDEST_LARGE * min(mask.shape):
        return False
    _, _, wide, high = cv2.boundingRect(mask.astype(np.uint8))
    return int(mask.sum()) < FILLED * wide * high or max(wide, high) >= LONG * min(wide, high)


def _is_filled(place: _Place, fills: list[tuple[float, Flags]], side: Marked) -> bool:
    """Whether the fills are flat, and end at once."""
    together = without_holes(np.any([fill for _, fill in fills], axis=0))
    area = sum(int(fill.sum()) for _, fill in fills)
    ends = sum(int(fill.sum()) * _ends(place, fill, together, tone) for tone, fill in fills)
    least = FLAT_ARCHIVED if side.archived else FLAT
    return bool(_flat(place, fills) >= least and ends >= ENDS * area)


def _is_rimmed(place: _Place, fill: Flags, tone: float) -> bool:
    """Whether a flat fill has a rim of another tone, and both together end at once."""
    if _flatness(place, fill, tone) < FLAT:
        return False
    whole = without_holes(fill)
    away = cv2.distanceTransform((~whole).astype(np.uint8), cv2.DIST_L2, 3)
    rim = place.over[(away > 0) & (away <= RIMS[0] * place.zoom) & place.seen] - tone
    if max((rim > RIMMED).mean(), (rim < -RIMMED).mean()) < IN_RIM:
        return False
    edge = tone + float(np.median(rim))
    return any(_ends_in_rim(place, away, edge, width * place.zoom) for width in RIMS)


def _ends_in_rim(place: _Place, away: MatLike, edge: float, width: float) -> bool:
    """Whether a rim so wide, of one tone, explains the rest, and the picture goes on beyond it."""
    soft = SOFT * place.zoom
    reached = np.asarray(away <= width + soft)
    if (place.differs & reached).sum() < EXPLAINED * place.differs.sum():
        return False
    beside = (away > width + soft) & (away <= width + soft + 2) & place.seen
    telling = beside & (np.abs(place.below - edge) > TELLING)
    if telling.sum() < LEAST_TELLING * beside.sum() or not telling.any():
        return False
    over, below = place.over[telling], place.below[telling]
    return float((np.abs(over - below) < np.abs(over - edge)).mean()) >= ENDS


def _flat(place: _Place, fills: list[tuple[float, Flags]]) -> float:
    """Share of all fills that is of their very tones."""
    area = sum(int(fill.sum()) for _, fill in fills)
    flat = sum(int(fill.sum()) * _flatness(place, fill, tone) for tone, fill in fills)
    return flat / max(area, 1)


def without_holes(mask: Flags) -> Flags:
    """A place (h, w), and what it encloses: the letters on a plate, the eyes of a face."""
    around, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    whole = np.zeros(mask.shape, np.uint8)
    cv2.drawContours(whole, around, -1, color=1, thickness=cv2.FILLED)
    return np.asarray(whole > 0)


def _is_coloured(left: Residual, place: _Place, fill: tuple[float, Flags], mask: Flags) -> bool:
    """Whether the copy is of a strong colour there: neither burnt nor against the light."""
    return left.coloured(_in_frame(fill[1], place, mask))


def _is_silhouette(place: _Place, fills: list[tuple[float, Flags]]) -> bool:
    """Dark or white, wider than a pen: soot, things against the light, and burnt-out skies are."""
    out_of = [f for tone, f in fills if not DARK < tone < BRIGHT and not _is_written_on(place, f)]
    if not out_of:
        return False
    inside = np.pad(np.any(out_of, axis=0), 1).astype(np.uint8)
    return float(cv2.distanceTransform(inside, cv2.DIST_L2, 3).max()) > WIDE * place.zoom


def _is_written_on(place: _Place, fill: Flags) -> bool:
    """Whether a fill encloses letters: thin, and of one tone."""
    holes = without_holes(fill) & ~fill
    if not LEAST_WRITTEN * fill.sum() < holes.sum() < MOST_WRITTEN * fill.sum():
        return False
    core = cv2.erode(holes.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0
    if half_width(holes) > WIDE * place.zoom or core.sum() < LEAST_FILL * place.zoom**2:
        return False
    return two_bands(place.over[core])[0] > OF_INK


def _in_frame(fill: Flags, place: _Place, mask: Flags) -> Flags:
    """A fill and its soft edge, in the frame (h, w)."""
    found = np.zeros(mask.shape, np.bool_)
    top, first = place.corner
    grown = _grown(fill, round(SOFT * place.zoom))[:: place.zoom, :: place.zoom]
    found[top : top + grown.shape[0], first : first + grown.shape[1]] = grown
    return found


def _fills(place: _Place, most: int) -> tuple[list[tuple[float, Flags]], float]:
    """Tone and place of each fill, and the share of the difference that they explain."""
    rest = place.differs.copy()
    total = max(1, int(rest.sum()))
    fills: list[tuple[float, Flags]] = []
    for _ in range(most):
        if rest.sum() < LEAST_LEFT * total:
            break
        tone, fill = _fill(place, rest)
        if not fill.any():
            break
        fills.append((tone, fill))
        rest &= ~_grown(fill, round(SOFT * place.zoom))
    return fills, 1 - int(rest.sum()) / total


def _place(left: Residual, side: Marked, mask: Flags) -> _Place:
    rows, columns = np.nonzero(mask)
    height, width = mask.shape
    top, bottom = max(0, int(rows.min()) - MARGIN), min(height, int(rows.max()) + MARGIN + 1)
    first, last = max(0, int(columns.min()) - MARGIN), min(width, int(columns.max()) + MARGIN + 1)
    cut, zoom = np.s_[top:bottom, first:last], side.close.zoom
    size = ((last - first) * zoom, (bottom - top) * zoom)
    below = cv2.resize(side.below[cut], size, interpolation=cv2.INTER_LINEAR)
    return _Place(
        over=side.close.grey[top * zoom : bottom * zoom, first * zoom : last * zoom],
        below=np.asarray(below, np.float32),
        differs=_larger(left.above()[cut] & mask[cut], zoom),
        near=_larger(_grown(mask[cut], BESIDE), zoom),
        seen=_larger(left.seen[cut], zoom),
        zoom=zoom,
        corner=(top, first),
    )


def _fill(place: _Place, rest: Flags) -> tuple[float, Flags]:
    """The tone that most of the rest has, and where the query has it there."""
    inside = cv2.erode(rest.astype(np.uint8), np.ones((2 * place.zoom - 1,) * 2, np.uint8)) > 0
    wanted = inside if inside.sum() > LEAST_FILL * place.zoom**2 else rest
    tone = _commonest(place.over[wanted])
    flags = ((np.abs(place.over - tone) <= REACH) & place.near).astype(np.uint8)
    opened = cv2.morphologyEx(flags, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    differing = np.bincount(labels[rest], minlength=count)
    area = stats[:, cv2.CC_STAT_AREA]
    kept = (differing > HELD * area) & (area >= LEAST_FILL * place.zoom**2)
    kept[0] = False
    return tone, np.asarray(kept[labels])


def _commonest(values: Floats) -> float:
    counts = np.bincount(np.clip(np.rint(values), 0, 255).astype(np.int64), minlength=256)
    return float(np.convolve(counts, np.ones(9, np.int64), mode="same").argmax())


def _flatness(place: _Place, fill: Flags, tone: float) -> float:
    """Share of a fill's inside that is of its very tone."""
    for side in (2 * place.zoom + 1, 3):
        inside = cv2.erode(fill.astype(np.uint8), np.ones((side, side), np.uint8)) > 0
        if inside.sum() >= LEAST_FILL * 3:
            break
    else:
        inside = fill
    values = place.over[inside]
    tone = float(np.median(values)) if len(values) else tone
    within = WITHIN if place.zoom > 1 else WITHIN_SMALL
    return float((np.abs(values - tone) <= within).mean())


def _ends(place: _Place, fill: Flags, together: Flags, tone: float) -> float:
    """Share of the places just outside of all fills where the archived picture goes on."""
    away = cv2.distanceTransform((~fill).astype(np.uint8), cv2.DIST_L2, 3)
    soft = SOFT * place.zoom
    beside = (away > soft + 0.5) & (away <= soft + 2) & place.seen
    beside &= ~_grown(together, round(soft))
    telling = beside & (np.abs(place.below - tone) > TELLING)
    if not beside.any():
        return 1.0
    if telling.sum() < LEAST_TELLING * beside.sum():
        return 0.0
    over, below = place.over[telling], place.below[telling]
    return float((np.abs(over - below) < np.abs(over - tone)).mean())


def _grown(flags: Flags, by: int) -> Flags:
    kernel = np.ones((2 * by + 1, 2 * by + 1), np.uint8)
    return np.asarray(cv2.dilate(flags.astype(np.uint8), kernel) > 0)


def _larger(flags: Flags, zoom: int) -> NDArray[np.bool_]:
    return np.repeat(np.repeat(flags, zoom, axis=0), zoom, axis=1)
