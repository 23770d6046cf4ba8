"""An archive and things to put into it, made of numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from provenance.archive import Archive, SavedCheck
from provenance.dates import Date, Precision
from provenance.models import (
    Alteration,
    AlterationKind,
    Claim,
    Comparison,
    Examined,
    Finding,
    FindingKind,
    Fingerprint,
    How,
    Intake,
    Lead,
    Lookup,
    Match,
    Means,
    NewCollection,
    NewSighting,
    Outcome,
    Proof,
    Query,
    Relation,
    Strength,
    Support,
    Trust,
)

MakeExamined = Callable[..., Examined]
MakeIntake = Callable[..., Intake]
MakeSighting = Callable[..., NewSighting]


def year(number: int) -> Date:
    """A whole year in an unknown zone."""
    return Date(
        str(number),
        datetime(number - 1, 12, 31, 10, tzinfo=UTC),
        datetime(number + 1, 1, 1, 11, 59, 59, tzinfo=UTC),
        Precision.YEAR,
    )


def examined_of(seed: object, *, pixels: bool = True) -> Examined:
    digest = hashlib.sha256(f"picture {seed}".encode())
    return Examined(
        sha256=digest.hexdigest(),
        size=1000,
        format="JPEG",
        frames=1,
        width=500,
        height=400,
        decoder="pillow 12",
        fingerprints=(
            Fingerprint("pdq_v1", hashlib.sha256(f"pdq {seed}".encode()).digest(), 90),
            Fingerprint("phash_v1", hashlib.sha256(f"phash {seed}".encode()).digest()[:8]),
        ),
        keypoints=Fingerprint("orb_cv5_v1", digest.digest() * 30) if pixels else None,
        raster=b"raster" + digest.digest() * 60 if pixels else None,
        thumbnail=b"thumbnail" + digest.digest() * 60 if pixels else None,
    )


def sighting_of(number: int | None = 2019, **changes: object) -> NewSighting:
    fields: dict[str, object] = {
        "date": year(number) if number else None,
        "means": Means.PUBLISHED,
        "how": How.STATED,
        "source": "agency",
        "trust": Trust.OWN,
    }
    return NewSighting(**(fields | changes))  # type: ignore[arg-type]


def intake_of(
    seed: object,
    *sightings: NewSighting,
    collection: str = "first",
    examined: Examined | None = None,
    **fields: object,
) -> Intake:
    return Intake(
        name=f"drop/{seed}.jpg",
        path=f"/data/drop/{seed}.jpg",
        collection=NewCollection(collection),
        examined=examined or examined_of(seed),
        sightings=sightings,
        **fields,  # type: ignore[arg-type]
    )


@pytest.fixture
def examined() -> MakeExamined:
    return examined_of


@pytest.fixture
def sighting() -> MakeSighting:
    return sighting_of


@pytest.fixture
def intake() -> MakeIntake:
    return intake_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path, create=True, actor="Mona") as opened:
        yield opened


@dataclass(frozen=True)
class Asked:
    """A look-up with its claim and finding, ready to be saved."""

    lookup: Lookup
    examined: Examined
    claim: Claim
    finding: Finding
    record: dict[str, object]

    def save(self, archive: Archive) -> SavedCheck:
        return archive.save_check(self.lookup, self.examined, self.claim, self.finding, self.record)


def asked_of(
    archive: Archive,
    seed: object,
    *pictures: int,
    claim: Claim | None = None,
    sentence: str = "According to “agency”, the same photograph dates from 2019.",
    relation: Relation = Relation.SAME_PICTURE,
) -> Asked:
    """A check of the picture ``seed`` that matched these pictures of the archive."""
    examined = examined_of(seed)
    sightings = archive.sightings_of(pictures)
    proof = Proof("pixels", inliers=143, pixels_compared=True, agreement=0.97)
    comparison = Comparison(
        relation,
        proof,
        ((0, 0), (500, 0), (500, 400), (0, 400)),
        0.62,
        1.0,
        (Alteration(AlterationKind.CROPPED, {"kept": 0.62, "lost": ["left"]}),),
    )
    matches = tuple(Match(archive.picture(p), comparison, sightings[p]) for p in pictures)
    query = Query(name=f"query/{seed}.jpg", sha256=examined.sha256, width=500, height=400)
    lookup = Lookup(query, Outcome.MATCHED, archive.coverage(), matches=matches)
    rests_on = tuple(match.sightings[0].id for match in matches)
    finding = Finding(
        FindingKind.SEEN_BEFORE_CLAIM,
        sentence,
        support=Support(Strength.REPORTED, "event", datetime(2020, 1, 1, tzinfo=UTC), rests_on),
        lead=Lead(1389, None),
    )
    record = {
        "query": {"name": query.name, "sha256": query.sha256},
        "matches": [{"picture": m.picture.id, "name": m.picture.name} for m in matches],
        "finding": {"sentence": sentence},
    }
    return Asked(lookup, examined, claim or Claim(text="Smoke over the port"), finding, record)


@pytest.fixture
def asked() -> Callable[..., Asked]:
    return asked_of
