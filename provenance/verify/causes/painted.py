"""What was drawn over a copy in strong colours: stickers, badges, arrows, rings, stamps, emoji.

Paint is of one colour and even, or it is drawn in strokes of one hue, and it ends at once: whatever
its outline. Things that stand before a camera have light and shade, and grain. That is looked at on
the copy as it came, colours and all; of the archived picture only grey and coarse colours are
known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Close, Floats
from provenance.verify.aligning.residual import Residual
from provenance.verify.aligning.tint import Colours, apart

VIVID, OTHER = 45.0, 40.0
"""Distance of Cb and Cr from grey from which on a colour is a paint's, and from what the archived
picture has there: black letters on a blue card are blue at their edges."""

MOST_VIVID = 0.4
"""Share of the copy in strong colours, from which on one more tells nothing: a drawing."""

DIFFERS, AROUND = 0.5, 2
"""Share of the bound from which on a place differs, and frame pixels that belong to it."""

HARDLY = 20.0
"""Distance of the coarse Cb and Cr from what is expected, at most, where nothing of a strong colour
was drawn: of 14 recompressed copies in which something small differs, 99 in 100 places beside it
have 5 to 19, where a sticker lies 82."""

REACH_GREY, REACH_COLOUR = 14.0, 14.0
"""How far JPEG leaves a paint from its own grey value and its own colour."""

EVEN_GREY, EVEN_COLOUR, EVEN = (7.0, 5.0), (8.0, 6.0), 0.8
"""The same of its inside, where the copy is no larger than the frame and where it is; and the share
of that which is so even."""

MOST_PAINTS, MANY = 8, 60
"""Paints that are looked for; and frame pixels of a piece from which on it is asked alone."""

LEAST, LEAST_SHARE = 12, 0.02
"""Frame pixels of a paint, and its share of all that is of a strong colour and differs."""

HELD = 0.5
"""Share of a piece of paint that differs: what both pictures hold is none."""

LONG, WIDEST = 14.0, 6.0
"""A stroke has so many times the square of half its width, which is no more frame pixels."""

ONE_HUE, HUE = 0.85, 0.35
"""Share of strokes within so much (radians) of one hue."""

SOFT, NEARBY = 1, 6
"""Frame pixels of the soft edge of paint, and how far from it what differs is its outline."""

LEAST_PAINT = 0.3
"""Share of what was drawn, its outline with it, that is paint."""

CLEARLY = 0.5
"""Share of a drawing that differs clearly, in grey or in colour."""

BESIDE, GOES_ON = (2, 5), 0.97
"""Frame pixels beyond its edge, and the share of what lies there that agrees: things cast shadows,
and stand where something else stood. Of 32 drawings on copies 28 have 0.99 to 1, one beside another
mark 0.81; speakers and cars that others took the place of 0.77 to 0.96."""

HOLE = 0.6
"""Share of what paint encloses that differs: the letters of a badge; what a ring encloses does
not."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """The copy in the frame as it came, ``zoom`` pixels a frame pixel (h * zoom, w * zoom)."""

    grey: Floats
    colours: Colours
    zoom: int

    @classmethod
    def of(cls, close: Close, colours: Colours, frame: tuple[int, ...]) -> Canvas:
        """A copy's grey values and its colours, cut to a frame (h, w)."""
        rows, columns = (slice(0, side * close.zoom) for side in frame)
        blue, red = (plane[rows, columns] for plane in colours)
        return cls(close.grey[rows, columns], (blue, red), close.zoom)


def may_be_painted(left: Residual) -> bool:
    """Whether the coarse colours beside what differs are clearly others than those expected."""
    expected = left.expected_colours()
    if expected is None or left.colours is None:
        return False
    near = _grown(left.above(DIFFERS), AROUND) & left.seen
    return bool((apart(left.colours, expected)[near] > HARDLY).any())


def painted(left: Residual, canvas: Canvas) -> list[Flags]:
    """Each place (h, w) where something was drawn in strong colours, with its outline."""
    zoom = canvas.zoom
    expected = left.expected_colours()
    if expected is None:
        return []
    tinted = left.tinted_against(expected)
    near = _larger(_grown(left.above(DIFFERS) | tinted, AROUND) & left.seen, zoom)
    strong = np.asarray(np.hypot(*canvas.colours) > VIVID)
    if strong.mean() > MOST_VIVID:
        return []
    blue, red = (_smoothly(each, zoom) for each in expected)
    vivid = strong & near & (apart(canvas.colours, (blue, red)) > OTHER)
    paint = _even(canvas, vivid)
    paint |= _strokes(canvas, strong & ~paint, vivid)
    if not paint.any():
        return []
    outline = _grown(paint, NEARBY * zoom) & _larger(left.above(), zoom)
    drawings = _drawings(paint, outline, zoom)
    clear = left.above() | tinted
    return [
        with_holes(left, each)
        for each in drawings
        if clear[each].mean() >= CLEARLY and _ends(left, each, drawings)
    ]


def _even(canvas: Canvas, vivid: Flags) -> Flags:
    """Where (h, w) the copy is evenly of the commonest of its strong colours, and mostly differs.

    Beside what both pictures hold, where somebody in red moved on a little, the rest of him is red
    as well.
    """
    found = np.zeros_like(vivid)
    least = max(LEAST * canvas.zoom**2, LEAST_SHARE * int(vivid.sum()))
    rest = vivid.copy()
    for _ in range(MOST_PAINTS):
        if rest.sum() < least:
            break
        fits = _like_commonest(canvas, rest)
        fill = _differing(fits, vivid)
        if fill.sum() >= least:
            found |= _even_pieces(canvas, fill)
        rest &= ~(fits | _grown(fill, SOFT * canvas.zoom))
    return found


def _like_commonest(canvas: Canvas, rest: Flags) -> Flags:
    """Where (h, w) the copy has the commonest colour of the rest."""
    values = np.stack([canvas.grey[rest], canvas.colours[0][rest], canvas.colours[1][rest]])
    grey, blue, red = _commonest(values)
    away = np.hypot(canvas.colours[0] - blue, canvas.colours[1] - red)
    return np.asarray((np.abs(canvas.grey - grey) <= REACH_GREY) & (away <= REACH_COLOUR))


def _differing(fits: Flags, differs: Flags) -> Flags:
    """The pieces (h, w) of a colour that mostly differ."""
    opened = cv2.morphologyEx(fits.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    held = np.bincount(labels[differs], minlength=count)
    kept = held > HELD * stats[:, cv2.CC_STAT_AREA]
    kept[0] = False
    return np.asarray(kept[labels])


def _commonest(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The middle of the most frequent cube of 8 grey values and colours; ``values`` (3, n)."""
    cells = np.floor((values + np.array([[0.0], [128.0], [128.0]])) / 8).astype(np.int64)
    keys = (cells[0] * 64 + cells[1]) * 64 + cells[2]
    named, counts = np.unique(keys, return_counts=True)
    inside = values[:, keys == named[int(counts.argmax())]]
    return np.asarray(np.median(inside, axis=1), np.float32)


def _even_pieces(canvas: Canvas, fill: Flags) -> Flags:
    """The pieces (h, w) of a paint that are even, and what is too small to tell beside them."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(fill.astype(np.uint8), connectivity=8)
    large = stats[1:, cv2.CC_STAT_AREA] >= MANY * canvas.zoom**2
    told = [_is_even(canvas, labels == n) for n in 1 + np.flatnonzero(large)]
    rest = np.asarray(np.isin(labels, 1 + np.flatnonzero(~large)))
    kept = [labels == n for n, even in zip(1 + np.flatnonzero(large), told, strict=True) if even]
    if rest.any() and (any(told) or not told) and _is_even(canvas, rest):
        kept.append(rest)
    return np.asarray(np.any(kept, axis=0)) if kept else np.zeros_like(fill)


def _is_even(canvas: Canvas, fill: Flags) -> bool:
    """Whether the inside of a paint is of its very colour."""
    insides = (cv2.erode(fill.astype(np.uint8), np.ones((s, s), np.uint8)) > 0 for s in (5, 3, 1))
    inside = next((each for each in insides if each.sum() >= LEAST), fill)
    planes = (canvas.grey[inside], canvas.colours[0][inside], canvas.colours[1][inside])
    grey, blue, red = (np.abs(each - np.median(each)) for each in planes)
    fine = min(canvas.zoom - 1, 1)
    even = (grey <= EVEN_GREY[fine]) & (np.hypot(blue, red) <= EVEN_COLOUR[fine])
    return float(even.mean()) >= EVEN


def _strokes(canvas: Canvas, strong: Flags, vivid: Flags) -> Flags:
    """What is long and thin (h, w) of all that is ``strong``, of one hue, and all of that hue."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        strong.astype(np.uint8), connectivity=8
    )
    away = cv2.distanceTransform(np.pad(strong, 1).astype(np.uint8), cv2.DIST_L2, 3)[1:-1, 1:-1]
    half = np.zeros(count)
    np.maximum.at(half, np.asarray(labels, np.int64)[strong], np.asarray(away)[strong])
    area = stats[:, cv2.CC_STAT_AREA]
    long = (area >= LONG * half**2) & (half <= WIDEST * canvas.zoom)
    long &= area >= LEAST * canvas.zoom**2
    long &= np.bincount(labels[vivid], minlength=count) >= HELD * area
    long[0] = False
    found = np.zeros_like(vivid)
    for number in np.flatnonzero(long):
        own = np.asarray(labels == number)
        alike = _of_its_hue(canvas, own)
        if alike[own].mean() >= ONE_HUE:
            found |= vivid & alike
    return found


def _of_its_hue(canvas: Canvas, where: Flags) -> Flags:
    """Where (h, w) the copy is of the hue that it has there."""
    hue = np.arctan2(canvas.colours[1], canvas.colours[0])
    own = hue[where]
    middle = float(np.arctan2(np.sin(own).mean(), np.cos(own).mean()))
    return np.asarray(np.abs(np.angle(np.exp(1j * (hue - middle)))) <= HUE)


def _drawings(paint: Flags, outline: Flags, zoom: int) -> list[Flags]:
    """What hangs together, in the frame (h, w each), where enough of it is paint."""
    whole = _grown(paint | outline, SOFT * zoom)
    count, labels = cv2.connectedComponents(whole.astype(np.uint8), connectivity=8)
    of_paint, of_all = (np.bincount(labels[each], minlength=count) for each in (paint, whole))
    drawn = (of_paint >= LEAST_PAINT * of_all) & (of_paint > 0)
    drawn[0] = False
    return [np.asarray(labels[::zoom, ::zoom] == number) for number in np.flatnonzero(drawn)]


def _ends(left: Residual, drawing: Flags, drawings: Sequence[Flags]) -> bool:
    """Whether the picture goes on just beyond what was drawn, other drawings aside."""
    away = cv2.distanceTransform((~drawing).astype(np.uint8), cv2.DIST_L2, 3)
    beside = (away > BESIDE[0]) & (away <= BESIDE[1]) & left.seen
    beside &= ~_grown(np.asarray(np.any(drawings, axis=0)), BESIDE[0])
    return not beside.any() or float((~left.above())[beside].mean()) >= GOES_ON


def with_holes(left: Residual, drawing: Flags) -> Flags:
    """A drawing (h, w) and what it encloses, where that differs."""
    around, _ = cv2.findContours(
        drawing.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    whole = np.zeros(drawing.shape, np.uint8)
    cv2.drawContours(whole, around, -1, color=1, thickness=cv2.FILLED)
    count, holes = cv2.connectedComponents(((whole > 0) & ~drawing).astype(np.uint8))
    differing = np.bincount(holes[left.above()], minlength=count)
    filled = differing > HOLE * np.bincount(holes.ravel(), minlength=count)
    filled[0] = False
    return np.asarray(drawing | filled[holes])


def _grown(flags: Flags, by: int) -> Flags:
    kernel = np.ones((2 * by + 1, 2 * by + 1), np.uint8)
    return np.asarray(cv2.dilate(flags.astype(np.uint8), kernel) > 0)


def _larger(flags: Flags, zoom: int) -> Flags:
    return np.asarray(np.repeat(np.repeat(flags, zoom, axis=0), zoom, axis=1))


def _smoothly(image: Floats, zoom: int) -> Floats:
    height, width = image.shape
    size = (width * zoom, height * zoom)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR), np.float32)
