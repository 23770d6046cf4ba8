"""Lets the tests of this folder import the pages that they share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from provenance.fingerprint import parse_hash
from provenance.guard import Guard, Job, Limits
from provenance.models import Entry
from provenance.sources import Stated, Tally, entries
from provenance.sources.readers import Readers

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def guards():
    """Workers that stay for all tests of this folder; starting them would be most of its time."""
    kept: dict[tuple[Job, Limits], Guard] = {}
    yield kept
    for guard in kept.values():
        guard.close()


@pytest.fixture(autouse=True)
def _lasting_workers(guards, monkeypatch):
    def of(self, job, *, imports=(), limits):
        found = (job, limits)
        if found not in guards:
            guards[found] = Guard(job, imports=imports, limits=limits)
        return guards[found]

    monkeypatch.setattr(Readers, "of", of)


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


@pytest.fixture(scope="session")
def walked():
    """The addresses in a WARC's bytes, each body read, and how reading it ended."""
    import io

    from provenance.errors import Refused
    from provenance.sources.web.records import records

    def walk(data: bytes):
        stream = records(io.BufferedReader(io.BytesIO(data)), 1 << 30)
        while True:
            try:
                record = next(stream, None)
                if record is None:
                    return
                record.body()
            except Refused as problem:
                yield "", problem
                return
            yield record.url, None

    return walk
