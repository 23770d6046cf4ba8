"""The real command over real folders: bursts, kills, a second watcher, a command of the desk."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks import burst, kill_watch, soak


@contextmanager
def watching(root: Path, archive: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A watcher that runs, in a process of its own."""
    arguments = [sys.executable, "-m", "provenance", "watch", str(root), "-a", str(archive)]
    process = subprocess.Popen(
        [*arguments, "--nl", "--settle", "0.2", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(path: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert path.exists()


@pytest.mark.parametrize("how", [(), ("--poll",)], ids=["events", "poll"])
def test_what_comes_while_it_runs(how, filled_archive, written_story, tmp_path, run) -> None:
    root = tmp_path / "drop"
    with watching(root, tmp_path / "a.db", *how) as process:
        wait_for(root / "refused")
        second = run("watch", root, "--once", archive=tmp_path / "b.db")
        assert second.code == 2
        assert "watched already" in second.err
        for number in range(3):
            folder = root / "in" / f"{number}" / "new"
            folder.mkdir(parents=True)
            (folder / "a.jpg").write_bytes(written_story.copies[0].path.read_bytes())
        names = {json.loads(process.stdout.readline())["query"]["name"] for _ in range(3)}
    assert names == {f"{number}/new/a.jpg" for number in range(3)}


def test_the_command_of_the_desk_gets_plain_arguments(
    run, filled_archive, written_story, tmp_path
) -> None:
    root = tmp_path / "drop"
    (root / "in").mkdir(parents=True)
    name = "a $(touch hit) ';touch hit;'.jpg"
    (root / "in" / name).write_bytes(written_story.copies[1].path.read_bytes())
    told = tmp_path / "told.json"
    program = tmp_path / "told.py"
    program.write_text(
        f"import json, sys\nopen({str(told)!r}, 'w').write(json.dumps(sys.argv[1:]))"
    )
    done = run(
        *("watch", root, "--once", "--claim-date", "2023-10-23"),
        *("--on-finding", f"{sys.executable} {program} first"),
        archive=filled_archive,
    )
    assert done.code == 0, done.err
    assert f"{name}: seen before the claimed date; 3 years" in done.out
    first, finding, answer, sentence = json.loads(told.read_text())
    assert (first, finding) == ("first", "seen_before_claim")
    assert json.loads(Path(answer).read_text("utf-8"))["finding"]["sentence"] == sentence
    assert not list(tmp_path.rglob("hit"))
    assert not Path("hit").exists()
    (root / "in/b.txt").write_text("no picture")
    refused = run("watch", root, "--once", archive=filled_archive)
    assert refused.code == 1


def test_killed_at_random_moments(tmp_path: Path) -> None:
    tally = kill_watch.run(files=12, kills=3, seed=3, folder=tmp_path)
    assert tally.kills + tally.ended == 3
    assert tally.dropped == 12
    assert tally.problems == []


@pytest.mark.skipif(sys.platform == "win32", reason="processes cannot be stopped there")
def test_a_burst_while_paused_and_killed(tmp_path: Path) -> None:
    tally = burst.run(files=51, seed=4, folder=tmp_path)
    assert (tally.kills, tally.dropped, tally.problems) == (1, 51, [])


def test_memory_that_grows_would_be_noticed() -> None:
    flat = [soak.Seen(n, n, 100.0 + n % 3, 90.0, 11) for n in range(20)]
    assert soak.is_flat(flat)
    assert not soak.is_flat([soak.Seen(n, n, 100.0 + 2 * n, 90.0, 11) for n in range(20)])
    assert not soak.is_flat([soak.Seen(n, n, 100.0, 90.0, 11 + n) for n in range(20)])


@pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")
def test_a_short_soak(tmp_path: Path) -> None:
    looks = soak.run(pictures=20, archived=2, seed=5, folder=tmp_path)
    assert looks[-1].answered == 20
    assert looks[-1].watcher > looks[-1].workers / 4 > 5


def test_the_benchmark_would_notice(tmp_path: Path) -> None:
    tally = kill_watch.Tally()
    dropping = kill_watch.Dropping(tmp_path, 2, kill_watch.random.Random(1))
    dropping.burst(2)
    first, second = kill_watch.lying(tmp_path)
    second.write_bytes(first.read_bytes())
    kill_watch.lost_or_twice(tmp_path, dropping.dropped, tally)
    kill_watch.answered(tmp_path, tmp_path / "none.db", tally)
    assert len(set(tally.problems)) == 4


@pytest.mark.heavy
def test_killed_five_hundred_times(tmp_path: Path) -> None:
    assert kill_watch.run(files=5000, kills=500, seed=1, folder=tmp_path).problems == []
