"""`provenance quarantine`: what must not be kept does not come back by any door."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from provenance.demo.story import Story


@pytest.fixture
def bad(written_story: Story, tmp_path: Path) -> Path:
    source = next((written_story.folder / "archive").glob("*.jpg"))
    return Path(shutil.copy(source, tmp_path / "bad.jpg"))


def test_the_same_file_is_refused_by_every_command(run, bad: Path, archive: Path) -> None:
    sha256 = hashlib.sha256(bad.read_bytes()).hexdigest()
    run("add", "bad.jpg", "--date", "2019", "--source", "A")
    run("check", "bad.jpg", "--claim-date", "2023")
    (told,) = run("quarantine", "bad.jpg", "--reason", "must not be kept", "--json").json()
    assert (told["outcome"], told["sha256"]) == ("quarantined", sha256)
    assert (told["pictures"], told["checks"], told["clean"]) == ([1], [1], True)
    bad.rename(bad.with_name("another name.png"))
    for command in ("add", "lookup", "check"):
        done = run(command, "another name.png", "--nl")
        (line,) = done.lines()
        assert done.code == 1
        assert line["outcome"] == ("refused" if command == "add" else "unreadable")
        assert line["reason"] == "quarantined"
        assert "must not be kept" in line["detail"]
    (line,) = run("lookup", f"sha256:{sha256}", "--json").json()
    assert line["reason"] == "quarantined"
    held = archive.read_bytes()
    assert b"another name" not in held
    assert b"\xff\xd8\xff" not in held
    (status,) = run("status", "--json").json()
    assert status["log"]["whole"]


def test_a_report_shows_nothing_of_it(run, bad: Path, tmp_path: Path) -> None:
    run("add", "bad.jpg", "--dry-run")
    run("add", bad)
    run("quarantine", "bad.jpg", "--reason", "x")
    run("check", "bad.jpg", "--html", "report.html")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "quarantine" in page
    assert "data:image" not in page


def test_release_list_and_what_cannot_be_had(run, bad: Path) -> None:
    run("add", bad)
    (gone,) = run("quarantine", "none.jpg", "--reason", "x", "--json").json()
    assert (gone["outcome"], gone["reason"]) == ("refused", "not_a_file")
    run("quarantine", "bad.jpg", "--reason", "=cmd", "--as", "Mona")
    (listed,) = run("quarantine", "--list", "--nl").lines()
    assert (listed["why"], listed["by"]) == ("=cmd", "Mona")
    assert ",'=cmd," in run("quarantine", "--list", "--csv").out
    assert listed["sha256"] in run("quarantine", "--list").out
    freed = run("quarantine", listed["sha256"], "--release", "--reason", "a mistake", "--json")
    assert freed.json()[0]["outcome"] == "released"
    assert run("add", "bad.jpg", "--nl").lines()[0]["outcome"] == "added"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--reason", "x"],
        ["bad.jpg"],
        ["bad.jpg", "--list"],
        ["sha256:xyz", "--reason", "x"],
        ["none", "--release", "--reason", "x"],
    ],
)
def test_usage(run, bad: Path, arguments: list[str]) -> None:
    run("add", bad)
    done = run("quarantine", *arguments)
    assert (done.code, "Traceback" in done.err) == (2, False)
