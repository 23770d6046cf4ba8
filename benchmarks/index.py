"""What the index beside the archive finds and costs, on real photographs.

    python -m benchmarks.index ../shared/data/photos
    python -m benchmarks.index ../shared/data/photos --pictures 300 --queries 3 --exhaustive
    python -m benchmarks.index ../shared/data/photos --grow 10000 100000

For edited copies of archived photographs: the share whose picture is among the first 5 and
20 of the index's votes, row by row, and the time of one look-up (plain and mirrored votes,
eight PDQ orientations and pHash; one core, warm). ``--exhaustive`` compares with every stored
descriptor as well, by the same rule of voting. ``--grow`` fills the archive up to these sizes
with generated pictures (stored descriptors drawn at random, every bit flipped with probability
0.2, so that they are as unevenly spread as real ones) and asks again at each.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

if __package__ in {None, ""}:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.edits import TIERS, start
from provenance.fingerprint import keypoints, pdq, phash
from provenance.index import Codes, Row, Votes, voting
from provenance.index.embedded import Embedded
from provenance.models import Pixels

FLIPPED = 0.2
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
FIRST = (5, 20)
BATCH = 2048
MATCHER = cv2.BFMatcher(cv2.NORM_HAMMING)
NEAR = voting.VOTING_DISTANCE + 0.5


@dataclass(frozen=True)
class Asked:
    """An edited copy of archive picture ``picture``, as a look-up sees it."""

    edit: str
    picture: int
    plain: Codes
    mirrored: Codes
    pdq: Codes
    phash: Codes


@dataclass(frozen=True)
class Measured:
    """Ranks (0 the first; None: not named) by edit, and seconds of every look-up."""

    ranks: dict[str, list[int | None]]
    seconds: list[float]

    def share(self, first: int, edit: str | None = None) -> float:
        """Share of queries (of one edit) whose picture is among the first so many."""
        ranks = [r for name, some in self.ranks.items() if edit in {None, name} for r in some]
        return sum(rank is not None and rank < first for rank in ranks) / len(ranks)


# ------------------------------------------------------------------------------ pictures


def photographs(folder: Path, number: int) -> list[Path]:
    """So many of them, in an order that mixes the collections."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    order = np.random.default_rng(7).permutation(len(files))
    return [files[i] for i in order[:number]]


def opened(path: Path) -> Pixels:
    """Our own benchmark's photographs; nothing foreign is opened here."""
    image = Image.open(path).convert("RGB")
    image.thumbnail((1024, 1024))
    return Pixels(np.asarray(image), "JPEG")


def archived(files: Sequence[Path]) -> Iterator[tuple[Row, Row, Row]]:
    """Keypoints, PDQ and pHash of each file, numbered from 1."""
    for number, path in enumerate(files, 1):
        pixels = opened(path)
        yield (
            Row(number, number, keypoints.codes(keypoints.compute(pixels))),
            Row(number, number, codes([pdq.compute(pixels).value])),
            Row(number, number, codes([phash.compute(pixels).value])),
        )


def questions(files: Sequence[Path], number: int, tiers: Sequence[str]) -> Iterator[Asked]:
    """Every edit of the tiers of so many of the files."""
    random = np.random.default_rng(11)
    for place in np.linspace(0, len(files) - 1, number).astype(int):
        first = start(opened(files[place]).rgb)
        others = [opened(files[(place + step) % len(files)]).rgb for step in (3, 5, 7, 11)]
        for tier in tiers:
            for name, edit in TIERS[tier].items():
                pixels = Pixels(edit(first, random, others).rgb, "JPEG")
                yield asked(f"{tier}: {name}", int(place) + 1, pixels)


def asked(edit: str, picture: int, pixels: Pixels) -> Asked:
    """All that a look-up asks with."""
    plain, mirrored = keypoints.compute_query(pixels)
    return Asked(
        edit,
        picture,
        keypoints.codes(plain),
        keypoints.codes(mirrored),
        codes(list(pdq.dihedral(pixels))),
        codes([phash.compute(pixels).value]),
    )


def codes(values: Sequence[bytes]) -> Codes:
    """Hashes as rows of bytes."""
    return np.frombuffer(b"".join(values), np.uint8).reshape(len(values), -1)


def generated(stored: Codes, first: int, number: int) -> Iterator[Row]:
    """Pictures that are nobody's, with descriptors as unevenly spread as stored ones."""
    for sequence in range(first, first + number):
        random = np.random.default_rng([5, sequence])
        drawn = stored[random.integers(0, len(stored), keypoints.ARCHIVED.points)]
        flips = random.random((len(drawn), 256), np.float32) < FLIPPED
        drawn[:, :32] ^= np.packbits(flips, axis=1)
        yield Row(sequence, sequence, drawn)


# --------------------------------------------------------------------------- measurement


def measured(index: Embedded, asking: Sequence[Asked]) -> Measured:
    """Every question once, after one that warms up."""
    ranks: dict[str, list[int | None]] = {}
    seconds = []
    for each in [asking[0], *asking]:
        began = time.perf_counter()
        votes = [index.votes(keypoints.KIND, some) for some in (each.plain, each.mirrored)]
        index.near(pdq.KIND, each.pdq, 80)
        index.near(phash.KIND, each.phash, 10)
        seconds.append(time.perf_counter() - began)
        ranks.setdefault(each.edit, []).append(rank(each.picture, votes))
    ranks[asking[0].edit].pop(0)
    return Measured(ranks, seconds[1:])


def exhausted(rows: Sequence[Row], asking: Sequence[Asked]) -> Measured:
    """The same questions, every stored descriptor compared (by OpenCV)."""
    ranks: dict[str, list[int | None]] = {}
    for each in asking:
        votes = [compared(rows, some) for some in (each.plain, each.mirrored)]
        ranks.setdefault(each.edit, []).append(rank(each.picture, votes))
    return Measured(ranks, [])


def compared(rows: Sequence[Row], asked: Codes) -> Votes:
    """The votes of one query by exhaustive comparison."""
    agreeing = [voting.NO_PAIRS]
    for row in rows:
        near = MATCHER.radiusMatch(_descriptors(asked), _descriptors(row.codes), NEAR)
        pairs = [(each.queryIdx, each.trainIdx) for some in near for each in some]
        point, code = np.array(pairs, np.int64).reshape(-1, 2).T
        pictures = np.full(len(point), row.picture)
        agreeing.append(voting.Pairs(point, pictures, voting.poses(row.codes)[code]))
    return voting.count(voting.poses(asked), voting.Pairs.joined(agreeing))


def _descriptors(points: Codes) -> Codes:
    return np.ascontiguousarray(points[:, :32])


def rank(picture: int, several: Sequence[Votes]) -> int | None:
    """The place of the picture by its better score; ties count against it."""
    best: dict[int, int] = {}
    for votes in several:
        for each, score in zip(votes.pictures.tolist(), votes.scores.tolist(), strict=True):
            best[each] = max(score, best.get(each, 0))
    own = best.pop(picture, None)
    return None if own is None else sum(score >= own for score in best.values())


def fill(index: Embedded, kind: str, rows: Sequence[Row]) -> None:
    """As a search does it."""
    for begin in range(0, len(rows), BATCH):
        index.append(kind, rows[begin : begin + BATCH])


# -------------------------------------------------------------------------------- tables


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", type=Path)
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--queries", type=int, default=10)
    parser.add_argument("--tiers", nargs="+", default=["middle", "hard"], choices=list(TIERS))
    parser.add_argument("--exhaustive", action="store_true")
    parser.add_argument("--grow", type=int, nargs="*", default=[])
    options = parser.parse_args()
    cv2.setNumThreads(1)
    files = photographs(options.photos, options.pictures)
    rows = list(archived(files))
    asking = list(questions(files, options.queries, options.tiers))
    with tempfile.TemporaryDirectory() as place:
        report(Path(place), rows, asking, options)


def report(
    place: Path,
    rows: Sequence[tuple[Row, Row, Row]],
    asking: Sequence[Asked],
    options: argparse.Namespace,
) -> None:
    """Fill, ask, print; then grow and ask again."""
    points = [row for row, _, _ in rows]
    index = Embedded(place, "benchmark")
    began = time.perf_counter()
    for place_in_row, kind in enumerate((keypoints.KIND, pdq.KIND, phash.KIND)):
        fill(index, kind, [row[place_in_row] for row in rows])
    print_costs_title()
    result = measured(index, asking)
    print_costs(place, len(points), time.perf_counter() - began, result)
    stored = np.concatenate([row.codes for row in points])
    held = len(points)
    for size in options.grow:
        began = time.perf_counter()
        while held < size:
            number = min(BATCH, size - held)
            index.append(keypoints.KIND, list(generated(stored, held + 1, number)))
            held += number
        print_costs(place, held, time.perf_counter() - began, measured(index, asking))
    print_rows(result, exhausted(points, asking) if options.exhaustive else None)


def print_costs_title() -> None:
    """The head of the first table."""
    print("pictures  files  KB/picture  filled s  median ms  p95 ms  peak MB  first 5  first 20")


def print_costs(place: Path, pictures: int, filled: float, result: Measured) -> None:
    """One size of archive: what lies on the disk, what a look-up takes and finds."""
    sizes = [path.stat().st_size for path in place.glob("*.segment")]
    median, late = (np.quantile(result.seconds, share) * 1000 for share in (0.5, 0.95))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = "  ".join(f"{result.share(first):7.1%}" for first in FIRST)
    print(
        f"{pictures:8}  {len(sizes):5}  {sum(sizes) / pictures / 1024:10.1f}  {filled:8.1f}"
        f"  {median:9.1f}  {late:6.1f}  {peak:7.0f}  {found}",
        flush=True,
    )


def print_rows(result: Measured, exhaustive: Measured | None) -> None:
    """Every edit: share found by the index, and by comparing everything."""
    for edit in result.ranks:
        line = "  ".join(f"{result.share(first, edit):6.1%}" for first in FIRST)
        if exhaustive:
            full = "  ".join(f"{exhaustive.share(first, edit):6.1%}" for first in FIRST)
            line = f"{line}   all compared: {full}"
        print(f"{edit:40} {line}")
    if exhaustive:
        full = "  ".join(f"{exhaustive.share(first):6.1%}" for first in FIRST)
        print(f"all compared, all rows: {full}")


if __name__ == "__main__":
    main()
