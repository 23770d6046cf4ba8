"""The index beside the archive: exact for hashes, sampled keys for keypoints.

Hashes are compared with everything, eight bytes at a time: faster than any table at the sizes
this is for (docs/decisions/0008). Keypoints are looked up by sampled keys, and what shares a
key is compared in full; the answers are those of ``linear`` but for pairs that share none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from provenance.index import sampling, voting
from provenance.index.loose import Loose
from provenance.index.records import POINT_BYTES, Codes, Near, Numbers, Row, Votes, as_codes
from provenance.index.segment import Segment
from provenance.index.store import Store

LOOSE_ROWS = 64
"""Rows that stay in memory: making them into a segment anew takes a process about 60 ms."""

COMPARED_AT_MOST = 100_000
"""Pairs of descriptors compared in one look-up, rarest keys first: about 12 ms.

Keys that thousands of stored points share (letters, lattices, a picture posted a thousand
times) would else make one look-up take seconds, for votes that are worth next to nothing.
With 100,000 pairs instead of all 454,208 (eight tables, 18 bits, 500,000 descriptors) the
share of pictures among the first 20 stayed at 95.0 % of 80 hard queries.
"""


class Embedded:
    """An index in ``folder``, or in memory where there is none or it cannot be written."""

    def __init__(self, folder: Path | None, archive_id: str) -> None:
        self._store = Store(folder, archive_id)
        self._loose: dict[str, Loose] = {}
        self._purged = self._store.purged

    @property
    def purged(self) -> int:
        """See :class:`provenance.index.Index`."""
        return self._purged

    def high_water(self, kind: str) -> int:
        """See :class:`provenance.index.Index`."""
        loose = self._loose.get(kind)
        return loose.reached if loose else self._store.high_water(kind)

    def append(self, kind: str, rows: Sequence[Row]) -> None:
        """See :class:`provenance.index.Index`."""
        reached = self.high_water(kind)
        rows = [row for row in rows if row.sequence > reached]
        if not rows:
            return
        width = self._width(kind) or rows[0].codes.shape[1]
        checked = [Row(row.sequence, row.picture, as_codes(row.codes, width)) for row in rows]
        loose = self._loose.setdefault(kind, Loose(self.high_water(kind)))
        loose.add(checked, width)
        if len(loose) >= LOOSE_ROWS and self._store.extend(kind, loose):
            del self._loose[kind]

    def purge(self, sequences: Collection[int], mark: int) -> None:
        """See :class:`provenance.index.Index`."""
        for loose in self._loose.values():
            loose.purge(sequences)
        self._store.purge(sequences, mark)
        self._purged = max(mark, self._purged)

    def holds(self, kind: str, row: Row) -> bool:
        """See :class:`provenance.index.Index`."""
        return any(segment.has(row) for segment in self._segments(kind))

    def clear(self) -> None:
        """See :class:`provenance.index.Index`."""
        self._loose.clear()
        self._store.clear()
        self._purged = 0

    def near(self, kind: str, queries: Codes, distance: int) -> Near:
        """See :class:`provenance.index.Index`."""
        width = self._width(kind)
        if width is None:
            return Near(_none(), _none())
        asked = as_codes(queries, width)
        parts = [segment.near(asked, distance) for segment in self._segments(kind)]
        return _nearest(
            np.concatenate([part.pictures for part in parts]),
            np.concatenate([part.distances for part in parts]),
        )

    def votes(self, kind: str, points: Codes) -> Votes:
        """See :class:`provenance.index.Index`."""
        segments = self._segments(kind)
        asked = as_codes(points, POINT_BYTES)
        if not segments or not len(asked):
            return voting.count(voting.poses(asked), voting.NO_PAIRS)
        bits = sampling.counting_bits(sum(len(segment.codes) for segment in segments))
        keys = sampling.keys(asked)
        found = [segment.ranges(keys, bits) for segment in segments]
        chosen = _rarest(np.sum([each.sizes for each in found], axis=0))
        pairs = [s.fitting(asked, each, chosen) for s, each in zip(segments, found, strict=True)]
        return voting.count(voting.poses(asked), voting.Pairs.joined(pairs))

    def close(self) -> None:
        """See :class:`provenance.index.Index`."""
        self._loose.clear()
        self._store.close()

    def _segments(self, kind: str) -> list[Segment]:
        loose = self._loose.get(kind)
        return self._store.segments(kind) + (loose.segments if loose else [])

    def _width(self, kind: str) -> int | None:
        segments = self._segments(kind)
        return segments[0].width if segments else None


def _nearest(pictures: Numbers, distances: Numbers) -> Near:
    """Each picture once, by id, with its smallest distance."""
    order = np.lexsort((distances, pictures))
    named, first = np.unique(pictures[order], return_index=True)
    return Near(named, distances[order][first])


def _rarest(sizes: Numbers) -> NDArray[np.bool_]:
    """The ranges to compare, of (tables, q): those of fewest entries, up to the limit.

    Sizes are those of the whole archive, and ties go to the earlier table and point of the
    query, so the choice does not depend on the order of adding.
    """
    if sizes.sum() <= COMPARED_AT_MOST:  # as in nearly all archives: all of them, unsorted
        return np.asarray(sizes > 0)
    order = np.argsort(sizes, axis=None, kind="stable")
    affordable = np.cumsum(sizes.ravel()[order]) <= COMPARED_AT_MOST
    chosen = np.zeros(sizes.size, np.bool_)
    chosen[order[affordable]] = True
    return (chosen.reshape(sizes.shape)) & (sizes > 0)


def _none() -> Numbers:
    return np.zeros(0, np.int64)
