import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


def _run(script, *arguments):
    command = [sys.executable, str(FIXTURES / script), *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def _rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_corpus_says_of_every_query_where_it_comes_from(tmp_path):
    done = _run("make.py", tmp_path, "--count", 2)
    assert done.returncode == 0, done.stderr
    archived, queries = _rows(tmp_path / "archive.csv"), _rows(tmp_path / "queries.csv")
    assert [row["path"] for row in archived] == ["archive/00000.jpg", "archive/00001.jpg"]
    assert [row["comes_from"] for row in queries] == [r["path"] for r in archived] + ["", ""]
    assert all((tmp_path / row["path"]).stat().st_size for row in [*archived, *queries])


@pytest.mark.parametrize("count", ["0", "-3", "many"])
def test_a_count_that_makes_no_corpus_is_refused(tmp_path, count):
    done = _run("make.py", tmp_path, "--count", count)
    assert done.returncode == 2
    assert not list(tmp_path.iterdir())


def test_hostile_files_are_written_with_how_each_should_end(tmp_path):
    done = _run("hostile.py", tmp_path)
    assert done.returncode == 0, done.stderr
    named = {row["path"] for row in _rows(tmp_path / "expected.csv")}
    assert named == {path.name for path in tmp_path.iterdir()} - {"expected.csv"}
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 40_000_000


def test_claims_name_pictures_of_the_story():
    text = (FIXTURES / "claims.jsonl").read_text(encoding="utf-8")
    claims = [json.loads(line) for line in text.splitlines()]
    assert {claim["name"] for claim in claims} == {"breaking.jpg", "mirrored.jpg", "night.jpg"}
