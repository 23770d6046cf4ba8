"""Whether what differs is the same a little further on: it moved, or the camera did."""

from __future__ import annotations

import cv2
import numpy as np

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual

UNEXPLAINED, UNEXPLAINED_ONE_SIDED, UNEXPLAINED_MARK = 0.75, 0.6, 0.55
"""Share of a thin difference that is left at the best of the displacements up to 8 pixels: what
moved leaves 0.2 to 0.7 (players, parallax), lettering 0.86 to 0.99, most watermarks 0.76
upwards; of 50 insets lighter and darker than what they cover one has 0.53 and all others 0.84 to
1, presenters who moved 0.42 to 0.71."""

MOVED_ON = 0.45
"""... of any difference that no editor made: a presenter between two frames of one programme leaves
0.29 to 0.33, of 1,102 copies only what lies between the letters of a watermark less than 0.54."""

STOOD, STOOD_THERE, AS_LARGE, EITHER_PLACE = 0.4, 0.65, 0.5, 0.2
"""Of what stood at the other place, what is left where it would stand now, and the share of the one
place that the other covers; how much smaller one may be, and the least share of the difference that
it is. Walkers leave 0.12 to 0.37 at places of one size. Of 126 insets lighter and darker than what
they cover those with two such places leave 0.56 upwards, all others 0.29 upwards."""

SEARCHED = 8
SEARCH_STEP = 2
AROUND = range(-6, 7, 2)


def moved_on(left: Residual, mask: Flags) -> bool:
    """Whether what differs there is in both pictures, a little further on in one of them."""
    return unexplained(left, left.above() & mask) < MOVED_ON


def not_moved(left: Residual, mask: Flags) -> bool:
    """Whether what differs there is in one of the pictures only."""
    return unexplained(left, left.above() & mask) > UNEXPLAINED_MARK


def unexplained(left: Residual, strong: Flags) -> float:
    """Share of the difference that is left at the best displacement of either picture.

    What moved is explained both ways; letters only by moving the picture they are written on.
    """
    in_place = float(np.abs(left.query - left.expected)[strong].mean())
    apart = [
        _at_best(left.query, left.expected, strong),
        _at_best(left.expected, left.query, strong),
    ]
    return max(apart) / max(in_place, 1.0)


def _at_best(fixed: Floats, moved: Floats, strong: Flags) -> float:
    """Mean difference at the best displacement of the second."""
    rows, columns = np.nonzero(strong)
    wanted = fixed[rows, columns]
    padded = np.pad(moved, SEARCHED, mode="edge")
    steps = range(0, 2 * SEARCHED + 1, SEARCH_STEP)
    apart = (np.abs(wanted - padded[rows + y, columns + x]).mean() for y in steps for x in steps)
    return float(min(apart))


def walked_on(left: Residual, strong: Flags) -> bool:
    """Whether a difference is two places, and what is at one of them was at the other before."""
    places = [_largest(strong & side) for side in (left.values > 0, left.values < 0)]
    smaller, larger = sorted(place.sum() for place in places)
    if smaller < max(AS_LARGE * larger, EITHER_PLACE * strong.sum()):
        return False
    return any(_came_from(left, *pair) for pair in (places, places[::-1]))


def _largest(shape: Flags) -> Flags:
    count, places, sizes, _ = cv2.connectedComponentsWithStats(shape.astype(np.uint8))
    return places == 1 + int(np.argmax(sizes[1:, cv2.CC_STAT_AREA])) if count > 1 else shape


def _came_from(left: Residual, here: Flags, there: Flags) -> bool:
    """Whether the query shows here what the archived picture shows there."""
    inside = np.argwhere(here)
    way = np.rint(np.argwhere(there).mean(axis=0) - inside.mean(axis=0)).astype(int)
    shown, in_place = left.query[here], np.abs(left.query - left.expected)[here].mean()
    for step in np.ndindex(len(AROUND), len(AROUND)):
        rows, columns = (inside + way + np.take(AROUND, step)).T
        rows = rows.clip(0, here.shape[0] - 1)
        columns = columns.clip(0, here.shape[1] - 1)
        apart = np.abs(shown - left.expected[rows, columns]).mean()
        if apart < STOOD * in_place and there[rows, columns].mean() > STOOD_THERE:
            return True
    return False


def every_other(mask: Flags) -> Flags:
    """A fourth of its pixels: enough to tell by, where there are thousands."""
    some = np.zeros_like(mask)
    some[::2, ::2] = mask[::2, ::2]
    return some
