"""A burst of files in nested folders: the watcher is paused in the middle of it, and killed once.

    python -m benchmarks.burst --files 20000

One file in fifty is written in two parts, half a second apart, while others are dropped. The
watcher runs, is stopped (SIGSTOP) for a while, goes on, is killed (SIGKILL) when a third is
answered, and started again. At the end every file has one answer beside it, about all of its
bytes, every distinct picture one check; event chain and ``integrity_check`` are whole.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from benchmarks.kill_watch import Dropping, Tally, answered, lost_or_twice, told

BURST = 500
IN_PARTS = 50
PAUSE, APART = 5.0, 0.5
"""Seconds for which the watcher is stopped, and between the two parts of a file."""

EVERY = 5.0
LONGEST_SILENCE = 900.0
"""Seconds between two looks at how far it came, and without an answer until we give up."""

LONGEST_END = 10.0


class InParts(Dropping):
    """Drops files like its neighbour, but some of them in two parts."""

    def burst(self, size: int) -> None:
        """So many files, or as many as are left; the second parts come after all first ones.

        A file is open from its first part to its second, as a copier has it.
        """
        late: list[tuple[IO[bytes], bytes]] = []
        for number in range(min(size, self.left)):
            data = self._bytes()
            depth = "/".join(str(self._dice.randrange(9)) for _ in range(self._dice.randrange(4)))
            folder = self.root / "in" / depth
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{self.left}-{number}.jpg"
            if number % IN_PARTS:
                path.write_bytes(data)
            else:
                file: IO[bytes] = path.open("wb", buffering=0)
                file.write(data[: len(data) // 2])
                late.append((file, data[len(data) // 2 :]))
            self.dropped[hashlib.sha256(data).hexdigest()] += 1
        time.sleep(APART)
        for file, rest in late:
            with file:
                file.write(rest)
        self.left -= min(size, self.left)


class Watcher:
    """The real command, started, stopped and killed."""

    def __init__(self, root: Path, archive: Path) -> None:
        self._words = [sys.executable, "-m", "provenance", "watch", str(root), "-a", str(archive)]
        self._process = self.started()

    def started(self) -> subprocess.Popen[bytes]:
        """Start it (again)."""
        out = subprocess.DEVNULL
        self._process = subprocess.Popen([*self._words, "--nl"], stdout=out, stderr=out)
        return self._process

    def paused(self, seconds: float) -> None:
        """Stop it for a while."""
        os.kill(self._process.pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(self._process.pid, signal.SIGCONT)

    def killed(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait()

    def ended(self) -> None:
        """Ask it to end, as Ctrl-C does; in the background of a shell it is deaf to that."""
        self._process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(LONGEST_END)
        self._process.kill()
        self._process.wait()

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid


def answers(root: Path) -> int:
    """How many answers lie there."""
    places = (root / name for name in ("done", "refused"))
    return sum(name.endswith(".json") for p in places for *_, names in os.walk(p) for name in names)


def run(files: int, seed: int, folder: Path) -> Tally:
    """Drop it all, then wait until everything is answered."""
    dice, tally = random.Random(seed), Tally()
    root, archive = folder / "drop", folder / "archive.db"
    (root / "in").mkdir(parents=True)
    dropping, watcher = InParts(root, files, dice), Watcher(root, archive)
    while dropping.left:
        dropping.burst(BURST)
        if dropping.left <= files // 2 < dropping.left + BURST:
            watcher.paused(PAUSE)
    wait_for(root, files // 3)
    watcher.killed()
    tally.kills += 1
    lost_or_twice(root, dropping.dropped, tally)
    watcher.started()
    wait_for(root, files)
    watcher.ended()
    tally.dropped = sum(dropping.dropped.values())
    lost_or_twice(root, dropping.dropped, tally)
    answered(root, archive, tally)
    return tally


def wait_for(root: Path, wanted: int) -> None:
    """Return when so many answers lie there, or none came for long."""
    most, since = -1, time.monotonic()
    while most < wanted and time.monotonic() - since < LONGEST_SILENCE:
        time.sleep(EVERY if wanted > BURST else EVERY / 20)
        found = answers(root)
        if found > most:
            most, since = found, time.monotonic()


def main() -> int:
    """Exit 1 if anything was found wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(asked.files, asked.seed, Path(folder))
    return told(tally, time.monotonic() - begun)


if __name__ == "__main__":
    sys.exit(main())
