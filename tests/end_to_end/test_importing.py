"""From a disk of pictures into the archive: what is foreseen, what each row became."""

from __future__ import annotations

import csv
import json
import os
import select
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from provenance.demo.alteration import jpeg
from provenance.demo.drawing import draw

SHARED = Path(__file__).parents[3] / "shared" / "data" / "claims" / "5pils.jsonl"
LONG_AGO = 1_500_000_000  # 14 July 2017, 02:40 UTC


def with_exif(seed: int, taken: str) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    out = BytesIO()
    Image.fromarray(draw(seed, "street", (200, 150))).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder with one picture for each way to be dated, and what is no picture."""
    folder = tmp_path / "disk"
    (folder / "agency").mkdir(parents=True)
    plain = [jpeg(draw(seed, "street", (200, 150))) for seed in range(4)]
    (folder / "agency/tabled.jpg").write_bytes(plain[0])
    (folder / "agency/list.csv").write_text(
        "Datei;Datum;Quelle\ntabled.jpg;im Juni 2019;Agentur\ngone.jpg;2019;Agentur\n"
    )
    (folder / "exif.jpg").write_bytes(with_exif(11, "2018:05:01 10:00:00"))
    (folder / "IMG-20170203-WA0001.jpg").write_bytes(plain[1])
    (folder / "IMG-20160203-WA0001.jpg").write_bytes(with_exif(12, "2018:05:01 10:00:00"))
    (folder / "old.jpg").write_bytes(plain[2])
    (folder / "new.jpg").write_bytes(plain[3])
    (folder / "notes.txt").write_text("no picture")
    os.utime(folder / "old.jpg", (LONG_AGO, LONG_AGO))
    return folder


def test_a_dry_run_says_how_pictures_are_dated_and_what_that_may_support(run, disk, archive):
    done = run("add", disk, "--dry-run")
    assert not archive.exists()
    assert done.code == 1  # two inputs would be refused
    assert "6 pictures would be taken in:" in done.out
    for line in (
        "1 dated by a table",
        "2 dated by EXIF in the file",
        "1 dated by the name of the file",
        "1 dated by the time stamp of the file on disk",
        "1 not dated",
        "1 can show that a picture was seen before a claim, “according to” the source",
        "2 are a reason to look and no more",
        "2 inputs would be refused",
        "tabled.jpg: June 2019",
        "These dates cannot both be right",
        "gone.jpg",
        "notes.txt",
    ):
        assert line in done.out
    assert "Press" not in done.out + done.err
    assert "nothing is written" in done.err


def test_a_dry_run_in_german(run, disk):
    done = run("add", disk, "--dry-run", "--lang", "de")
    assert "6 Bilder würden aufgenommen:" in done.out
    assert "1 mit Datum aus einer Tabelle" in done.out


def test_the_data_of_a_dry_run_is_a_line_an_input(run, disk):
    lines = run("add", disk, "--dry-run", "--nl").lines()
    dated = {Path(line["input"]["name"]).name: line["dates"] for line in lines}
    assert {name: [(d["means"], d["how"], d["strength"]) for d in dates]
            for name, dates in dated.items()} == {
        "tabled.jpg": [("published", "stated", "reported")],
        "gone.jpg": [],
        "exif.jpg": [("captured", "exif", "indication")],
        "IMG-20170203-WA0001.jpg": [("posted", "file_name", "indication")],
        "IMG-20160203-WA0001.jpg": [
            ("captured", "exif", "indication"), ("posted", "file_name", "indication")
        ],
        "old.jpg": [("published", "file_time", "indication")],
        "new.jpg": [],
        "notes.txt": [],
    }  # fmt: skip
    (told,) = [line["contradictions"] for line in lines if line["contradictions"]]
    assert "These dates cannot both be right" in told[0]


def test_every_row_of_an_import_ends_in_its_report(run, disk, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "picture,when\ndisk/exif.jpg,2019\ndisk/none.jpg,2019\ndisk/old.jpg,soon\n,\n,2019\n"
    )
    report = tmp_path / "report.csv"
    done = run("add", table, "--report", report, "--nl")
    with report.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["outcome"], row["reason"]) for row in rows] == [
        ("1", "added", ""),
        ("2", "refused", "not_a_file"),
        ("3", "refused", "unreadable_date"),
        ("5", "refused", "no_picture"),
    ]
    assert (rows[0]["read_as"], rows[0]["date"]) == ("2019 (year only)", "2019")
    assert len(done.lines()) == len(rows)
    again = run("add", table, "--report", report, "--nl")
    assert again.lines()[0]["outcome"] == "known"


@pytest.mark.parametrize("name", ["t.csv", "no/such/folder.csv"])
def test_a_report_never_overwrites_what_is_none(run, disk, tmp_path, archive, name):
    table = tmp_path / "t.csv"
    table.write_text("path\ndisk/exif.jpg\n")
    done = run("add", table, "--report", tmp_path / name)
    assert done.code == 2
    assert table.read_text() == "path\ndisk/exif.jpg\n"
    assert not archive.exists()


def test_a_column_that_is_none_stops_before_anything_is_written(run, tmp_path, archive):
    (tmp_path / "t.csv").write_text("path\na.jpg\n")
    for given in ("date", "Wann=date", "path=nothing"):
        done = run("add", "t.csv", "--map", given)
        assert done.code == 2
        assert len(done.err.splitlines()) == 1
    assert not archive.exists()


def read_until(terminal: int, words: bytes | None) -> Iterator[bytes]:
    """What comes from the other side, up to ``words`` or its end; never waits for long."""
    said = b""
    while words is None or words not in said:
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, said
        try:
            block = os.read(terminal, 4096)
        except OSError:  # Linux: the other side has closed
            return
        if not block:
            return
        said += block
        yield block


def wait_for_a_key(terminal: int) -> None:
    """Until the other side reads single keys; one pressed before that is dropped."""
    import termios

    for _ in range(1200):
        if not termios.tcgetattr(terminal)[3] & termios.ICANON:
            return
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
@pytest.mark.parametrize(("key", "taken"), [(b"y", 6), (b"n", 0)])
def test_at_a_terminal_one_key_goes_on(disk, archive, key, taken):
    import pty
    import subprocess

    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "provenance", "add", disk, "--dry-run", "-a", archive]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal) as running:
        os.close(terminal)
        said = b"".join(read_until(main, b"other key"))
        wait_for_a_key(main)
        os.write(main, key)
        said += b"".join(read_until(main, None))
    os.close(main)
    assert running.returncode == 1
    assert archive.exists() == bool(taken)
    assert said.count(b"added:") == 1 + taken  # one stood out already in the dry run


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data")
def test_a_fact_checkers_table_loses_no_row_and_rounds_no_date(run, tmp_path):
    report = tmp_path / "report.csv"
    done = run("add", SHARED, "--dry-run", "--report", report, "--nl")
    rows = SHARED.read_text("utf-8").splitlines()
    with report.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [int(line["row"]) for line in lines] == list(range(1, len(rows) + 1))
    assert all(line["reason"] and line["detail"] for line in lines)  # no row brings a picture
    assert "date_numeric_label" in done.err.split("not used:")[1]


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data")
def test_with_pictures_its_dates_come_in_as_they_were_written(run, tmp_path):
    """Each row gets a hash of its own, so that every date that can be read is taken in."""
    rows = [json.loads(line) for line in SHARED.read_text("utf-8").splitlines()]
    table = tmp_path / "t.jsonl"
    with table.open("w", encoding="utf-8") as file:
        for number, row in enumerate(rows):
            file.write(json.dumps(row | {"sha256": f"{number:064x}"}) + "\n")
    lines = run("add", table, "--nl").lines()
    assert [line["input"]["row"] for line in lines] == list(range(1, len(rows) + 1))
    for row, line in zip(rows, lines, strict=True):
        for date in line["dates"]:
            if len(row["date"]) == 4:
                assert (date["date"], date["precision"]) == (row["date"], "year")
            assert "-01-14" not in date["date"] or "14" in row["date"]
    assert {line["reason"] for line in lines if line["outcome"] == "refused"} == {"unreadable_date"}
    undated = [row for row in rows if row["date"] == "not enough information"]
    assert sum(line["read_as"] == "undated" for line in lines) == len(undated)
    readable = [line for line in lines if line["dates"]]
    refused = [line for line in lines if line["outcome"] == "refused"]
    assert len(readable) + len(refused) + len(undated) == len(rows)
    assert len(refused) < 60
