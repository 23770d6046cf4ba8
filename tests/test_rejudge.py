"""Taking a collection back judges anew what leaned on it: from records, never from pictures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from provenance import Claim, Desk, Stated, read_date
from provenance.check import weigh
from provenance.demo.alteration import jpeg, mirror
from provenance.demo.drawing import draw
from provenance.models import Comparison, Outcome
from provenance.rejudge import judge_again
from provenance.report.record import match_record
from provenance.report.stored import comparison_of

CLAIM = Claim(date=read_date("2023-10-23").date, text="Smoke over the harbour")
WIRE = Stated(date="2019", source="wire", collection="wire")
BAD = Stated(date="2015", source="somebody", collection="bad")


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    return draw(7, "street", (480, 320))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "archive.db", create=True) as desk:
        yield desk


@pytest.fixture
def picture(tmp_path: Path, drawn: np.ndarray) -> Path:
    return saved(tmp_path / "original.jpg", jpeg(drawn))


@pytest.fixture
def copy(tmp_path: Path, drawn: np.ndarray) -> Path:
    return saved(tmp_path / "copy.jpg", jpeg(mirror(drawn), 70))


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def kinds(desk: Desk, check: int) -> tuple[str, int | None]:
    finding = desk.archive.check(check)["finding"]
    return finding["kind"], finding["lead_days"]["at_least"]


def test_the_finding_falls_back_to_what_others_hold(desk: Desk, picture: Path, copy: Path) -> None:
    list(desk.add([picture], WIRE))
    list(desk.add([picture], BAD))
    copy_first = copy.read_bytes()
    (checked,) = desk.check([copy], CLAIM)
    picture.unlink()
    copy.unlink()
    assert kinds(desk, checked.number) == ("seen_before_claim", 2850)
    (again,) = desk.revoke("bad", "invented").rejudged
    assert (again.check, again.changed) == (checked.number, True)
    assert "2015" in again.before["sentence"]
    assert "2019" in again.after["sentence"]
    assert kinds(desk, checked.number) == ("seen_before_claim", 1389)
    record = desk.archive.check(checked.number)
    (match,) = record["matches"]
    assert {s["source"] for s in match["sightings"]} == {"wire", None}
    saved(copy, copy_first)
    (fresh,) = desk.check([copy], CLAIM)
    assert (fresh.number, fresh.record) == (checked.number, record)


def test_what_nobody_else_holds_is_no_match_any_more(
    desk: Desk, picture: Path, copy: Path, tmp_path: Path
) -> None:
    list(desk.add([saved(tmp_path / "other.jpg", jpeg(draw(9, "street", (480, 320))))], WIRE))
    list(desk.add([picture], BAD))
    (checked,) = desk.check([copy], CLAIM)
    (again,) = desk.revoke("bad", "invented").rejudged
    assert again.after["kind"] == "not_in_archive"
    assert "the one picture of this archive" in again.after["sentence"]
    record = desk.archive.check(checked.number)
    assert (record["outcome"], record["matches"]) == ("not_in_archive", [])
    row = desk.archive._row("SELECT * FROM checks WHERE id = ?", (checked.number,))
    assert (row["finding"], row["outcome"]) == ("not_in_archive", Outcome.NOT_IN_ARCHIVE)
    assert desk.archive._row("SELECT count(*) FROM matches")[0] == 0
    events = [row["kind"] for row in desk.archive._rows("SELECT kind FROM events ORDER BY id")]
    assert events[-2:] == ["collection_revoked", "check_judged"]
    assert desk.archive.verify_chain().whole


def test_an_archive_left_empty_clears_nobody(desk: Desk, picture: Path, copy: Path) -> None:
    list(desk.add([picture], BAD))
    list(desk.check([copy], CLAIM))
    (again,) = desk.revoke("bad", "invented").rejudged
    assert again.after["reason"] == "archive_empty"


def test_a_black_picture_stays_hard_to_judge(desk: Desk, picture: Path, tmp_path: Path) -> None:
    black = saved(tmp_path / "black.jpg", jpeg(np.full((300, 400, 3), 3, np.uint8)))
    list(desk.add([picture], WIRE))
    list(desk.add([black], BAD))
    (checked,) = desk.check([black], CLAIM)
    assert checked.outcome is Outcome.MATCHED
    (again,) = desk.revoke("bad", "invented").rejudged
    assert (again.after["kind"], again.after["reason"]) == ("cannot_judge", "nearly_black")


def test_coming_back_and_checking_again_restores_it(desk: Desk, picture: Path, copy: Path) -> None:
    list(desk.add([picture], BAD))
    (first,) = desk.check([copy], CLAIM)
    desk.revoke("bad", "a mistake")
    list(desk.add([picture], BAD))
    (again,) = desk.check([copy], CLAIM)
    assert again.number == first.number
    assert again.finding.kind == first.finding.kind


def test_nothing_is_taken_back_if_a_check_cannot_be_judged(
    desk: Desk, picture: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(desk.add([picture], BAD))
    (checked,) = desk.check([copy], CLAIM)
    before = desk.archive.check(checked.number)

    def fails(check: int) -> None:
        raise RuntimeError(check)

    with pytest.raises(RuntimeError):
        desk.archive.revoke("bad", "x", fails)
    assert desk.archive.coverage().pictures == 1
    assert desk.archive.check(checked.number) == before
    assert next(iter(desk.archive.newest_collections()))["revoked"] is None


def test_judging_again_what_did_not_change_changes_nothing(
    desk: Desk, picture: Path, copy: Path
) -> None:
    list(desk.add([picture], WIRE))
    desk.lang = "de"
    (checked,) = desk.check([copy], CLAIM)
    desk.lang = "en"
    again = judge_again(desk.archive, checked.number)
    assert again.record == checked.record


def test_a_comparison_is_read_back_as_it_was_written(desk: Desk, picture: Path, copy: Path) -> None:
    list(desk.add([picture], WIRE))
    (found,) = desk.lookup([copy])
    (match,) = found.matches
    written = json.loads(json.dumps(desk.record(found)["matches"][0]))
    read: Comparison = comparison_of(written)
    assert match_record(replace(match, comparison=read), weigh) == written
