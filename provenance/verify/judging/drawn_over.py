"""Whether letters or strokes lie over a copy: what lies between them only seems to differ."""

from __future__ import annotations

from provenance.verify.aligning.alignment import Laid
from provenance.verify.causes.cause import Cause
from provenance.verify.differing.differences import Differences

LEAST_DRAWN_OVER, LEAST_WORD = 0.007, 0.005
"""Share of the picture that letters and strokes take up from which on what lies between them seems
to differ and to move: with more than one speck, copies have 0.0073 upwards; a street with cars and
rubble, which passed for strokes, 0.006. And of one piece of it: of 30 such copies 0.0057 upwards;
cars, trees and shadows, minutes later, 0.002."""

MUCH_INK = 4
"""Words from which on they are written all over it."""


LEAST_STUCK_OVER = 0.03
"""Share of the picture that stickers take up from which on others, or parts of them, lie beside
them: of three such copies 0.043 to 0.067. A choice below that."""


def is_stuck_over(found: Differences) -> bool:
    """Whether large stickers lie over it."""
    return found.share(Cause.DISC) >= LEAST_STUCK_OVER


def is_drawn_over(laid: Laid, found: Differences) -> bool:
    """Letters, signs, bands or strokes: what lies between them seems to differ, and to move."""
    banded = found.share(Cause.BAND) > 0 or is_tiled(found)
    return banded or is_written_over(found) or laid.aligned.drawn is not None


def is_tiled(found: Differences) -> bool:
    """Whether one sign lies over it again and again."""
    return found.share(Cause.TILES) > 0


def is_written_over(found: Differences) -> bool:
    """Whether a good part of the picture is letters or paint, and a word at least is large."""
    words = [each.share for each in found.patches if each.cause in (Cause.INK, Cause.PAINT)]
    return sum(words) >= LEAST_DRAWN_OVER and max(words) >= LEAST_WORD


def is_full_of_words(found: Differences) -> bool:
    """Whether words are written all over it: strokes too faint to be found reach into the rest."""
    return found.count(Cause.INK) >= MUCH_INK
