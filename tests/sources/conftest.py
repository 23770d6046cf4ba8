from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.fingerprint import parse_hash
from provenance.models import Entry
from provenance.sources import Stated, Tally, entries

SHA = "ab" * 32
PDQ = "f0" * 32
PHASH = "0123456789abcdef"

Draw = Callable[..., list[Entry]]


@pytest.fixture
def draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draw:
    """All entries of the arguments, drawn in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def drawn(
        *arguments: str | bytes, tally: Tally | None = None, fetch: bool = False, **stated: str
    ) -> list[Entry]:
        found = entries(
            list(arguments), Stated(**stated), parse_hash=parse_hash, tally=tally, fetch=fetch
        )
        return list(found)

    return drawn


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., str]:
    """Write a table into that folder and give its name."""

    def written(text: str | bytes, name: str = "table.csv") -> str:
        data = text.encode() if isinstance(text, str) else text
        (tmp_path / name).write_bytes(data)
        return name

    return written
