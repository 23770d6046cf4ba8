# ruff: noqa: RUF001 - the signs of several languages are what is tested
"""Findings: the table of cases worked out from the contract, and the sentences."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from provenance import dates
from provenance.finding import judge, sighting_order, strength
from provenance.models import (
    Alteration,
    AlterationKind,
    Claim,
    Comparison,
    Coverage,
    Fact,
    Finding,
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
    Trust,
)

RECORDED = datetime(2026, 11, 22, 12, tzinfo=UTC)
CASES = Path(__file__).parent / "cases" / "findings.tsv"
COVERAGE = Coverage(
    812,
    1603,
    3,
    datetime(2011, 12, 31, 10, tzinfo=UTC),
    datetime(2024, 5, 4, 11, 59, 59, tzinfo=UTC),
)
FLAGS = ("image_record", "weak_page", "validated", "confirmed", "rejected", "revoked")
FRAME = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


# --------------------------------------------------------------- reading a row of the table


def date(text: str) -> dates.Date | None:
    text, _, zone = text.partition("@")
    return None if text in {"", "-"} else dates.parse(text, zone=zone or None)


def sighting(number: int, written: str) -> Sighting:
    """As ``tests/cases/README.md`` describes it."""
    means, *words = written.split()
    if means == "held":
        return held(number, *words)
    known = {k: unquote(v) for k, _, v in (w.partition("=") for w in words[1:] if "=" in w)}
    recorded = known.pop("recorded", None)
    return Sighting(
        number,
        1,
        date(words[0]),
        Means(means),
        How(known.pop("how", "stated")),
        datetime.fromisoformat(recorded) if recorded else RECORDED,
        trust=Trust(known.pop("trust", "own")),
        source=known.pop("source", "agency"),
        url=known.pop("url", None),
        caption=known.pop("caption", None),
        vouched=known.pop("vouched", None),
        **{flag: flag in words for flag in FLAGS},
    )


def held(number: int, when: str = RECORDED.isoformat(), how: str = "how=archive_log") -> Sighting:
    instant = datetime.fromisoformat(when)
    known = dates.from_instant(instant)
    via = How(how.partition("=")[2])
    return Sighting(number, 1, known, Means.HELD, via, instant, trust=Trust.OWN)


def match(*written: str, **comparison: Any) -> Match:
    picture = Picture(
        1,
        "0" * 64,
        "a.jpg",
        None,
        9,
        9,
        "JPEG",
        1,
        None,
        None,
        None,
        has_raster=True,
        added=RECORDED,
    )
    compared = Comparison(
        Relation.SAME_PICTURE, Proof("pixels", inliers=143, pixels_compared=True), None, 0.62, 0.9
    )
    sightings = tuple(sighting(n, w) for n, w in enumerate(written, 1))
    return Match(picture, replace(compared, **comparison), sightings)


def lookup(*matches: Match, **fields: Any) -> Lookup:
    outcome = Outcome.MATCHED if matches else Outcome.NOT_IN_ARCHIVE
    return replace(Lookup(Query("q.jpg"), outcome, COVERAGE, matches=matches), **fields)


def claimed(when: str = "2023-10-23", posted: str = "", url: str | None = None) -> Claim:
    return Claim(date=date(when), posted=date(posted), url=url)


def told(finding: Finding) -> dict[str, str]:
    """A finding in the columns of the table."""
    support, lead = finding.support, finding.lead or Lead(None, None)
    assert support is not None
    values = {
        "kind": finding.kind,
        "reason": finding.reason,
        "strength": support.strength,
        "rests_on": ",".join(map(str, support.rests_on)),
        "at_least": lead.at_least,
        "at_most": lead.at_most,
        "at_least_minutes": lead.at_least_minutes,
        "at_most_minutes": lead.at_most_minutes,
    }
    return {name: "" if value is None else str(value) for name, value in values.items()}


def cases() -> Iterator[Any]:
    with CASES.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            yield pytest.param(row, id=f"{row['group']}: {row['sightings']} | {row['claim']}")


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: dict[str, str]) -> None:
    relation = Relation.IDENTICAL_FILE if case["method"] == "sha256" else Relation.SAME_PICTURE
    found = judge(
        claimed(case["claim"], case["posted"], case["claim_url"] or None),
        lookup(
            match(*case["sightings"].split(";"), relation=relation, proof=Proof(case["method"]))
        ),
    )
    assert told(found) == {name: case[name] for name in told(found)}, case["note"]


def test_the_table_holds_at_least_two_hundred_cases() -> None:
    assert len(list(cases())) >= 200


# ------------------------------------------------------------------------------ sentences


def sentence(*written: str, when: str = "2023-10-23", lang: str = "en", **comparison: Any) -> str:
    return judge(claimed(when), lookup(match(*written, **comparison)), lang=lang).sentence


CRAWL = "crawled 2019-03-04 how=crawl_record image_record url=https://www.example.com/u/name/a.jpg"


def test_documented_by_a_crawl() -> None:
    assert sentence(CRAWL, "held") == (
        "The same photograph was online on 4 March 2019 (crawl of example.com), "
        "at least 4 years 7 months before the claimed date."
    )
    assert sentence(CRAWL, "held", lang="de") == (
        "Dasselbe Foto war am 4. März 2019 online (Abruf von example.com), "
        "mindestens 4 Jahre 7 Monate vor dem behaupteten Datum."
    )


def test_reported() -> None:
    mirrored = (Alteration(AlterationKind.MIRRORED),)
    assert sentence("published 2019", "held", alterations=mirrored) == (
        "According to “agency”, the same photograph dates from 2019 (year only), at least "
        "3 years 9 months before the claimed date; this tool did not check that date. "
        "The copy is mirrored."
    )
    assert sentence("published 2019", "held", alterations=mirrored, lang="de") == (
        "Laut „agency“ gab es dasselbe Foto im Jahr 2019 (nur das Jahr), mindestens "
        "3 Jahre 9 Monate vor dem behaupteten Datum; dieses Programm hat das Datum nicht "
        "geprüft. Die Kopie ist gespiegelt."
    )


def test_indicated() -> None:
    assert sentence("captured 2019 how=exif source=", "held") == (
        "The archive holds the same photograph. "
        "Its only date (2019) comes from the file itself and can be wrong."
    )
    assert sentence("captured 2019 how=exif source=", "held", lang="de") == (
        "Das Archiv enthält dasselbe Foto. "
        "Das einzige Datum (2019) stammt aus der Datei selbst und kann falsch sein."
    )


def test_a_stronger_word_does_not_beat_a_smaller_date() -> None:
    said = sentence("published 2018", CRAWL, "held")
    assert said.startswith("According to “agency”, the same photograph dates from 2018 (year only)")


def test_a_caption_that_says_file_photo_stands_first() -> None:
    said = sentence("published 2019 caption=Archivbild:%20Rauch", "held")
    assert said.startswith("A caption in this archive says “Archivbild” (“agency”). According to")
    assert "caption" not in sentence("published 2019 caption=Archivbild rejected", "held")


def test_the_caption_of_the_query_itself_is_a_fact_too() -> None:
    facts = (
        Fact("caption", "Smoke (file photo)", How.IPTC),
        Fact("camera", "file photo", How.EXIF),
    )
    said = judge(claimed(), lookup(match("published 2019"), facts=facts)).sentence
    assert said.startswith("The file’s own caption says “file photo”. According to “agency”")


def test_after_the_claim_by_minutes() -> None:
    said = sentence("published 2023-11-05T23:10Z", "held", when="2023-11-06T01:30+03:00")
    assert "That is 40 minutes after the claimed date." in said
    assert said.endswith("Its known copies are all later; this says nothing about its age.")


def test_an_unsupported_earlier_date_is_told_beside_later_copies() -> None:
    said = sentence("captured 2010 how=exif source=", "published 2024", "held")
    assert "known copies are all later" in said
    assert said.endswith("A date before that (2010) comes from the file itself and can be wrong.")
    said = sentence("published 2010 trust=contested", "published 2024", "held")
    assert said.endswith(
        "A date before that (2010) supports nothing here: its source is contested."
    )


def test_taken_after_the_claim() -> None:
    assert "dates from 5 May 2024, at least 6 months after the claimed date" in sentence(
        "captured 2024-05-05", "held"
    )


def test_overlapping() -> None:
    assert "dates from 2023 (year only), which overlaps the claimed date;" in sentence(
        "published 2023", "held"
    )


def test_an_open_end_reads_as_one() -> None:
    assert "the same photograph has existed since 2016, which overlaps" in sentence(
        "published 2016/..", "held"
    )


def test_compared_with_the_post_the_sentence_says_so() -> None:
    said = judge(claimed("", "2023-10-24"), lookup(match("published 2019"))).sentence
    assert "before the claim was published (no date of the event is claimed)" in said


def test_without_a_claimed_date() -> None:
    said = judge(None, lookup(match("published 2019"))).sentence
    assert said.endswith("No date is claimed to compare it with.")


def test_an_impossible_date_is_shown_as_a_contradiction() -> None:
    assert "A date given for it (2030) is later than the moment at which it was recorded" in (
        sentence("captured 2030 how=exif", "published 2019", "held")
    )


def test_a_small_match_is_a_detail_of_the_image() -> None:
    assert "“agency”, a detail of this image dates from 2019" in sentence(
        "published 2019", share_of_query=0.09
    )
    assert "the same photograph" in sentence("published 2019", share_of_query=0.10)


def test_fingerprints_alone() -> None:
    said = sentence("published 2019", "held", proof=Proof("hash", distance=12))
    assert said.endswith("Fingerprints agree; no pixels were compared.")
    assert "Its only date (2019) rests on fingerprints alone and can be wrong." in said


def test_the_very_same_file() -> None:
    assert sentence("published 2019", relation=Relation.IDENTICAL_FILE).endswith(
        "The copy is the same file, byte for byte."
    )


def test_of_a_post_only_the_platform_is_named() -> None:
    post = "posted 2019 how=platform source=@somebody url=https://t.me/somebody/5"
    for lang in ("en", "de"):
        assert "somebody" not in sentence(post, "held", lang=lang)
        assert "t.me" in sentence(post, "held", lang=lang)
        assert "somebody" not in sentence(post.partition(" url")[0], "held", lang=lang)
        assert "name" not in sentence(CRAWL, "held", lang=lang)


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (
            COVERAGE,
            (
                "Not among the 812 pictures of this archive (3 sources, 2012 to 2024). "
                "This does not make it new or genuine."
            ),
        ),
        (
            replace(COVERAGE, pictures=1, sources=1),
            (
                "Not the one picture of this archive "
                "(1 source, 2012 to 2024). This does not make it new or genuine."
            ),
        ),
        (
            replace(COVERAGE, sources=0, earliest=None),
            (
                "Not among the 812 pictures of this "
                "archive (no named source). This does not make it new or genuine."
            ),
        ),
        (
            replace(
                COVERAGE,
                earliest=datetime(2018, 12, 31, 10, tzinfo=UTC),
                latest=datetime(2020, 1, 1, 11, 59, 59, tzinfo=UTC),
            ),
            (
                "Not among the 812 pictures of this archive (3 sources, 2019). "
                "This does not make it new or genuine."
            ),
        ),
        (
            replace(COVERAGE, earliest=RECORDED, latest=RECORDED),
            (
                "Not among the 812 pictures of this archive (3 sources, 2026). "
                "This does not make it new or genuine."
            ),
        ),
    ],
)
def test_a_miss_says_what_was_searched(coverage: Coverage, said: str) -> None:
    finding = judge(claimed(), lookup(coverage=coverage))
    assert (finding.kind, finding.reason, finding.sentence) == ("not_in_archive", None, said)


@pytest.mark.parametrize("coverage", [None, Coverage(0, 0, 0, None, None)])
def test_an_empty_archive_clears_nobody(coverage: Coverage | None) -> None:
    finding = judge(claimed(), lookup(coverage=coverage))
    assert (finding.reason, finding.sentence) == (
        "archive_empty",
        "Nothing was compared: this archive is empty.",
    )


def test_what_cannot_be_judged_or_read() -> None:
    blank = lookup(outcome=Outcome.CANNOT_JUDGE, reason="too_little_detail")
    assert judge(claimed(), blank).reason == "too_little_detail"
    broken = lookup(outcome=Outcome.UNREADABLE, reason="truncated")
    finding = judge(claimed(), broken)
    assert (finding.kind, finding.reason) == ("unreadable", "truncated")
    assert finding.sentence == "This file could not be looked at: the file is cut short."


def test_a_similar_scene_is_never_evidence() -> None:
    scene = match("published 2019", relation=Relation.SIMILAR_SCENE)
    assert judge(claimed(), lookup(scene, similar_scenes=(scene,))).kind == "not_in_archive"


# ---------------------------------------------------------------------------------- parts


def test_each_region_has_its_own_finding() -> None:
    both = lookup(
        match("published 2019"),
        match("captured 2010 how=exif source="),
        parts=(Part(FRAME, (0,)), Part(FRAME, (1,))),
    )
    finding = judge(claimed(), both)
    assert finding.kind == "parts"
    assert [part.kind for part in finding.parts] == ["seen_before_claim", "seen"]
    assert finding.sentence.startswith("This image holds several pictures. Part 1: According to")
    assert "Part 2: The archive holds the same photograph." in finding.sentence


def test_one_region_or_a_match_of_the_whole_is_judged_as_one() -> None:
    one = lookup(match("published 2019"), parts=(Part(FRAME, (0,)),))
    assert judge(claimed(), one).kind == "seen_before_claim"
    whole = lookup(
        match("published 2019"),
        match("published 2018"),
        match("published 2017"),
        parts=(Part(FRAME, (0,)), Part(FRAME, (1,))),
    )
    finding = judge(claimed(), whole)
    assert finding.kind == "seen_before_claim"
    assert finding.support is not None
    assert finding.support.no_later_than == datetime(2018, 1, 1, 11, 59, 59, tzinfo=UTC)


# --------------------------------------------------------------------------- small things


def test_sightings_stand_in_one_order() -> None:
    written = [
        "published -",
        "published 2016/..",
        "published 2019",
        "published ../2016",
        "published 2016",
        "published 2015/2016",
    ]
    made = [sighting(n, w) for n, w in enumerate(written, 1)]
    assert [s.id for s in sorted(made, key=sighting_order)] == [4, 6, 5, 3, 2, 1]


def test_strength_of_one_sighting() -> None:
    own = claimed(url="https://example.com/1")
    page = sighting(1, "published 2019 url=http://www.example.com/1/")
    assert strength(page, own) is Strength.NONE
    assert strength(page, None) is Strength.REPORTED
    assert strength(page, None, by_hash_alone=True) is Strength.INDICATION
