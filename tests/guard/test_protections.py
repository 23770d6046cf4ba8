"""What `provenance status` says is active is tried, word by word, in a real worker."""

from __future__ import annotations

import errno
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from short_limits import SHORT

from provenance.errors import Unreadable
from provenance.guard import Guard, protections, seccomp
from provenance.guard.protections import WORDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks of Linux are tried")

DENIED = {errno.EACCES, errno.EPERM}


@pytest.fixture
def stranger() -> Iterator[int]:
    """A process of this user that is no worker and no parent of one."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.kill()


def _limits(guard: Guard) -> dict[str, list[int]]:
    return guard.run(b"limits")


def _memory(guard: Guard) -> bool:
    with pytest.raises(Unreadable) as caught:
        guard.run(b"eat")
    return caught.value.reason == "too_big"


def _processor(guard: Guard) -> bool:
    return 0 < _limits(guard)["RLIMIT_CPU"][0] < 3600


def _signals(guard: Guard) -> bool:
    return guard.run(f"signal {os.getpid()}".encode())["errno"] in DENIED


def _connections(guard: Guard) -> bool:
    return guard.run(b"connect 9")["errno"] in DENIED


def _system_calls(guard: Guard) -> bool:
    tried = (b"socket AF_INET", b"fork", b"execute")
    return all(guard.run(each)["errno"] == errno.EPERM for each in tried)


TRIALS: dict[str, Callable[[Guard], bool]] = {
    "memory": _memory,
    "processor": _processor,
    "writing": lambda guard: _limits(guard)["RLIMIT_FSIZE"] == [0, 0],
    "core": lambda guard: _limits(guard)["RLIMIT_CORE"] == [0, 0],
    "open_files": lambda guard: _limits(guard)["RLIMIT_NOFILE"][1] == SHORT.open_files,
    "parent": lambda guard: guard.run(b"status")["at_parents_death"] == signal.SIGKILL,
    "inspection": lambda guard: guard.run(b"status")["dumpable"] == 0,
    "privileges": lambda guard: guard.run(b"status")["no_new_privileges"] == 1,
    "files": lambda guard: guard.run(b"open /etc/passwd")["errno"] in DENIED,
    "connections": _connections,
    "signals": _signals,
    "system_calls": _system_calls,
}


def test_every_protection_that_is_told_is_tried() -> None:
    assert set(TRIALS) == set(WORDS)
    assert {each.name for each in protections()} == {"worker", *WORDS}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_what_is_called_active_holds(steady: Guard, name: str) -> None:
    if not steady.protections()[name]:
        pytest.skip(f"{name} is not active on this system, and status says so")
    assert TRIALS[name](steady)


@pytest.fixture
def filtered(steady: Guard) -> Guard:
    """A guard whose workers have a seccomp filter; the test is skipped without it."""
    if not steady.protections()["system_calls"]:
        pytest.skip("there is no seccomp filter for this machine")
    return steady


@pytest.mark.parametrize("act", ["chmod", "touch", "attribute"])
def test_rights_dates_and_attributes_of_a_file_stay(
    filtered: Guard, tmp_path: Path, act: str
) -> None:
    file = tmp_path / "the user's own"
    file.write_text("x")
    before = file.stat()
    assert filtered.run(f"{act} {file}".encode())["errno"] == errno.EPERM
    after = file.stat()
    assert (before.st_mode, before.st_mtime_ns) == (after.st_mode, after.st_mtime_ns)


def test_another_process_s_limits_are_out_of_reach(filtered: Guard, stranger: int) -> None:
    assert filtered.run(f"limit {stranger}".encode())["errno"] == errno.EPERM
    assert filtered.run(b"limit 0")["errno"] is None


@pytest.mark.parametrize("call", ["tgkill", "rt_sigqueueinfo", "kill", "pidfd_open"])
def test_another_process_cannot_be_signalled_by_any_door(
    filtered: Guard, stranger: int, call: str
) -> None:
    rows = {**seccomp.REFUSED, **seccomp.OWN_ONLY}
    number = rows[call][list(seccomp.ARCHITECTURES).index(platform.machine())]
    assert filtered.run(f"call {number} {stranger} {stranger} 0 0".encode())["errno"] == errno.EPERM


@pytest.mark.parametrize("call", ["shmget", "msgget", "semget", "inotify_init1"])
def test_nothing_is_shared_with_other_processes(filtered: Guard, call: str) -> None:
    number = seccomp.REFUSED[call][list(seccomp.ARCHITECTURES).index(platform.machine())]
    assert filtered.run(f"call {number} 0 4096 950".encode())["errno"] == errno.EPERM


def test_a_worker_may_still_end_itself(single: Guard) -> None:
    with pytest.raises(Unreadable) as caught:
        single.run(b"abort")
    assert "SIGABRT" in caught.value.message
