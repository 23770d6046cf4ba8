"""The contact sheet's own file beside the archive: disposable, made anew from the archive.

It is no part of the archive, so that adding pays nothing for it, and so that what is erased
can be shown to be gone: a full-text index keeps words of deleted rows until it is rewritten.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from provenance.archive.schema import statements

LAYOUT: Final = 1
"""Another number makes the file anew."""

FILE: Final = "sheet.db"
WAIT_SECONDS: Final = 5.0
CACHE_KIB: Final = 8192
"""The system's own cache holds the rest; each thread that reads has one of these."""

_TABLES: Final = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE due (picture INTEGER PRIMARY KEY) STRICT;
CREATE TABLE pictures (
  rank INTEGER PRIMARY KEY,
  picture INTEGER NOT NULL UNIQUE,
  sighting INTEGER,
  sightings INTEGER NOT NULL,
  filed TEXT NOT NULL,
  words TEXT NOT NULL,
  reach TEXT NOT NULL
) STRICT;
CREATE TABLE headings (
  id INTEGER PRIMARY KEY,
  field TEXT NOT NULL,
  text TEXT NOT NULL,
  pictures INTEGER NOT NULL,
  UNIQUE (field, text)
) STRICT;
CREATE INDEX headings_largest ON headings (field, pictures DESC, text);
CREATE TABLE reach (
  heading INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  sightings INTEGER NOT NULL,
  PRIMARY KEY (heading, first, last)
) STRICT, WITHOUT ROWID;
CREATE TABLE checked (
  check_id INTEGER NOT NULL,
  picture INTEGER NOT NULL,
  PRIMARY KEY (check_id, picture)
) STRICT, WITHOUT ROWID;
CREATE INDEX checked_picture ON checked (picture);
CREATE VIRTUAL TABLE found USING fts5 (
  filed, words, content = 'pictures', content_rowid = 'rank', columnsize = 0,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
);
"""


def opened(folder: Path | None) -> sqlite3.Connection:
    """The sheet's file in ``folder``; one that goes with its connection where none can be kept.

    A file of another layout, or one that is damaged, is emptied and made anew.
    """
    if folder is not None:
        with suppress(OSError, sqlite3.DatabaseError):
            folder.mkdir(parents=True, exist_ok=True)
            return _in_file(folder / FILE)
    return _prepared("")


def is_kept(folder: Path) -> bool:
    """Whether a sheet lies in this folder."""
    return (folder / FILE).exists()


def _in_file(path: Path) -> sqlite3.Connection:
    try:
        return _prepared(str(path))
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise
    for each in (path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))):
        each.unlink(missing_ok=True)
    return _prepared(str(path))


def _prepared(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.row_factory = sqlite3.Row
        for pragma in ("synchronous = NORMAL", "secure_delete = ON", f"cache_size = -{CACHE_KIB}"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA journal_mode = WAL")
        if _layout(connection) != LAYOUT:
            _make(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _layout(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def _make(connection: sqlite3.Connection) -> None:
    """All tables, in one transaction; two makers at once make one."""
    connection.execute("BEGIN IMMEDIATE")
    if _layout(connection) != LAYOUT:
        emptied(connection)
    connection.execute("COMMIT")


def emptied(connection: sqlite3.Connection) -> None:
    """Drop and make all tables, within a transaction."""
    run = connection.execute
    run("DROP TABLE IF EXISTS found")  # first, for it owns tables of its own
    owned = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    for row in run(owned).fetchall():
        run(f"DROP TABLE {row['name']}")
    for statement in statements(_TABLES):
        run(statement)
    run(f"PRAGMA user_version = {LAYOUT}")
