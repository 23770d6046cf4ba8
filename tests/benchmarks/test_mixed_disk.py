"""The disk of everything: small, with the parts that every version reads."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from benchmarks import mixed_disk
from benchmarks.mixed_disk import ORDER, Result, allowed, look
from provenance.dates import parse
from provenance.finding import strength
from provenance.models import How, Means, Sighting, Trust


def test_a_small_disk_comes_in_whole_and_honest(tmp_path: Path) -> None:
    result = mixed_disk.run(tmp_path, 20, None, 3, ["folders", "sheet"])
    assert result.problems == []
    assert result.pictures == result.answers["added"] == 14
    assert result.finding["kind"] == "seen_before_claim"
    assert result.strengths["reported"] == 5
    assert result.dated["folders: not at all"] + result.dated["folders: file_time"] == 2


def test_what_is_planted_is_looked_for(tmp_path: Path) -> None:
    planted = mixed_disk.make(tmp_path, 10, None, 3, ["sheet"])
    picture = {"sightings": [], "sha256": ""}
    result = Result()
    look(planted, {each.sha256: picture for each in planted["sheet"][:2]}, result)
    assert sorted(set(result.problems)) == [
        "sheet: a date by stated is lost",
        "sheet: a picture is not in the archive",
    ]


def test_the_program_is_never_above_the_table_of_the_benchmark() -> None:
    date, recorded = parse("2019"), parse("2026-01-01T10:00Z").earliest
    assert recorded is not None
    for means, how, trust, source in product(Means, How, Trust, ("agency", None)):
        if means is Means.HELD:
            continue
        seen = Sighting(1, 1, date, means, how, recorded, source=source, trust=trust)
        record = {
            "date": "2019",
            "means": means.value,
            "how": how.value,
            "trust": trust.value,
            "source": source,
        }
        found = strength(seen, None).value
        assert ORDER.index(found) <= ORDER.index(allowed(record)), record
