import csv
import subprocess
import sys
from pathlib import Path

from provenance.desk import Desk
from provenance.models import Outcome

SCRIPT = Path(__file__).resolve().parents[2] / "fixtures" / "hostile.py"


def test_every_hostile_file_ends_as_its_table_says(tmp_path):
    subprocess.run([sys.executable, str(SCRIPT), str(tmp_path / "bad")], check=True)
    with (tmp_path / "bad" / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["path"]: row["ends_as"].split("|") for row in csv.DictReader(file)}
    with Desk(tmp_path / "archive.db", create=True) as desk:
        looked = dict(
            zip(expected, desk.lookup([tmp_path / "bad" / n for n in expected]), strict=True)
        )
    ended = {name: _ending(answer) for name, answer in looked.items()}
    assert {n: e for n, e in ended.items() if e not in expected[n]} == {}


def _ending(answer):
    return str(answer.reason) if answer.outcome is Outcome.UNREADABLE else "readable"
