"""Candidates and proof as one step, in two ways: in memory here, or through the library.

``Memory`` needs nothing but the fingerprints and the proof: candidates come from a multi-table
search over all keypoint descriptors and from PDQ, as an index would give them. ``Library`` runs
the real thing: an archive file, its index, the guarded workers, ``Desk.lookup``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.edits.edited import Rgb
from provenance import Desk, Stated
from provenance.fingerprint import keypoints, pdq, raster
from provenance.models import Comparison, Keypoints, Outcome, Pixels, Relation
from provenance.verify import ArchivedView, QueryView, enough_detail, prove
from provenance.verify.alterations.compression import estimated_quality, luma


class Answer(NamedTuple):
    """Every archived picture that was proved, same or similar, and whether none could be."""

    found: list[tuple[int, Comparison]]
    cannot_judge: bool = False

    def of(self, number: int) -> Comparison | None:
        """What was proved of one archived picture, the best of it."""
        mine = [comparison for other, comparison in self.found if other == number]
        return min(mine, key=lambda c: c.relation is not Relation.SAME_PICTURE, default=None)


class Flow(Protocol):
    """Archived pictures are known by their position among those that were added."""

    def add(self, pictures: Iterable[Rgb]) -> None:
        """Take all pictures in, one after the other."""
        ...

    def find(self, query: Rgb) -> Answer:
        """Look one up."""
        ...


def query_view(rgb: Rgb) -> QueryView:
    """What a look-up reads from a picture."""
    pixels = Pixels(rgb, "RGB")
    plain, mirrored = keypoints.compute_query(pixels)
    return QueryView(
        pixels.width,
        pixels.height,
        plain,
        mirrored,
        raster.query_raster(pixels),
        estimated_quality(luma(rgb)),
    )


def archived_view(rgb: Rgb) -> ArchivedView:
    """What an archive keeps of a picture, through its stored form."""
    pixels = Pixels(rgb, "RGB")
    packed = keypoints.pack(keypoints.compute(pixels), pixels.width, pixels.height)
    stored = keypoints.unpack(packed, pixels.width, pixels.height)
    return ArchivedView(pixels.width, pixels.height, stored, raster.proof_raster(pixels))


class Memory:
    """All in this process; ``proofs`` candidates are proved for each query."""

    def __init__(self, proofs: int = 20) -> None:
        self.proofs = proofs
        self.views: list[ArchivedView] = []
        self._votes = Votes()
        self._pdq = np.zeros((0, 32), np.uint8)

    def add(self, pictures: Iterable[Rgb]) -> None:
        """Fingerprint and index; see :class:`Flow`."""
        hashes = []
        for rgb in pictures:
            self.views.append(archived_view(rgb))
            hashes.append(pdq.compute(Pixels(rgb, "RGB")).value)
        self._votes = Votes([view.keypoints for view in self.views])
        self._pdq = np.frombuffer(b"".join(hashes), np.uint8).reshape(-1, 32)

    def find(self, query: Rgb) -> Answer:
        """Vote, take the best, prove them; see :class:`Flow`."""
        view = query_view(query)
        proved = (
            (number, prove(view, self.views[number])) for number in self._candidates(view, query)
        )
        found = [(number, found) for number, found in proved if found is not None]
        return Answer(found, not found and not enough_detail(view))

    def _candidates(self, view: QueryView, query: Rgb) -> list[int]:
        votes = np.maximum(self._votes.of(view.keypoints), self._votes.of(view.mirrored))
        by_votes = np.argsort(-votes, kind="stable")[: self.proofs]
        return list(dict.fromkeys([*by_votes[votes[by_votes] > 0].tolist(), *self._alike(query)]))

    def _alike(self, query: Rgb) -> list[int]:
        """The nearest by PDQ in any of the eight orientations, within 90 of 256 bits."""
        ways = np.array([np.frombuffer(way, np.uint8) for way in _ways(query)])
        differing = np.bitwise_count(self._pdq[:, None] ^ ways[None]).sum(axis=2).min(axis=1)
        order = np.argsort(differing, kind="stable")[:3]
        return [int(i) for i in order if differing[i] <= 90]


def _ways(query: Rgb) -> list[bytes]:
    return [bytes(way) for way in pdq.dihedral(Pixels(query, "RGB"))]


class Votes:
    """Which pictures hold keypoints near those of a query: 16 hash tables of 16 sampled bits.

    Votes count only together: a turn and a change of scale come with every pair of keypoints,
    and a picture is worth its fullest cell of both (weak geometric consistency: Jegou, Douze,
    Schmid, "Hamming embedding and weak geometric consistency", ECCV 2008). Letters of a
    screenshot vote for everything, at every turn and scale.
    """

    TABLES, BITS, NEAR, SLACK, CROWDED = 16, 16, 56, 6, 60
    TURNS, SCALES = 12, 16

    def __init__(self, archived: Sequence[Keypoints] = ()) -> None:
        self.pictures = len(archived)
        self._owner = np.repeat(np.arange(len(archived)), [len(k) for k in archived])
        self._all = np.vstack([np.zeros((0, 32), np.uint8), *(k.descriptors for k in archived)])
        self._angles = np.concatenate([np.zeros(0), *(k.angles for k in archived)])
        self._sizes = np.concatenate([np.ones(0), *(k.sizes for k in archived)])
        random = np.random.default_rng(7)
        self._sampled = [random.choice(256, self.BITS, replace=False) for _ in range(self.TABLES)]
        keys = [self._keys(self._all, sampled) for sampled in self._sampled]
        self._orders = [np.argsort(key, kind="stable") for key in keys]
        self._sorted = [key[order] for key, order in zip(keys, self._orders, strict=True)]

    def of(self, query: Keypoints) -> NDArray[np.float64]:
        """For each picture, how many of its keypoints agree with the query's, together.

        Only the nearest count, and the less, the more pictures they lie in.
        """
        asked, found = self._near(query)
        voters = np.unique(asked * np.int64(self.pictures) + self._owner[found])
        spread = np.bincount(voters // max(1, self.pictures), minlength=len(query))
        weight = 1 / np.sqrt(np.maximum(spread, 1))
        turn = (query.angles[asked] - self._angles[found]) / 360 * self.TURNS
        scale = np.log2(query.sizes[asked] / self._sizes[found]) * 2 + self.SCALES / 2
        cells = np.zeros((self.pictures, self.TURNS, self.SCALES))
        where = np.floor(turn).astype(int) % self.TURNS, np.floor(scale).astype(int)
        inside = (where[1] >= 0) & (where[1] < self.SCALES)
        place = (self._owner[found][inside], where[0][inside], where[1][inside])
        np.add.at(cells, place, weight[asked][inside])
        cells = cells + np.roll(cells, 1, axis=1)
        cells[:, :, 1:] += cells[:, :, :-1].copy()
        return np.asarray(cells.reshape(self.pictures, -1).max(axis=1, initial=0))

    def _near(self, query: Keypoints) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of query keypoint and archived keypoint, the nearest of each query keypoint."""
        pairs = np.unique(np.concatenate([*self._hits(query.descriptors), np.zeros(0, np.int64)]))
        asked, found = np.divmod(pairs, max(1, len(self._all)))
        words = (query.descriptors.view(np.uint64)[asked], self._all.view(np.uint64)[found])
        differing = np.bitwise_count(words[0] ^ words[1]).sum(axis=1).astype(np.int64)
        nearest = np.full(len(query), 256)
        np.minimum.at(nearest, asked, differing)
        near = differing <= np.minimum(nearest[asked] + self.SLACK, self.NEAR)
        return asked[near], found[near]

    def _hits(self, descriptors: NDArray[np.uint8]) -> list[NDArray[np.int64]]:
        hits = []
        for sampled, order, keys in zip(self._sampled, self._orders, self._sorted, strict=True):
            asked = self._keys(descriptors, sampled)
            first, last = np.searchsorted(keys, asked), np.searchsorted(keys, asked, "right")
            size = np.where(last - first > self.CROWDED, 0, last - first)
            within = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
            found = order[np.repeat(first, size) + within]
            hits.append(np.repeat(np.arange(len(asked)), size) * np.int64(len(self._all)) + found)
        return hits

    def _keys(
        self, descriptors: NDArray[np.uint8], sampled: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        bits = np.unpackbits(descriptors, axis=1)[:, sampled].astype(np.int64)
        return bits @ (1 << np.arange(self.BITS, dtype=np.int64))


class Library:
    """The real flow: pictures become files, go into an archive, and are looked up there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder / "archive.db", create=True)
        self._numbers: dict[str, int] = {}

    def add(self, pictures: Iterable[Rgb]) -> None:
        """Through ``Desk.add``, by the hundred; see :class:`Flow`."""
        for names in _by_the_hundred(self._files(pictures)):
            added = list(self.desk.add(names, Stated()))
            assert len(added) == len(names)
            for name in names:
                # The archive keeps what it needs of a picture; 20,000 files would fill the disk.
                Path(name).unlink()

    def find(self, query: Rgb) -> Answer:
        """Through ``Desk.lookup``; see :class:`Flow`."""
        (answer,) = self.desk.lookup([self._file("query.png", query)])
        found = [*answer.matches, *answer.similar_scenes]
        return Answer(
            [(self._numbers[match.picture.path or ""], match.comparison) for match in found],
            answer.outcome is Outcome.CANNOT_JUDGE,
        )

    def _files(self, pictures: Iterable[Rgb]) -> Iterator[str]:
        for number, rgb in enumerate(pictures):
            # Whole pixels and quickly written: packing 20,000 PNG takes longer than drawing them.
            name = self._file(f"{number:06}.bmp", rgb)
            self._numbers[name] = number
            yield name

    def _file(self, name: str, rgb: Rgb) -> str:
        path = self.folder / name
        Image.fromarray(rgb).save(path, compress_level=1)
        return str(path)


def _by_the_hundred(names: Iterable[str]) -> Iterator[list[str]]:
    names = iter(names)
    while some := list(islice(names, 100)):
        yield some
