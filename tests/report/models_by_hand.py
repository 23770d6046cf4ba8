"""Records of the house made by hand, after the example in the contract."""

from __future__ import annotations

from datetime import UTC, datetime

from provenance import dates
from provenance.models import (
    Alteration,
    AlterationKind,
    Claim,
    Comparison,
    Coverage,
    Fact,
    Finding,
    FindingKind,
    How,
    Lead,
    Lookup,
    Match,
    Means,
    Outcome,
    Part,
    Picture,
    Proof,
    Query,
    Relation,
    Sighting,
    Strength,
    Support,
    Trust,
)

SHA = "ab" * 32
RECORDED = datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)


def weigh(sighting: Sighting, *, by_hash_alone: bool) -> Strength:
    """Strengths that show what was asked; the true rules are another room's."""
    if sighting.revoked or sighting.trust is Trust.CONTESTED:
        return Strength.NONE
    if sighting.means is Means.HELD:
        return Strength.DOCUMENTED
    return Strength.INDICATION if by_hash_alone else Strength.REPORTED


def picture(number: int = 17, **changes) -> Picture:
    values = {
        "id": number,
        "sha256": SHA,
        "name": "agency/2019/strike.jpg",
        "path": "/data/agency/2019/strike.jpg",
        "width": 800,
        "height": 600,
        "format": "JPEG",
        "frames": 1,
        "phash": "0123456789abcdef",
        "pdq": "f0" * 32,
        "pdq_quality": 100,
        "has_raster": True,
        "added": RECORDED,
    }
    return Picture(**(values | changes))


def sighting(number: int = 40, date: str | None = "2019", **changes) -> Sighting:
    values = {
        "id": number,
        "picture": 17,
        "date": dates.parse(date) if date else None,
        "means": Means.PUBLISHED,
        "how": How.STATED,
        "recorded": RECORDED,
        "source": "agency",
        "trust": Trust.OWN,
        "collections": ("agency/2019",),
    }
    return Sighting(**(values | changes))


def held(number: int = 41) -> Sighting:
    return sighting(
        number,
        "2024-05-06T07:08:09Z",
        means=Means.HELD,
        how=How.ARCHIVE_LOG,
        source=None,
    )


def comparison(**changes) -> Comparison:
    values = {
        "relation": Relation.SAME_PICTURE,
        "proof": Proof("pixels", inliers=143, pixels_compared=True, agreement=0.97531),
        "region": ((24.0, 310.04), (696.0, 310.0), (696.0, 812.0), (24.0, 812.0)),
        "covers": 0.6200001,
        "share_of_query": 0.4,
        "alterations": (
            Alteration(AlterationKind.MIRRORED),
            Alteration(AlterationKind.CROPPED, {"kept": 0.62, "lost": ["left", "bottom"]}),
            Alteration(AlterationKind.OVERLAID, {"share": 0.18, "where": "top"}),
        ),
    }
    return Comparison(**(values | changes))


def match(**changes) -> Match:
    values = {"picture": picture(), "comparison": comparison(), "sightings": (sighting(), held())}
    return Match(**(values | changes))


QUERY = Query(
    name="drop/a.jpg",
    sha256="cd" * 32,
    phash="fedcba9876543210",
    pdq="0f" * 32,
    pdq_quality=100,
    width=720,
    height=1280,
    format="JPEG",
    frames=1,
)
COVERAGE = Coverage(
    pictures=1800,
    sightings=3603,
    sources=3,
    earliest=datetime(2011, 12, 31, 10, tzinfo=UTC),
    latest=datetime(2024, 5, 4, 11, 59, 59, tzinfo=UTC),
)
COMPARED = ("sha256", "hash", "keypoints", "pixels")


def matched(**changes) -> Lookup:
    values = {
        "query": QUERY,
        "outcome": Outcome.MATCHED,
        "coverage": COVERAGE,
        "compared": COMPARED,
        "matches": (match(),),
        "parts": (Part(((0, 0), (720, 0), (720, 600), (0, 600)), (0,)),),
        "facts": (Fact("captured", "2019:06:14", How.EXIF, dates.parse("2019-06-14")),),
        "contradictions": ("taken after it was recorded",),
    }
    return Lookup(**(values | changes))


def missed(**changes) -> Lookup:
    values = {
        "query": QUERY,
        "outcome": Outcome.NOT_IN_ARCHIVE,
        "coverage": COVERAGE,
        "compared": COMPARED,
    }
    return Lookup(**(values | changes))


def unreadable(name: str = "drop/b.txt") -> Lookup:
    return Lookup(
        query=Query(name=name),
        outcome=Outcome.UNREADABLE,
        coverage=COVERAGE,
        reason="not_image",
        detail="This is no image.",
    )


CLAIM = Claim(
    text="Angriff heute früh",
    date=dates.parse("2023-10-23"),
    posted=dates.parse("2023-10-24"),
    place="Gaza",
)
SENTENCE = (
    "According to “agency”, the same photograph dates from 2019 (year only), at least "
    "3 years 9 months before the claimed date; this tool did not check that date."
)
FINDING = Finding(
    kind=FindingKind.SEEN_BEFORE_CLAIM,
    sentence=SENTENCE,
    support=Support(
        Strength.REPORTED, "event", datetime(2020, 1, 1, 11, 59, 59, tzinfo=UTC), (40,)
    ),
    lead=Lead(1389, None),
)
