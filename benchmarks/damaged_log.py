"""Cut and damage the write-ahead log of an archive, and see whether it opens whole.

    python -m benchmarks.damaged_log --cases 5000

Pictures are added in batches; the archive and its ``-wal`` are copied as they lie on the disk, as
after a power failure. Of each copy the log is cut at a random byte, or a random stretch of its
tail is overwritten with noise or zeros, or doubled. Each must open as the archive was after one
of its batches, no fewer than the damage left untouched: every picture of that batch and of those
before it, event chain, ``integrity_check`` and ``foreign_key_check`` whole; and a picture that is
added then is stored.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from provenance.archive import Archive
from provenance.models import Intake, NewCollection

BATCHES, SIZE = 30, 20
ANOTHER = BATCHES * SIZE
LONGEST_DAMAGE = 5000
"""Bytes, more than one page of the log."""


@dataclass(frozen=True)
class Written:
    """An archive with its log, and how long the log was after each batch."""

    path: Path
    ends: tuple[int, ...]

    @property
    def log(self) -> Path:
        """The write-ahead log."""
        return self.path.with_name(f"{self.path.name}-wal")


@dataclass
class Tally:
    """What all cases together showed."""

    cases: Counter[str] = field(default_factory=Counter)
    batches: Counter[int] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def written(folder: Path) -> Written:
    """An archive whose batches all lie in its log still, as the disk has it."""
    path, copy = folder / "writing" / "archive.db", folder / "archive.db"
    with Archive.open(path, create=True):
        pass  # closed, so that the archive without any batch lies in the file itself
    log, ends = path.with_name("archive.db-wal"), []
    with Archive.open(path) as archive:
        for batch in range(BATCHES):
            archive.add([intake(number) for number in range(batch * SIZE, (batch + 1) * SIZE)])
            ends.append(log.stat().st_size)
        for each in (path, log):
            shutil.copy(each, copy.with_name(each.name))
    return Written(copy, tuple(ends))


def digest(number: int) -> str:
    """A SHA-256 of nothing."""
    return f"{number:064x}"


def intake(number: int) -> Intake:
    """A picture of which only the SHA-256 is known."""
    return Intake(f"{number}.jpg", NewCollection("test"), sha256=digest(number))


def damaged(log: bytes, dice: random.Random) -> tuple[str, int, bytes]:
    """How it was damaged, from which byte on, and what is left."""
    how = dice.choice(["cut", "noise", "zeros", "doubled"])
    start = dice.randrange(len(log))
    stop = min(len(log), start + dice.randint(1, LONGEST_DAMAGE))
    if how == "cut":
        return how, start, log[:start]
    if how == "doubled":
        return how, len(log), log + log[start:stop]
    stretch = dice.randbytes(stop - start) if how == "noise" else bytes(stop - start)
    return how, start, log[:start] + stretch + log[stop:]


def case(whole: Written, log: bytes, seed: str, folder: Path, tally: Tally) -> None:
    """One damage, one opening."""
    dice = random.Random(seed)
    how, start, left = damaged(log, dice)
    path = folder / "archive.db"
    shutil.copy(whole.path, path)
    path.with_name("archive.db-wal").write_bytes(left)
    untouched = sum(end <= start for end in whole.ends)
    tally.cases[how] += 1
    problems = looked_at(path, untouched, tally)
    tally.problems += [f"{seed}, {how}: {problem}" for problem in problems]
    for each in folder.iterdir():
        each.unlink()


def looked_at(path: Path, untouched: int, tally: Tally) -> list[str]:
    """What is wrong with this archive."""
    with Archive.open(path) as archive:
        problems = list(archive.verify_chain().problems)
        stored = archive.coverage().pictures
        archive.add([intake(ANOTHER)])
    with closing(sqlite3.connect(path)) as plain:
        if plain.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            problems.append("integrity_check")
        if plain.execute("PRAGMA foreign_key_check").fetchall():
            problems.append("foreign_key_check")
        found = {row[0] for row in plain.execute("SELECT sha256 FROM pictures")}
    batches, rest = divmod(stored, SIZE)
    tally.batches[batches] += 1
    if rest or found != {digest(n) for n in [*range(stored), ANOTHER]}:
        problems.append("half a batch")
    if batches < untouched:
        problems.append(f"{untouched} batches lay before the damage, {batches} are left")
    return problems


def run(cases: int, seed: int, folder: Path) -> Tally:
    """So many cases of damage to one archive's log."""
    (folder / "whole").mkdir()
    (folder / "case").mkdir()
    whole, tally = written(folder / "whole"), Tally()
    log = whole.log.read_bytes()
    for number in range(cases):
        case(whole, log, f"{seed} {number}", folder / "case", tally)
    return tally


def main() -> int:
    """Exit 1 if anything was found wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(asked.cases, asked.seed, Path(folder))
    told = ", ".join(f"{how} {count}" for how, count in sorted(tally.cases.items()))
    print(f"{tally.cases.total()} cases in {time.monotonic() - begun:.0f} s: {told}")
    print(f"opened after {min(tally.batches)} to {max(tally.batches)} of {BATCHES} batches")
    print(f"problems {len(tally.problems)}")
    print("\n".join(tally.problems[:20]))
    return 1 if tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
