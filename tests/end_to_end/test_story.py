"""The seed story through the real commands: what the demonstration promises."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from provenance.demo.story import CLAIM_DATE, CLAIM_TEXT, Story


@pytest.fixture(scope="module")
def answers(written_story: Story, filled_archive: Path) -> dict[str, dict[str, Any]]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "provenance", "check", written_story.folder / "circulating"),
            *("--claim", CLAIM_TEXT, "--claim-date", CLAIM_DATE),
            *("-a", filled_archive, "--json"),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    records = json.loads(done.stdout)
    return {Path(record["query"]["name"]).name: record for record in records}


def test_the_cropped_copy_under_a_banner(answers: dict[str, dict[str, Any]]) -> None:
    record = answers["breaking.jpg"]
    finding = record["finding"]
    assert record["outcome"] == "matched"
    assert finding["kind"] == "seen_before_claim"
    assert finding["support"]["strength"] == "reported"
    assert finding["support"]["compared_with"] == "event"
    assert "at least 3 years 11 months before the claimed date" in finding["sentence"]
    assert "15 November 2019" in finding["sentence"]
    assert finding["lead_days"] == {"at_least": 1435, "at_most": None}
    kinds = {alteration["kind"] for alteration in record["matches"][0]["alterations"]}
    assert {"cropped", "overlaid"} <= kinds
    assert record["matches"][0]["proof"]["pixels_compared"] is True


def test_the_mirrored_copy(answers: dict[str, dict[str, Any]]) -> None:
    record = answers["mirrored.jpg"]
    finding = record["finding"]
    assert finding["kind"] == "seen_before_claim"
    assert finding["support"]["strength"] == "reported"
    assert "2019 (year only)" in finding["sentence"]
    assert "at least 3 years 9 months before the claimed date" in finding["sentence"]
    assert "mirrored" in finding["sentence"]
    assert len(record["matches"]) == 2  # the archive's, and the outlet's file photo of it


def test_the_picture_never_seen(answers: dict[str, dict[str, Any]]) -> None:
    record = answers["night.jpg"]
    assert record["outcome"] == "not_in_archive"
    assert record["finding"]["kind"] == "not_in_archive"
    assert "This does not make it new or genuine." in record["finding"]["sentence"]
    assert record["archive"]["pictures"] == 13
    assert record["archive"]["sources"] == 3


def test_every_sighting_of_every_match_is_listed_earliest_first(
    answers: dict[str, dict[str, Any]],
) -> None:
    for record in answers.values():
        for match in record["matches"]:
            ends = [s["latest"] or "9999" for s in match["sightings"]]
            assert ends == sorted(ends)
            assert any(s["means"] == "held" for s in match["sightings"])
