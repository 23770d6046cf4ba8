"""Every statement fails once, as on a full, broken or busy disk: done or rolled back."""

from __future__ import annotations

import functools
import secrets
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import damaged_log
from provenance.archive import Archive, connection
from provenance.errors import ArchiveError, UnwritableArchive

CODES = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY)
THEN = datetime(2026, 1, 2, tzinfo=UTC)

Operation = Callable[[Archive], object]


class Failing(sqlite3.Connection):
    """A connection of which the statement of one number fails."""

    at, code, calls = 0, sqlite3.SQLITE_FULL, 0

    def execute(self, *arguments):
        self._count()
        return super().execute(*arguments)

    def executemany(self, *arguments):
        self._count()
        return super().executemany(*arguments)

    @classmethod
    def _count(cls) -> None:
        cls.calls += 1
        if cls.calls == cls.at:
            error = sqlite3.OperationalError("as on a bad disk")
            error.sqlite_errorcode = cls.code
            raise error


@pytest.fixture(autouse=True)
def same_every_time(monkeypatch):
    """Without clock and dice, an operation that is done twice leaves the same bytes."""
    monkeypatch.setattr(connection, "now", lambda: THEN)
    monkeypatch.setattr(secrets, "token_bytes", bytes)


@pytest.fixture
def before(path, intake, sighting, asked) -> Path:
    """An archive with pictures, a check and events."""
    with Archive.open(path, create=True, actor="Mona") as archive:
        archive.add([intake(n, sighting(2019)) for n in range(3)])
        archive.add([intake(2, sighting(2018), collection="second")])
        asked(archive, "query", 1, 3).save(archive)
    return path


@pytest.fixture
def operations(intake, sighting, asked) -> dict[str, Operation]:
    return {
        "add": lambda a: a.add([intake(n, sighting(2020)) for n in ("new", 1, "newer")]),
        "add beside": lambda a: a.adding([intake("new", sighting(2020))]).wait(),
        "check": lambda a: asked(a, "another", 1, 2).save(a),
        "check again": lambda a: asked(a, "query", 1, sentence="Anew.").save(a),
        "revoke": lambda a: a.revoke("second", "not ours"),
        "forget": lambda a: a.forget(3, "they asked"),
        "quarantine": lambda a: a.quarantine("ab" * 32, "must not be kept"),
    }


NAMES = ("add", "add beside", "check", "check again", "revoke", "forget", "quarantine")


def content(path: Path) -> dict[str, list[object]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = plain.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {t: plain.execute(f'SELECT * FROM "{t}"').fetchall() for (t,) in tables}


def copied(path: Path, name: str) -> Path:
    target = path.with_name(name) / "archive.db"
    target.parent.mkdir()
    shutil.copy(path, target)
    return target


def done(path: Path, operation: Operation) -> None:
    with Archive.open(path, actor="Mona") as archive:
        operation(archive)


@contextmanager
def failing(monkeypatch, at: int, code: int):
    """Connections whose statement ``at`` fails with ``code``."""
    connect = functools.partial(sqlite3.connect, factory=Failing)
    with monkeypatch.context() as patched:
        patched.setattr(connection.sqlite3, "connect", connect)
        Failing.at, Failing.code, Failing.calls = at, code, 0
        yield


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_fails_once(name, operations, before, monkeypatch):
    operation = operations[name]
    reference = copied(before, "reference")
    done(reference, operation)
    states = [content(before), content(reference)]
    assert states[0] != states[1]
    number, seen = 0, set()
    while True:
        number += 1
        path = copied(before, f"try{number}")
        with failing(monkeypatch, number, CODES[number % len(CODES)]):
            with suppress(ArchiveError):
                done(path, operation)
            if Failing.calls < number:
                break
        now = content(path)
        assert now in states, f"statement {number}"
        seen.add(states.index(now))
        with Archive.open(path) as archive:
            assert archive.verify_chain().whole
        if now == states[0]:
            done(path, operation)
            assert content(path) == states[1]
    assert number > 10
    assert 0 in seen


@pytest.mark.parametrize("name", ["add", "check", "revoke"])
def test_the_disk_is_full_at_every_page(name, operations, before, monkeypatch):
    """SQLite itself finds no room for page after page, in the middle of its own writing."""
    operation = operations[name]
    reference = copied(before, "reference")
    with closing(sqlite3.connect(before)) as plain:
        plain.execute("VACUUM")
        pages = plain.execute("PRAGMA page_count").fetchone()[0]
    done(reference, operation)
    states = [content(before), content(reference)]
    outcomes = []
    for most in range(pages, pages + 40):
        path = copied(before, f"pages{most}")
        real = connection._PRAGMAS
        with monkeypatch.context() as patched:
            patched.setattr(connection, "_PRAGMAS", (*real, f"max_page_count = {most}"))
            with suppress(UnwritableArchive):
                done(path, operation)
        outcomes.append(states.index(content(path)))
        if outcomes[-1] == 1:
            break
    assert outcomes[-1] == 1
    assert outcomes == sorted(outcomes)


def test_a_cut_or_damaged_log_opens_whole(tmp_path):
    tally = damaged_log.run(40, 2, tmp_path)
    assert len(tally.cases) == 4
    assert len(tally.batches) > 3
    assert tally.problems == []


def test_the_benchmark_would_notice_half_a_batch(tmp_path):
    (tmp_path / "a").mkdir()
    whole, tally = damaged_log.written(tmp_path / "a"), damaged_log.Tally()
    with Archive.open(whole.path) as archive:
        archive.add([damaged_log.intake(damaged_log.ANOTHER + 7)])
    assert damaged_log.looked_at(whole.path, 99, tally) == [
        "half a batch",
        "99 batches lay before the damage, 30 are left",
    ]
