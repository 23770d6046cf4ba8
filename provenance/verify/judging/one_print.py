"""Whether a copy lies on the archived picture as one print does, or parallax tells two frames."""

from __future__ import annotations

from provenance.verify.aligning.alignment import NO_BLUR, Laid
from provenance.verify.differing.differences import Differences
from provenance.verify.judging.drawn_over import is_drawn_over, is_full_of_words

NOISY, COARSE = 6.0, 0.85
"""Noise in grey values from which on a copy is a rough one (photographs of screens: 7 to 17, but
also leaves that stir between two frames: 9 to 15), and correlation of the finest detail below which
it is a coarse one: pixelated copies."""

MOST_SHIFTED, MOST_SHIFTED_RIGID = 0.05, 0.1
"""Share of blocks that agree apart from the common map: parallax. Copies: 98 in 100 below 0.04;
an object from two sides 0.03 to 0.12, overlapping frames of a session 0.14 to 0.49. The second
where many blocks tell of one print: four copies of 2,470 have 0.056 to 0.08."""

MOST_OFF, MOST_OFF_ROUGH, MOST_OFF_BLURRED = 0.23, 0.3, 0.35
MOST_OFF_INKED = 0.2
"""Share of the blocks that lie elsewhere than all together, and are more alike there. Copies: 0 to
0.1, brightened ones up to 0.22; striped 0.1 to 0.29; written over at most 0.14 (228 of them);
blurred and pixelated up to 0.3. A camera that moved by a hundredth of the picture's width and less
between two frames of a burst: 0.25 to 0.5; drone frames of one pass more."""

TELLING, MOST_OFF_TELLING, MOST_OFF_TELLING_BLURRED = 40, 0.11, 0.2
MANY_TELLING, MOST_OFF_MANY = 80, 0.095
MUCH_CUT_OFF = 0.05
"""Where so many blocks tell and hardly any light was cut off (edges move there), fewer may. Copies:
0 to 0.09 of 40 blocks and more (1,959 of them), 0.1 where blurred (94); bursts with little parallax
0.1 of 110 and 0.23 of 123, cars that drove on seen from the air 0.16 of 240, another hour 0.32 of
184, blurred. Below 80 blocks those that something else does not tell of have none: there a copy
that nothing differs in may have as many as few do (filters 0.13 of 45, 0.19 of 59, 0.22 of 46)."""

MANY, HARDLY_OFF = 10, 0.1
"""So many blocks that tell, and so few of them elsewhere, are one print beyond doubt."""

MANY_INLIERS = 70
"""Pairs of keypoints that follow one map. Of 220 flashes over another town three that only a blur
made alike have 19, 21 and 35; a closed notebook on a table, with noise over it, 86."""


def is_one_print(found: Differences) -> bool:
    """Whether many blocks tell, and next to none lies elsewhere: repeated patterns only seem to."""
    known = found.rigidity
    return known is not None and known.blocks >= MANY and known.off <= HARDLY_OFF


def most_shifted(found: Differences) -> float:
    """Words written all over it seem to move what lies between them, too."""
    free = is_full_of_words(found) or is_one_print(found)
    return MOST_SHIFTED_RIGID if free else MOST_SHIFTED


def is_rigid(laid: Laid, found: Differences, inliers: int) -> bool:
    """Whether the copy follows as one print does, where enough of it tells.

    Where nothing does, blur makes any two glows alike: of 470 blurred, small and photographed
    copies none is so, and of 150 flashes over another town one was. Many ``inliers`` tell as much,
    where nothing differs.
    """
    if found.rigidity is None:
        alike = inliers >= MANY_INLIERS and not found.patches and found.specks == 0
        return laid.blur == NO_BLUR or alike
    return found.rigidity.off <= _most_off(laid, found)


def _most_off(laid: Laid, found: Differences) -> float:
    assert found.rigidity is not None
    telling = found.rigidity.blocks >= TELLING
    if laid.blur != NO_BLUR or found.fine < COARSE:
        return MOST_OFF_TELLING_BLURRED if telling else MOST_OFF_BLURRED
    if laid.aligned.drawn is not None or found.noise >= NOISY:
        return MOST_OFF_ROUGH
    if is_drawn_over(laid, found):
        return MOST_OFF_INKED
    if not telling or cut_off(laid) >= MUCH_CUT_OFF:
        return MOST_OFF
    if found.rigidity.blocks >= MANY_TELLING:
        return MOST_OFF_MANY
    return MOST_OFF_TELLING if found.patches or found.specks else MOST_OFF


def cut_off(laid: Laid) -> float:
    """Share of what is seen that the copy no longer shows: light cut off, strokes."""
    return 1 - float(laid.aligned.clear[laid.aligned.seen > 0].mean())
