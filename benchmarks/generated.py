"""Generated pictures and checks, by the million: an archive as large as a desk may once have.

Dates, sources, places and captions of pictures that nobody took; most checks are about few
pictures, as they are. What follows from a claim is judged as in any check.
"""

from __future__ import annotations

import hashlib
import random
import time
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from provenance.archive import Archive
from provenance.check import weigh
from provenance.dates import Date, parse
from provenance.finding import judge
from provenance.models import (
    Alteration,
    AlterationKind,
    Claim,
    Comparison,
    Coverage,
    How,
    Intake,
    Lookup,
    Match,
    Means,
    NewCollection,
    NewSighting,
    Outcome,
    Proof,
    Query,
    Relation,
    Trust,
)
from provenance.report.decision import review_state_record
from provenance.report.record import check_record

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


# ---------------------------------------------------------------------------------- checks


def build_checks(folder: Path, checks: int, seconds: float) -> int:
    """Store checks until there are so many, or the time is over; checks that are missing."""
    until = time.monotonic() + seconds
    with closing(Archive.open(folder / "archive.db", actor="benchmark")) as archive:
        there = int(archive.status()["checks"])
        # What is generated need not outlive a power cut; a commit for each check is slow enough.
        archive._connection.execute("PRAGMA synchronous = OFF")  # noqa: SLF001
        coverage = archive.coverage()
        while there < checks and time.monotonic() < until:
            _store_check(archive, there, coverage)
            there += 1
    print(f"{there:,} checks", flush=True)
    return max(0, checks - there)


def _store_check(archive: Archive, number: int, coverage: Coverage) -> None:
    """One check; two of three find something, few pictures are found again and again."""
    dice = random.Random(number)
    pictures = archive.coverage().pictures
    found = [
        1 + int(pictures * dice.random() ** 9) for _ in range(dice.choice((0, 1, 1, 1, 3, 12)))
    ]
    every = tuple(_match(archive, each, dice) for each in dict.fromkeys(found))
    claim = Claim(
        text=f"{_caption(number, dice)} {dice.randint(0, 300)}",
        date=parse(f"{dice.randint(2012, 2024)}-{dice.randint(1, 12):02}"),
        place=f"Place {int(PLACES * dice.random() ** 2)}",
        url=f"https://example.net/post/{number}",
    )
    lookup = Lookup(
        query=_query(number, dice),
        outcome=Outcome.MATCHED if every else Outcome.NOT_IN_ARCHIVE,
        coverage=coverage,
        compared=("sha256", "hash", "keypoints", "pixels"),
        matches=every[:3],
        similar_scenes=tuple(map(_as_scene, every[3:])),
    )
    finding = judge(claim, lookup)
    record = check_record(lookup, claim, finding, strength=partial(weigh, claim=claim))
    record["review"] = review_state_record((), flagged=False)
    archive.save_check(lookup, None, claim, finding, record)


def _query(number: int, dice: random.Random) -> Query:
    """Some files come again under other claims, one of them with every storm."""
    file = 0 if dice.random() < 0.005 else number - number % dice.choice((1, 1, 1, 5))
    digest = hashlib.sha256(f"query {file}".encode()).hexdigest()
    return Query(f"drop/picture {number}.jpg", digest, width=1200, height=800, format="JPEG")


def _match(archive: Archive, picture: int, dice: random.Random) -> Match:
    corners = ((24.0, 31.0), (1100.0, 31.0), (1100.0, 700.0), (24.0, 700.0))
    altered = (
        Alteration(AlterationKind.CROPPED, {"kept": 0.8, "lost": ["left", "bottom"]}),
        Alteration(AlterationKind.RESIZED, {"factor": 0.5}),
    )
    proof = Proof("pixels", inliers=dice.randint(30, 900), pixels_compared=True, agreement=0.97)
    comparison = Comparison(Relation.SAME_PICTURE, proof, corners, 0.8, 0.7, altered)
    return Match(archive.picture(picture), comparison, archive.sightings_of([picture])[picture])


def _as_scene(match: Match) -> Match:
    comparison = replace(match.comparison, relation=Relation.SIMILAR_SCENE)
    return replace(match, comparison=comparison)
