"""Insets found by their edges: a rectangle around what differs, however ragged that is.

Where an inset is as light as what it covers, the difference ends before its sides do, and where
compression smears it, beyond them. But along each side runs an edge that the archived picture has
not, straight from corner to corner, and right outside of it the two pictures agree. Of nothing that
moved this is true on all four sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Difference, Residual
from provenance.verify.causes.displaced import walked_on

LEAST, MOST = 0.03, 0.2
"""Share of the frame that the difference takes up: who stands on a square, more upright than any
inset, takes up 0.022."""

EDGE, STEEP = 3.0, 12.0
"""Slope of the difference in grey values a pixel, from which on there is an edge, and above which
it counts no more when lines are chosen: a side is long before it is steep."""

SIDE, SIDES = 0.75, 3.6
FREE = 2
"""Share of each side, and of all four together (0..4), that runs along an edge; a side on the
frame's own edge counts as one, and so many are none. Of 13 insets that nothing else found ten have
0.77 and 3.61 upwards; of 560 pairs of other moments, products and places those that reach both are
windows and slots (see ``SLOT``), fields that end at three edges of the frame, one who walked on."""

WITHIN, FILLED = 0.9, 0.6
"""Share of the difference that lies in the rectangle (ten insets 0.93 to 0.99, one 0.85; somebody
who walked on, whose back is a straight edge, 0.87), and share of that which differs."""

CLEAN = 0.9
"""Share of what lies right outside of each side that agrees: ten insets 0.93 to 1; heads reach out
of it, and corners of houses that are gone go on beyond it (0.46 to 0.7 all around)."""

SLOT = 0.85
"""Share of the sides, the least of them aside, along which the archived picture has an edge, too:
then it is a window or a slot. Insets 0.01 to 0.84, windows mostly 0.91 upwards."""

TALLEST = 2.0
"""Times as high as wide. Both places of somebody who walked on are next to each other, and higher
than wide together; an inset may be lighter than what it covers on one side and darker on the other
as well, but is that seldom."""

MOST_LINES = 12
SHORTEST = 12
NEAR = 8
INNER, OUTER = 4, 10
"""Edges that are tried each way, frame pixels of the shortest side, how far from the difference a
side may run, and between which distances from it the surroundings lie."""

CORNERS = 2
"""Frame pixels at both ends of a side that are not asked: the other side's edge is there."""


class Rectangle(NamedTuple):
    """Frame pixels, the last ones included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where an image has edges: upright ones as ``across``, level ones as ``down`` (h, w)."""

    across: Flags
    down: Flags

    def along(self, box: Rectangle) -> Iterator[float]:
        """The share of each side that runs along one; sides on the frame's edge are left out."""
        height, width = self.across.shape
        rows = slice(box.top + CORNERS, box.bottom - CORNERS + 1)
        columns = slice(box.left + CORNERS, box.right - CORNERS + 1)
        yield from (
            float(self.across[rows, x].mean()) for x in (box.left, box.right) if 1 < x < width - 2
        )
        yield from (
            float(self.down[y, columns].mean()) for y in (box.top, box.bottom) if 1 < y < height - 2
        )


def is_framed(left: Residual, found: Difference, wide: Flags) -> bool:
    """Whether a difference is an upright rectangle by its edges; ``wide``: with its rim."""
    if not LEAST * found.mask.size < found.mask.sum() < MOST * found.mask.size:
        return False
    own = _slopes(left.query - left.expected)
    box = _best(own, found.mask, wide)
    if box is None:
        return False
    wide_, high = box.right - box.left, box.bottom - box.top
    if high > TALLEST * wide_ or (high > wide_ and walked_on(left, found.strong)):
        return False
    before = sorted(_edges(_slopes(left.expected)).along(box))
    if len(before) < FREE or np.mean(before[1:]) > SLOT:
        return False
    inside = _filled(box, wide.shape, 0)
    common = int((wide & inside).sum())
    if common < WITHIN * wide.sum() or common < FILLED * inside.sum():
        return False
    agrees = ~left.above()
    return all(float(agrees[side].mean()) >= CLEAN for side in _outside(box, left.seen))


def _outside(box: Rectangle, seen: Flags) -> Iterator[Flags]:
    """What lies right outside of each side (h, w), as far as it is seen."""
    inner, outer = _filled(box, seen.shape, INNER), _filled(box, seen.shape, OUTER)
    around = outer & ~inner & seen
    rows, columns = np.indices(seen.shape)
    beyond = (columns < box.left, columns > box.right, rows < box.top, rows > box.bottom)
    yield from (side for side in (around & each for each in beyond) if side.any())


def _best(slopes: tuple[Floats, Floats], mask: Flags, wide: Flags) -> Rectangle | None:
    """The rectangle between edges, near the difference, that fits it best."""
    height, width = mask.shape
    x, y, wide_, high = cv2.boundingRect(mask.astype(np.uint8))
    first, last = max(0, x - NEAR), min(width, x + wide_ + NEAR) - 1
    top, bottom = max(0, y - NEAR), min(height, y + high + NEAR) - 1
    across, down = (np.minimum(each, STEEP) for each in slopes)
    columns = _lines(across[top : bottom + 1].sum(axis=0), first, last)
    rows = _lines(down[:, first : last + 1].sum(axis=1), top, bottom)
    pairs_x, pairs_y = _pairs(columns), _pairs(rows)
    if not len(pairs_x) or not len(pairs_y):
        return None
    edges = _edges(slopes)
    upright = _shares(edges.across, columns, pairs_y, columns_last=True)
    level = _shares(edges.down, rows, pairs_x, columns_last=False)
    upright[(columns <= 1) | (columns >= width - 2)] = 1
    level[(rows <= 1) | (rows >= height - 2)] = 1
    at_x, at_y = (np.searchsorted(n, p) for n, p in ((columns, pairs_x), (rows, pairs_y)))
    # (pairs of columns, pairs of rows, sides)
    sides = np.stack(
        [*(upright[at_x[:, n]] for n in (0, 1)), *(level[at_y[:, n]].T for n in (0, 1))], axis=2
    )
    held = _held(wide, pairs_x, pairs_y)
    within = held / max(int(wide.sum()), 1)
    areas = np.outer(np.diff(pairs_x)[:, 0] + 1, np.diff(pairs_y)[:, 0] + 1)
    fits = (sides.min(axis=2) >= SIDE) & (sides.sum(axis=2) >= SIDES)
    fit = np.where(fits, sides.sum(axis=2) + 2 * within + held / areas, 0)
    n, m = np.unravel_index(int(fit.argmax()), fit.shape)
    if fit[n, m] == 0:
        return None
    (first, last), (top, bottom) = pairs_x[n].tolist(), pairs_y[m].tolist()
    return Rectangle(first, top, last, bottom)


def _slopes(image: Floats) -> tuple[Floats, Floats]:
    """How steep an image (h, w) is across and down."""
    ways = ((1, 0), (0, 1))
    across, down = (np.abs(cv2.Sobel(image, cv2.CV_32F, *way, scale=1 / 8)) for way in ways)
    return across, down


def _edges(slopes: tuple[Floats, Floats]) -> _Edges:
    """A resampled edge is two pixels wide."""
    across, down = slopes
    return _Edges(
        np.asarray(cv2.dilate(across, np.ones((1, 3), np.uint8)) > EDGE),
        np.asarray(cv2.dilate(down, np.ones((3, 1), np.uint8)) > EDGE),
    )


def _lines(steepness: Floats, first: int, last: int) -> NDArray[np.int64]:
    """The steepest rows or columns between two, and the ends of the frame among them."""
    part = steepness[first : last + 1].astype(np.float32)
    highest = cv2.dilate(part[:, None], np.ones((5, 1), np.uint8))[:, 0]
    peaks = np.flatnonzero(part >= highest)
    kept = peaks[np.argsort(-part[peaks], kind="stable")][:MOST_LINES] + first
    ends = [each for each in (0, len(steepness) - 1) if first <= each <= last]
    return np.unique(np.concatenate([kept, np.array(ends, np.int64)]))


def _pairs(lines: NDArray[np.int64]) -> NDArray[np.int64]:
    """Two and two (n, 2) of them that are far enough apart."""
    one, other = np.triu_indices(len(lines), 1)
    pairs = np.column_stack([lines[one], lines[other]])
    return np.asarray(pairs[pairs[:, 1] - pairs[:, 0] >= SHORTEST])


def _shares(
    edges: Flags, lines: NDArray[np.int64], ends: NDArray[np.int64], *, columns_last: bool
) -> NDArray[np.float64]:
    """(lines, pairs of ends): the share of each line between its ends that runs along an edge."""
    on_lines = edges[:, lines] if columns_last else edges[lines].T
    run = np.vstack([np.zeros((1, len(lines)), np.int64), on_lines.cumsum(axis=0)])
    start, end = ends[:, 0] + CORNERS, ends[:, 1] - CORNERS + 1
    return np.asarray(((run[end] - run[start]) / (end - start)[:, None]).T)


def _held(
    wide: Flags, pairs_x: NDArray[np.int64], pairs_y: NDArray[np.int64]
) -> NDArray[np.float64]:
    """(pairs of columns, pairs of rows): pixels of the difference in each rectangle."""
    sums = cv2.integral(wide.astype(np.uint8)).T.astype(np.float64)
    start, end = pairs_y[:, 0], pairs_y[:, 1] + 1
    by_rows = sums[:, end] - sums[:, start]
    return np.asarray(by_rows[pairs_x[:, 1] + 1] - by_rows[pairs_x[:, 0]])


def _filled(box: Rectangle, shape: tuple[int, ...], wider: int) -> Flags:
    """The rectangle (h, w), so many pixels wider all around."""
    inside = np.zeros(shape, np.bool_)
    rows = slice(max(0, box.top - wider), box.bottom + wider + 1)
    inside[rows, max(0, box.left - wider) : box.right + wider + 1] = True
    return inside
