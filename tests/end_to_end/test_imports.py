"""A long import is killed, goes on, and is met again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.import_rows import write_rows
from provenance.archive import Archive
from provenance.ingest import MOST_IN_A_COMMIT

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGKILL"), reason="needs a system with kill -9"
)

ROWS = 2500
ANSWERED = 950
"""Answers read before the kill: in the middle of a batch."""


def killed(table: Path, archive: Path) -> list[dict]:
    """What was acknowledged before ``kill -9``."""
    command = [sys.executable, "-m", "provenance", "add", table, "--nl", "-a", archive]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=table.parent) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(ANSWERED)]
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    return [json.loads(line) for line in lines]


def test_an_import_goes_on_after_a_kill(run, archive: Path, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    write_rows(table, range(ROWS))
    before = killed(table, archive)
    assert {answer["outcome"] for answer in before} == {"added"}
    done = run("add", table, "--nl").lines()
    assert [answer["input"]["row"] for answer in done] == list(range(1, ROWS + 1))
    known = [answer for answer in done if answer["outcome"] == "known"]
    assert len(known) >= ANSWERED
    assert len(known) % MOST_IN_A_COMMIT == 0
    for first, again in zip(before, done, strict=False):
        assert (first["picture"], first["sighting"]) == (again["picture"], again["sighting"])
    with Archive.open(archive, readonly=True) as opened:
        assert opened.coverage().pictures == ROWS
        assert opened.coverage().sightings == 2 * ROWS
        assert opened.verify_chain().whole
        version = opened.version()
    again = run("add", table, "--nl").lines()
    assert {answer["outcome"] for answer in again} == {"known"}
    with Archive.open(archive, readonly=True) as opened:
        assert opened.version() == version


def test_a_changed_row_is_not_passed_over(run, archive: Path, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    write_rows(table, range(300))
    run("add", table, "--nl")
    changed = table.read_text().replace("agency 7,", "agency 77,", 1)
    table.write_text(changed)
    outcomes = [answer["outcome"] for answer in run("add", table, "--nl").lines()]
    assert outcomes.count("added") == 1
    assert outcomes.count("known") == 299


def test_look_ups_find_what_was_acknowledged_while_an_import_runs(
    run, archive: Path, tmp_path: Path
) -> None:
    table = tmp_path / "rows.csv"
    write_rows(table, range(ROWS))
    command = [sys.executable, "-m", "provenance", "add", table, "--nl", "-a", archive]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        answers = [json.loads(process.stdout.readline()) for _ in range(300)]
        asked = [answers[n]["input"]["name"].split(", ")[1] for n in (0, 150, 299)]
        found = run("lookup", *asked, "--nl").lines()
        rest = process.stdout.read()
    assert process.returncode == 0
    assert rest.count(b"\n") == ROWS - 300
    assert [answer["outcome"] for answer in found] == ["matched"] * 3
    assert [answer["matches"][0]["picture"] for answer in found] == [
        answers[n]["picture"] for n in (0, 150, 299)
    ]


def test_a_batch_has_a_licence_everywhere_it_is_shown(run, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    write_rows(table, range(2))
    run("add", table, "--licence", "CC BY 4.0", "--source", "Example Agency", "--nl")
    (shown,) = run("show", "1", "--json").json()
    assert shown["collections"] == [
        {
            "name": str(table),
            "source": "Example Agency",
            "trust": "own",
            "licence": "CC BY 4.0",
            "revoked": None,
        }
    ]
    assert "licence: CC BY 4.0" in run("show", "1").out
    assert {p["collections"][0]["licence"] for p in run("list", "--nl").lines()} == {"CC BY 4.0"}
    (status,) = run("status", "--json").json()
    assert status["archive"]["newest_collections"][0]["licence"] == "CC BY 4.0"
