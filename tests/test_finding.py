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
    words = written.split()
    means = Means(words[0])
    if means is Means.HELD:
        instant = datetime.fromisoformat(words[1]) if len(words) > 1 else RECORDED
        held = dates.from_instant(instant)
        return Sighting(number, 1, held, means, How.ARCHIVE_LOG, instant, trust=Trust.OWN)
    known = {k: unquote(v) for k, _, v in (w.partition("=") for w in words[2:]) if v or k == "source"}
    recorded = known.pop("recorded", None)
    return Sighting(
        number,
        1,
        date(words[1]),
        means,
        How(known.pop("how", "stated")),
        datetime.fromisoformat(recorded) if recorded else RECORDED,
        trust=Trust(known.pop("trust", "own")),
        source=known.pop("source", "agency"),
        url=known.pop("url", None),
        caption=known.pop("caption", None),
        vouched=known.pop("vouched", None),
        **{flag: flag in words for flag in FLAGS},
    )


def match(*written: str, **comparison: Any) -> Match:
    picture = Picture(
        1, "0" * 64, "a.jpg", None, 9, 9, "JPEG", 1, None, None, None, has_raster=True, added=RECORDED
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
        lookup(match(*case["sightings"].split(";"), relation=relation, proof=Proof(case["method"]))),
    )
    assert told(found) == {name: case[name] for name in told(found)}, case["note"]


def test_the_table_holds_at_least_two_hundred_cases() -> None:
    assert len(list(cases())) >= 200
