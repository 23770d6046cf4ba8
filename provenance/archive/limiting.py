"""What a stranger's question in SQL may take from this machine.

Whoever serves the archive limits the time; SQLite is asked whether it is over between its own
steps, and never inside a function. So what one function can be given is limited here
(:data:`LENGTHS`), functions that take the square of that are replaced (`plain_functions`), and
what an answer may hold in all is counted row by row. Without this one ``zeroblob`` took 22 GB,
a thousand of them 1.7 GB, and one ``instr`` a minute that nothing could end. Measured by
``python -m benchmarks.rogue_sql``.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Final
from weakref import WeakKeyDictionary

from provenance.archive import plain_functions

LENGTHS: Final = {
    # A thumbnail has 15 KB, a raster 60 KB, the JSON of a check with 50 matches 400 KB.
    sqlite3.SQLITE_LIMIT_LENGTH: 2 * 1024 * 1024,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    # Letters of the pattern times letters of the text is what LIKE and GLOB cost.
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 64,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
"""Largest sizes by SQLite's own names; the greatest that a page needs is far below."""

HEAP: Final = 96 * 1024 * 1024
"""Bytes that SQLite may hold in this process, for all connections together.

Near it, caches are used again instead of growing; a statement that needs more fails ("out of
memory"), which is how tables that double while they are prepared end.
"""

ANSWER: Final = 16 * 1024 * 1024
"""Bytes that the rows of one answer may hold; as JSON they are held four times."""


def limit(connection: sqlite3.Connection) -> None:
    """Set the limits on one connection that answers strangers."""
    for name, size in LENGTHS.items():
        connection.setlimit(name, size)
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute(f"PRAGMA hard_heap_limit = {HEAP}")
    plain_functions.register(connection, LENGTHS[sqlite3.SQLITE_LIMIT_LENGTH])
    connection.row_factory = _Counted()


class _Counted:
    """Makes rows as Datasette wants them, until those of one answer hold too much."""

    def __init__(self) -> None:
        self._held: WeakKeyDictionary[sqlite3.Cursor, int] = WeakKeyDictionary()

    def __call__(self, cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        held = self._held.get(cursor, 0) + sum(map(_size, values))
        if held > ANSWER:
            raise sqlite3.OperationalError(f"the answer has more than {ANSWER >> 20} MB")
        self._held[cursor] = held
        return sqlite3.Row(cursor, values)


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | bytes) else 8
