"""The contact sheet of a large archive: how soon it follows, how long each question takes.

    python -m benchmarks.sheet build --folder FOLDER [--rows N] [--checks N] [--seconds 240]
    python -m benchmarks.sheet follow --folder FOLDER [--seconds 240]
    python -m benchmarks.sheet ask --folder FOLDER [--times 40]

``build`` and ``follow`` go on where they stopped, exit 1 where they did not come to an end. ``ask``
exits 1 where a p95 is over the target of 300 ms, or the memory of the process over 300 MB. Whole
pages of a running server: ``benchmarks/pages.py``.
"""

from __future__ import annotations

import argparse
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.generated import build, build_checks
from provenance.archive import Archive
from provenance.archive.sheet import Selection, Sheet, Turn

TARGET_MS = 300.0
TARGET_MB = 300


def follow(folder: Path, seconds: float) -> int:
    """Let the sheet follow; changes that are left."""
    until, left = time.monotonic() + seconds, 1
    with (
        closing(Archive.open(folder / "archive.db", readonly=True)) as archive,
        Sheet(archive, folder / "archive.db.index" / "sheet") as sheet,
    ):
        begun, before = time.monotonic(), sheet.behind()
        left = before
        while left and time.monotonic() < until:
            sheet.work()
            left = sheet.behind()
        passed = time.monotonic() - begun
        print(f"{before:,} -> {left:,} changes left in {passed:.1f} s", flush=True)
    return left


def questions(sheet: Sheet) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a page asks, each as a whole page of 48 with its headings."""
    everything = Selection()
    middle = str(sheet.page(Selection({"year": "2016"}), Turn(size=1)).following)

    def page(selection: Selection, turn: Turn | None = None) -> Callable[[], object]:
        return lambda: (sheet.page(selection, turn), sheet.overview(selection))

    yield "first page", page(everything)
    yield "newest first", page(everything, Turn(newest=True))
    yield "a page deep in", page(everything, Turn(after=middle))
    yield "back from there", page(everything, Turn(before=middle))
    for name in ("year", "source", "place", "trust", "collection"):
        values = sheet.headings(name)
        yield f"{name}: largest", page(Selection({name: values[0].text}))
        yield (
            f"{name}: largest, deep in",
            page(Selection({name: values[0].text}), Turn(after=middle)),
        )
        yield f"{name}: smallest", page(Selection({name: values[-1].text}))
    largest = {name: sheet.headings(name)[0].text for name in ("source", "trust", "collection")}
    yield "three headings", page(Selection(largest))
    yield "a source in a year", page(Selection({"source": "agency 0", "year": "2019"}))
    yield "search: a rare word", page(Selection(words="rare77"))
    yield "search: a common word", page(Selection(words="hospital"))
    yield "search: every picture's word", page(Selection(words="agency"))
    yield "search: two words", page(Selection(words="مستشفى fire"))
    yield "search: a phrase", page(Selection(words='"smoke fire"'))
    yield "search: any ending", page(Selection(words="hosp*"))
    yield "search: no such word", page(Selection(words="zeppelin"))
    yield (
        "search in a source and year",
        page(Selection({"source": "agency 0", "year": "2019"}, "fire")),
    )
    yield "coverage", sheet.reach


def ask(folder: Path, times: int) -> int:
    """Print the p95 of every question; how many are over the target."""
    over = 0
    with (
        closing(Archive.open(folder / "archive.db", readonly=True)) as archive,
        Sheet(archive, folder / "archive.db.index" / "sheet") as sheet,
    ):
        for name, question in questions(sheet):
            took = sorted(_milliseconds(question) for _ in range(times))
            p95 = took[min(len(took) - 1, int(len(took) * 0.95))]
            over += p95 > TARGET_MS
            print(f"{name:32} p50 {took[len(took) // 2]:7.1f} ms  p95 {p95:7.1f} ms", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory {memory:,.0f} MB")
    return over + (memory > TARGET_MB)


def _milliseconds(question: Callable[[], object]) -> float:
    begun = time.perf_counter()
    question()
    return (time.perf_counter() - begun) * 1000


def main() -> int:
    """One of the steps."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("step", choices=("build", "follow", "ask"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--checks", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--times", type=int, default=40)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    print(f"{platform.platform()}, Python {platform.python_version()}", flush=True)
    if options.step == "build":
        left = build(options.folder, options.rows, options.seconds)
        left = left or build_checks(options.folder, options.checks, options.seconds)
        return int(bool(left))
    if options.step == "follow":
        return int(bool(follow(options.folder, options.seconds)))
    return int(bool(ask(options.folder, options.times)))


if __name__ == "__main__":
    sys.exit(main())
