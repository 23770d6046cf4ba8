"""No socket opens while pictures of this machine are added, looked up and checked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fixtures import pages
from provenance.demo.story import Story

PROGRAM = """
import sys
opened = []
def watch(event, arguments):
    if event.startswith("socket."):
        opened.append((event, arguments))
sys.addaudithook(watch)
from provenance.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
assert not opened, opened
sys.exit(code)
"""


def offline(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_add_lookup_and_check_open_no_socket(written_story: Story, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    copies = written_story.folder / "circulating"
    addresses = tmp_path / "addresses.csv"
    addresses.write_text("path,url\nhttps://example.com/a.jpg,\n,https://example.com/b.jpg\n")
    for arguments in (
        ["add", written_story.table],
        ["lookup", copies],
        ["check", copies, "--claim-date", "2023-10-23", "--html", tmp_path / "r.html"],
        ["add", addresses, "--url", "https://example.com/", "--nl"],
        ["lookup", "http://127.0.0.1/a.jpg", "https://[::1]/a.jpg", "http://x:25/"],
    ):
        done = offline(*arguments, "-a", archive)
        assert b"AssertionError" not in done.stderr, done.stderr.decode()
        assert done.returncode in (0, 1)


def test_archived_pages_open_no_socket(tmp_path: Path) -> None:
    pages.write(tmp_path / "pages")
    done = offline("add", tmp_path / "pages", "-a", tmp_path / "archive.db")
    assert (done.returncode, b"AssertionError" in done.stderr) == (0, False), done.stderr.decode()
