"""A run of rows that never changes: in memory, or mapped from a file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from provenance.index import tables
from provenance.index.hamming import WORD, distances, words
from provenance.index.records import (
    DESCRIPTOR_BYTES,
    POINT_BYTES,
    Codes,
    Near,
    Numbers,
    Row,
    as_codes,
)
from provenance.index.sampling import TABLES, Keys
from provenance.index.tables import Entries, Ranges, Signposts
from provenance.index.voting import VOTING_DISTANCE, Pairs, poses

_AT_ONCE = 1 << 16
"""Codes that are compared at once: with eight queries 16 MB."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows by sequence. Row i has the codes ``starts[i]`` to ``starts[i + 1]``.

    ``codes`` (n, words) are padded to words of 64 bits, ``width`` is their true length in
    bytes; ``entries`` (tables, n) and ``signposts`` are there for keypoints, else empty.
    """

    width: int
    sequences: Numbers
    pictures: Numbers
    starts: Numbers
    codes: NDArray[np.uint64]
    entries: Entries
    signposts: Signposts

    @classmethod
    def of(cls, rows: Sequence[Row], width: int) -> Segment:
        """A segment in memory of at least one row."""
        codes = np.concatenate([as_codes(row.codes, width) for row in rows])
        counts = [len(row.codes) for row in rows]
        entries = _entries(codes, width)
        return cls(
            width,
            np.array([row.sequence for row in rows], np.int64),
            np.array([row.picture for row in rows], np.int64),
            np.concatenate(([0], np.cumsum(counts, dtype=np.int64))),
            words(codes),
            entries,
            tables.signposts(entries),
        )

    @classmethod
    def joined(cls, segments: Sequence[Segment]) -> Segment:
        """One segment with the rows of all, in memory."""
        before = np.cumsum([0, *(len(s.codes) for s in segments)])
        starts = [s.starts[:-1] + b for s, b in zip(segments, before[:-1], strict=True)]
        entries = tables.join([s.entries for s in segments])
        return cls(
            segments[0].width,
            np.concatenate([s.sequences for s in segments]),
            np.concatenate([s.pictures for s in segments]),
            np.concatenate([*starts, before[-1:]]),
            np.concatenate([s.codes for s in segments]),
            entries,
            tables.signposts(entries),
        )

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.sequences)

    def holds(self, sequences: Collection[int]) -> bool:
        """Whether any of these rows is here."""
        return bool(sequences) and bool(np.isin(self.sequences, list(sequences)).any())

    def has(self, row: Row) -> bool:
        """Whether this very row is here: sequence, picture and codes."""
        place = int(np.searchsorted(self.sequences, row.sequence))
        if place == len(self) or self.sequences[place] != row.sequence:
            return False
        codes = self.codes[self.starts[place] : self.starts[place + 1]]
        same = np.array_equal(codes, words(as_codes(row.codes, self.width)))
        return same and bool(self.pictures[place] == row.picture)

    def without(self, sequences: Collection[int]) -> Segment:
        """The rows but these, in memory."""
        return self._kept(~np.isin(self.sequences, list(sequences)))

    def after(self, sequence: int) -> Segment:
        """The rows after this one, in memory."""
        return self._kept(self.sequences > sequence)

    def _kept(self, rows: NDArray[np.bool_]) -> Segment:
        counts = np.diff(self.starts)
        codes = np.repeat(rows, counts)
        entries = tables.keep(self.entries, codes) if len(self.entries) else self.entries[:, codes]
        return Segment(
            self.width,
            self.sequences[rows],
            self.pictures[rows],
            np.concatenate(([0], np.cumsum(counts[rows]))),
            self.codes[codes],
            entries,
            tables.signposts(entries),
        )

    # ------------------------------------------------------------------------ hashes

    def near(self, queries: Codes, distance: int) -> Near:
        """Picture and distance of every code within ``distance``; pictures may repeat."""
        asked = words(queries)
        smallest = np.full(len(self.codes), distance + 1, np.int64)
        for start in range(0, len(self.codes), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            for query in asked:
                smallest[part] = np.minimum(smallest[part], distances(self.codes[part], query))
        found = np.flatnonzero(smallest <= distance)
        return Near(self._pictures_of(found), smallest[found])

    # --------------------------------------------------------------------- keypoints

    def ranges(self, asked: Keys, bits: int) -> Ranges:
        """Where codes lie that share a key with the query."""
        return tables.ranges(self.entries, self.signposts, asked, bits)

    def fitting(self, queries: Codes, found: Ranges, chosen: NDArray[np.bool_]) -> Pairs:
        """Every pair of query point and stored point in the chosen ranges that is near enough."""
        points, codes = tables.pairs(self.entries, found, chosen)
        asked = np.take(words(queries[:, :DESCRIPTOR_BYTES]), points, axis=0)
        stored = np.take(self.codes, codes, axis=0)
        near = distances(asked, stored[:, : asked.shape[1]]) <= VOTING_DISTANCE
        pictures = self._pictures_of(codes[near])
        return Pairs(points[near], pictures, poses(stored[near].view(np.uint8)))

    def _pictures_of(self, codes: Numbers) -> Numbers:
        rows = np.searchsorted(self.starts, codes, "right") - 1
        return np.asarray(self.pictures[rows], np.int64)


def word_count(width: int) -> int:
    """Words of 64 bits that a code of ``width`` bytes takes."""
    return -(-width // WORD)


def table_count(width: int) -> int:
    """How many tables a segment of codes of ``width`` bytes has."""
    return TABLES if width == POINT_BYTES else 0


def _entries(codes: Codes, width: int) -> Entries:
    return tables.build(codes) if table_count(width) else np.zeros((0, len(codes)), np.uint64)
