from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.models import Added, AddOutcome, Decision, Query, Review
from provenance.report.decision import review_state_record
from provenance.report.record import added_record, check_record, lookup_record, picture_record
from provenance.report.rows import (
    added_rows,
    check_rows,
    defused,
    lookup_rows,
    picture_rows,
    status_rows,
)

from .models_by_hand import (
    CLAIM,
    FINDING,
    SENTENCE,
    held,
    match,
    matched,
    missed,
    picture,
    sighting,
    unreadable,
    weigh,
)

CONTRACT = [
    *("name", "outcome", "reason", "detail", "relation", "picture", "date", "earliest"),
    *("latest", "source", "url", "covers", "description"),
]
CONTRACT_CHECK = [*CONTRACT, "finding", "strength", "at_least", "at_most", "sentence"]
REVIEWED = ["flagged", "decisions"]


def rows(lookup):
    return lookup_rows(lookup_record(lookup, strength=weigh))


def test_a_row_per_match():
    found = rows(matched(matches=(match(), match(picture=picture(18), sightings=()))))
    assert [row["picture"] for row in found] == [17, 18]
    assert found[0] == {
        "name": "drop/a.jpg",
        "outcome": "matched",
        "reason": None,
        "detail": None,
        "relation": "same_picture",
        "picture": 17,
        "date": "2019",
        "earliest": "2018-12-31T10:00:00Z",
        "latest": "2020-01-01T11:59:59Z",
        "source": "agency",
        "url": None,
        "covers": 0.62,
        "description": (
            "mirrored, cropped to 62 % (left and bottom cut), banner over the top 18 %"
        ),
    }
    assert found[1]["date"] is None


@pytest.mark.parametrize("lookup", [missed(), unreadable(), missed(similar_scenes=(match(),))])
def test_without_a_match_one_row(lookup):
    (row,) = rows(lookup)
    assert list(row) == CONTRACT
    assert row["outcome"] == lookup.outcome
    assert row["picture"] is None


def test_a_check_says_its_finding_in_every_row():
    lookup = matched(matches=(match(), match()))
    first, second = check_rows(check_record(lookup, CLAIM, FINDING, strength=weigh))
    assert list(first) == [*CONTRACT_CHECK, *REVIEWED]
    for row in (first, second):
        assert row["finding"] == "seen_before_claim"
        assert (row["strength"], row["at_least"], row["at_most"]) == ("reported", 1389, None)
        assert row["sentence"] == SENTENCE


def test_a_check_says_what_people_decided():
    record = check_record(matched(matches=(match(),)), CLAIM, FINDING, strength=weigh)
    (row,) = check_rows(record)
    assert (row["flagged"], row["decisions"]) == (None, None)
    at = datetime(2026, 11, 25, 14, 2, tzinfo=UTC)
    made = Review(
        7, check=5, decision=Decision.CONFIRMED, by="A. Adler", at=at, why="sure", picture=17
    )
    record["review"] = review_state_record([made], flagged=True)
    (row,) = check_rows(record)
    assert row["flagged"] == 1
    assert row["decisions"] == (
        "A. Adler, 25 November 2026, 14:02:00 UTC: picture 17: the same photograph. “sure”"
    )


def test_added_and_pictures():
    added = Added("list.csv", 3, AddOutcome.KNOWN, 17, 40, ("sighting",), "wire")
    (row,) = added_rows(added_record(added))
    assert (row["name"], row["row"], row["new"]) == ("list.csv", 3, "sighting")
    (row,) = picture_rows(picture_record(picture(), [sighting(), held()], strength=weigh))
    assert (row["picture"], row["date"], row["sightings"]) == (17, "2019", 2)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ('=HYPERLINK("https://x.example")', '\'=HYPERLINK("https://x.example")'),
        ("+1", "'+1"),
        ("-1+1|cmd", "'-1+1|cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", r"\t=1"),
        ("\r=1", r"\r=1"),
        ("a=1", "a=1"),
        ("2019-06", "2019-06"),
        (-3, -3),
        (None, None),
    ],
)
def test_no_cell_is_a_formula(value, cell):
    assert defused(value) == cell


@given(st.text(st.characters()))
def test_whatever_a_file_is_called_no_cell_begins_a_formula_or_breaks_a_row(name):
    (row,) = rows(missed(query=Query(name)))
    out = io.StringIO()
    csv.DictWriter(out, CONTRACT, lineterminator="\n").writerows([row])
    assert out.getvalue().count("\n") == 1
    assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_status_is_a_row_per_word():
    status = {"archive": "a.db", "index": {"state": "fresh", "kinds": ["pdq_v1", "phash_v1"]}}
    assert status_rows(status) == [
        {"key": "archive", "value": "a.db"},
        {"key": "index.state", "value": "fresh"},
        {"key": "index.kinds", "value": "pdq_v1 phash_v1"},
    ]
