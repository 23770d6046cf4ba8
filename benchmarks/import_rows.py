"""A million rows of hashes: taken in, killed half way, gone on, met again, looked up, taken back.

    python -m benchmarks.import_rows --rows 1000000 --revoke 100000 [--folder FOLDER]

Runs the real command. Each step says wall time, CPU time and the most memory its process took.
The machine's own speed stands above (a fixed loop of Python), because on a machine that others
use wall times say little. Exit 1 if a row was lost, stored twice or answered wrongly.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from provenance.archive import Archive

COLUMNS = "sha256,pdq,phash,date,source,url"
FIRST_DAY = date(2010, 1, 1)
DAYS = 5000
LOOP = 5_000_000


@dataclass
class Ran:
    """What one command did; seconds, and the most memory in MB."""

    wall: float
    cpu: float
    memory: float
    answers: Counter[str] = field(default_factory=Counter)
    killed: bool = False


def write_rows(path: Path, rows: range, seed: int = 4) -> None:
    """A table whose rows come in no order that would help."""
    dice = random.Random(seed)
    with path.open("w") as out:
        out.write(f"{COLUMNS}\n")
        for number in rows:
            day = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
            hashes = (_hex(kind, number) for kind in ("sha256", "pdq"))
            phash = _hex("phash", number)[:16]
            url = f"https://example.org/picture/{number}"
            out.write(f"{','.join(hashes)},{phash},{day},agency {number % 50},{url}\n")


def _hex(kind: str, number: int) -> str:
    return hashlib.sha256(f"{kind} {number}".encode()).hexdigest()


def run(arguments: list[str], kill_after: int | None = None) -> Ran:
    """One command, its answers counted as they come; killed after so many, if asked."""
    command = [sys.executable, "-m", "provenance", *arguments]
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    ran = Ran(0, 0, 0)
    assert process.stdout is not None
    with process.stdout as out:
        for count, line in enumerate(out, start=1):
            ran.answers[_outcome(line)] += 1
            if count == kill_after:
                process.send_signal(signal.SIGKILL)
                ran.killed = True
                break
    _, _, used = os.wait4(process.pid, 0)
    ran.wall = time.monotonic() - begun
    ran.cpu = used.ru_utime + used.ru_stime
    ran.memory = used.ru_maxrss / (1 << 10 if platform.system() == "Linux" else 1 << 20)
    return ran


def _outcome(line: bytes) -> str:
    # Without parsing a million lines: this is not what is measured.
    return "added" if b'"outcome": "added"' in line else "known" if b'"known"' in line else "other"


def steps(folder: Path, rows: int, revoke: int) -> Iterator[tuple[str, Ran]]:
    """Every step with what it took."""
    table, batch, archive = folder / "rows.csv", folder / "batch.csv", folder / "archive.db"
    write_rows(table, range(rows))
    write_rows(batch, range(rows, rows + revoke))
    add = ["add", str(table), "--nl", "-a", str(archive), "--collection", "hashes"]
    yield f"add, killed after {rows // 2:,} rows", run(add, kill_after=rows // 2)
    yield "the same command again", run(add)
    yield "the same command once more", run(add)
    asked = f"pdq:{_hex('pdq', rows // 3)}"
    look = ["lookup", asked, "--nl", "-a", str(archive)]
    yield "first look-up of a hash", run(look)
    yield "second look-up of a hash", run(look)
    yield (
        f"add {revoke:,} rows more",
        run(["add", str(batch), "--nl", "-a", str(archive), "--collection", "batch"]),
    )
    yield "look-up after that", run(look)
    yield (
        f"revoke them ({revoke:,} rows)",
        run(["revoke", "batch", "--reason", "test", "--nl", "-a", str(archive)]),
    )
    yield "status, with the log verified", run(["status", "--json", "-a", str(archive)])


def problems(folder: Path, rows: int, results: dict[str, Ran]) -> Iterator[str]:
    """What is wrong with the archive, or with what was answered."""
    with closing(Archive.open(folder / "archive.db", readonly=True)) as archive:
        covered = archive.coverage()
        if covered.pictures != rows or covered.sightings != 2 * rows:
            yield f"{covered.pictures} pictures and {covered.sightings} sightings of {rows} rows"
        yield from archive.verify_chain().problems
    half, rest, again = list(results.values())[:3]
    if rest.answers.total() != rows or rest.answers["known"] < half.answers["added"]:
        yield f"answered after the kill: {dict(rest.answers)}"
    if again.answers != Counter(known=rows):
        yield f"answered once more: {dict(again.answers)}"


def speed() -> float:
    """Seconds that this machine takes now for a fixed loop."""
    begun, total = time.process_time(), 0
    for number in range(LOOP):
        total += number
    return time.process_time() - begun


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--revoke", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="where to work; kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        results: dict[str, Ran] = {}
        print(f"{platform.platform()}, Python {platform.python_version()}", flush=True)
        for what, ran in steps(folder, options.rows, options.revoke):
            results[what] = ran
            _show(what, ran)
        wrong = list(problems(folder, options.rows, results))
        _sizes(folder)
    print(json.dumps({"problems": wrong}))
    return 1 if wrong else 0


def _show(what: str, ran: Ran) -> None:
    count = ran.answers.total()
    rate = f"{count / ran.wall:>8,.0f} a second" if count > 1 else " " * 17
    load = f"loop {speed():.2f} s, load {os.getloadavg()[0]:.1f}"
    print(
        f"{what:38} {ran.wall:7.1f} s wall {ran.cpu:7.1f} s CPU {ran.memory:6.0f} MB {rate}"
        f"  {dict(ran.answers)}  ({load})",
        flush=True,
    )


def _sizes(folder: Path) -> None:
    files = [folder / "archive.db", *(folder / "archive.db.index").glob("*")]
    sizes = [path.stat().st_size for path in files if path.exists()]
    print(f"archive {sizes[0] / 1e6:,.0f} MB, index {sum(sizes[1:]) / 1e6:,.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
