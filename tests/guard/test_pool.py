"""The pool: order, reuse, recycling, and every way in which a worker can end."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import misbehaving
import numpy as np
import pytest
from short_limits import SHORT

from provenance.errors import NoGuard, Unreadable, UnreadableReason
from provenance.guard import Guard, Raw, protections
from provenance.guard.limits import LIMITS

ENDINGS = {
    "loop": UnreadableReason.TOO_SLOW,
    "hang": UnreadableReason.TOO_SLOW,
    "eat": UnreadableReason.TOO_BIG,
    "exit 0": UnreadableReason.WORKER_DIED,
    "exit 3": UnreadableReason.WORKER_DIED,
    "segfault": UnreadableReason.WORKER_DIED,
    "garbage": UnreadableReason.WORKER_DIED,
    "flood": UnreadableReason.WORKER_DIED,
    "raise \x1b[31mtext": UnreadableReason.WORKER_DIED,
    "untold": UnreadableReason.WORKER_DIED,
    "refuse text": UnreadableReason.UNSUPPORTED,
}


def reason(guard: Guard, command: str) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        guard.run(command.encode())
    return caught.value.reason, str(caught.value)


@pytest.mark.parametrize(("command", "expected"), ENDINGS.items(), ids=list(ENDINGS))
def test_each_ending_is_one_outcome_and_the_next_file_is_read(
    steady: Guard, command: str, expected: UnreadableReason
) -> None:
    told, sentence = reason(steady, command)
    assert told == expected
    assert sentence.isprintable()
    assert steady.run(b"echo next")["echo"] == "next"


def test_a_batch_with_every_ending_keeps_its_order(guard: Guard) -> None:
    commands = [c for ending in ENDINGS for c in (ending, f"echo {ending}")]
    answers = list(guard.map((c, Raw(c.encode())) for c in commands))
    assert [a.key for a in answers] == commands
    for answer in answers:
        assert answer.sha256 == hashlib.sha256(answer.key.encode()).hexdigest()
        assert answer.size == len(answer.key.encode())
        if answer.key in ENDINGS:
            assert isinstance(answer.result, Unreadable)
            assert answer.result.reason == ENDINGS[answer.key]
        else:
            assert isinstance(answer.result, dict)


def test_a_signal_is_named(steady: Guard) -> None:
    assert "SIGSEGV" in reason(steady, "segfault")[1]


def test_what_a_library_prints_does_not_disturb(
    steady: Guard, capfd: pytest.CaptureFixture
) -> None:
    assert steady.run(b"shout")["shouted"] is True
    assert steady.run(b"echo after")["echo"] == "after"
    assert capfd.readouterr() == ("", "")


def test_answers_come_in_order_though_work_does_not(guard: Guard) -> None:
    delays = [0.2, 0.0, 0.1, 0.0, 0.05]
    answers = guard.map((d, Raw(f"sleep {d}".encode())) for d in delays)
    assert [a.key for a in answers] == delays


def test_options_and_arrays_travel(steady: Guard) -> None:
    options = {"number": 3, "list": [1, None, "ü"], "bytes": b"\x00\xff"}
    assert steady.run(b"echo x", options)["options"] == options
    array = steady.run(b"array")["array"]
    assert np.array_equal(array, np.arange(6, dtype=np.float32).reshape(2, 3))


def test_a_worker_is_reused_then_recycled_after_its_share(single: Guard) -> None:
    pids = [single.run(b"echo x")["pid"] for _ in range(SHORT.jobs_per_worker + 5)]
    first = SHORT.jobs_per_worker
    assert len(set(pids[:first])) == 1
    assert len(set(pids[first:])) == 1
    assert pids[0] != pids[first]


def test_a_worker_that_has_grown_is_recycled(single: Guard) -> None:
    grown = single.run(b"keep 150")["pid"]
    assert single.run(b"echo x")["pid"] != grown


def test_a_worker_that_failed_unforeseen_is_recycled(single: Guard) -> None:
    before = single.run(b"echo x")["pid"]
    reason(single, "raise oops")
    assert single.run(b"echo x")["pid"] != before


def test_a_refusal_of_the_job_keeps_its_worker(single: Guard) -> None:
    before = single.run(b"echo x")["pid"]
    reason(single, "refuse text")
    assert single.run(b"echo x")["pid"] == before


def test_items_are_drawn_no_further_than_the_window(guard: Guard) -> None:
    drawn = itertools.count()

    def endless() -> Iterator[tuple[int, Raw]]:
        for number in drawn:
            yield number, Raw(b"echo x")

    answers = guard.map(endless())
    for _ in range(10):
        next(answers)
    assert next(drawn) <= 10 + 2 * guard.workers + 1


def test_with_a_window_of_one_each_is_answered_before_the_next_is_asked_for(guard: Guard) -> None:
    log: list[str] = []

    def asked() -> Iterator[tuple[int, Raw]]:
        for number in range(3):
            log.append(f"asked {number}")
            yield number, Raw(b"echo x")

    answers = guard.map(asked(), window=1)
    while (answer := next(answers, None)) is not None:
        log.append(f"answered {answer.key}")
    assert log == [f"{what} {n}" for n in range(3) for what in ("asked", "answered")]


def test_large_bytes_are_gone_before_more_are_asked_for(guard: Guard) -> None:
    drawn: list[int] = []

    def asked() -> Iterator[tuple[int, Raw]]:
        for number in range(4):
            drawn.append(number)
            size = 2 * SHORT.large_file_bytes if number == 1 else 1
            yield number, Raw(b"echo " + b"x" * size)

    answers = guard.map(asked(), window=4)
    assert [next(answers).key, next(answers).key] == [0, 1]
    assert drawn == [0, 1]
    assert [answer.key for answer in answers] == [2, 3]


def test_paths_are_opened_by_the_guard(guard: Guard, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"echo file")
    (tmp_path / "large").write_bytes(b"echo " + b"y" * 5000)
    paths = [tmp_path / "a", os.fsencode(tmp_path / "large"), str(tmp_path / "none"), tmp_path]
    file, large, none, folder = (answer.result for answer in guard.map(enumerate(paths)))
    assert isinstance(file, dict)
    assert file["echo"] == "file"
    assert isinstance(large, dict)
    assert len(large["echo"]) == 5000
    assert isinstance(none, Unreadable)
    assert none.reason == UnreadableReason.NOT_A_FILE
    assert isinstance(folder, Unreadable)
    assert folder.reason == UnreadableReason.NOT_A_FILE


def test_bytes_over_the_cap_never_reach_a_worker(guard: Guard) -> None:
    (answer,) = guard.map([("x", Raw(b"x" * (SHORT.file_bytes + 1)))])
    assert isinstance(answer.result, Unreadable)
    assert answer.result.reason == UnreadableReason.TOO_BIG
    assert answer.size == SHORT.file_bytes + 1


def test_leaving_ends_every_worker_at_once() -> None:
    with Guard(misbehaving.obey, workers=1) as guard:
        pid = guard.run(b"echo x")["pid"]
        answers = guard.map([(0, Raw(b"hang")), (1, Raw(b"hang"))], window=1)
        guard._threads.submit(next, answers)
        time.sleep(0.1)
    assert not _alive(pid)


def test_an_abandoned_batch_leaves_the_guard_usable(guard: Guard) -> None:
    answers = guard.map((n, Raw(b"echo x")) for n in range(100))
    next(answers)
    answers.close()  # type: ignore[attr-defined]  it is a generator
    assert guard.run(b"echo y")["echo"] == "y"


@pytest.mark.skipif(sys.platform != "linux", reason="the death signal is Linux's")
def test_a_killed_parent_leaves_no_worker_behind() -> None:
    script = f"""
        import sys
        sys.path[:] = {sys.path!r}
        import misbehaving
        from provenance.guard import Guard, Raw
        guard = Guard(misbehaving.obey, workers=1)
        print(guard.run(b"echo x")["pid"], flush=True)
        guard.run(b"loop")
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while _alive(worker) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _alive(worker)


def _alive(pid: int) -> bool:
    """Running, not merely waiting for somebody to take note of its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_job_that_workers_cannot_import_is_refused_at_once() -> None:
    def inner(data: bytes, options: dict[str, object]) -> dict[str, object]:
        return {"data": data, **options}

    with pytest.raises(ValueError, match="top-level"):
        Guard(inner)


def test_a_job_whose_imports_fail_is_no_file_s_fault() -> None:
    with (
        Guard(misbehaving.obey, workers=1, imports=["no_such_module"]) as guard,
        pytest.raises(NoGuard, match="no_such_module"),
    ):
        guard.run(b"echo x")


def test_protections_are_told_in_plain_words() -> None:
    told = protections()
    assert told[0].active
    assert all(p.words for p in told)
    assert len({p.name for p in told}) == len(told)


def test_a_file_may_not_hold_the_line_for_ten_seconds() -> None:
    assert LIMITS.wall_seconds < 10
