"""Several programs at one archive, and programs that are killed."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from provenance.archive import Archive

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}

WRITER = """
import sys
from provenance.archive import Archive
from provenance.models import Intake, NewCollection

path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Archive.open(path, create=True, actor=name) as archive:
    for number in range(count):
        intakes = [
            Intake(f"{name} {number}", NewCollection(name), sha256=f"{owner}{number:063d}")
            for owner in (name, "f")
        ]
        for added in archive.add(intakes):
            print(added.outcome, flush=True)
"""


@pytest.fixture(scope="module")
def kill_add() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kill_add", ROOT / "benchmarks" / "kill_add.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill_add"] = module
    spec.loader.exec_module(module)
    return module


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )


def test_two_writers_and_a_reader_from_a_blank_file(path):
    """Both make the archive, both add; half of what they add is the same."""
    count = 100
    writers = [writer(path, name, count) for name in ("a", "b")]
    seen = []
    while any(each.poll() is None for each in writers):
        if path.exists() and path.stat().st_size:
            with Archive.open(path, readonly=True) as reader:
                seen.append(reader.coverage().pictures)
    for each in writers:
        _, said = each.communicate(timeout=60)
        assert (each.returncode, said) == (0, "")
    assert seen == sorted(seen)
    with Archive.open(path) as archive:
        assert archive.coverage().pictures == 3 * count
        assert archive.coverage().sightings == 3 * count
        assert archive.verify_chain().whole
        assert {e.details["by"] for e in archive.events() if e.picture} == {"a", "b"}


def test_killed_at_random_moments(kill_add, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(kill_add, "LONGEST_LIFE", 0.1)
    monkeypatch.setattr(kill_add, "KILLS_AN_ARCHIVE", 5)
    tally = kill_add.run(20, kill_add.OWN, seed=7, folder=tmp_path)
    assert tally.problems == []
    assert tally.kills == 20
    assert tally.acknowledged > 0


def test_the_benchmark_would_notice(kill_add, path, intake):
    with Archive.open(path, create=True) as archive:
        archive.add([intake(1)])
    tally = kill_add.Tally()
    kill_add.look(path, {"0" * 64}, tally)
    assert tally.problems == ["archive.db: 1 acknowledged pictures are lost"]


def test_a_line_cut_short_acknowledges_nothing(kill_add, tmp_path):
    file = tmp_path / "a.jpg"
    file.write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    line = f'{{"input": {{"name": "{file}"}}, "outcome": "added"}}\n{{"input": '
    assert list(kill_add.acknowledgements(line.encode())) == [empty]
    assert list(kill_add.acknowledgements(b"ab\ncd")) == ["ab"]


def test_a_run_that_adds_nothing_shows_nothing(kill_add, tmp_path):
    tally = kill_add.run(1, f"{sys.executable} -c pass {{archive}}", seed=7, folder=tmp_path)
    assert len(tally.problems) == 1
