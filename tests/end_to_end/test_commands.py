"""Commands as people type them: answers, exit codes, one clear line for what is wrong."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.demo.alteration import jpeg, resize
from provenance.demo.drawing import draw
from provenance.demo.story import SIZE, Story

PIPED = '"$0" -m provenance list -a "$1" | true; exit "${PIPESTATUS[0]}"'
HASH = "sha256:" + "0" * 64


# ------------------------------------------------------------------------------- add


def test_adding_the_same_again_changes_nothing(run, written_story: Story, archive: Path) -> None:
    first = run("add", written_story.table, "--nl")
    again = run("add", written_story.table, "--nl")
    assert first.code == again.code == 0
    assert {line["outcome"] for line in first.lines()} == {"added"}
    assert {line["outcome"] for line in again.lines()} == {"known"}
    assert [one["picture"] for one in first.lines()] == [one["picture"] for one in again.lines()]


def test_what_add_says(run, written_story: Story) -> None:
    picture = next((written_story.folder / "archive").glob("*.jpg"))
    (line,) = run("add", picture, "--date", "June 2019", "--source", "A", "--json").json()
    assert line["outcome"] == "added"
    assert line["input"] == {"name": str(picture), "row": None}
    assert line["new"] == ["picture", "sighting"]
    assert isinstance(line["picture"], int)
    assert isinstance(line["sighting"], int)
    assert line["collection"]


def test_a_dry_run_writes_nothing(run, written_story: Story, archive: Path) -> None:
    done = run("add", written_story.table, "--dry-run", "--nl")
    assert done.code == 0
    assert {line["outcome"] for line in done.lines()} == {"added"}
    assert not archive.exists()


def test_a_bad_row_in_a_good_table(run, written_story: Story, tmp_path: Path) -> None:
    picture = next((written_story.folder / "archive").glob("*.jpg"))
    table = tmp_path / "t.csv"
    table.write_text(f"path,date\n{picture},2019\n{picture},yesterdayish\nnone.jpg,2019\n")
    done = run("add", table, "--nl")
    assert done.code == 1
    assert [line["outcome"] for line in done.lines()] == ["added", "refused", "refused"]
    assert [line["input"]["row"] for line in done.lines()] == [1, 2, 3]
    assert all(line["detail"] for line in done.lines()[1:])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "p.jpg", "--date", "yesterdayish"], "yesterdayish"),
        (["add", "no_columns.csv"], "path"),
        (["check", "p.jpg", "--claim-date", "someday"], "someday"),
        (["show", "17"], "archive"),
        (["lookup", "p.jpg"], "archive"),
        (["frobnicate"], "frobnicate"),
        (["add"], "Missing"),
    ],
)
def test_usage_is_one_line_and_exit_2(
    run, tmp_path: Path, archive: Path, arguments: list[str], words: str
) -> None:
    (tmp_path / "no_columns.csv").write_text("colour,shape\nred,round\n")
    done = run(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert words in done.err
    assert "Traceback" not in done.err
    assert not archive.exists()


def test_commands_that_read_say_that_there_is_no_archive(run, archive: Path) -> None:
    for arguments in (["lookup", HASH], ["list"], ["show", "1"], ["status"], ["check", "a.jpg"]):
        done = run(*arguments)
        assert done.code == 2
        assert len(done.err.strip().splitlines()) == 1
        assert str(archive) in done.err
    assert not archive.exists()


def test_not_an_archive(run, tmp_path: Path) -> None:
    for content in (b"hello\n" * 50, b"SQLite format 3\0" + bytes(200)):
        other = tmp_path / "other.db"
        other.write_bytes(content)
        done = run("add", tmp_path, archive=other)
        assert done.code == 2
        assert len(done.err.strip().splitlines()) == 1
        assert other.read_bytes() == content


def test_an_archive_of_a_newer_schema(run, filled_archive: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.db"
    newer.write_bytes(filled_archive.read_bytes())
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 99")
    for arguments in (["lookup", HASH], ["add", tmp_path], ["status"]):
        done = run(*arguments, archive=newer)
        assert done.code == 2
        assert len(done.err.strip().splitlines()) == 1
        assert "newer" in done.err


def test_an_empty_folder_and_a_wrong_path(run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("add", "empty")
    assert done.code == 0
    assert "empty: nothing in it to take" in done.err
    done = run("add", "nowhere.jpg", "--nl")
    assert done.code == 1
    assert done.lines()[0]["reason"] == "not_a_file"


def test_a_file_nobody_may_read(run, tmp_path: Path) -> None:
    locked = tmp_path / "locked.jpg"
    locked.write_bytes(b"\xff\xd8\xff")
    locked.chmod(0)
    done = run("add", locked, "--nl")
    assert done.code == 1
    assert done.lines()[0]["outcome"] == "refused"
    if os.geteuid() != 0:
        assert done.lines()[0]["reason"] == "not_a_file"


# ---------------------------------------------------------------------------- lookup


def test_lookup_of_every_kind_of_hash(run, filled_archive: Path, written_story: Story) -> None:
    camp = written_story.folder / "archive" / "camp-smoke.jpg"
    (whole,) = run("lookup", camp, "--json", archive=filled_archive).json()
    assert whole["outcome"] == "matched"
    assert whole["matches"][0]["relation"] == "identical_file"
    query = whole["query"]

    for name in (f"sha256:{query['sha256']}", query["sha256"], query["sha256"].upper()):
        (hit,) = run("lookup", name, "--json", archive=filled_archive).json()
        assert hit["matches"][0]["relation"] == "identical_file"
        assert hit["matches"][0]["proof"]["method"] == "sha256"
    for name in (f"pdq:{query['pdq']}", query["pdq"]):
        (hit,) = run("lookup", name, "--json", archive=filled_archive).json()
        assert hit["matches"][0]["relation"] == "same_picture"
        assert hit["matches"][0]["proof"] | {"agreement": None} == {
            "method": "hash",
            "distance": 0,
            "inliers": None,
            "pixels_compared": False,
            "false_alarms": None,
            "agreement": None,
        }
        assert "no pixels were compared" in hit["matches"][0]["description"]
    (hit,) = run("lookup", f"phash:{query['phash']}", "--json", archive=filled_archive).json()
    assert hit["outcome"] == "not_in_archive"
    assert hit["matches"] == []
    assert hit["candidates"][0]["distance"] == 0


@pytest.mark.parametrize("name", [HASH, "pdq:" + "0" * 64, "phash:" + "a" * 16, "0" * 64])
def test_a_miss_says_what_was_compared(run, filled_archive: Path, name: str) -> None:
    done = run("lookup", name, "--json", archive=filled_archive)
    assert done.code == 0
    (miss,) = done.json()
    assert miss["outcome"] == "not_in_archive"
    assert miss["compared"]
    assert miss["archive"]["pictures"] == 13


@pytest.mark.parametrize("name", ["sha256:12", "pdq:" + "g" * 64, "phash:" + "0" * 17])
def test_a_malformed_hash(run, filled_archive: Path, name: str) -> None:
    done = run("lookup", name, archive=filled_archive)
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1


def test_names_on_standard_input_are_answered_in_order(run, filled_archive: Path, written_story):
    copies = [str(copy.path) for copy in written_story.copies]
    lines = run("lookup", "-", "--nl", stdin="\n".join(copies), archive=filled_archive).lines()
    assert [line["query"]["name"] for line in lines] == copies
    nul = run("lookup", "-", "-0", "--nl", stdin="\0".join(copies), archive=filled_archive).lines()
    assert nul == lines


def test_each_name_is_answered_before_the_next_is_read(filled_archive: Path) -> None:

    with subprocess.Popen(
        [sys.executable, "-m", "provenance", "lookup", "-", "--nl", "-a", filled_archive],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as talk:
        assert talk.stdin
        assert talk.stdout
        for _ in range(2):
            talk.stdin.write(HASH.encode() + b"\n")
            talk.stdin.flush()
            assert json.loads(talk.stdout.readline())["outcome"] == "not_in_archive"
        talk.stdin.close()
        assert talk.wait(30) == 0


def test_a_lookup_writes_nothing(run, filled_archive: Path, written_story: Story) -> None:
    before = filled_archive.read_bytes()
    run("lookup", written_story.folder / "circulating", archive=filled_archive)
    assert filled_archive.read_bytes() == before


def test_csv_has_the_columns_of_the_contract(run, filled_archive: Path, written_story) -> None:
    out = run("lookup", written_story.copies[0].path, "--csv", archive=filled_archive).out
    assert out.splitlines()[0] == (
        "name,outcome,reason,detail,relation,picture,date,earliest,latest,source,url,covers,description"
    )


# ----------------------------------------------------------------------------- check


def test_a_checked_picture_is_not_in_the_archive(run, archive: Path, written_story: Story) -> None:
    run("add", written_story.table)
    unseen = written_story.copies[2].path
    (first,) = run("check", unseen, "--claim-date", "2023-10-23", "--json").json()
    (again,) = run("check", unseen, "--claim-date", "23 October 2023", "--json").json()
    (other,) = run("check", unseen, "--claim-date", "2023-10-24", "--json").json()
    assert first["outcome"] == again["outcome"] == "not_in_archive"
    assert first["check"] == again["check"] != other["check"]
    assert other["earlier_checks"] == [first["check"]]
    assert first["archive"] == other["archive"]


def test_keep_adds_it_without_making_the_claim_evidence(run, archive, written_story) -> None:
    run("add", written_story.table)
    unseen = written_story.copies[2].path
    run("check", unseen, "--claim-date", "2010-01-01", "--claim-url", "https://x.example", "--keep")
    (after,) = run("check", unseen, "--claim-date", "2023-10-23", "--json").json()
    assert after["outcome"] == "matched"
    assert after["finding"]["kind"] != "seen_before_claim"


def test_an_empty_archive_clears_nobody(run, archive: Path, written_story: Story) -> None:
    table = archive.parent / "empty.csv"
    table.write_text("path,date\n")
    run("add", table)
    (answer,) = run("check", written_story.copies[0].path, "--json").json()
    assert answer["finding"]["kind"] == "not_in_archive"
    assert answer["finding"]["reason"] == "archive_empty"
    assert answer["finding"]["sentence"] == "Nothing was compared: this archive is empty."


def test_the_report_stands_alone(run, filled_archive, written_story, tmp_path: Path) -> None:

    mine = tmp_path / "mine.db"
    shutil.copy(filled_archive, mine)
    page = tmp_path / "report.html"
    run("check", written_story.folder / "circulating", "--html", page, archive=mine)
    text = page.read_text("utf-8")
    assert text.lower().startswith("<!doctype html>")
    assert text.count("data:image/") >= 4


# --------------------------------------------------------------------- taking it back


def test_revoke_takes_back_what_no_other_collection_holds(run, archive, written_story) -> None:
    run("add", written_story.table, "--collection", "one")
    camp = written_story.folder / "archive" / "camp-smoke.jpg"
    run("add", camp, "--date", "2020", "--source", "B", "--collection", "two")
    done = run("revoke", "one", "--reason", "dates were of the upload", "--json")
    assert done.code == 0
    (hit,) = run("lookup", written_story.copies[0].path, "--json").json()
    assert [s["date"] for s in hit["matches"][0]["sightings"] if s["means"] != "held"] == ["2020"]
    (miss,) = run("lookup", written_story.copies[1].path, "--json").json()
    assert miss["outcome"] == "not_in_archive"


def test_forget_leaves_nothing_to_find(run, archive: Path, written_story: Story) -> None:
    run("add", written_story.table)
    camp = written_story.folder / "archive" / "camp-smoke.jpg"
    (hit,) = run("lookup", camp, "--json").json()
    picture = str(hit["matches"][0]["picture"])
    done = run("forget", picture, "--reason", "asked for", "--yes")
    assert done.code == 0
    (miss,) = run("lookup", camp, "--json").json()
    assert miss["outcome"] == "not_in_archive"
    raw = archive.read_bytes() + b"".join(
        p.read_bytes() for p in Path(f"{archive}.index").rglob("*") if p.is_file()
    )
    assert b"camp-smoke" not in raw
    assert hit["query"]["sha256"].encode() not in raw
    assert bytes.fromhex(hit["query"]["pdq"]) not in raw
    assert run("status").code == 0


def test_list_and_show(run, filled_archive: Path) -> None:
    listed = run("list", "--json", archive=filled_archive).json()
    assert len(listed) == 13
    (shown,) = run("show", str(listed[0]["picture"]), "--json", archive=filled_archive).json()
    assert shown["sha256"] == listed[0]["sha256"]
    assert shown["events"]
    assert run("show", "9999", archive=filled_archive).code == 2


# ------------------------------------------------------------------------------ names


def test_a_name_that_is_no_utf8(run, filled_archive: Path, written_story, tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/n\xff.jpg"
    Path(os.fsdecode(raw)).write_bytes(written_story.copies[0].path.read_bytes())
    (line,) = run("lookup", "-", "--nl", stdin=raw + b"\n", archive=filled_archive).lines()
    assert line["outcome"] == "matched"
    assert line["query"]["name"].endswith("n\\xff.jpg")


def test_escape_codes_in_a_name_never_reach_the_terminal(run, filled_archive, tmp_path) -> None:
    (tmp_path / "a\x1b[31m\u202egpj.exe").write_bytes(b"nothing")
    done = run("lookup", tmp_path, archive=filled_archive)
    assert done.code == 1
    assert "\x1b" not in done.out + done.err
    assert "\u202e" not in done.out + done.err


def test_a_closed_pipe_is_silent(filled_archive: Path, written_story: Story) -> None:

    done = subprocess.run(
        f"{sys.executable} -m provenance lookup {written_story.folder}/circulating --nl"
        f" -a {filled_archive} | head -n 1",
        shell=True,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == b""


# ------------------------------------------------------------------- found by a review


def test_add_says_back_how_a_date_was_read(run, written_story: Story) -> None:
    picture = written_story.copies[2].path
    (line,) = run("add", picture, "--date", "03/04/2019", "--source", "A", "--json").json()
    assert line["read_as"].startswith("between 4 March 2019 and 3 April 2019")
    assert "date read as summer 2014" in run("add", picture, "--date", "summer 2014").out


def test_what_the_file_carries_is_told_kind_by_kind(run, archive, written_story) -> None:
    run("add", written_story.table)
    (line,) = run("check", written_story.copies[2].path, "--json").json()
    assert line["metadata"]["c2pa"]["state"] == "none"
    states = {kind: block["state"] for kind, block in line["metadata"]["blocks"].items()}
    assert list(states) == ["exif", "xmp", "iptc", "c2pa"]
    assert states["c2pa"] == "absent"


def test_a_trust_list_without_a_certificate_is_refused(run, archive, written_story) -> None:
    run("add", written_story.table)
    done = run("check", written_story.copies[2].path, "--trust-list", written_story.table)
    assert done.code == 2
    assert "holds no certificate" in done.err


def test_a_date_from_the_future_is_a_contradiction(run, archive, written_story) -> None:
    picture = written_story.copies[2].path
    run("add", picture, "--date", "2050", "--source", "A")
    (line,) = run("check", picture, "--claim-date", "2023", "--json").json()
    assert "2050" in " ".join(line["metadata"]["contradictions"])
    stated = [s for s in line["matches"][0]["sightings"] if s["date"] == "2050"]
    assert [s["strength"] for s in stated] == ["none"]


def test_a_report_never_replaces_a_picture(run, archive, written_story, tmp_path: Path) -> None:
    run("add", written_story.table)
    photo = tmp_path / "mine.jpg"
    photo.write_bytes(b"\xff\xd8\xff mine")
    for place in (photo, tmp_path / "nowhere" / "report.html"):
        done = run("check", written_story.copies[0].path, "--html", place)
        assert done.code == 2
        assert done.out == ""
    assert photo.read_bytes() == b"\xff\xd8\xff mine"
    (line,) = run("check", written_story.copies[1].path, "--json").json()
    assert line["check"] == 1  # nothing was stored by the two that were refused


def test_a_full_disk_is_one_line(filled_archive: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "provenance", "list", "-a", filled_archive],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_closed_pipe_ends_with_0(filled_archive: Path) -> None:
    done = subprocess.run(
        [*("bash", "-c", PIPED), sys.executable, filled_archive],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_pixels_fingerprints_still_agree(run, archive, written_story, tmp_path) -> None:
    camp = written_story.folder / "archive" / "camp-smoke.jpg"
    (added,) = run("add", camp, "--date", "2019", "--source", "A", "--json").json()
    run("forget", str(added["picture"]), "--pixels-only", "--yes", "--reason", "graphic")
    small = tmp_path / "small.jpg"
    small.write_bytes(jpeg(resize(draw(43, "camp", SIZE), 0.6), 60))
    (line,) = run("check", small, "--claim-date", "2023-10-23", "--json").json()
    assert line["outcome"] == "matched"
    match = line["matches"][0]
    assert match["relation"] == "same_picture"
    if match["proof"]["method"] == "hash":
        assert line["finding"]["reason"] == "date_not_supported"
    assert match["proof"]["pixels_compared"] is False
    assert "no pixels were compared" in match["description"]


def test_what_was_only_checked_can_be_erased(run, archive, written_story, tmp_path) -> None:
    run("add", written_story.table)
    mine = tmp_path / "very-private-name.jpg"
    mine.write_bytes(written_story.copies[2].path.read_bytes())
    (line,) = run("check", mine, "--claim", "a private claim", "--json").json()
    raw = b"".join(p.read_bytes() for p in tmp_path.glob("archive.db*") if p.is_file())
    assert b"very-private-name" in raw
    done = run("forget", "--check", str(line["check"]), "--reason", "mistake", "--yes", "--json")
    assert done.json()[0]["check"] == line["check"]
    raw = b"".join(p.read_bytes() for p in tmp_path.glob("archive.db*") if p.is_file())
    assert b"very-private-name" not in raw
    assert line["query"]["sha256"].encode() not in raw
    (state,) = run("status", "--json").json()
    assert state["log"]["whole"] is True
    assert run("forget", "--reason", "nothing named").code == 2


def test_show_says_what_was_revoked(run, archive, written_story: Story) -> None:
    run("add", written_story.table, "--collection", "one")
    run("revoke", "one", "--reason", "dates of the upload")
    (shown,) = run("show", "1", "--json").json()
    assert shown["sightings"]
    assert all(each["revoked"] for each in shown["sightings"])
    assert shown["earliest_sighting"] is None
    again = run("revoke", "one", "--reason", "twice")
    assert again.code == 2
    assert "already taken back" in again.err
    assert "one" in run("status").out
    assert run("status", "--csv").code == run("status", "-t").code == 0
