"""How soon a watcher answers, and how many pictures an hour, beside ``add`` and ``check``.

    python -m benchmarks.watch_pace --photos ../shared/data/photos --archived 10000

Half of the pictures dropped are copies (720 px, compressed again, every other one mirrored) of
archived photographs, half photographs that are not archived. One table says how long it took from a
file's last byte to its answer, one file at a time; the other how many pictures a second the same
folder goes through ``add``, ``check`` and ``watch --once``, start of the program included.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from benchmarks.burst import Watcher
from benchmarks.gauntlet.collection import Collection, filling, read, shared_out
from benchmarks.gauntlet.distractors import distractors
from provenance.demo.alteration import jpeg, mirror, resize

QUERY_SIDE = 720
FILLING = 200
LONGEST = 120.0
STATED = ("--date", "2019", "--source", "test")
CLAIMED = ("--claim-date", "2023")


@dataclass(frozen=True, slots=True)
class Ran:
    """One way through the folder; CPU seconds of the program and its workers."""

    way: str
    seconds: float
    cpu: float


def archive_of(collection: Collection, pictures: int, seed: int, folder: Path) -> Path:
    """An archive of these photographs, filled up with generated ones."""
    fill = folder / "fill"
    fill.mkdir()
    for number, path in enumerate(collection.archived):
        shutil.copy(path, fill / f"{number}{path.suffix}")
    wanted = pictures - len(collection.archived)
    for number, rgb in enumerate(distractors(wanted, filling(collection, FILLING), seed)):
        Image.fromarray(rgb).save(fill / f"d{number}.jpg", quality=85)
    archive = folder / "archive.db"
    program("add", "-a", archive, "--nl", *STATED, fill)
    shutil.rmtree(fill)
    return archive


def dropped(collection: Collection, count: int) -> Iterator[bytes]:
    """Copies and strangers in turn."""
    pairs = zip(collection.archived, collection.strangers, strict=False)
    for number, (known, stranger) in enumerate(list(pairs)[: count // 2]):
        for path, turned in ((known, number % 2), (stranger, 0)):
            rgb = read(path)
            copy = resize(rgb, QUERY_SIDE / max(rgb.shape[:2]))
            yield jpeg(mirror(copy) if turned else copy, 70)


def program(*words: object) -> None:
    """The real command, its lines thrown away."""
    command = [sys.executable, "-m", "provenance", *map(str, words)]
    subprocess.run(command, check=False, capture_output=True)


def waits(archive: Path, pictures: list[bytes], folder: Path) -> list[float]:
    """Seconds from a file's last byte to its answer, one file at a time."""
    root = folder / "drop"
    (root / "in").mkdir(parents=True)
    watcher = Watcher(root, archive)
    found = [_waited(root, f"{number}.jpg", each) for number, each in enumerate(pictures)]
    watcher.ended()
    return found[1:]  # the first waits for the program to start


def _waited(root: Path, name: str, data: bytes) -> float:
    (root / "in" / name).write_bytes(data)
    begun = time.monotonic()
    while not (root / "done" / name).exists() and time.monotonic() - begun < LONGEST:
        time.sleep(0.01)
    return time.monotonic() - begun


def paces(archive: Path, pictures: list[bytes], folder: Path) -> Iterator[Ran]:
    """The same folder through ``add``, ``check`` and ``watch``, each with an archive of its own."""
    for way in ("add", "check", "watch"):
        root = folder / way
        inbox = root / "in"
        inbox.mkdir(parents=True)
        for number, data in enumerate(pictures):
            (inbox / f"{number}.jpg").write_bytes(data)
        own = root.with_name(f"{way}.db")
        shutil.copy(archive, own)
        for each in archive.parent.glob(f"{archive.name}.index"):
            shutil.copytree(each, own.with_name(f"{own.name}.index"))
        words = {
            "add": ("add", "-a", own, "--nl", *STATED, inbox),
            "check": ("check", "-a", own, "--nl", *CLAIMED, inbox),
            "watch": ("watch", root, "-a", own, "--once", "--nl", *CLAIMED),
        }
        before, begun = _cpu(), time.monotonic()
        program(*words[way])
        yield Ran(way, time.monotonic() - begun, _cpu() - before)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def told(waited: list[float], ran: list[Ran], pictures: int) -> str:
    """Both tables."""
    ordered = sorted(waited)
    p95 = ordered[int(0.95 * len(ordered))]
    lines = [
        "| from the last byte to the answer | seconds |\n|---|---|",
        f"| median of {len(waited)} | {statistics.median(waited):.2f} |",
        f"| p95 | {p95:.2f} |",
        f"| longest | {ordered[-1]:.2f} |",
        "",
        f"| {pictures} pictures through | a second | CPU ms a picture | beside add |",
        "|---|---|---|---|",
    ]
    for each in ran:
        rate, cpu = pictures / each.seconds, 1000 * each.cpu / pictures
        beside = ran[0].seconds / each.seconds
        lines.append(f"| {each.way} | {rate:.1f} | {cpu:.0f} | {100 * beside:.0f} % |")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--archived", type=int, default=10_000)
    parser.add_argument("--dropped", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    collection = shared_out(asked.photos, asked.archived, asked.dropped // 2 + FILLING, asked.seed)
    pictures = list(dropped(collection, asked.dropped))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = archive_of(collection, asked.archived, asked.seed, folder)
        waited = waits(archive, pictures, folder)
        ran = list(paces(archive, pictures, folder))
    print(told(waited, ran, len(pictures)))


if __name__ == "__main__":
    main()
