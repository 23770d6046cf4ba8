"""Damaged files by the hundred thousand through the whole reader.

    python -m benchmarks.fuzz --cases 100000
    python -m benchmarks.fuzz --seconds 600 --seed 7
    python -m benchmarks.fuzz --what documents --cases 20000
    python -m benchmarks.fuzz --only 4711 --save hole.bin

Case N of a seed is always the same file: mutated from generated pictures of every format and,
where ``../shared/data`` lies beside the checkout, from real ones; ``documents`` are archived pages,
exports, tables and shortcuts. A hole is an error that is not of our tree, one that a room let out
of a worker untranslated, a worker that died, or more than ten seconds. Exit code 1 if there is one.
"""

from __future__ import annotations

import argparse
import collections
import random
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

if __package__ in {None, ""}:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.fuzzing import readers, seeds
from benchmarks.fuzzing.mutations import mutated
from benchmarks.fuzzing.readers import Ran

MOST_SECONDS = 10.0
HOLES = {readers.ESCAPED, readers.DIED, readers.UNTRANSLATED}
EVERY = 1000


def picture_case(seed: int, number: int, files: list[bytes]) -> bytes:
    """Case ``number``: one of the files, mutated."""
    dice = random.Random(f"picture {seed} {number}")
    return mutated(dice.choice(files), dice, dice.choice(files))


def document_case(seed: int, number: int, files: dict[str, bytes]) -> tuple[str, bytes]:
    """Case ``number``: one of the documents under its name, mutated."""
    dice = random.Random(f"document {seed} {number}")
    name, data = dice.choice(list(files.items()))
    return name, mutated(data, dice, dice.choice(list(files.values())))


def pictures(numbers: Iterable[int], seed: int, *, real: bool, workers: int = 2) -> Iterator[Ran]:
    """Run these cases of pictures."""
    files = seeds.pictures(real=real)
    cases = ((number, picture_case(seed, number, files)) for number in numbers)
    return readers.run_pictures(cases, workers=workers)


def documents(numbers: Iterable[int], seed: int) -> Iterator[Ran]:
    """Run these cases of documents."""
    files = seeds.documents()
    return readers.run_documents((n, document_case(seed, n, files)) for n in numbers)


def is_hole(ran: Ran) -> bool:
    """Whether the reader did not hold."""
    return ran.outcome in HOLES or ran.seconds > MOST_SECONDS


def numbers(first: int, cases: int, seconds: float) -> Iterator[int]:
    """Numbers of cases until there were so many, or time is up."""
    until = time.monotonic() + seconds
    for number in range(first, first + cases):
        if time.monotonic() > until:
            return
        yield number


def main() -> int:
    """Run the cases asked for and print how they ended."""
    asked = _asked()
    if asked.save:
        asked.save.write_bytes(_bytes_of(asked.what, asked.seed, asked.only or 0))
    first, cases = (asked.first, asked.cases) if asked.only is None else (asked.only, 1)
    wanted = numbers(first, cases, asked.seconds)
    done = (
        documents(wanted, asked.seed)
        if asked.what == "documents"
        else pictures(wanted, asked.seed, real=asked.real, workers=asked.workers)
    )
    return report(done)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--what", choices=["pictures", "documents"], default="pictures")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", type=int, help="run this one case")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the file of --only")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--generated", dest="real", action="store_false", help="leave real files out"
    )
    return parser.parse_args()


def _bytes_of(what: str, seed: int, number: int) -> bytes:
    if what == "documents":
        return document_case(seed, number, seeds.documents())[1]
    return picture_case(seed, number, seeds.pictures(real=True))


def report(done: Iterable[Ran]) -> int:
    """Print outcomes as they add up, and each hole; 1 if there is one."""
    counts: collections.Counter[str] = collections.Counter()
    holes, most, began = 0, 0.0, time.monotonic()
    for ran in done:
        counts[ran.outcome] += 1
        most = max(most, ran.seconds)
        if is_hole(ran):
            holes += 1
            print(f"case {ran.number}: {ran.outcome} {ran.seconds:.1f} s {ran.detail}", flush=True)
        if counts.total() % EVERY == 0:
            print(f"{counts.total():,} cases, {holes} holes", flush=True)
    told = ", ".join(f"{outcome} {count:,}" for outcome, count in counts.most_common())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{counts.total():,} cases in {time.monotonic() - began:.0f} s: {told}")
    print(f"{holes} holes, longest {most:.2f} s, main process {memory:.0f} MB")
    return int(holes > 0)


if __name__ == "__main__":
    sys.exit(main())
