"""Ask the indexes, merge to ranked candidates.

Before every question the indexes catch up with the archive, so that what any process added
is found by every other. The indexes only propose; revoked pictures are left out here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from provenance.archive import Erasure, FingerprintRow
from provenance.fingerprint import keypoints, pdq, phash
from provenance.index import Codes, Index, Near, Row
from provenance.index.embedded import Embedded
from provenance.index.voting import WHOLE_VOTE
from provenance.models import Candidate, Keypoints

MOST_VOTED = 12
"""Candidates taken from the keypoints' votes. Of 322 edited copies searched among 1,000
photographs the copied one was voted first for 303 and among the first 12 for 315; it was 13th to
20th for 2 and further for 5, all but one of them covered with stripes (hashes find those)."""

LEAST_OF_BEST = 1 / 16
BEYOND_CHANCE = 6 * WHOLE_VOTE
"""Candidates with a smaller share of the best one's score are left out, unless they score more
than strangers get by chance (the best of 700: 2 to 5 votes, 5 to 8 under stripes and on screens):
where a copy of the whole picture scores 100 and more, what chance gave the others need not be
proved."""

BOTH_WAYS = 1 / 2
"""Where the mirrored reading scores this share of the plain one, or the reverse, both are tried:
symmetric pictures vote for themselves mirrored. A choice; the quality benchmark ran with it."""

NEAREST_BY_HASH = 5
"""Candidates taken from each hash beside them: they are few, or they are look-alikes."""

PDQ_PROPOSES = 80
"""Bits of 256: the nearest strangers among 1,000 photographs lie at 74 to 92."""

PHASH_PROPOSES = 10
"""Bits of 64; one in ten pairs of different text cards lies within it, so never more than
a proposal."""

Factory = Callable[[Path | None, str], Index]
"""Makes an index, see :class:`provenance.index.Index`; ``plugins.indexes()`` has them by name."""

_BATCH = 2048
"""Rows that are taken from the archive at once: 32 MB of keypoints."""

_BATCH_OF_HASHES = 32_768
"""The same of hashes, which are small: with every batch all files of the index are opened anew,
so that a million pictures by the 2,048 cost time that grows with its square."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is known of the picture that is looked up; whatever is missing is not searched.

    ``pdq`` holds the hash in its eight orientations (32 bytes each), ``mirrored`` the
    keypoints of the mirror image.
    """

    pdq: tuple[bytes, ...] = ()
    phash: bytes | None = None
    plain: Keypoints | None = None
    mirrored: Keypoints | None = None


@dataclass(frozen=True, slots=True, order=True)
class Voted:
    """What keypoints gave one picture: a score that weighs rare points more, a plain count."""

    score: int = 0
    count: int = 0


NO_VOTES = Voted()


@dataclass(frozen=True, slots=True)
class Readings:
    """Votes by picture for the query as it is and for its mirror image."""

    plain: dict[int, Voted]
    mirrored: dict[int, Voted]

    def worth(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The pictures that are worth proving, and how much, smallest first."""
        scores = {picture: votes.score for picture, votes in self.plain.items()}
        for picture, votes in self.mirrored.items():
            scores[picture] = max(votes.score, scores.get(picture, 0))
        least = min(max(scores.values(), default=0) * LEAST_OF_BEST, BEYOND_CHANCE)
        kept = {p: -score for p, score in scores.items() if score >= least}
        return np.array(list(kept), np.int64), np.array(list(kept.values()), np.int64)

    def best(self, picture: int) -> Voted:
        """What the better of the two readings gave a picture."""
        return max(self.plain.get(picture, NO_VOTES), self.mirrored.get(picture, NO_VOTES))

    def candidate(self, picture: int, distances: dict[str, int]) -> Candidate:
        """A picture as a candidate, with the readings that are worth trying."""
        plain = self.plain.get(picture, NO_VOTES).score
        mirrored = self.mirrored.get(picture, NO_VOTES).score
        return Candidate(
            picture,
            self.best(picture).count,
            distances,
            plain=plain >= mirrored * BOTH_WAYS,
            mirrored=mirrored >= plain * BOTH_WAYS,
        )


class Content(Protocol):
    """What a picture is known by."""

    @property
    def sha256(self) -> str | None: ...  # noqa: D102
    @property
    def pdq(self) -> str | None: ...  # noqa: D102
    @property
    def phash(self) -> str | None: ...  # noqa: D102


class Searched(Protocol):
    """What is searched: the pictures of an archive, or the checks it keeps."""

    @property
    def archive_id(self) -> str: ...  # noqa: D102
    def kinds(self) -> tuple[str, ...]: ...  # noqa: D102
    def fingerprints_after(self, kind: str, sequence: int = 0) -> Iterator[FingerprintRow]: ...  # noqa: D102
    def last_sequence(self) -> int: ...  # noqa: D102
    def erased_since(self, mark: int = 0) -> Iterator[Erasure]: ...  # noqa: D102
    def are_live(self, pictures: Iterable[int], /) -> Collection[int]: ...  # noqa: D102
    def picture(self, picture_id: int) -> Content: ...  # noqa: D102


class Searcher:
    """The indexes over one archive; ``folder`` is where they may keep files, or ``None``."""

    def __init__(self, archive: Searched, folder: Path | None, backend: Factory = Embedded) -> None:
        self._archive = archive
        self._folder = folder
        self._index = backend(folder, archive.archive_id)
        self._trusted = False

    def candidates(
        self, query: SearchQuery, among: str = "", most: int = MOST_VOTED
    ) -> list[Candidate]:
        """Pictures worth proving, best first: ``most`` that keypoints voted for, and a few by hash.

        ``among`` is what the kinds asked begin with, for earlier states of the pictures.

        Those that keypoints voted for come first, then those near by hash alone. Ties are
        in the order of the pictures' own hashes, so the order of adding changes nothing.
        """
        self.catch_up()
        votes = self._votes(query, among)
        by_pdq = self._near(f"{among}{pdq.KIND}", query.pdq, PDQ_PROPOSES)
        asked = [query.phash] if query.phash else []
        by_phash = self._near(f"{among}{phash.KIND}", asked, PHASH_PROPOSES)
        ranked = [
            *self._best(*votes.worth(), most),
            *self._best(by_pdq.pictures, by_pdq.distances, NEAREST_BY_HASH),
            *self._best(by_phash.pictures, by_phash.distances, NEAREST_BY_HASH),
        ]
        distances = {pdq.KIND: dict(by_pdq.pairs()), phash.KIND: dict(by_phash.pairs())}
        return [
            votes.candidate(picture, _of(picture, distances)) for picture in dict.fromkeys(ranked)
        ]

    def by_hash(self, kind: str, value: bytes, distance: int) -> list[tuple[int, int]]:
        """Every live picture within ``distance`` bits, with its distance, nearest first."""
        self.catch_up()
        near = self._near(kind, [value], distance)
        apart = dict(near.pairs())
        nearest = self._best(near.pictures, near.distances, len(apart))
        return [(picture, apart[picture]) for picture in nearest]

    def purge(self, pictures: Iterable[int]) -> None:
        """Take erased pictures out of the index files now, not with the next question.

        Raises :class:`ValueError` when one of them is not erased.
        """
        live = self._archive.are_live(pictures)
        if live:
            raise ValueError(f"pictures {sorted(live)} are in the archive")
        self.catch_up()

    def status(self) -> dict[str, Any]:
        """What lies in the folder and how far it follows the archive; writes nothing.

        ``bytes`` on disk; for each kind ``behind``, the fingerprints not taken in yet.
        """
        return {
            "folder": str(self._folder) if self._folder else None,
            "bytes": _size(self._folder) if self._folder else 0,
            "behind": {kind: self._behind(kind) for kind in self._archive.kinds()},
        }

    def _behind(self, kind: str) -> int:
        return sum(1 for _ in self._archive.fingerprints_after(kind, self._index.high_water(kind)))

    def close(self) -> None:
        """Let go of the index's files."""
        self._index.close()

    # --------------------------------------------------------------------- catching up

    def catch_up(self) -> None:
        """Take in what the archive has more than the indexes, and out what it erased."""
        if not self._trusted:
            self._recognise()
        self._take_out()
        # Writing may show that files were lost, of a kind that was complete just before.
        while any(self._take_in(kind) for kind in self._archive.kinds()):
            pass

    def _recognise(self) -> None:
        """Begin anew if the indexes were made from another state of this archive."""
        self._take_out()
        if not all(self._follows(kind) for kind in self._archive.kinds()):
            self._index.clear()
        self._trusted = True

    def _follows(self, kind: str) -> bool:
        """Whether the last row taken in is still the archive's row of that number."""
        high_water = self._index.high_water(kind)
        if high_water > self._archive.last_sequence():
            return False
        after = self._archive.fingerprints_after(kind, high_water - 1)
        row = next(after, None)  # the first only: they ascend, and there may be millions
        return (
            row is None or row.sequence > high_water or self._index.holds(kind, _indexed(kind, row))
        )

    def _take_in(self, kind: str) -> bool:
        """Take in the next rows, if there are any."""
        rows = self._rows_after(kind, self._index.high_water(kind))
        self._index.append(kind, rows)
        return bool(rows)

    def _rows_after(self, kind: str, sequence: int) -> list[Row]:
        at_once = _BATCH if kind == keypoints.KIND else _BATCH_OF_HASHES
        rows = islice(self._archive.fingerprints_after(kind, sequence), at_once)
        return [_indexed(kind, row) for row in rows]

    def _take_out(self) -> None:
        erased = list(self._archive.erased_since(self._index.purged))
        if erased:
            self._index.purge([each.sequence for each in erased], erased[-1].mark)

    # ------------------------------------------------------------------------- asking

    def _votes(self, query: SearchQuery, among: str) -> Readings:
        """Votes for the picture as it is and for its mirror image."""
        return Readings(self._voted(query.plain, among), self._voted(query.mirrored, among))

    def _voted(self, asked: Keypoints | None, among: str) -> dict[int, Voted]:
        if asked is None:
            return {}
        votes = self._index.votes(f"{among}{asked.kind}", keypoints.codes(asked))
        told = zip(votes.scores.tolist(), votes.counts.tolist(), strict=True)
        return {p: Voted(*each) for p, each in zip(votes.pictures.tolist(), told, strict=True)}

    def _near(self, kind: str, values: Iterable[bytes], distance: int) -> Near:
        values = list(values)
        if not values:
            return Near(np.zeros(0, np.int64), np.zeros(0, np.int64))
        return self._index.near(kind, _codes(values), distance)

    def _best(self, pictures: NDArray[np.int64], worth: NDArray[np.int64], limit: int) -> list[int]:
        """The live pictures of smallest worth, ties by content."""
        best: list[int] = []
        for tied in _by_worth(pictures, worth):
            if len(best) >= limit:
                break
            live = self._archive.are_live(tied)
            best += sorted(live, key=self._content) if len(live) > 1 else live
        return best[:limit]

    def _content(self, picture_id: int) -> tuple[str, str, str]:
        """What a picture is known by, for an order that does not depend on ids."""
        picture = self._archive.picture(picture_id)
        return picture.sha256 or "", picture.pdq or "", picture.phash or ""


def _indexed(kind: str, row: FingerprintRow) -> Row:
    """A stored fingerprint as codes: one for a hash, one a point for keypoints."""
    if kind.endswith(keypoints.KIND):
        return Row(row.sequence, row.picture, keypoints.stored_codes(row.value))
    return Row(row.sequence, row.picture, _codes([row.value]))


def _codes(values: list[bytes]) -> Codes:
    return np.frombuffer(b"".join(values), np.uint8).reshape(len(values), -1)


def _by_worth(pictures: NDArray[np.int64], worth: NDArray[np.int64]) -> Iterator[list[int]]:
    """Groups of pictures of equal worth, smallest first."""
    order = np.argsort(worth, kind="stable")
    ranked = zip(worth[order].tolist(), pictures[order].tolist(), strict=True)
    for _, group in groupby(ranked, key=lambda each: each[0]):
        yield [picture for _, picture in group]


def _size(folder: Path) -> int:
    """Bytes of the files in a folder, those that vanish meanwhile left out."""
    sizes = []
    for path in folder.glob("*"):
        with suppress(OSError):
            sizes.append(path.stat().st_size)
    return sum(sizes)


def _of(picture: int, distances: dict[str, dict[int, int]]) -> dict[str, int]:
    return {kind: known[picture] for kind, known in distances.items() if picture in known}
