"""What a stranger's question in SQL may take from this machine.

Whoever serves the archive limits the time; SQLite the rest. Without a limit on lengths one
``zeroblob`` or ``randomblob`` took 22 GB.
"""

from __future__ import annotations

import sqlite3
from typing import Final

LENGTHS: Final = {
    # A thumbnail has 15 KB, a raster 60 KB, the JSON of a check with 50 matches 400 KB.
    sqlite3.SQLITE_LIMIT_LENGTH: 16 * 1024 * 1024,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
"""Largest sizes by SQLite's own names; the greatest that a page needs is far below."""


def limit(connection: sqlite3.Connection) -> None:
    """Set the limits on one connection that answers strangers."""
    for name, size in LENGTHS.items():
        connection.setlimit(name, size)
    connection.execute("PRAGMA temp_store = FILE")
