"""The reference: every query is compared with everything, in memory. Slow and right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from provenance.index import voting
from provenance.index.hamming import distances, words
from provenance.index.records import DESCRIPTOR_BYTES, Codes, Near, Numbers, Row, Votes


class Linear:
    """Rows as they came, by kind; nothing is kept beside them, so nothing can go stale."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[int, Row]] = {}
        self._high_water: dict[str, int] = {}
        self._purged = 0

    @property
    def purged(self) -> int:
        """The archive's mark up to which its erasures were followed."""
        return self._purged

    def high_water(self, kind: str) -> int:
        """The largest sequence taken in; 0 before the first."""
        return self._high_water.get(kind, 0)

    def append(self, kind: str, rows: Sequence[Row]) -> None:
        """Take in rows that follow one another by sequence."""
        for row in rows:
            self._rows.setdefault(kind, {})[row.sequence] = row
            self._high_water[kind] = max(row.sequence, self.high_water(kind))

    def purge(self, sequences: Collection[int], mark: int) -> None:
        """Forget these rows."""
        self._purged = max(mark, self._purged)
        for rows in self._rows.values():
            for sequence in sequences:
                rows.pop(sequence, None)

    def holds(self, kind: str, row: Row) -> bool:
        """Whether this very row is here: sequence, picture and codes."""
        known = self._rows.get(kind, {}).get(row.sequence)
        if known is None or known.picture != row.picture:
            return False
        return np.array_equal(known.codes, row.codes)

    def clear(self) -> None:
        """Forget everything."""
        self._rows.clear()
        self._high_water.clear()
        self._purged = 0

    def near(self, kind: str, queries: Codes, distance: int) -> Near:
        """Pictures within ``distance`` of any query, with the smallest distance."""
        smallest: dict[int, int] = {}
        for picture, apart in self._compared(kind, queries):
            if apart.size and apart.min() <= distance:
                smallest[picture] = min(int(apart.min()), smallest.get(picture, distance))
        pictures = sorted(smallest)
        return Near(_numbers(pictures), _numbers([smallest[p] for p in pictures]))

    def votes(self, kind: str, points: Codes) -> Votes:
        """Votes of the query's keypoints, see :mod:`provenance.index.voting`."""
        asked = words(points[:, :DESCRIPTOR_BYTES])[:, None]
        agreeing = [voting.NO_PAIRS]
        for row in self._rows.get(kind, {}).values():
            apart = distances(asked, words(row.codes[:, :DESCRIPTOR_BYTES])[None])
            point, code = np.nonzero(apart <= voting.VOTING_DISTANCE)
            pictures = np.full(len(point), row.picture, np.int64)
            agreeing.append(voting.Pairs(point, pictures, voting.poses(row.codes)[code]))
        return voting.count(voting.poses(points), voting.Pairs.joined(agreeing))

    def close(self) -> None:
        """Nothing is held open."""

    def _compared(self, kind: str, queries: Codes) -> Iterator[tuple[int, Numbers]]:
        """For every row its picture and the distances (queries, codes of the row)."""
        asked: NDArray[np.uint64] = words(queries)[:, None]
        for row in self._rows.get(kind, {}).values():
            yield row.picture, distances(asked, words(row.codes)[None])


def _numbers(values: Sequence[int]) -> Numbers:
    return np.array(values, np.int64)
