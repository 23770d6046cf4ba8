"""The contact sheet of a large archive: how soon it follows, how long each question takes.

    python -m benchmarks.sheet build --folder FOLDER [--rows 1000000] [--seconds 240]
    python -m benchmarks.sheet follow --folder FOLDER [--seconds 240]
    python -m benchmarks.sheet ask --folder FOLDER [--times 40]
    python -m benchmarks.sheet serve --folder FOLDER [--times 40]

``build`` and ``follow`` go on where they stopped. ``ask`` asks the sheet, ``serve`` a running
``provenance serve`` for whole pages; exit 1 where a p95 is over the target of 300 ms, or the
memory of the process (of the server) over 300 MB.
"""

from __future__ import annotations

import argparse
import hashlib
import platform
import random
import re
import resource
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from provenance.archive import Archive
from provenance.archive.sheet import Selection, Sheet, Turn
from provenance.dates import Date, parse
from provenance.models import How, Intake, Means, NewCollection, NewSighting, Trust

TARGET_MS = 300.0
TARGET_MB = 300
BATCH = 1000
SOURCES, PLACES, COLLECTIONS = 500, 5_000, 20
NOUNS = (
    "smoke", "fire", "market", "hospital", "bridge", "Bahnhof", "Straße", "école", "hôpital",
    "سوق", "مستشفى", "دخان", "площадь", "вокзал", "爆発", "station", "port", "school", "tower",
)  # fmt: skip


def intakes(first: int, count: int) -> list[Intake]:
    """Rows as a table of hashes gives them, every third with a caption and a place."""
    return [_intake(number, random.Random(number)) for number in range(first, first + count)]


def _intake(number: int, dice: random.Random) -> Intake:
    # A few sources bring most pictures, as they do.
    source = int(SOURCES * dice.random() ** 3)
    told = dice.random() < 1 / 3
    sighting = NewSighting(
        date=_date(dice),
        means=Means.PUBLISHED,
        how=How.STATED,
        source=f"agency {source}",
        url=f"https://example.org/picture/{number}",
        place=f"Place {int(PLACES * dice.random() ** 2)}" if told else None,
        caption=_caption(number, dice) if told else None,
        trust=dice.choice((Trust.UNREVIEWED, Trust.UNREVIEWED, Trust.PARTNER, Trust.OWN)),
    )
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    collection = NewCollection(f"import {int(COLLECTIONS * dice.random() ** 2)}", trust=Trust.OWN)
    name = f"picture-{number}.jpg"
    return Intake(name=name, path=None, collection=collection, sha256=sha256, sightings=(sighting,))


def _date(dice: random.Random) -> Date | None:
    year, month, day = dice.randint(2008, 2024), dice.randint(1, 12), dice.randint(1, 28)
    forms = (f"{year}-{month:02}-{day:02}", f"{year}-{month:02}", f"{year}", f"{year - 2}/{year}")
    text = dice.choices(forms, (12, 4, 3, 1))[0]
    return None if dice.random() < 0.05 else parse(text)


def _caption(number: int, dice: random.Random) -> str:
    return f"{' '.join(dice.choice(NOUNS) for _ in range(8))} rare{number % 5000}"


def build(folder: Path, rows: int, seconds: float) -> int:
    """Add until there are so many rows, or the time is over; rows that are missing."""
    until = time.monotonic() + seconds
    with closing(Archive.open(folder / "archive.db", create=True)) as archive:
        there = archive.coverage().pictures
        begun, first = time.monotonic(), there
        while there < rows and time.monotonic() < until:
            archive.add(intakes(there, min(BATCH, rows - there)))
            there += BATCH
        passed = time.monotonic() - begun
        print(f"{there:,} rows, {(there - first) / max(passed, 1e-9):,.0f} a second", flush=True)
    return max(0, rows - there)


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


PAGES = (
    "", "?order=newest", "?after=3650000000000000000", "?year=2016", "?source=agency+0",
    "?place=Place+0", "?trust=own", "?collection=import+0", "?source=agency+0&year=2019",
    "?q=rare77", "?q=hospital", "?q=agency", "?q=%22smoke+fire%22", "?q=hosp*", "?q=zeppelin",
    "?more=source", "?more=place", "coverage", "index.json", "coverage.json",
)  # fmt: skip


def serve(folder: Path, times: int, port: int = 8765) -> int:
    """Print the p95 of every page of a server, which is started and ended here."""
    command = [sys.executable, "-m", "provenance", "serve", "-a", str(folder / "archive.db")]
    server = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        over = sum(_page_over(f"http://127.0.0.1:{port}/-/provenance/{p}", times) for p in PAGES)
        memory = _memory(server.pid)
    finally:
        server.terminate()
        server.wait()
    print(f"most memory of the server {memory:,.0f} MB")
    return over + (memory > TARGET_MB)


def _page_over(address: str, times: int) -> bool:
    _fetched(address, patience=30)
    took = sorted(_milliseconds(lambda: _fetched(address)) for _ in range(times))
    p95 = took[min(len(took) - 1, int(len(took) * 0.95))]
    name = address.partition("/-/provenance")[2]
    print(f"{name:32} p50 {took[len(took) // 2]:7.1f} ms  p95 {p95:7.1f} ms", flush=True)
    return p95 > TARGET_MS


def _fetched(address: str, patience: float = 0) -> bytes:
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return bytes(answer.read())
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _memory(process: int) -> float:
    """The most that a process ever held, in MB; Linux only."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def _milliseconds(question: Callable[[], object]) -> float:
    begun = time.perf_counter()
    question()
    return (time.perf_counter() - begun) * 1000


def main() -> int:
    """One of the steps."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("step", choices=("build", "follow", "ask", "serve"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--times", type=int, default=40)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    print(f"{platform.platform()}, Python {platform.python_version()}", flush=True)
    if options.step == "build":
        return int(bool(build(options.folder, options.rows, options.seconds)))
    if options.step == "follow":
        return int(bool(follow(options.folder, options.seconds)))
    if options.step == "serve":
        return int(bool(serve(options.folder, options.times)))
    return int(bool(ask(options.folder, options.times)))


if __name__ == "__main__":
    sys.exit(main())
