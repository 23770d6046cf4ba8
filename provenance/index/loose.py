"""Rows that are not in a file (yet): a few segments in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from provenance.index.records import Row
from provenance.index.segment import Segment


class Loose:
    """Rows after the sequence ``base`` up to ``reached``, by sequence."""

    def __init__(self, base: int) -> None:
        self.base = base
        self.reached = base
        self.segments: list[Segment] = []

    def __len__(self) -> int:
        """How many rows there are."""
        return sum(map(len, self.segments))

    def add(self, rows: Sequence[Row], width: int) -> None:
        """Take in rows; neighbours of like size are joined, so that there are ever few."""
        self.segments.append(Segment.of(rows, width))
        self.reached = rows[-1].sequence
        while len(self.segments) > 1 and len(self.segments[-2]) <= 2 * len(self.segments[-1]):
            self.segments[-2:] = [Segment.joined(self.segments[-2:])]

    def purge(self, sequences: Collection[int]) -> None:
        """Forget these rows."""
        self.segments = [s.without(sequences) for s in self.segments]

    def joined(self) -> Segment:
        """All rows as one segment; there was at least one ``add``."""
        return Segment.joined(self.segments)
