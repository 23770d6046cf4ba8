"""Lets the tests of this folder import the pages that they share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from provenance.fingerprint import parse_hash
from provenance.models import Entry
from provenance.sources import Stated, Tally, entries

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[3])]


@pytest.fixture
def take(tmp_path, monkeypatch):
    """Write a file into a folder of its own and give its entries."""
    monkeypatch.chdir(tmp_path)

    def taken(
        content: bytes, name: str = "crawl.warc.gz", tally: Tally | None = None, **stated: str
    ) -> list[Entry]:
        (tmp_path / name).write_bytes(content)
        found = entries([name], Stated(**stated), parse_hash=parse_hash, tally=tally)
        return list(found)

    return taken
