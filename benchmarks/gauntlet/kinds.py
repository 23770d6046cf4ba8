"""How well alterations are named: by kind, of those there were, and of those that were said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from benchmarks.edits.edited import Edited
from benchmarks.gauntlet.truth import expected
from provenance.models import Comparison


@dataclass
class KindTally:
    """Counts by kind.

    ``there``: expected; ``named``: of those; ``said``: all that were said; ``unasked``: said
    although neither expected nor fair to say.
    """

    there: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    unasked: Counter[str] = field(default_factory=Counter)

    def take(self, edited: Edited, comparison: Comparison) -> None:
        """Count one proved copy."""
        sure, fair = expected(edited)
        said = {str(alteration.kind) for alteration in comparison.alterations}
        self.there.update(sure)
        self.named.update(sure & said)
        self.said.update(said)
        self.unasked.update(said - sure - fair)

    def add(self, other: KindTally) -> None:
        """Count what another tally counted too."""
        for mine, theirs in zip(self._counters(), other._counters(), strict=True):
            mine.update(theirs)

    def _counters(self) -> tuple[Counter[str], ...]:
        return self.there, self.named, self.said, self.unasked

    def line(self) -> str:
        """The share named, as text."""
        there, named = self.there.total(), self.named.total()
        return f"kinds {100 * named / there:5.0f} %" if there else "kinds     - %"

    def summary(self) -> dict[str, object]:
        """All kinds together, and which were left out or said amiss."""
        return {
            "kinds_expected": self.there.total(),
            "kinds_named": self.named.total(),
            "kinds_left_out": dict(self.there - self.named),
            "kinds_amiss": dict(self.unasked),
        }

    def figures(self) -> list[dict[str, object]]:
        """One record a kind, by name."""
        return [
            {
                "kind": kind,
                "expected": self.there[kind],
                "named": self.named[kind],
                "recall": _share(self.named[kind], self.there[kind]),
                "said": self.said[kind],
                "not_expected": self.unasked[kind],
                "precision": _share(self.said[kind] - self.unasked[kind], self.said[kind]),
            }
            for kind in sorted({*self.there, *self.said})
        ]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
