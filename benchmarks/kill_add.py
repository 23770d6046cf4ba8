"""Kill a program that adds, at random moments, and see what is left.

    python benchmarks/kill_add.py --kills 300

A child adds pictures in batches and prints the SHA-256 of each once the archive has
acknowledged it. It is killed with SIGKILL at a random moment, also while it makes the
archive. After every kill: what was acknowledged is stored, nothing is there twice, every
picture has its one ``held`` sighting, the event chain and ``integrity_check`` are whole.

``--command`` kills another program instead; ``{archive}`` stands for the archive's path:

    python benchmarks/kill_add.py --command "provenance add -a {archive} --nl FOLDER"

Its lines are a SHA-256 each, or the JSON lines of ``provenance add`` (the SHA-256 is then
that of the file they name).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import random
import shlex
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from provenance.archive import Archive
from provenance.errors import NoArchive
from provenance.models import (
    Examined,
    Fingerprint,
    How,
    Intake,
    Means,
    NewCollection,
    NewSighting,
)

KILLS_AN_ARCHIVE = 10
"""Then a new one is begun: making one is worth killing too, and checking stays quick."""

AT_THE_START = 0.2
"""Share of the kills whose moment is counted from the start of the child (while it loads
and makes the archive); the others are counted from its first acknowledgement."""

LONGEST_LIFE = 0.4
"""Seconds from there, at most."""

LONGEST_START = 60.0

OWN = f"{shlex.quote(sys.executable)} {shlex.quote(__file__)} --child {{archive}}"

TWICE = {
    "pictures twice": "SELECT sha256 FROM pictures GROUP BY sha256 HAVING count(*) > 1",
    "sightings twice": """
        SELECT picture_id FROM sightings
        GROUP BY picture_id, date, means, how, source, url, place HAVING count(*) > 1""",
    "pictures without their one held sighting": """
        SELECT p.id FROM pictures p WHERE 1 <> (
          SELECT count(*) FROM sightings s WHERE s.picture_id = p.id AND s.means = 'held')""",
    "sightings in no collection": """
        SELECT id FROM sightings WHERE id NOT IN (SELECT sighting_id FROM _memberships)""",
}


@dataclass
class Tally:
    """What all kills together showed."""

    kills: int = 0
    ended_by_themselves: int = 0
    before_the_archive: int = 0
    acknowledged: int = 0
    stored: int = 0
    problems: list[str] = field(default_factory=list)


# ------------------------------------------------------------------------------ child


def child(path: Path) -> None:
    """Add made-up pictures until killed, printing what is acknowledged."""
    parent = os.getppid()
    dice = random.Random(time.time_ns())
    with Archive.open(path, create=True, actor="child") as archive:
        while os.getppid() == parent:  # nobody is left to kill it once the parent is gone
            batch = [intake(dice) for _ in range(dice.randint(1, 100))]
            archive.add(batch)
            print("\n".join(i.examined.sha256 for i in batch if i.examined), flush=True)


def intake(dice: random.Random) -> Intake:
    """A picture of noise, now and then one that was there before."""
    seed = dice.randbytes(2 if dice.random() < 0.1 else 16)
    return Intake(
        name=f"{seed.hex()}.jpg",
        collection=NewCollection(f"batch {dice.randint(1, 5)}"),
        examined=examined(seed),
        sightings=(NewSighting(None, Means.PUBLISHED, How.STATED, source=f"{seed[0]}"),),
    )


def examined(seed: bytes) -> Examined:
    """What a worker might have read from a file with this seed."""
    digest = hashlib.sha256(seed).digest()
    return Examined(
        sha256=digest.hex(),
        size=len(seed),
        format="JPEG",
        frames=1,
        width=500,
        height=400,
        decoder="none",
        fingerprints=(Fingerprint("pdq_v1", digest, 90), Fingerprint("phash_v1", digest[:8])),
        keypoints=Fingerprint("orb_cv5_v1", digest * 500),
        raster=digest * 900,
        thumbnail=digest * 300,
    )


# ----------------------------------------------------------------------------- parent


def run(kills: int, command: str, seed: int, folder: Path) -> Tally:
    """Kill that many children and look after each."""
    dice, tally = random.Random(seed), Tally()
    acknowledged: set[str] = set()
    path = folder / "none.db"
    for number in range(kills):
        if number % KILLS_AN_ARCHIVE == 0:
            acknowledged, path = set(), folder / f"{number}.db"
        acknowledged |= killed(command.format(archive=shlex.quote(str(path))), dice, tally)
        look(path, acknowledged, tally)
    if not tally.acknowledged:
        tally.problems.append("all: nothing was ever acknowledged, so nothing was shown")
    return tally


def killed(command: str, dice: random.Random, tally: Tally) -> set[str]:
    """Run the child, kill it at a random moment; what it had printed by then."""
    at_the_start, life = dice.random() < AT_THE_START, dice.uniform(0, LONGEST_LIFE)
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(shlex.split(command), stdout=out)
        if not at_the_start:
            wait_for_output(process, out)
        try:
            process.wait(timeout=life)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            tally.kills += 1
        else:
            tally.ended_by_themselves += 1
        out.seek(0)
        printed = set(acknowledgements(out.read()))
    tally.acknowledged += len(printed)
    return printed


def wait_for_output(process: subprocess.Popen[bytes], out: IO[bytes]) -> None:
    """Until the child has printed something or is no more."""
    until = time.monotonic() + LONGEST_START
    while process.poll() is None and time.monotonic() < until:
        if os.fstat(out.fileno()).st_size:
            return
        time.sleep(0.002)


def acknowledgements(output: bytes) -> Iterator[str]:
    """The SHA-256 of what was acknowledged; a last line cut short says nothing."""
    for line in output.split(b"\n")[:-1]:
        if not line.startswith(b"{"):
            yield line.decode()
            continue
        record = json.loads(line)
        if record["outcome"] != "refused":
            yield hashlib.sha256(Path(record["input"]["name"]).read_bytes()).hexdigest()


def look(path: Path, acknowledged: set[str], tally: Tally) -> None:
    """What the archive looks like after a kill."""
    try:
        with Archive.open(path) as archive:
            report = archive.verify_chain()
    except NoArchive:
        tally.before_the_archive += 1
        if acknowledged:
            tally.problems.append(f"{path.name}: no archive, but pictures were acknowledged")
        return
    tally.problems += [f"{path.name}: {problem}" for problem in report.problems]
    with closing(sqlite3.connect(path)) as plain:
        stored = {row[0] for row in plain.execute("SELECT sha256 FROM pictures")}
        for what, sql in TWICE.items():
            if found := plain.execute(sql).fetchall():
                tally.problems.append(f"{path.name}: {len(found)} {what}")
    tally.stored = len(stored)
    if lost := acknowledged - stored:
        tally.problems.append(f"{path.name}: {len(lost)} acknowledged pictures are lost")


def table(tally: Tally, seconds: float) -> str:
    """What is printed at the end."""
    counted = Counter(problem.split(": ", 1)[1] for problem in tally.problems)
    rows = {
        "killed while running": tally.kills,
        "ended by themselves": tally.ended_by_themselves,
        "killed before there was an archive": tally.before_the_archive,
        "pictures acknowledged": tally.acknowledged,
        "pictures in the last archive": tally.stored,
        "problems": len(tally.problems),
        **counted,
    }
    machine = f"{platform.platform()}, Python {platform.python_version()}"
    lines = [f"{machine}, SQLite {sqlite3.sqlite_version}, {seconds:.0f} s", ""]
    return "\n".join(lines + [f"{what:40} {number:>10}" for what, number in rows.items()])


def main() -> int:
    """Exit 1 if anything was found wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--command", default=OWN, help="what to kill, with {archive} in it")
    parser.add_argument("--seed", type=int, default=1, help="of the moments to kill at")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(options.kills, options.command, options.seed, Path(folder))
    print(table(tally, time.monotonic() - begun))
    return 1 if tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
