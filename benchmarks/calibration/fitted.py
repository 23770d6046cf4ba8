"""An exponential tail through counted scores, and how well it foretells others."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt

from benchmarks.calibration.counted import Counted
from provenance.verify.judging.false_alarms import Tail

ABOVE = {"pixels": 1.0, "points": 10.0}
"""Where the tail begins: high enough to be one, low enough to hold some dozens."""

ROWS: dict[str, Sequence[float]] = {
    "pixels": (1, 2, 4, 6, 8, 10, 12, 15, 20),
    "points": (10, 12, 14, 16, 20, 25, 30, 40),
}

SURE = 1.645
"""Standard deviations of the 95 % that one-sided bounds hold."""


LEAST_SCALE = 0.5
"""Where next to nothing lies beyond: no tail is taken to be steeper."""


def safer(halves: Sequence[Counted], kind: str, look_ups: int) -> Tail:
    """Of the tails of both halves the one that reaches further: so few lie there, halves differ."""
    return max((tail(half, kind, look_ups) for half in halves), key=_end)


def _end(tail: Tail) -> float:
    """The score from which on the least is said."""
    return tail.above + tail.scale * log(tail.rate / tail.least)


def tail(counted: Counted, kind: str, look_ups: int) -> Tail:
    """Both the number above and the scale at the upper end of what chance allows (95 %).

    ``look_ups`` are all that were made, those of the check included: one in so many is the least
    that is ever said.
    """
    above = ABOVE[kind]
    beyond = [each - above for each in getattr(counted, kind) if each >= above]
    number = max(len(beyond), 1)
    rate = (number + SURE * sqrt(number)) / counted.asked
    return Tail(
        above=above,
        rate=_rounded(rate),
        scale=_rounded(max(sum(beyond) / number, LEAST_SCALE) * (1 + SURE / sqrt(number))),
        most=_rounded(max(len(getattr(counted, kind)) / counted.asked, rate)),
        least=_rounded(1 / look_ups),
    )


def foretold(tail: Tail, counted: Counted, score: float, counted_in: int) -> float:
    """Candidates of at least this score that the tail expects in all these look-ups."""
    grown = max(1.0, counted.pictures / counted_in)
    return counted.asked * tail.expected(score) * grown


def table(tail: Tail, kind: str, groups: Sequence[Counted], counted_in: int) -> str:
    """Observed and foretold numbers of wrong candidates, group by group."""
    heads = [f"{g.name} ({g.asked} in {g.pictures})" for g in groups]
    lines = [
        "| score | " + " | ".join(heads) + " |",
        "|---" * (len(groups) + 1) + "|",
    ]
    for score in ROWS[kind]:
        cells = [
            f"{g.reaching(kind, score)} / {foretold(tail, g, score, counted_in):.1f}"
            for g in groups
        ]
        lines.append(f"| {score:g} | " + " | ".join(cells) + " |")
    best = [f"{g.best(kind):.1f}" for g in groups]
    return "\n".join([*lines, "| best | " + " | ".join(best) + " |"])


def _rounded(number: float) -> float:
    return float(f"{number:.3g}")
