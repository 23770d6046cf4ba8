"""Claims that lie in the folder: the nearest holds, a later one is followed."""

from __future__ import annotations

import json

import pytest

from provenance.dates import read
from provenance.errors import ProvenanceError
from provenance.models import Claim
from provenance.watching.claims import claim_for, read_claim

FOLDER = 'text = "words"\ndate = 2023-10-23\nplace = "here"\n'


def test_the_nearest_claim_holds(tmp_path) -> None:
    near = tmp_path / "near"
    near.mkdir()
    (tmp_path / "claim.toml").write_text('date = "June 2020"\n')
    (near / "claim.toml").write_text(FOLDER)
    (near / "a.jpg.claim.toml").write_text("date = 2021-01-02T10:00:00+03:00\n")
    (near / "b.claim.txt").write_text("other words\n", encoding="utf-8-sig")
    folders = [near, tmp_path]
    assert claim_for(folders, "a.jpg", Claim()).claim == Claim(
        date=read("2021-01-02T10:00:00+03:00").date
    )
    words = claim_for(folders, "b.jpg", Claim()).claim
    assert (words.text, words.place) == ("other words", "here")
    assert claim_for(folders, "c.jpg", Claim()).claim.text == "words"
    assert claim_for([tmp_path], "c.jpg", Claim()).claim == Claim(date=read("June 2020").date)
    assert claim_for([tmp_path / "none"], "c.jpg", Claim(text="all")).claim.text == "all"


@pytest.mark.parametrize(
    "text",
    [
        "date = someday",
        'date = "someday"',
        "when = 2023-10-23",
        "text = 5",
        "x = " + "[" * 60_000,
        "#" * 70_000,
        "date = 2023-10-23\ndate = 2024-10-23",
    ],
)
def test_a_claim_that_cannot_be_read(tmp_path, text: str) -> None:
    (tmp_path / "claim.toml").write_text(text)
    with pytest.raises(ProvenanceError):
        read_claim(tmp_path / "claim.toml")
    claimed = claim_for([tmp_path], "a.jpg", Claim(text="not mixed in"))
    assert claimed.claim == Claim()
    assert claimed.problem


def test_an_unreadable_claim_is_said_and_the_picture_looked_up(drain, root, told, pictures) -> None:
    (root / "in/claim.toml").write_text("date = someday")
    (root / "in/a.jpg").write_bytes(pictures["mirrored"])
    (record,) = drain()
    assert record["outcome"] == "matched"
    assert record["claim"]["date"] is None
    assert record["watch"]["claim_problem"]
    assert "watch.claim_problem" in {key for key, _ in told}


def test_a_claim_that_comes_later_judges_anew(drain, root, desk, pictures) -> None:
    (root / "in/sub").mkdir()
    (root / "in/sub/a.jpg").write_bytes(pictures["mirrored"])
    (root / "in/b.jpg").write_bytes(pictures["mirrored"])
    assert {r["finding"]["kind"] for r in drain()} == {"seen"}
    (root / "in/sub/claim.toml").write_text(FOLDER)
    (record,) = drain()
    assert (record["query"]["name"], record["finding"]["kind"]) == (
        "sub/a.jpg",
        "seen_before_claim",
    )
    assert json.loads((root / "done/sub/a.jpg.json").read_text("utf-8")) == record
    (root / "in/b.claim.toml").write_text("date = 2018-01-01")
    (record,) = drain()
    assert (record["query"]["name"], record["finding"]["kind"]) == ("b.jpg", "overlaps_claim")
    assert (root / "done/b.jpg.claim.toml").exists()
    assert drain() == []
    assert len(list(desk.archive.checks())) == 3


def test_a_claim_that_came_with_its_picture_is_followed_once(drain, root, pictures) -> None:
    (root / "in/claim.toml").write_text(FOLDER)
    (root / "in/a.jpg").write_bytes(pictures["stranger"])
    (root / "in/a.jpg.claim.txt").write_text("these words")
    (record,) = drain()
    assert record["claim"]["text"] == "these words"
    assert record["claim"]["date"] == "2023-10-23"
    assert (root / "done/a.jpg.claim.txt").exists()
    assert drain() == []
