"""The real command, run as a person runs it, over the story's drawn pictures."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from provenance.demo import story


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    def json(self) -> list[dict[str, Any]]:
        return json.loads(self.out)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def run(tmp_path: Path, archive: Path) -> Run:
    def command(*arguments: str | Path, stdin: str | bytes = b"", archive: Path = archive) -> Ran:
        environment = {**os.environ, "PROVENANCE_ARCHIVE": str(archive), "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "provenance", *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=tmp_path,
            env=environment,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return command


@pytest.fixture(scope="session")
def written_story(tmp_path_factory: pytest.TempPathFactory) -> story.Story:
    return story.write(tmp_path_factory.mktemp("story"))


@pytest.fixture(scope="session")
def filled_archive(written_story: story.Story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the story's pictures; tests only read it."""
    path = tmp_path_factory.mktemp("filled") / "archive.db"
    subprocess.run(
        [sys.executable, "-m", "provenance", "add", written_story.table, "-a", path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return path


@contextmanager
def serving(*arguments: str | Path) -> Iterator[str]:
    """A command that shows an archive in the browser, on a free port; ends as with Ctrl-C."""
    command = [sys.executable, "-m", "provenance", *map(str, arguments), "--port", "0"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://\S+/-/provenance/", said)
        assert found, said + process.stderr.read()
        yield found[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130  # what Ctrl-C ends with everywhere
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser, where one is installed; while it is open no other event loop can run."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
