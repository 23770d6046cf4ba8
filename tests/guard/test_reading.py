"""Only ordinary files are read, whole, up to a cap."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import Limits, read_file


def refusal(path: Path | str | bytes, limits: Limits | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_file(path, limits or Limits())
    assert caught.value.advice
    return caught.value


def refused_as_no_file(path: Path | str | bytes, word: str) -> None:
    problem = refusal(path)
    assert problem.reason == UnreadableReason.NOT_A_FILE
    assert word in problem.message


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 3_000_000)
    assert read_file(path) == path.read_bytes()
    assert read_file(os.fsencode(path)) == path.read_bytes()
    assert read_file(str(path)) == path.read_bytes()


def test_an_empty_file_gives_no_bytes(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert read_file(tmp_path / "empty") == b""


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff\xfe.jpg"
    try:
        Path(os.fsdecode(path)).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert read_file(path) == b"x"


def test_missing(tmp_path: Path) -> None:
    refused_as_no_file(tmp_path / "none", "no such file")
    (tmp_path / "file").touch()
    refused_as_no_file(tmp_path / "file" / "below", "no such file")


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000, "\ud800"])
def test_impossible_names(name: str) -> None:
    assert refusal(name).reason == UnreadableReason.NOT_A_FILE


def test_a_folder_named_like_a_picture(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").mkdir()
    refused_as_no_file(tmp_path / "a.jpg", "folder")


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    refused_as_no_file(tmp_path / "link", "link")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hold_us_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    refused_as_no_file(tmp_path / "pipe", "pipe")


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # names of sockets must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s")
        refused_as_no_file("s", "socket")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device() -> None:
    assert stat.S_ISCHR(Path("/dev/zero").stat().st_mode)
    refused_as_no_file("/dev/zero", "device")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "closed"
    path.write_bytes(b"x")
    path.chmod(0)
    refused_as_no_file(path, "may not be read")


def test_a_file_over_the_cap(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    assert refusal(path).reason == UnreadableReason.TOO_BIG


def test_a_file_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing"
    path.write_bytes(b"x")
    real = os.read

    def read_and_grow(descriptor: int, length: int) -> bytes:
        with path.open("ab") as file:
            file.write(b"x" * 100_000)
        return real(descriptor, length)

    monkeypatch.setattr(os, "read", read_and_grow)
    assert refusal(path, Limits(file_bytes=1_000_000)).reason == UnreadableReason.TOO_BIG
