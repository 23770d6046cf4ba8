"""What may lie in a folder beside pictures, and what names may hold, through the real command."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures import pages

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="names of bytes, pipes and sockets of Linux"
)

NAMES = (
    b"line\nbreak.jpg",
    b"\x1b[2J\x1b]0;owned\x07.jpg",
    "cod\u202egpj.exe.jpg".encode(),
    "a\u2066b\u2069.jpg".encode(),
    b'=HYPERLINK("http:..x").jpg',
    b"@SUM(1+1)*cmd.jpg",
    b"<img src=x onerror=alert(1)>.jpg",
    b"{query}%s%n$(touch x)`touch x`.jpg",
    b"a\\..\\..\\windows.jpg",
    b"nul.jpg",
    b"\xff\xfe\xe9.jpg",
    "\N{ARABIC LETTER SAD}\u200c\N{ARABIC LETTER WAW}.jpg".encode(),
    b"-rf --help.jpg",
    b"n" * 251 + b".jpg",
)
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def fill(folder: bytes) -> None:
    """One picture under every name, and everything that is no picture."""
    picture = pages.picture(1, (96, 72))
    for name in NAMES:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(picture)
    for name in (b"Thumbs.db", b".DS_Store", b"empty.jpg"):
        open(os.path.join(folder, name), "wb").close()
    os.mkdir(os.path.join(folder, b"folder.jpg"))
    os.mkfifo(os.path.join(folder, b"pipe.jpg"))
    os.symlink(b"/etc/passwd", os.path.join(folder, b"passwd.jpg"))
    os.symlink(b"loop.jpg", os.path.join(folder, b"loop.jpg"))
    os.symlink(b"/", os.path.join(folder, b"root"))
    os.symlink(b".", os.path.join(folder, b"again"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the folder ``drop``; the archive lies there too."""
    place = tmp_path_factory.mktemp("desk")
    (place / "drop").mkdir()
    fill(os.fsencode(place / "drop"))
    return place


@pytest.fixture(scope="module")
def run(desk: Path) -> Run:
    """The real command, in that folder."""

    def command(*arguments: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "provenance", *arguments],
            cwd=desk,
            env={**os.environ, "PROVENANCE_ARCHIVE": "archive.db", "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return command


@pytest.fixture(scope="module")
def added(run: Run) -> Ran:
    return run("add", "drop", "--nl")


def assert_plain(text: str) -> None:
    """Nothing in it acts on a terminal or turns the reading direction."""
    assert not {c for c in text if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"}} - {"\n"}
    assert not {unicodedata.bidirectional(c) for c in text} & BIDI


def test_every_name_has_its_line_and_none_acts(added: Ran, desk: Path) -> None:
    lines = {line["input"]["name"]: line for line in map(json.loads, added.out.splitlines())}
    assert len(lines) == len(NAMES) + 2
    refused = {name: line["reason"] for name, line in lines.items() if line["reason"]}
    assert refused == {"drop/pipe.jpg": "not_a_file", "drop/empty.jpg": "not_image"}
    assert added.code == 1
    assert "1 hidden file, 4 symbolic links and 1 system file skipped" in added.err
    assert_plain(added.out + added.err)
    assert str(desk) not in added.out
    assert not list(desk.glob("x"))


@pytest.mark.parametrize("command", [("lookup", "--csv"), ("check", "--table"), ("check",)])
def test_no_shape_of_output_lets_a_name_act(run: Run, added: Ran, command: tuple[str, ...]) -> None:
    done = run(*command, "drop")
    assert_plain(done.out + done.err)
    if "--csv" in command:
        rows = list(csv.reader(io.StringIO(done.out)))
        assert len(rows) == 1 + len(NAMES) + 2
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_a_report_holds_names_as_text(run: Run, added: Ran, desk: Path) -> None:
    run("check", "drop", "--html", "report.html")
    page = (desk / "report.html").read_text("utf-8")
    assert_plain(page)
    assert "<img src=x" not in page
    assert "<script" not in page
    assert re.search(r'<bdi dir="auto">[^<]*&lt;img src=x onerror', page)


def test_what_is_no_file_is_told_at_once_when_named(run: Run, added: Ran) -> None:
    names = ("drop/pipe.jpg", "drop/passwd.jpg", "drop/loop.jpg", "/dev/zero", "/proc/self/mem")
    done = run("lookup", *names, "--nl")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [each["query"]["name"] for each in answers] == list(names)
    assert {each["outcome"] for each in answers} == {"unreadable"}
    assert {each["reason"] for each in answers[:4]} == {"not_a_file"}
    assert "root:" not in done.out


def test_a_socket_is_no_picture(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.jpg")
        line = json.loads(run("add", "s.jpg", "--nl").out)
    os.unlink("s.jpg")
    assert (line["outcome"], line["reason"]) == ("refused", "not_a_file")


def test_a_name_taken_for_an_option_does_not_act(run: Run) -> None:
    done = run("add", "--x\x1b[2J\u202egpj.jpg")
    assert done.code == 2
    assert r"\x1b[2J\u202egpj" in done.err
    assert_plain(done.err)
