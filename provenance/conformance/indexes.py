"""The kit that every index must pass, ours and foreign.

``check_index(my_factory)`` raises :class:`AssertionError` with a sentence that says what is
wrong. What it cannot try is how many true pairs of keypoints an approximate index finds on
photographs, nor how it grows: measure both with ``benchmarks/index.py``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from provenance.index import Codes, Index, Near, Row, Votes
from provenance.index.linear import Linear
from provenance.index.records import DESCRIPTOR_BYTES, POINT_BYTES
from provenance.index.voting import VOTING_DISTANCE

Factory = Callable[[Path | None, str], Index]

HASH, SHORT, POINTS = "pdq_v1", "phash_v1", "orb_cv5_v1"
WIDTHS = {HASH: 32, SHORT: 8, POINTS: POINT_BYTES}
DISTANCES = (0, 1, 10, 31, 90)
MANY = 300
ARCHIVE, OTHER_ARCHIVE = "a" * 32, "b" * 32

_COPIES = 5
_POINTS = 12
_MARK = 17


def check_index(factory: Factory) -> None:
    """Try everything that the protocol :class:`provenance.index.Index` asks for."""
    for kind in (HASH, SHORT):
        for number in (0, 1, 2, MANY):
            _check_hashes(factory, kind, number)
    _check_votes(factory)
    _check_batches(factory)
    _check_purge(factory)
    _check_clear(factory)
    _check_folder(factory)
    _check_no_folder(factory)


def hash_rows(number: int, width: int, seed: int = 0) -> list[Row]:
    """Rows of one code each, with near copies, equal codes and gaps between sequences."""
    random = np.random.default_rng([seed, number, width])
    codes = random.integers(0, 256, (number, width), np.uint8)
    for copy in range(_COPIES, number, _COPIES):
        codes[copy] = changed(codes[copy - 1], copy % 40, random)
    return [Row(3 * i + 1, 1000 - i, codes[i : i + 1]) for i in range(number)]


def point_rows(number: int, seed: int = 0) -> list[Row]:
    """Rows of several codes; every fifth row has none, and some descriptors are common."""
    random = np.random.default_rng([seed, number])
    common = random.integers(0, 256, (3, POINT_BYTES), np.uint8)
    rows = []
    for i in range(number):
        own = random.integers(0, 256, (_POINTS, POINT_BYTES), np.uint8)
        own[:, -1] //= 2
        codes = np.concatenate([own, common]) if i % _COPIES else own[:0]
        rows.append(Row(2 * i + 1, i + 1, codes))
    return rows


def changed(code: Codes, bits: int, random: np.random.Generator) -> Codes:
    """The code with this many different bits (no more than it has)."""
    flat = np.unpackbits(code)
    flat[random.permutation(len(flat))[:bits]] ^= 1
    return np.packbits(flat)


# ------------------------------------------------------------------------------- checks


def _check_hashes(factory: Factory, kind: str, number: int) -> None:
    rows = hash_rows(number, WIDTHS[kind])
    queries = _asked(rows, WIDTHS[kind])
    with _made(factory, kind, rows) as index:
        for distance in DISTANCES:
            expected = _reference(kind, rows).near(kind, queries, distance)
            found = index.near(kind, queries, distance)
            assert _near(found) == _near(expected), (
                f"{number} codes of {WIDTHS[kind]} bytes within {distance} bits:"
                f" {_near(found)} instead of {_near(expected)}"
            )


def _check_votes(factory: Factory) -> None:
    """Equal descriptors must vote; what votes must be near enough; each point votes once."""
    rows = point_rows(MANY)
    rows.append(Row(rows[-1].sequence + 1, 7777, np.repeat(rows[1].codes[:1], 9, axis=0)))
    rows.append(Row(rows[-1].sequence + 1, 8888, _scattered(rows[1].codes[:_POINTS])))
    asked = rows[1].codes[:_POINTS]
    with _made(factory, POINTS, rows) as index:
        found, expected = _votes(index.votes(POINTS, asked)), _allowed(rows, asked)
        wrong = {picture: n for picture, (n, _) in found.items() if n > expected.get(picture, 0)}
        assert not wrong, f"more votes than points within {VOTING_DISTANCE} bits: {wrong}"
        own = found.get(rows[1].picture, (0, 0))[0]
        assert own == _POINTS, f"a picture got {own} of its own {_POINTS} points' votes"
        assert found.get(7777, (0, 0))[0] == 1, "one query point must vote once for a picture"
        assert found.get(8888, (0, 0))[0] == 1, "votes of unlike turns and scales count together"
        assert not len(index.votes(POINTS, asked[:0]).pictures), "no points, no votes"
        assert not len(index.votes("unknown_v1", asked).pictures), "an unknown kind has no votes"


def _scattered(points: Codes) -> Codes:
    """The same points, each turned and scaled unlike all others: four turns, three scales."""
    scattered, number = points.copy(), np.arange(len(points))
    scattered[:, DESCRIPTOR_BYTES] += (number % 4 * 64).astype(np.uint8)
    scattered[:, DESCRIPTOR_BYTES + 1] += (number // 4 * 40).astype(np.uint8)
    return scattered


def _check_batches(factory: Factory) -> None:
    """Neither batches nor what picture ids are may change an answer."""
    rows = point_rows(MANY)
    asked = rows[1].codes
    with _made(factory, POINTS, rows) as whole, _made(factory, POINTS, rows, batch=7) as parts:
        one, other = _votes(whole.votes(POINTS, asked)), _votes(parts.votes(POINTS, asked))
        assert one == other, "votes depend on how rows were batched"
        parts.append(POINTS, rows[-5:])
        assert _votes(parts.votes(POINTS, asked)) == other, "rows taken in twice count twice"
        high_water = parts.high_water(POINTS)
        assert high_water == rows[-1].sequence, f"high water is {high_water}"
    with _made(factory, POINTS, _reordered(rows)) as reordered:
        again = _votes(reordered.votes(POINTS, asked))
        assert again == one, "votes depend on the order of adding"


def _check_purge(factory: Factory) -> None:
    rows = hash_rows(MANY, WIDTHS[HASH])
    gone = {row.sequence for row in rows[::3]} | {10**9}
    kept = [row for row in rows if row.sequence not in gone]
    with _made(factory, HASH, rows) as index:
        index.purge(gone, _MARK)
        assert index.purged == _MARK, "purge does not keep its mark"
        assert index.high_water(HASH) == rows[-1].sequence, "purging lowers the high water"
        queries = _asked(rows, WIDTHS[HASH])
        found = _near(index.near(HASH, queries, 90))
        expected = _near(_reference(HASH, kept).near(HASH, queries, 90))
        assert found == expected, "after purge the answers are not those of what is left"
        assert not index.holds(HASH, rows[0]), "a purged row is still held"


def _check_clear(factory: Factory) -> None:
    rows = hash_rows(MANY, WIDTHS[HASH])
    with _made(factory, HASH, rows) as index:
        assert index.holds(HASH, rows[-1]), "a row that was taken in is not held"
        other = Row(rows[-1].sequence, 5, rows[-1].codes)
        assert not index.holds(HASH, other), "a row of another picture passes for this one"
        index.clear()
        assert index.high_water(HASH) == 0, "clear leaves a high water"
        assert not len(index.near(HASH, rows[0].codes, 256).pictures), "clear leaves rows"


def _check_folder(factory: Factory) -> None:
    """What lies in the folder may be anything; the answers stay right or start at nothing."""
    rows = hash_rows(MANY, WIDTHS[HASH])
    queries = _asked(rows, WIDTHS[HASH])
    expected = _near(_reference(HASH, rows).near(HASH, queries, 90))
    with _folder() as folder:
        _fill(factory(folder, ARCHIVE), HASH, rows)
        assert factory(folder, OTHER_ARCHIVE).high_water(HASH) == 0, (
            "an index of another archive was used"
        )
        _fill(factory(folder, ARCHIVE), HASH, rows)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            for damage in (_cut, _flipped, Path.unlink):
                _damage(damage, path)
                index = factory(folder, ARCHIVE)
                _fill(index, HASH, rows, close=False)
                found = _near(index.near(HASH, queries, 90))
                assert found == expected, f"wrong answers after damage to {path.name}"
                index.close()


def _check_no_folder(factory: Factory) -> None:
    """Where nothing can be written, or no folder is given, the index works in memory."""
    rows = hash_rows(MANY, WIDTHS[HASH])
    with _folder() as place:
        place.write_bytes(b"not a folder")
        for folder in (place, None):
            index = factory(folder, ARCHIVE)
            _fill(index, HASH, rows, batch=100, close=False)
            index.purge([rows[0].sequence], 1)
            found = index.near(HASH, rows[1].codes, 0).pictures.tolist()
            assert rows[1].picture in found, (
                f"without a folder to write in ({folder}) rows are lost"
            )
            assert not index.holds(HASH, rows[0]), "without a folder purge has no effect"
            index.close()


# ------------------------------------------------------------------------------- pieces


def _damage(damage: Callable[[Path], object], path: Path) -> None:
    if path.exists():
        damage(path)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[len(content) // 2] ^= 1
        path.write_bytes(content)


@contextmanager
def _made(factory: Factory, kind: str, rows: Sequence[Row], batch: int = MANY) -> Iterator[Index]:
    """An index in a folder of its own, filled, closed and opened again."""
    with _folder() as folder:
        _fill(factory(folder, ARCHIVE), kind, rows, batch)
        index = factory(folder, ARCHIVE)
        _fill(index, kind, rows, batch, close=False)
        yield index
        index.close()


@contextmanager
def _folder() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="provenance-index-"))
    yield place / "archive.db.index"
    shutil.rmtree(place, ignore_errors=True)


def _fill(
    index: Index, kind: str, rows: Sequence[Row], batch: int = MANY, *, close: bool = True
) -> None:
    """As a search does it: again and again whatever is after the high water."""
    while left := [row for row in rows if row.sequence > index.high_water(kind)]:
        index.append(kind, left[:batch])
    if close:
        index.close()


def _reference(kind: str, rows: Sequence[Row]) -> Linear:
    index = Linear()
    index.append(kind, rows)
    return index


def _asked(rows: Sequence[Row], width: int) -> Codes:
    """Eight queries: near to some of the rows, and one near to nothing."""
    random = np.random.default_rng(width)
    near = [changed(row.codes[0], 5 * i, random) for i, row in enumerate(rows[:7])]
    return np.array([*near, random.integers(0, 256, width, np.uint8)])


def _reordered(rows: Sequence[Row]) -> list[Row]:
    """The same pictures, added in another order."""
    order = np.random.default_rng(9).permutation(len(rows))
    return [
        Row(row.sequence, rows[i].picture, rows[i].codes)
        for row, i in zip(rows, order, strict=True)
    ]


def _allowed(rows: Sequence[Row], asked: Codes) -> dict[int, int]:
    """The most votes that each picture may have."""
    return {picture: n for picture, (n, _) in _votes(_voted_in_full(rows, asked)).items()}


def _voted_in_full(rows: Sequence[Row], asked: Codes) -> Votes:
    return _reference(POINTS, rows).votes(POINTS, asked)


def _near(found: Near) -> list[tuple[int, int]]:
    return found.pairs()


def _votes(found: Votes) -> dict[int, tuple[int, int]]:
    return {
        int(picture): (int(number), int(score))
        for picture, number, score in zip(found.pictures, found.counts, found.scores, strict=True)
    }
