"""Connected differences between two aligned pictures, each with what made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import (
    Aligned,
    Close,
    Frames,
    archived_closely,
    colours_closely,
    query_closely,
)
from provenance.verify.aligning.residual import Difference, Residual
from provenance.verify.causes.bands import bands
from provenance.verify.causes.cause import Cause, cause
from provenance.verify.causes.coloured import laid_on_in_colour
from provenance.verify.causes.displaced import not_moved
from provenance.verify.causes.glare import is_glare
from provenance.verify.causes.lettering import SHARP_TWO_SIDED
from provenance.verify.causes.marks import Marked, is_mark
from provenance.verify.causes.painted import Canvas, may_be_painted, painted
from provenance.verify.causes.steepness import steepness
from provenance.verify.causes.strips import Strips
from provenance.verify.causes.tiled import tiles
from provenance.verify.causes.tones import of_few_tones
from provenance.verify.differing.belonging import belonging
from provenance.verify.differing.patch import Patch, at_lower_bound

LEAST_PATCH = 0.25
"""Smallest patch that is looked at, in blocks."""

LEAST_SHAPED, LEAST_REDUCED = 240, 320
AS_LARGE = 0.95
"""Long side of the frame in pixels below which no shape says that an editor made it, and the same
for a query smaller than the archived picture, whose edges are gone: there a person is as thin as a
letter, a house that is gone as straight as an inset. At 128 pixels 10 of 30 pairs "before and
after" (drawn: half of a facade gone, a corner, windows) were called the same picture by such
shapes; of 2,537 copies not one needs them."""

LEAST_PAINTED = 160
"""The same for what was drawn in strong colours, whatever its shape. A choice."""

JOINED = 9
"""Gaps up to so many pixels do not part a patch: the letters of a word."""

SUPPORT = (0.6, 0.25)
"""An inset differs little where it happens to be as light as what it covers; its straight edges
show at a share of the bound. With these, 20 of 20 insets are regular, without them 15."""


CLEAR = 4.0
"""Highest difference, in bounds, from which on a patch counts in full: what tone and resampling
leave reaches 1 to 2.7, somebody who moved mostly 5 and more."""


CORNER, LEAST_CORNERS = 6, 2
"""Side in frame pixels of what counts as a corner, and how many corners are filled at least."""

MANY, MUCH_MARKED, SOFT = 4, 0.1, 5
"""Patches, and share of the picture in marks, from which on bands are looked for though all is
known; frame pixels by which the soft edges of a band make it wider."""

WITHIN = 0.95
"""Share of a patch that lies in something of a colour of its own, or on its soft edge."""


def patches(
    left: Residual,
    strips: Strips,
    size: int,
    turn: float = 0.0,
    laid: Laid | None = None,
    squares: Sequence[Flags] = (),
    *,
    displayed: bool = False,
) -> tuple[Patch, ...]:
    """Every connected residual of some size.

    ``strips`` is where the query shows something else altogether, at the picture's
    edges; ``size`` the side of a block in pixels; ``turn`` that of the copy, in degrees;
    ``laid`` is what both were cut from: without it no marks are looked for; ``squares`` are the
    pixelated parts of the copy; ``displayed``: it is a photograph of a screen or of a print.
    """
    shaped = _tells_shapes(left, laid)
    given = _Given(left, strips, size, turn, laid, tuple(squares), shaped, displayed)
    found = _found(given, left.above())
    drawings = _painted(left, laid, found) if laid is not None else []
    found = _laid_over(given, drawings, Cause.PAINT) if drawings else found
    repeated = tiles(left) if shaped else None
    if repeated is not None:
        return _laid_over(given, [repeated], Cause.TILES)
    marked = sum(patch.share for patch in found if patch.cause is Cause.MARK)
    known = all(patch.made for patch in found) and marked < MUCH_MARKED
    if not shaped or (known and len(found) < MANY):
        return found
    over = [_grown(each) for each in bands(left)]
    return _laid_over(given, over, Cause.BAND) if over else found


def _laid_over(given: _Given, over: Sequence[Flags], cause: Cause) -> tuple[Patch, ...]:
    """What differs beside what lies over the copy, and that, of one cause."""
    left = given.left
    rest = _found(given, left.above() & ~np.any(over, axis=0))
    whole = max(int(left.seen.sum()), 1)
    return (*rest, *(Patch(each, float(each.sum()) / whole, cause) for each in over))


class _Given(NamedTuple):
    """What :func:`patches` is given."""

    left: Residual
    strips: Strips
    size: int
    turn: float
    laid: Laid | None
    squares: tuple[Flags, ...]
    shaped: bool
    displayed: bool


def _found(given: _Given, strong: Flags) -> tuple[Patch, ...]:
    """Every connected difference of some size, where it is ``strong`` (h, w)."""
    left, shaped = given.left, given.shaped
    wider = [cv2.connectedComponents(_joined(left.above(s)), connectivity=8)[1] for s in SUPPORT]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(_joined(strong), connectivity=8)
    whole = max(int(left.seen.sum()), 1)
    found = []
    for number in range(1, count):
        if stats[number, cv2.CC_STAT_AREA] >= LEAST_PATCH * given.size**2:
            mask = np.asarray(labels == number)
            difference = Difference(mask, strong & mask, given.turn, shaped)
            around = [at_lower_bound(mask, each) for each in wider]
            made_by = cause(left, difference, given.strips, around)
            if made_by is None and given.displayed and is_glare(left, mask):
                made_by = Cause.LIGHT
            drawn = of_few_tones(left.query[mask])
            share, strength = float(mask.sum()) / whole, _strength(left, mask)
            sharp = made_by is None and steepness(left, mask) > SHARP_TWO_SIDED
            found.append(Patch(mask, share, made_by, drawn, strength, sharp))
    if found and shaped:
        found = _in_colour(left, found)
    known = belonging(left, found, wider[-1], given.squares)
    return _marked(left, known, given.laid) if given.laid is not None and shaped else known


def _in_colour(left: Residual, found: list[Patch]) -> list[Patch]:
    """What differs within something of a colour of its own is that, however it falls to pieces."""
    whole = max(int(left.seen.sum()), 1)
    for over in laid_on_in_colour(left):
        around = _grown(over.mask)
        within = [p for p in found if p.mask[around].sum() >= WITHIN * p.mask[left.seen].sum()]
        if within:
            mask = np.asarray(np.any([over.mask, *(patch.mask for patch in within)], axis=0))
            made_by = Cause.STRIP if over.along_edge else Cause.DISC
            found = [each for each in found if not any(each is other for other in within)]
            found.append(Patch(mask, float(mask.sum()) / whole, made_by))
    return found


def _painted(left: Residual, laid: Laid, found: Sequence[Patch]) -> list[Flags]:
    """What was drawn over the copy in strong colours, each with its soft edge (h, w).

    Not where all that differs is known, nor where it is of the colours that are expected: a look at
    close range takes long.
    """
    if laid.frames is None or max(left.seen.shape) < LEAST_PAINTED:
        return []
    known = [_grown(patch.mask) for patch in found if patch.made]
    open_ = left.above() & ~np.any([np.zeros_like(left.seen), *known], axis=0)
    if not open_.any() or not may_be_painted(left):
        return []
    close = query_closely(laid.frames, laid.aligned)
    colours = colours_closely(laid.frames, laid.aligned, close.zoom)
    if colours is None:
        return []
    return [_grown(each) for each in painted(left, Canvas.of(close, colours, left.query.shape))]


def _grown(mask: Flags) -> Flags:
    """With its soft edge."""
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((SOFT, SOFT), np.uint8)) > 0)


def _tells_shapes(left: Residual, laid: Laid | None) -> bool:
    """Whether the frame is large enough to tell by shapes what an editor made."""
    side: int = max(left.seen.shape)
    if side < LEAST_SHAPED or side >= LEAST_REDUCED or laid is None or laid.frames is None:
        return side >= LEAST_SHAPED
    # What was cut to whole blocks is smaller by up to a tenth.
    frame, whole = max(laid.aligned.archived.shape), max(laid.frames.archived.shape)
    return bool(frame >= AS_LARGE * whole)


def _marked(left: Residual, found: tuple[Patch, ...], laid: Laid) -> tuple[Patch, ...]:
    """What nothing else explains may be a mark in one tone or two, on either picture."""
    if laid.frames is None or all(patch.made for patch in found):
        return found
    sides = _sides(left, laid.frames, laid.aligned)
    marked = [
        not patch.made and not_moved(left, patch.mask) and _is_marked(left, sides, patch)
        for patch in found
    ]
    if any(marked):
        # A ring that crosses its own tone falls to pieces, and each seems to be the next, moved on.
        marked = [
            known or (not patch.made and _is_marked(left, sides, patch))
            for known, patch in zip(marked, found, strict=True)
        ]
    causes = (replace(p, cause=Cause.MARK) if m else p for p, m in zip(found, marked, strict=True))
    return _cut_round(left, tuple(causes))


def _is_marked(left: Residual, sides: Sequence[Marked], patch: Patch) -> bool:
    cornered = _holds_corner(left.seen, patch.mask)
    return any(is_mark(left, side, patch.mask, cornered=cornered) for side in sides)


def _sides(left: Residual, frames: Frames, aligned: Aligned) -> list[Marked]:
    """Marks on the query; on the archived picture, where the light is even."""
    sides = [Marked(left.query, left.expected, query_closely(frames, aligned))]
    if left.shading is None:
        close = archived_closely(frames, aligned)
        toned = Close(left.evenly_toned(close.grey), close.zoom)
        sides.append(Marked(left.expected, left.query, toned, archived=True))
    return sides


def _cut_round(left: Residual, found: tuple[Patch, ...]) -> tuple[Patch, ...]:
    """Filled corners, two and more, are what surrounds a picture that was cut round."""
    corners = [p for p in found if p.cause is Cause.MARK and _holds_corner(left.seen, p.mask)]
    if len(corners) < LEAST_CORNERS:
        return found
    return tuple(
        replace(p, cause=Cause.STRIP) if any(p is each for each in corners) else p for p in found
    )


def _holds_corner(seen: Flags, mask: Flags) -> bool:
    """Whether a mask (h, w) reaches into a corner of what is seen."""
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    top, bottom, first, last = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    return any(
        bool(mask[down, across].any())
        for down in (slice(top, top + CORNER), slice(bottom - CORNER, bottom))
        for across in (slice(first, first + CORNER), slice(last - CORNER, last))
    )


def _strength(left: Residual, mask: Flags) -> float:
    highest = float(np.abs(left.values[mask]).max()) / left.bound
    return min(1.0, (highest - 1) / (CLEAR - 1))


def _joined(mask: Flags) -> NDArray[np.uint8]:
    """Specks removed, gaps closed."""
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3)))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((JOINED, JOINED)))
    return np.asarray(closed, np.uint8)
