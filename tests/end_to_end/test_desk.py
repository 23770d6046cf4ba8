"""``provenance desk``: the folder is watched and the pages are shown, and Ctrl-C ends both."""

from __future__ import annotations

import json
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.end_to_end.conftest import serving


def asked(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)


def test_a_dropped_picture_stands_in_the_browser(
    written_story: Any, tmp_path: Path, run: Any
) -> None:
    archive, drop = tmp_path / "new.db", tmp_path / "drop"
    with serving("desk", drop, "-a", archive, "--no-open", "--claim", "Strikes") as address:
        assert asked(f"{address}checks.json")["checks"] == []
        inbox = drop / "in"
        until = time.monotonic() + 60
        while not inbox.exists() and time.monotonic() < until:
            time.sleep(0.05)
        (inbox / "a.jpg").write_bytes(written_story.copies[0].path.read_bytes())
        while not (drop / "done" / "a.jpg").exists() and time.monotonic() < until:
            time.sleep(0.2)
        checks = asked(f"{address}checks.json")["checks"]
    assert [each["claim"] for each in checks] == ["Strikes"]
    assert (drop / "done" / "a.jpg").exists()
    again = run("watch", drop, "--once", archive=archive)  # nobody holds the folder any more
    assert again.code == 0


def test_what_cannot_be_is_said_before_anything_starts(tmp_path: Path, run: Any) -> None:
    wrong = run("desk", tmp_path / "drop", "--no-open", "--claim-date", "02/30")
    assert wrong.code == 2
    assert not (tmp_path / "drop").exists()
