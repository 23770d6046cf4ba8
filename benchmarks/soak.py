"""Tens of thousands of pictures through one watcher: do memory and open files stay flat?

    python -m benchmarks.soak --pictures 50000

Small pictures are dropped as fast as they are answered, against an archive of ``--archived``
pictures of the same kind (each costs about 0.1 s more a picture: all that noise looks alike, and
every look-up has candidates to prove). Every so many answers, the memory (resident) and the open
files of the watcher and of its workers are read from ``/proc``, so this runs on Linux. Exit code 1
if the watcher has taken more than a tenth more memory, or more open files, in the last quarter than
in the second.
"""

from __future__ import annotations

import argparse
import io
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.burst import Watcher, answers

PORTION, WAITING = 250, 500
"""Pictures that are dropped at once, and that may wait at most."""

SIZE = (300, 225)
"""Pixels: beyond the size from which on a look-up tries fewer candidates."""

LOOKS = 20
GROWTH, MORE_FILES = 1.1, 3
LONGEST_SILENCE = 900.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The watcher after so many answers; memory in MB."""

    answered: int
    seconds: float
    watcher: float
    workers: float
    files: int


def picture(dice: random.Random) -> bytes:
    """A JPEG of coarse noise, unlike every other."""
    noise = np.frombuffer(dice.randbytes(12 * 16 * 3), np.uint8).reshape(12, 16, 3)
    out = io.BytesIO()
    Image.fromarray(noise).resize(SIZE, Image.Resampling.BICUBIC).save(out, "JPEG")
    return out.getvalue()


def archive_of(pictures: int, dice: random.Random, folder: Path) -> Path:
    """An archive of small pictures; without any, the watcher makes it."""
    if not pictures:
        return folder / "archive.db"
    (folder / "archived").mkdir()
    for number in range(pictures):
        (folder / "archived" / f"{number}.jpg").write_bytes(picture(dice))
    words = ["-m", "provenance", "add", "-a", "archive.db", "--nl", "archived"]
    command = [sys.executable, *words, "--date", "2019", "--source", "test"]
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
    return folder / "archive.db"


def run(pictures: int, archived: int, seed: int, folder: Path) -> list[Seen]:
    """Drop and look until all is answered."""
    dice, root = random.Random(seed), folder / "drop"
    (root / "in").mkdir(parents=True)
    watcher = Watcher(root, archive_of(archived, dice, folder))
    begun = since = time.monotonic()
    dropped, done, looks = 0, 0, [looked(watcher.pid, 0, 0.0)]
    while done < pictures and time.monotonic() - since < LONGEST_SILENCE:
        while dropped < pictures and dropped - done < WAITING:
            portion(root / "in", dropped, min(PORTION, pictures - dropped), dice)
            dropped = min(pictures, dropped + PORTION)
        time.sleep(1)
        if (now := answers(root)) > done:
            done, since = now, time.monotonic()
        if done >= pictures * len(looks) // LOOKS:
            looks.append(looked(watcher.pid, done, time.monotonic() - begun))
    watcher.ended()
    return looks


def portion(inbox: Path, first: int, size: int, dice: random.Random) -> None:
    """So many new pictures, in a folder of their own."""
    folder = inbox / f"{first}"
    folder.mkdir()
    for number in range(size):
        (folder / f"{first + number}.jpg").write_bytes(picture(dice))


def looked(pid: int, answered: int, seconds: float) -> Seen:
    """What ``/proc`` says of a process and its children."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    children = {each for thread in threads for each in thread.read_text().split()}
    files = sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    workers = [resident(each) for each in children]
    return Seen(answered, seconds, resident(pid), max(workers, default=0.0), files)


def resident(pid: int | str) -> float:
    """Resident memory in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:", 1)[1].split()[0]) / 1024


def is_flat(looks: list[Seen]) -> bool:
    """Whether the last quarter took no more than the second."""
    part = len(looks) // 4
    early, late = looks[part : 2 * part], looks[-part:]
    return (
        max(s.watcher for s in late) <= GROWTH * max(s.watcher for s in early)
        and max(s.workers for s in late) <= GROWTH * max(s.workers for s in early)
        and max(s.files for s in late) <= max(s.files for s in early) + MORE_FILES
    )


def table(looks: list[Seen]) -> str:
    """What is printed at the end."""
    names = "answered", "seconds", "watcher MB", "largest worker MB", "open files"
    head = [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]
    rows = [
        f"| {s.answered:,} | {s.seconds:,.0f} | {s.watcher:.0f} | {s.workers:.0f} | {s.files} |"
        for s in looks
    ]
    return "\n".join([*head, *rows])


def main() -> int:
    """Exit 1 unless all were answered and it stayed flat."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pictures", type=int, default=50_000)
    parser.add_argument("--archived", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        looks = run(asked.pictures, asked.archived, asked.seed, Path(folder))
    flat = is_flat(looks)
    print(table(looks))
    print(
        f"answered {looks[-1].answered:,} of {asked.pictures:,}; {'flat' if flat else 'NOT flat'}"
    )
    return 0 if flat and looks[-1].answered >= asked.pictures else 1


if __name__ == "__main__":
    sys.exit(main())
