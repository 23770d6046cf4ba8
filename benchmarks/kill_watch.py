"""Kill a watcher at random moments while it drains a burst of files, and see what is left.

    python -m benchmarks.kill_watch --files 5000 --kills 500

Files are dropped into nested folders in bursts while the watcher runs. It is killed with SIGKILL
at random moments (on Windows with TerminateProcess) and started again. After every kill each
dropped file lies in exactly one place, byte for byte; at the end every file has one answer beside
it, every distinct picture one check, and event chain and ``integrity_check`` are whole.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from provenance.archive import Archive
from provenance.errors import NoArchive

FOLDERS = ("in", "work", "done", "refused")
LONGEST_LIFE = 3.0
"""Seconds from the first answer (or from the start) to the kill, at most."""

AT_THE_START = 0.3
"""Share of the kills whose moment is counted from the start of the program."""

LONGEST_START = 20.0
TWICE = 0.05
"""Share of the files whose bytes were dropped before under another name."""


@dataclass
class Tally:
    """What all kills together showed."""

    kills: int = 0
    ended: int = 0
    dropped: int = 0
    problems: list[str] = field(default_factory=list)


class Dropping:
    """Drops files into nested folders, and knows what it dropped."""

    def __init__(self, root: Path, files: int, dice: random.Random) -> None:
        self.root, self.left, self._dice = root, files, dice
        self.dropped: Counter[str] = Counter()
        self._known: list[bytes] = []

    def burst(self, size: int) -> None:
        """So many files, or as many as are left, into new folders."""
        for number in range(min(size, self.left)):
            data = self._bytes()
            depth = "/".join(str(self._dice.randrange(9)) for _ in range(self._dice.randrange(4)))
            folder = self.root / "in" / depth
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{self.left}-{number}.jpg").write_bytes(data)
            self.dropped[hashlib.sha256(data).hexdigest()] += 1
        self.left -= min(size, self.left)

    def _bytes(self) -> bytes:
        if self._known and self._dice.random() < TWICE:
            return self._dice.choice(self._known)
        no_picture = self._dice.random() < TWICE
        data = self._dice.randbytes(200) if no_picture else picture(self._dice)
        self._known = [*self._known[-50:], data]
        return data


def picture(dice: random.Random) -> bytes:
    """A small JPEG of coarse noise: cheap to examine, unlike every other."""
    noise = np.frombuffer(dice.randbytes(12 * 16 * 3), np.uint8).reshape(12, 16, 3)
    out = io.BytesIO()
    Image.fromarray(noise).resize((160, 120), Image.Resampling.BICUBIC).save(out, "JPEG")
    return out.getvalue()


def run(files: int, kills: int, seed: int, folder: Path) -> Tally:
    """Drop, kill, look; then drain what is left and look once more."""
    dice, tally = random.Random(seed), Tally()
    root, archive = folder / "drop", folder / "archive.db"
    dropping = Dropping(root, files, dice)
    burst = max(1, files // max(1, kills))
    for _ in range(kills):
        dropping.burst(dice.randint(1, 2 * burst))
        killed(root, archive, dice, tally)
        lost_or_twice(root, dropping.dropped, tally)
    dropping.burst(dropping.left)
    subprocess.run(command(root, archive), check=False, capture_output=True)
    tally.dropped = sum(dropping.dropped.values())
    lost_or_twice(root, dropping.dropped, tally)
    answered(root, archive, tally)
    return tally


def command(root: Path, archive: Path) -> list[str]:
    """The real command, draining."""
    words = f"-m provenance watch {root} -a {archive} --once --nl --settle 0.05"
    return [sys.executable, *words.split()]


def killed(root: Path, archive: Path, dice: random.Random, tally: Tally) -> None:
    """Start the watcher and kill it at a random moment."""
    with tempfile.TemporaryFile() as out:
        running = [word for word in command(root, archive) if word != "--once"]
        process = subprocess.Popen(running, stdout=out, stderr=subprocess.DEVNULL)
        if dice.random() >= AT_THE_START:
            until = time.monotonic() + LONGEST_START
            while process.poll() is None and not out.seek(0, 2) and time.monotonic() < until:
                time.sleep(0.01)
        try:
            process.wait(timeout=dice.uniform(0, LONGEST_LIFE))
            tally.ended += 1
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            tally.kills += 1


def lying(root: Path) -> Iterator[Path]:
    """The dropped files, wherever they lie now; our own answers left out."""
    for name in FOLDERS:
        for path in sorted((root / name).rglob("*")):
            if path.is_file() and not path.name.endswith((".json", ".html")):
                yield path


def lost_or_twice(root: Path, dropped: Counter[str], tally: Tally) -> None:
    """Every dropped file is somewhere, as often as it was dropped, byte for byte."""
    found = Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in lying(root))
    tally.problems += ["a file is lost or was altered"] * sum((dropped - found).values())
    tally.problems += ["a file is there twice or was altered"] * sum((found - dropped).values())


def answered(root: Path, archive: Path, tally: Tally) -> None:
    """Nothing waits any more; one answer a file, one check a picture, a whole archive."""
    checks: dict[int, str] = {}
    for path in lying(root):
        place = path.relative_to(root).parts[0]
        if place in {"in", "work"}:
            tally.problems.append(f"a file still lies in {place}")
            continue
        answer = json.loads(path.with_name(f"{path.name}.json").read_bytes())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if answer["query"]["sha256"] != digest or not Path(f"{path}.html").exists():
            tally.problems.append("an answer is about other bytes, or its page is missing")
        if place == "done" and checks.setdefault(answer["check"], digest) != digest:
            tally.problems.append("two pictures share one check")
    answers = sum(1 for n in ("done", "refused") for _ in (root / n).rglob("*.json"))
    if answers != sum(1 for _ in lying(root)):
        tally.problems.append("an answer has no picture")
    try:
        with Archive.open(archive) as opened:
            tally.problems += opened.verify_chain().problems
            stored = [record["query"]["sha256"] for record in opened.checks()]
    except NoArchive:
        stored = []
    if sorted(stored) != sorted(set(checks.values())):
        tally.problems.append(f"{len(stored)} checks for {len(set(checks.values()))} pictures")


def main() -> int:
    """Exit 1 if anything was found wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(asked.files, asked.kills, asked.seed, Path(folder))
    return told(tally, time.monotonic() - begun)


def told(tally: Tally, seconds: float) -> int:
    """Print what a run showed; 1 if anything was found wrong."""
    print(f"files dropped {tally.dropped}, killed while running {tally.kills}, ended by themselves")
    print(f"{tally.ended}, problems {len(tally.problems)}, {seconds:.0f} s")
    for problem, count in Counter(tally.problems).items():
        print(f"{count:6} {problem}")
    return 1 if tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
