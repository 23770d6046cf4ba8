"""Dates that somebody planted, clocks that were reset, zones that nobody wrote: no wrong finding.

Each case goes the whole way: bytes with metadata -> facts -> sightings in an archive -> finding.
Only decoding is left out, which reads no dates. The claimed event is of 23 October 2023.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from provenance import metadata, read_date
from provenance.archive import Archive
from provenance.check import check
from provenance.ingest import intake
from provenance.lookup import Looked
from provenance.models import (
    Claim,
    Comparison,
    Conflict,
    Coverage,
    Entry,
    Examined,
    How,
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
from provenance.wording import contradiction

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("planted", HERE / "planted.py")
assert spec is not None
assert spec.loader is not None
planted = importlib.util.module_from_spec(spec)
sys.modules["planted"] = planted
spec.loader.exec_module(planted)
Planted = planted.Planted

CLAIM = Claim(date=read_date("2023-10-23").date, place="Kyiv")
NOT_SUPPORTED = "seen date_not_supported"
BEFORE = "seen_before_claim"
OVERLAPS = "overlaps_claim"
AFTER = "seen_after_claim"
VOUCHED = "delivered by the photographer"

# What the file says, what is vouched, the name, what must be found.
CASES: list[tuple[str, Planted, str | None, str, str]] = [
    # Planted dates: nobody vouched, so they are a reason to look and no more.
    ("planted in EXIF", Planted("2015:05:05 10:00:00"), None, "a.jpg", NOT_SUPPORTED),
    ("with a zone", Planted("2015:05:05 10:00:00", "+03:00"), None, "a.jpg", NOT_SUPPORTED),
    ("planted in XMP", Planted(xmp="2015-05-05T10:00:00+03:00"), None, "a.jpg", NOT_SUPPORTED),
    ("planted in IPTC", Planted(iptc="20150505 100000+0300"), None, "a.jpg", NOT_SUPPORTED),
    ("an IPTC day", Planted(iptc="20150505"), None, "a.jpg", NOT_SUPPORTED),
    ("an XMP year", Planted(xmp="2015"), None, "a.jpg", NOT_SUPPORTED),
    (
        "in all three",
        Planted("2015:05:05 10:00:00", xmp="2015-05-05", iptc="20150505"),
        None,
        "a.jpg",
        NOT_SUPPORTED,
    ),
    ("in the name", Planted(), None, "IMG_20150505_100000.jpg", NOT_SUPPORTED),
    ("in a Pixel's name", Planted(), None, "PXL_20150505_100000123.jpg", NOT_SUPPORTED),
    ("one day before", Planted("2023:10:20 10:00:00"), None, "a.jpg", NOT_SUPPORTED),
    ("one minute before", Planted("2023:10:22 23:59:00", "+00:00"), None, "a.jpg", NOT_SUPPORTED),
    ("after the claim", Planted("2024:10:22 23:59:00", "+00:00"), None, "a.jpg", NOT_SUPPORTED),
    ("GPS time alone", Planted(gps="2015:05:05 10:00:00"), None, "a.jpg", OVERLAPS),
    ("changed long ago", Planted(changed="2015:05:05 10:00:00"), None, "a.jpg", OVERLAPS),
    ("a messenger's name", Planted(), None, "IMG-20150505-WA0001.jpg", NOT_SUPPORTED),
    ("a screenshot's name", Planted(), None, "Screenshot_20150505-100000.jpg", NOT_SUPPORTED),
    ("a day in any name", Planted(), None, "kyiv 2015-05-05.jpg", NOT_SUPPORTED),
    # Dates that cannot be: shown, never used, also where somebody vouched.
    ("zeros", Planted("0000:00:00 00:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("blanks", Planted("    :  :     :  :  "), VOUCHED, "a.jpg", OVERLAPS),
    ("1919", Planted("1919:05:05 10:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("1904", Planted("1904:01:01 00:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("1970", Planted("1970:01:01 00:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("1970 and an hour", Planted("1970:01:01 01:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("1980", Planted("1980:01:01 00:00:12"), VOUCHED, "a.jpg", OVERLAPS),
    ("2038", Planted("2038:01:19 03:14:07"), VOUCHED, "a.jpg", OVERLAPS),
    ("2099", Planted("2099:09:29 10:10:10"), VOUCHED, "a.jpg", OVERLAPS),
    ("script code", Planted("<script>alert(1)</script>"), VOUCHED, "a.jpg", OVERLAPS),
    ("code in XMP", Planted(xmp="2015&lt;script&gt;"), VOUCHED, "a.jpg", OVERLAPS),
    ("SQL", Planted("2015'); DROP TABLE sightings;--"), VOUCHED, "a.jpg", OVERLAPS),
    ("29 February", Planted("2019:02:29 10:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("month 13", Planted("2019:13:01 10:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("hour 25", Planted("2019:05:05 25:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("minute 61", Planted("2019:05:05 10:61:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("a year of two digits", Planted("15:05:05 10:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("a word", Planted("yesterday"), VOUCHED, "a.jpg", OVERLAPS),
    (
        "Arabic digits",
        Planted(xmp="\u0662\u0660\u0661\u0665"),
        VOUCHED,
        "a.jpg",
        OVERLAPS,
    ),
    ("1799 in IPTC", Planted(iptc="17990505"), VOUCHED, "a.jpg", OVERLAPS),
    ("2099 in XMP", Planted(xmp="2099-01-05"), VOUCHED, "a.jpg", OVERLAPS),
    ("an impossible name", Planted(), None, "IMG_20151305_100000.jpg", OVERLAPS),
    # Clocks that were reset: the day at which they start is no day.
    ("reset to 2000", Planted("2000:01:01 00:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("hours after a reset", Planted("2000:01:01 03:12:45"), VOUCHED, "a.jpg", OVERLAPS),
    ("reset to 2005", Planted("2005:01:01 00:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("reset to 2016", Planted("2016:01:01 00:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("a year as 1 January", Planted(xmp="2015-01-01T00:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("1 January with a zone", Planted(xmp="2015-01-01T00:00:00Z"), VOUCHED, "a.jpg", OVERLAPS),
    ("IPTC midnight", Planted(iptc="20150101 000000+0000"), VOUCHED, "a.jpg", OVERLAPS),
    (
        "reset, but GPS knows",
        Planted("2009:03:03 10:00:00", gps="2023:10:23 07:00:00"),
        VOUCHED,
        "a.jpg",
        NOT_SUPPORTED,
    ),
    (
        "reset, but XMP knows",
        Planted("2009:03:03 10:00:00", xmp="2023-10-23T10:00:00"),
        VOUCHED,
        "a.jpg",
        NOT_SUPPORTED,
    ),
    (
        "reset, but IPTC knows",
        Planted("2009:03:03 10:00:00", iptc="20231023"),
        VOUCHED,
        "a.jpg",
        NOT_SUPPORTED,
    ),
    (
        "reset, but its name knows",
        Planted("2009:03:03 10:00:00"),
        VOUCHED,
        "IMG_20231023_100000.jpg",
        NOT_SUPPORTED,
    ),
    (
        "changed before captured",
        Planted("2019:03:03 10:00:00", changed="2012:03:03 10:00:00"),
        VOUCHED,
        "a.jpg",
        NOT_SUPPORTED,
    ),
    (
        "sent before captured",
        Planted("2019:03:03 10:00:00"),
        VOUCHED,
        "IMG-20120303-WA0001.jpg",
        NOT_SUPPORTED,
    ),
    # Zones that nobody wrote: before only where it is before everywhere.
    ("the day before", Planted("2023:10:22 10:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("the evening before", Planted("2023:10:22 23:59:59"), VOUCHED, "a.jpg", OVERLAPS),
    ("two days before", Planted("2023:10:21 10:00:00"), VOUCHED, "a.jpg", BEFORE),
    ("21 October at 22:00", Planted("2023:10:21 22:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("zone known, before", Planted("2023:10:22 09:00:00", "+00:00"), VOUCHED, "a.jpg", BEFORE),
    (
        "zone known, not before",
        Planted("2023:10:22 11:00:00", "+00:00"),
        VOUCHED,
        "a.jpg",
        OVERLAPS,
    ),
    ("far west", Planted("2023:10:22 09:00:00", "-10:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("far east", Planted("2023:10:22 21:00:00", "+13:00"), VOUCHED, "a.jpg", BEFORE),
    ("no such offset", Planted("2023:10:22 21:00:00", "+99:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("an IPTC day before", Planted(iptc="20231022"), VOUCHED, "a.jpg", OVERLAPS),
    ("an IPTC day, three before", Planted(iptc="20231020"), VOUCHED, "a.jpg", BEFORE),
    ("an XMP month before", Planted(xmp="2023-09"), VOUCHED, "a.jpg", BEFORE),
    ("an XMP month around", Planted(xmp="2023-10"), VOUCHED, "a.jpg", OVERLAPS),
    ("an XMP year around", Planted(xmp="2023"), VOUCHED, "a.jpg", OVERLAPS),
    ("the day itself", Planted("2023:10:23 12:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("the day after", Planted("2023:10:24 10:00:00"), VOUCHED, "a.jpg", OVERLAPS),
    ("days after", Planted("2023:10:28 10:00:00"), VOUCHED, "a.jpg", AFTER),
    # What vouching is for, and what it does not carry.
    ("vouched EXIF", Planted("2015:05:05 10:00:00"), VOUCHED, "a.jpg", BEFORE),
    ("blank vouching", Planted("2015:05:05 10:00:00"), "  ", "a.jpg", NOT_SUPPORTED),
    ("a vouched name", Planted(), VOUCHED, "IMG_20150505_100000.jpg", NOT_SUPPORTED),
    (
        "GPS agrees",
        Planted("2015:05:05 10:00:00", gps="2015:05:05 07:00:00"),
        VOUCHED,
        "a.jpg",
        BEFORE,
    ),
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db", create=True) as archive:
        yield archive


def examined(data: bytes, name: str) -> Examined:
    told = metadata.read(data, name)
    return Examined(
        sha256="ab" * 32,
        size=len(data),
        format="JPEG",
        frames=1,
        width=8,
        height=8,
        decoder="none",
        fingerprints=(),
        facts=told.facts,
        blocks=told.blocks,
    )


def judged(archive: Archive, data: bytes, name: str, entry: Entry, claim: Claim = CLAIM):
    read = examined(data, name)
    (added,) = archive.add([intake(entry, read)])
    picture = archive.picture(added.picture)
    same = Comparison(Relation.IDENTICAL_FILE, Proof("sha256"), None, 1.0, 1.0)
    match = Match(picture, same, archive.sightings_of([picture.id])[picture.id])
    lookup = Lookup(
        Query(name, read.sha256),
        Outcome.MATCHED,
        Coverage(1, 1, 0, None, None),
        matches=(match,),
        facts=read.facts,
    )
    return check(archive, Looked(lookup, read, entry), claim)


def entry_of(name: str, **more) -> Entry:
    return Entry(name, path=name, collection=NewCollection("c"), **more)


def kind_of(checked) -> str:
    reason = checked.finding.reason
    return f"{checked.finding.kind} {reason}" if reason else str(checked.finding.kind)


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
    assert len({case[0] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(
    ("says", "vouched", "name", "found"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_no_wrong_finding(archive, says, vouched: str | None, name: str, found: str) -> None:
    checked = judged(archive, says.jpeg(), name, entry_of(name, vouched=vouched))
    assert kind_of(checked) == found
    strengths = {
        s["strength"]
        for s in checked.record["matches"][0]["sightings"]
        if s["how"] in ("exif", "xmp", "iptc", "file_name")
    }
    allowed = {"indication", "none"} | (
        {"reported"} if found in (BEFORE, OVERLAPS, AFTER) else set()
    )
    assert strengths <= allowed


@pytest.mark.parametrize("trust", [Trust.CONTESTED, Trust.UNREVIEWED])
def test_vouching_does_not_outweigh_trust(archive, trust: Trust) -> None:
    entry = entry_of("a.jpg", vouched=VOUCHED, trust=trust)
    checked = judged(archive, Planted("2015:05:05 10:00:00").jpeg(), "a.jpg", entry)
    assert kind_of(checked) != BEFORE


# ------------------------------------------------------------- what does not fit together

SAID = [
    (Planted("2015:05:05 10:00:00"), Conflict.BEFORE_CLAIM),
    (Planted("2024:05:05 10:00:00"), Conflict.AFTER_SIGHTING),
    (Planted("2023:05:05 10:00:00", changed="2023:05:09 10:00:00"), Conflict.EDITED_AFTER),
    (Planted("2023:05:05 10:00:00", changed="2022:05:09 10:00:00"), Conflict.USED_BEFORE),
    (Planted("2023:05:05 10:00:00", gps="2022:05:09 10:00:00"), Conflict.CAPTURED_TWICE),
    (Planted("2023:05:05 10:00:00", "+10:00", at="Kyiv"), Conflict.ZONE),
    (Planted("2023:05:05 10:00:00", at="Sydney"), Conflict.FAR),
]
UNSAID = [
    (Planted("2023:10:23 10:00:00"), set(Conflict)),
    (Planted("2023:10:23 10:00:00", changed="2023:10:23 19:00:00"), set(Conflict)),
    (Planted("2023:10:23 10:00:00", "+03:00", at="Kyiv"), set(Conflict)),
    # One hour off is the summer's hour that somebody forgot.
    (Planted("2023:10:23 10:00:00", "+02:00", at="Kyiv"), set(Conflict)),
    (Planted("2023:10:23 10:00:00", "+09:00", at="nowhere"), {Conflict.ZONE, Conflict.FAR}),
    (Planted("2099:05:05 10:00:00", at="nowhere"), set(Conflict)),
]


def conflicts(says: Planted, claim: Claim = CLAIM) -> set[Conflict]:
    known = read_date("2023-12-01").date
    return {
        c.kind
        for c in metadata.contradictions.among(examined(says.jpeg(), "a.jpg").facts, claim, known)
    }


@pytest.mark.parametrize(("says", "conflict"), SAID)
def test_what_does_not_fit_is_said(says: Planted, conflict: Conflict) -> None:
    assert conflict in conflicts(says)


@pytest.mark.parametrize(("says", "none_of"), UNSAID)
def test_what_has_an_innocent_explanation_is_not(says: Planted, none_of: set[Conflict]) -> None:
    assert not conflicts(says) & none_of


@pytest.mark.parametrize(
    ("place", "far"),
    [
        ("Sydney", False),
        ("Sydney, Australia", False),
        ("-33.9, 151.2", False),
        ("33.9° S, 151.2° E", False),
        ("Australia", False),
        ("سيدني", False),
        ("Сидней", False),
        ("Kyiv", True),
        ("Київ", True),
        ("Kiew", True),
        ("Ukraine", True),
        ("50.4, 30.5", True),
        ("a village that no table knows", False),
        ("", False),
    ],
)
def test_far_is_measured_to_whatever_the_place_may_mean(place: str, far: bool) -> None:
    says = Planted("2023:10:23 10:00:00", at="Sydney")
    assert (Conflict.FAR in conflicts(says, Claim(place=place))) == far


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_contradiction_has_words(archive, lang: str) -> None:
    for says, _ in SAID:
        facts = examined(says.jpeg(), "a.jpg").facts
        for each in metadata.contradictions.among(facts, CLAIM, read_date("2023-12-01").date):
            words = contradiction(each, lang)
            assert words.endswith(".")
            assert "{" not in words
            if each.kind is Conflict.FAR:
                assert "km" in words


def test_the_problem_of_a_date_is_named(archive) -> None:
    says = Planted("2099:09:29 10:10:10", xmp="<script>".replace("<", "&lt;"))
    checked = judged(archive, says.jpeg(), "a.jpg", entry_of("a.jpg"))
    told = {f["value"]: f["problem"] for f in checked.record["metadata"]["facts"]}
    assert told["2099:09:29 10:10:10"] == "future"
    assert "not_a_date" in told.values()


def test_a_stated_date_is_not_moved_by_what_the_file_says(archive) -> None:
    stated = NewSighting(
        read_date("2023-10-24").date, Means.PUBLISHED, How.STATED, source="agency", trust=Trust.OWN
    )
    entry = entry_of("a.jpg", sighting=stated)
    checked = judged(archive, Planted("2015:05:05 10:00:00").jpeg(), "a.jpg", entry)
    assert kind_of(checked) == OVERLAPS
    told = " ".join(checked.record["metadata"]["contradictions"])
    assert "before the claimed event" in told
