"""Small clear differences all over: cars that drove on, letters exchanged for others.

A copy has next to none of them: what compression and resampling leave is faint, what an editor laid
over it is large. Two pictures of one place from above, minutes apart, have dozens.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Residual
from provenance.verify.causes.displaced import moved_on

CLEAR = 2.0
LEAST = 8
"""Bounds and pixels from which on a difference is clear: a digit that was exchanged for another has
10 to 100 pixels at 50 to 200 grey values; saved again at quality 60 the edges of letters leave up
to 30."""

AROUND = 9
"""Pixels around what was laid over the picture: its soft edge."""

MARGIN = 3
SAME_SHAPE = 0.9
"""Pixels around a speck, and the correlation there from which on both show the same thing in other
tones (sharpened, one colour cut off before the others): no car drove on."""

LEFT = 2.1
"""And bounds that are left of the speck, in the mean, once one grey value is mapped to the other by
a straight line: beside a banner everything correlates. Of 1,104 copies those with letters over them
aside, eleven such specks leave at most 2.0; legs that moved below a banner 2.2 to 4.6."""

BESIDE_LOST = 5
"""Pixels around light that was cut off: there tones were bent, too. Of 24 brightened copies five
had two or three specks there."""


JOINED = 5
"""On a page, gaps below so many pixels do not part a speck: of a 9 that became a 6 two arcs of six
and seven pixels differ clearly."""


def specks(left: Residual, covered: Flags | None, clear: Floats, *, on_page: bool = False) -> int:
    """How many clear differences there are beside what is ``covered`` (h, w).

    ``clear`` (h, w) is 0 where light was cut off or strokes lie over the copy: not there.
    """
    rows, columns = left.values.shape
    plain = cv2.erode(clear[:rows, :columns], np.ones((BESIDE_LOST, BESIDE_LOST), np.uint8))
    # White letters are no light that was cut off.
    counted = left.above(CLEAR) if on_page else left.above(CLEAR) & (plain > 0)
    strong = counted.astype(np.uint8)
    if covered is not None:
        strong[cv2.dilate(covered.astype(np.uint8), np.ones((AROUND, AROUND), np.uint8)) > 0] = 0
    near = np.ones((JOINED, JOINED), np.uint8)
    joined = cv2.morphologyEx(strong, cv2.MORPH_CLOSE, near) if on_page else strong
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    clearly = np.bincount(labels[strong > 0], minlength=len(stats))
    large = stats[1:][clearly[1:] >= LEAST]
    return sum(not _is_toned(left, each) for each in large)


def stirred(left: Residual, covered: Flags | None, clear: Floats) -> float:
    """Share (0..1) of what is seen that differs in small, and is there again a little further on.

    An arm, a hand, a leg that moved: each too small to be told from what compression leaves.
    """
    rows, columns = left.values.shape
    plain = cv2.erode(clear[:rows, :columns], np.ones((BESIDE_LOST, BESIDE_LOST), np.uint8))
    opened = cv2.morphologyEx(left.above().astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3)))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    untold = np.asarray(plain == 0)
    if covered is not None:
        untold |= cv2.dilate(covered.astype(np.uint8), np.ones((AROUND, AROUND), np.uint8)) > 0
    touching = np.zeros(count, np.bool_)
    touching[labels[untold]] = True
    moved = sum(
        int(stats[n, cv2.CC_STAT_AREA])
        for n in range(1, count)
        if not touching[n]
        and not _is_toned(left, stats[n])
        and moved_on(left, np.asarray(labels == n))
    )
    return moved / max(1, int(left.seen.sum()))


def _is_toned(left: Residual, stats: NDArray[np.int32]) -> bool:
    """Whether both pictures show the same thing in other tones in the box around a speck."""
    x, y, width, height = (int(value) for value in stats[: cv2.CC_STAT_AREA])
    rows = slice(max(0, y - MARGIN), y + height + MARGIN)
    columns = slice(max(0, x - MARGIN), x + width + MARGIN)
    before, after = (each[rows, columns] for each in (left.expected, left.query))
    before, after = before - before.mean(), after - after.mean()
    power, together = float((before * before).sum()), float((before * after).sum())
    if together < SAME_SHAPE * max(float(np.sqrt(power * float((after * after).sum()))), 1.0):
        return False
    clear = left.above(CLEAR)[rows, columns]
    rest = np.abs(after - together / max(power, 1.0) * before)[clear]
    return not len(rest) or float(rest.mean()) <= LEFT * left.bound
