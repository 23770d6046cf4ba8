"""How far an import has come, said on a terminal and nowhere else."""

from __future__ import annotations

import io
import os
from itertools import count
from pathlib import Path

import pytest

from provenance.cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def clock(step: float):
    ticks = count()
    return lambda: next(ticks) * step


def table(folder: Path, rows: int) -> Path:
    path = folder / "t.csv"
    path.write_text("hash,date\n" + f"{'a' * 64},2019\n" * rows)
    return path


def test_how_many_how_fast_how_long_still(tmp_path: Path) -> None:
    out = Terminal()
    path = table(tmp_path, 1000)
    answers = progress.shown(range(100), [str(path)], out=out, clock=clock(0.25))
    assert list(answers) == list(range(100))
    lines = out.getvalue().split("\r\x1b[K")
    assert lines[1] == "2 done, 4 a second, about 4 min left"
    assert len(lines) == 52
    assert lines[-1] == ""


@pytest.mark.parametrize("out", [io.StringIO()])
def test_a_file_gets_no_progress(out: io.StringIO) -> None:
    assert list(progress.shown(iter("ab"), ["x"], out=out, clock=clock(1))) == ["a", "b"]
    assert out.getvalue() == ""


def test_the_line_is_gone_when_it_is_cut_short() -> None:
    out = Terminal()
    answers = progress.shown(range(9), ["folder"], out=out, clock=clock(1))
    next(answers)
    next(answers)
    answers.close()
    assert out.getvalue().endswith("1 done, 1 a second\r\x1b[K")


def test_what_can_be_expected(tmp_path: Path) -> None:
    path = table(tmp_path, 5000)
    assert progress.expected([str(path)]) == pytest.approx(5001, rel=0.01)
    assert progress.expected([os.fsencode(path)]) == pytest.approx(5001, rel=0.01)
    assert progress.expected([str(path), str(tmp_path)]) is None
    assert progress.expected([str(tmp_path / "none.csv")]) is None
    (tmp_path / "empty.csv").touch()
    assert progress.expected([str(tmp_path / "empty.csv")]) is None


@pytest.mark.parametrize(
    ("left", "said"), [(0.2, "1 s"), (29, "29 s"), (31, "1 min"), (7000, "117 min"), (7300, "2 h")]
)
def test_how_long_is_said(left: float, said: str) -> None:
    assert progress._duration(left) == said
