"""What SQLite complains of, as errors that a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provenance.errors import ArchiveBusy, ArchiveError, BrokenArchive, UnwritableArchive

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
UNWRITABLE = {
    sqlite3.SQLITE_READONLY: "it may only be read",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "permission is missing",
    sqlite3.SQLITE_AUTH: "permission is missing",
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """What SQLite raises, as an error of our tree about the archive at ``path``."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        ours = _our_error(path, error)
        if ours is None:
            raise
        raise ours from error


def _our_error(path: Path, error: sqlite3.DatabaseError) -> ArchiveError | None:
    """The error that a user can act on; ``None`` for a mistake of ours."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    name = str(path)
    if code in BUSY:
        return ArchiveBusy(
            f"The archive {name} has been busy for too long: another program is writing to it.",
            name=name,
            advice="Try again when that program is done.",
        )
    if code in _DAMAGED:
        return BrokenArchive(
            f"The archive {name} is damaged ({error}).",
            name=name,
            advice="Restore it from a backup.",
        )
    if code in UNWRITABLE:
        return UnwritableArchive(
            f"The archive {name} cannot be used: {UNWRITABLE[code]}.", name=name
        )
    return None
