"""How many wrong matches as good as this one a look-up may be expected to bring.

Every proof has a score. How often strangers reach it was counted: photographs that are not archived
were looked up, and every archived picture that was laid over one of them counts as a wrong match,
whether the judgement then turned it down or not; so the number is an upper estimate. Photographs
alone were counted: for pages nothing is said, and for **other photographs of the same scene the
number does not hold**. ``docs/evidence.md`` shows the curves, decision record 0014 the tables, and
``benchmarks/calibrate.py`` measures it all anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp

from provenance.models import Proof
from provenance.verify.differing.differences import Differences


@dataclass(frozen=True, slots=True)
class Tail:
    """How often wrong candidates reach a score, in one look-up of ``COUNTED_IN`` pictures.

    ``rate`` of them lie above ``above``; beyond it they become fewer e-fold with every ``scale``.
    Never more than ``most``, the wrong candidates of one look-up, nor fewer than ``least``: one in
    all the look-ups that were made, because no count knows of anything rarer.
    """

    above: float
    rate: float
    scale: float
    most: float
    least: float

    def expected(self, score: float) -> float:
        """Wrong candidates of at least this score in one look-up."""
        fewer = self.rate * exp(min((self.above - score) / self.scale, 0.0))
        return max(self.least, self.most if score < self.above else fewer)


COUNTED_IN = 261
"""Archived pictures a look-up that was counted could meet. More pictures bring wrong candidates in
proportion at most, because each is as likely to be one; fewer pictures count as so many."""

PIXELS = Tail(above=1.0, rate=0.151, scale=4.22, most=0.727, least=0.00106)
POINTS = Tail(above=10.0, rate=0.144, scale=1.65, most=2.8, least=0.00106)
"""Of two halves of 165 look-ups each the one whose tail reaches further; 258 others stay below it
but for five candidates of 16 to 21 points, where 2.3 were foretold. The least is reached at a score
of 21.9 and at 18.1 points. Counted on 26 November 2026."""


def score(found: Differences) -> float:
    """Untouched blocks that agree less those that do not, times the likeness of the finest detail.

    A block that does not agree takes back what one that does gave; what only blur made agree has
    no fine detail in common. 0 at least.
    """
    untouched = found.compared & found.free
    agreeing = int((found.agreeing & untouched).sum())
    margin = 2 * agreeing - int(untouched.sum())
    return max(margin, 0) * min(max(found.fine, 0.0), 1.0)


def of_pixels(found: Differences) -> float | None:
    """Expected wrong matches this good; ``None`` for a page: photographs alone were counted."""
    return None if found.page else PIXELS.expected(score(found))


def of_points(inliers: int) -> float:
    """The same where no pixels are left and keypoints alone speak."""
    return POINTS.expected(inliers)


def in_archive(proof: Proof, pictures: int) -> Proof:
    """The proof, its number that of one look-up in an archive of so many pictures."""
    if proof.false_alarms is None:
        return proof
    expected = proof.false_alarms * max(1.0, pictures / COUNTED_IN)
    return replace(proof, false_alarms=float(f"{expected:.2g}"))
