"""From a disk full of everything to a first finding, and whether every date is honest.

    python -m benchmarks.mixed_disk [--pictures 10000] [--photos ../shared/data/photos]

Makes the disk (``benchmarks/disk``: agency and phone folders, a spreadsheet, a Telegram export,
saved pages), takes it in with one command and checks a copy with a second one. Then everything
in the archive is held against what was planted, and every strength against a table of its own.
Exit 1 if a picture is lost, a date invented or lost, or a strength above what the contract allows.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from benchmarks.disk import folders, pages, sheet, telegram
from benchmarks.disk.planted import Pictures, Planted

Record = dict[str, Any]
Fill = Callable[[Path, int, Pictures, np.random.Generator], list[Planted]]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing on the disk: its share of the pictures, who makes it, what is named."""

    share: float
    fill: Fill
    sources: Callable[[Path], list[Path]]


PARTS = {
    "folders": Part(0.4, folders.fill, folders.sources),
    "sheet": Part(0.3, sheet.fill, sheet.sources),
    "telegram": Part(0.2, telegram.fill, telegram.sources),
    "pages": Part(0.1, pages.fill, pages.sources),
}

ORDER = ("none", "indication", "reported", "documented")
NAMED = {"own", "trusted", "partner"}
STATED = {"captured", "published", "posted"}


@dataclass
class Result:
    """What was counted; ``problems`` are what must not be."""

    pictures: int = 0
    seconds: float = 0.0
    answers: Counter[str] = field(default_factory=Counter)
    dated: Counter[str] = field(default_factory=Counter)
    strengths: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    finding: Record = field(default_factory=dict)


def run(folder: Path, count: int, photos: Path | None, seed: int, parts: list[str]) -> Result:
    """Make the disk, use the program as a new user does, look at what came of it."""
    planted = make(folder / "disk", count, photos, seed, parts)
    result = Result(sum(map(len, planted.values())))
    named = [each for name in parts for each in PARTS[name].sources(folder / "disk" / name)]
    archive = folder / "archive.db"
    begun = time.monotonic()
    answers = _answers("add", *map(str, named), "-a", str(archive))
    result.seconds = time.monotonic() - begun
    result.answers = Counter(each["reason"] or each["outcome"] for each in answers)
    result.finding = first_finding(folder, planted, archive)
    look(planted, {each["sha256"]: each for each in _answers("list", "-a", str(archive))}, result)
    return result


def make(
    disk: Path, count: int, photos: Path | None, seed: int, parts: list[str]
) -> dict[str, list[Planted]]:
    """Fill the disk; what was planted, part by part."""
    pictures, dice = Pictures(photos, seed), np.random.default_rng(seed)
    return {
        name: PARTS[name].fill(disk / name, round(count * PARTS[name].share), pictures, dice)
        for name in parts
    }


def first_finding(folder: Path, planted: dict[str, list[Planted]], archive: Path) -> Record:
    """The second command of a new user: a mirrored copy of a picture from the sheet."""
    every = [each for part in planted.values() for each in part]
    chosen = next((each for each in every if each.strength == "reported"), every[0])
    copy = folder / "circulating.jpg"
    with Image.open(chosen.path) as picture:
        ImageOps.mirror(picture).save(copy, quality=70)
    (answer,) = _answers("check", str(copy), "--claim-date", "2025-03-01", "-a", str(archive))
    return dict(answer["finding"])


def look(planted: dict[str, list[Planted]], known: dict[str, Record], result: Result) -> None:
    """Hold the archive against what was planted."""
    for name, part in planted.items():
        for each in part:
            picture = known.get(each.sha256)
            if picture is None:
                result.problems.append(f"{name}: a picture is not in the archive")
                continue
            _look_at(name, each, picture, result)


def _look_at(name: str, planted: Planted, picture: Record, result: Result) -> None:
    sightings = [each for each in picture["sightings"] if each["means"] != "held"]
    dated = [each for each in sightings if each["date"]]
    hows = sorted({each["how"] for each in dated}) or ["not at all"]
    result.dated[f"{name}: {' + '.join(hows)}"] += 1
    found = [each for each in dated if each["how"] == planted.how]
    if planted.date and planted.date not in {each["date"] for each in found}:
        result.problems.append(f"{name}: a date by {planted.how} is lost")
    if planted.date is None and set(hows) - {"not at all", "file_time"}:
        result.problems.append(f"{name}: there is no date, but {hows} gave one")
    for each in sightings:
        result.strengths[each["strength"]] += 1
        most = allowed(each)
        if ORDER.index(each["strength"]) > ORDER.index(most):
            said = f"{each['strength']}, allowed is {most}"
            result.problems.append(f"{name}: {each['how']} {each['means']} is {said}")
        if each["how"] == planted.how and _above(each, planted):
            result.problems.append(f"{name}: {planted.how} is {each['strength']}")


def _above(sighting: Record, planted: Planted) -> bool:
    return ORDER.index(sighting["strength"]) > ORDER.index(planted.strength)


def allowed(sighting: Record) -> str:
    """The contract's table once more, by itself: the most a sighting may support as it came.

    Nobody has confirmed or vouched for anything here, and no time stamp was validated.
    """
    if sighting["date"] is None or sighting["trust"] == "contested":
        return "none"
    if sighting["how"] == "crawl_record" and sighting["trust"] in {"own", "trusted"}:
        return "documented"
    told = sighting["how"] in {"stated", "page", "platform"} and sighting["source"]
    if told and sighting["means"] in STATED and sighting["trust"] in NAMED:
        return "reported"
    return "indication"


def _answers(command: str, *arguments: str) -> list[Record]:
    done = subprocess.run(
        [sys.executable, "-m", "provenance", command, *arguments, "--nl"],
        stdout=subprocess.PIPE,
        check=False,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def lines(result: Result) -> Iterator[str]:
    """The report."""
    yield f"{platform.platform()}, Python {platform.python_version()}"
    rate = result.pictures / result.seconds
    yield f"{result.pictures:,} pictures taken in: {result.seconds:.0f} s, {rate:.0f} a second"
    yield "commands from nothing to a first finding: 2 (add, check)"
    yield f"first finding: {result.finding['kind']}: {result.finding['sentence']}"
    for title, counts in (
        ("answers of add", result.answers),
        ("dated by", result.dated),
        ("strengths", result.strengths),
    ):
        yield f"{title}:"
        yield from (f"  {number:7,}  {what}" for what, number in sorted(counts.items()))
    yield f"problems: {len(result.problems)}"
    yield from (f"  {number:7,}  {what}" for what, number in _grouped(result.problems))


def _grouped(problems: list[str]) -> list[tuple[str, int]]:
    """The first twenty kinds."""
    return Counter(problems).most_common(20)


def main() -> int:
    """Print the report; exit 1 if there were problems."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--pictures", type=int, default=10_000)
    parser.add_argument("--photos", type=Path, help="a folder of photographs to use as well")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts", nargs="+", choices=[*PARTS], default=[*PARTS])
    parser.add_argument("--folder", type=Path, help="where to make the disk; kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        result = run(folder, options.pictures, options.photos, options.seed, options.parts)
    print("\n".join(lines(result)))
    return 1 if result.problems else 0


if __name__ == "__main__":
    sys.exit(main())
