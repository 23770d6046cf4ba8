"""What a worker can no longer do, tried in a real one."""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path

import pytest

from provenance.guard import Guard

DENIED = {errno.EACCES, errno.EPERM}


@pytest.fixture
def locked(steady: Guard) -> Guard:
    """A guard whose workers have Landlock; the test is skipped without it."""
    if not steady.protections()["files"]:
        pytest.skip("this kernel has no Landlock")
    return steady


@pytest.fixture
def filtered(steady: Guard) -> Guard:
    """A guard whose workers have a seccomp filter; the test is skipped without it."""
    if not steady.protections()["system_calls"]:
        pytest.skip("there is no seccomp filter for this machine")
    return steady


def tried(guard: Guard, command: str) -> int | None:
    code: int | None = guard.run(command.encode())["errno"]
    return code


def test_it_cannot_open_a_file_of_the_user(locked: Guard, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    assert tried(locked, f"open {secret}") in DENIED
    assert tried(locked, f"open {Path.home()}") in DENIED
    assert tried(locked, "open /etc/passwd") in DENIED


def test_it_can_still_read_its_libraries(locked: Guard) -> None:
    assert tried(locked, f"open {os.__file__}") is None


def test_it_cannot_write_anywhere(locked: Guard, tmp_path: Path) -> None:
    assert tried(locked, f"write {tmp_path / 'new'}") in DENIED
    assert tried(locked, f"write {os.__file__}") in DENIED
    assert not (tmp_path / "new").exists()


def test_it_cannot_connect(steady: Guard) -> None:
    held = steady.protections()
    if not (held["connections"] or held["system_calls"]):
        pytest.skip("neither Landlock for networks nor seccomp here")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert tried(steady, f"connect {listening.getsockname()[1]}") in DENIED


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX"])
def test_it_cannot_make_a_socket(filtered: Guard, family: str) -> None:
    assert tried(filtered, f"socket {family}") == errno.EPERM


def test_it_cannot_start_a_process_or_a_program(filtered: Guard) -> None:
    assert tried(filtered, "fork") == errno.EPERM
    assert tried(filtered, "execute") == errno.EPERM


def test_it_cannot_signal_the_main_process(filtered: Guard) -> None:
    assert tried(filtered, f"signal {os.getpid()}") == errno.EPERM


def test_it_can_still_start_threads(steady: Guard) -> None:
    assert steady.run(b"thread")["seen"] == [1]


def test_it_knows_nothing_of_the_user(steady: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    told = steady.run(b"environment")
    assert not {"SECRET_TOKEN", "HOME", "USER", "PATH"} & set(told["names"])
    assert told["folder"] == Path(sys.executable).anchor
