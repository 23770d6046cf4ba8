"""A real Chromium at a real server over a copy of the story's archive."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Open for one module: while it is, no other event loop can run in this thread."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    archive = shutil.copy(story / "archive.db", tmp_path_factory.mktemp("served") / "archive.db")
    command = [sys.executable, "-m", "provenance", "serve", "--port", "0", "-a", archive]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    found = re.search(r"http://\S+/-/provenance/", process.stderr.readline())
    assert found
    yield found[0]
    assert process.poll() is None  # whatever the tests did, it still serves
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
