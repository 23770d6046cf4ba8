import json
from pathlib import Path

from provenance import dates
from provenance.demo.run import ARCHIVE
from provenance.desk import Desk
from provenance.models import Claim

CLAIMS = Path(__file__).resolve().parents[2] / "fixtures" / "claims.jsonl"


def test_the_cropped_copy_was_seen_at_least_3_years_11_months_before(played):
    told = _block(played[0], "1. breaking.jpg", "2. mirrored.jpg")
    assert "According to “Nordlicht Agentur”" in told
    assert "15 November 2019" in told
    assert "at least 3 years 11 months before the claimed date" in told


def test_the_mirrored_copy_is_known_to_the_year_only(played):
    told = _block(played[0], "2. mirrored.jpg", "3. night.jpg")
    assert "2019 (year only), at least 3 years 9 months before the claimed date" in told
    assert "mirrored" in told
    assert "Archivbild" in told


def test_the_third_is_not_in_the_archive_and_that_clears_nobody(played):
    told = _block(played[0], "3. night.jpg", "All of this on one page")
    assert "Not among the 13 pictures of this archive (3 sources, 2012 to 2022)" in told
    assert "does not make it new or genuine" in told


def test_every_picture_says_where_to_look_next(played):
    assert played[0].count("Where to look next:") == 3


def test_the_report_is_left_to_open(played):
    text, report = played
    assert str(report) in text
    assert report.read_text(encoding="utf-8").count("<article") == 3


def _claims():
    return [json.loads(line) for line in CLAIMS.read_text(encoding="utf-8").splitlines()]


def test_every_claim_of_the_fixtures_gets_its_finding(played):
    folder = played[1].parent
    with Desk(folder / ARCHIVE) as desk:
        told = [(case, _checked(desk, folder, case)) for case in _claims()]
    wrong = [(case["name"], case["why"], got) for case, got in told if got != _expected(case)]
    assert not wrong


def _checked(desk, folder, case):
    claim = Claim(**{key: dates.read(text).date for key, text in case["claim"].items()})
    record = next(iter(desk.check([folder / "circulating" / case["name"]], claim))).record
    seen = record["matches"][0]["name"].removeprefix(f"{folder}/") if record["matches"] else None
    finding = record["finding"]
    strength = finding["support"]["strength"] if finding["kind"] == "seen_before_claim" else None
    return finding["kind"], strength, seen


def _expected(case):
    return case["finding"], case["strength"], case["comes_from"]


def _block(text, start, end):
    return text[text.index(start) : text.index(end)]
