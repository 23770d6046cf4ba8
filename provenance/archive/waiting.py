"""New rows of one transaction that wait to be put in together."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

ORDER: Final = ("pictures", "_fingerprints", "sightings", "_memberships")
"""Tables in the order in which their rows refer to each other."""

_LAST_ID: Final = {
    "pictures": "SELECT max(id) FROM pictures",
    # As AUTOINCREMENT counts: a number is never used twice.
    "sightings": "SELECT seq FROM sqlite_sequence WHERE name = 'sightings'",
}


class Waiting:
    """Rows that are put in with one statement a table: half the time of one a row.

    Their ids are given out here. Whoever reads or changes what may be among them says
    :meth:`flush` first; so does whoever ends the transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[str, dict[str, list[tuple[Any, ...]]]] = {table: {} for table in ORDER}
        self._last: dict[str, int] = {}

    def new_id(self, table: str) -> int:
        """The next id of ``pictures`` or ``sightings``."""
        if table not in self._last:
            row = self._connection.execute(_LAST_ID[table]).fetchone()
            self._last[table] = (row[0] if row else None) or 0
        self._last[table] += 1
        return self._last[table]

    def put(self, table: str, columns: Mapping[str, Any]) -> None:
        """One row by its columns."""
        self.put_with(table, insertion(table, tuple(columns)), tuple(columns.values()))

    def put_with(self, table: str, sql: str, row: tuple[Any, ...]) -> None:
        """One row by the statement that puts it into ``table``."""
        self._rows[table].setdefault(sql, []).append(row)

    def flush(self) -> None:
        """Put all of them in."""
        for table, waiting in self._rows.items():
            for sql, rows in waiting.items():
                self._connection.executemany(sql, rows)
            if waiting:
                self._rows[table] = {}
        self._last.clear()


@lru_cache(maxsize=128)  # a table of a million rows asks a million times
def insertion(table: str, columns: tuple[str, ...]) -> str:
    """The statement that puts one row with these columns into a table."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
