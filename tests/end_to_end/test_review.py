"""``provenance review`` as a desk types it, each person under a name."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from shutil import copyfile

import pytest

from provenance import Claim, Desk, Stated, read_date
from provenance.demo.alteration import jpeg, mirror
from provenance.demo.drawing import draw


@pytest.fixture(scope="module")
def checked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive, and in it check 1 of a copy that matches picture 1."""
    folder = tmp_path_factory.mktemp("checked")
    drawn = draw(7, "street", (480, 320))
    (folder / "archived.jpg").write_bytes(jpeg(drawn))
    (folder / "copy.jpg").write_bytes(jpeg(mirror(drawn), 70))
    with Desk(folder / "archive.db", create=True) as desk:
        list(desk.add([folder / "archived.jpg"], Stated(date="2019", source="wire")))
        list(desk.check([folder / "copy.jpg"], Claim(date=read_date("2023-10-23").date)))
    return folder


@pytest.fixture
def desk_file(archive: Path, checked_once: Path) -> Path:
    copyfile(checked_once / "archive.db", archive)
    return archive


@pytest.mark.usefixtures("desk_file")
def test_a_rejection_holds_from_the_next_check_on(run, checked_once: Path) -> None:
    why = ("--why", "another day", "--as", "Adler")
    done = run("review", 1, "--reject", "not-same", *why)
    assert done.code == 0, done.err
    assert "Adler, " in done.out
    assert "picture 1: not the same picture. “another day”" in done.out
    (again,) = run(
        "check", checked_once / "copy.jpg", "--claim-date", "2023-10-23", "--json"
    ).json()
    assert (again["check"], again["finding"]["kind"], again["matches"]) == (1, "not_in_archive", [])
    assert again["similar_scenes"][0]["decisions"][0]["by"] == "Adler"
    undone = run("review", 1, "--undo", "--why", "wrong line", "--as", "Adler", "--json")
    (record,) = undone.json()
    assert (record["finding"]["kind"], record["flagged"]) == ("seen_before_claim", True)
    assert [d["decision"] for d in record["decisions"]] == ["not_same", "withdrawn"]


@pytest.mark.usefixtures("desk_file")
def test_a_colleague_is_named_and_overturned_with_a_reason(run) -> None:
    assert run("review", 1, "--confirm", "--why", "same cars", "--as", "Adler").code == 0
    against = ("review", 1, "--reject", "no-objection", "--as", "Beck", "--why", "a file photo")
    refused = run(*against)
    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert "Adler: picture 1: the same photograph: same cars" in refused.err
    assert "--overturn" in refused.err
    stale = run(*against, "--overturn", "--on", 0)
    assert "Check 1 has changed since you looked: Adler" in stale.err
    (record,) = run(*against, "--overturn", "--on", 1, "--json").json()
    assert (record["flagged"], record["state"]) == (False, 2)
    assert [d["stands"] for d in record["decisions"]] == [False, True]
    rows = list(csv.DictReader(io.StringIO(run("review", 1, "--csv").out)))
    assert [(row["by"], row["ended_by"]) for row in rows] == [("Adler", "2"), ("Beck", "")]


@pytest.mark.usefixtures("desk_file")
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("1", "--confirm", "--why", "x"), "--as NAME"),
        (("1", "--confirm", "--as", "A"), "--why TEXT"),
        (("1", "--confirm", "--undo", "--as", "A"), "One decision at a time"),
        (("1", "--reject", "sighting", "--as", "A", "--why", "x"), "--sighting N"),
        (("1", "--confirm", "--picture", "9", "--as", "A", "--why", "x"), "Its matches: 1."),
        (("9",), "no check 9"),
    ],
)
def test_what_cannot_be_understood_is_one_line(run, asked: tuple[str, ...], said: str) -> None:
    done = run("review", *asked)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
