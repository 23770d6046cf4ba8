"""What everything that writes has: the connection, the log of this transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from provenance.archive.events import Log
from provenance.archive.waiting import Waiting, insertion


class Writer:
    """Writes rows within one transaction; new ones may wait for each other (``waiting``)."""

    def __init__(self, connection: sqlite3.Connection, log: Log, waiting: Waiting) -> None:
        self._connection = connection
        self._log = log
        self._waiting = waiting

    def _one(self, sql: str, *values: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def _insert(self, table: str, columns: Mapping[str, Any]) -> int:
        """A new row; its id."""
        return insert(self._connection, table, columns)

    def _update(self, table: str, number: int, columns: Mapping[str, Any]) -> None:
        update(self._connection, table, number, columns)


def insert(connection: sqlite3.Connection, table: str, columns: Mapping[str, Any]) -> int:
    """Put in one row; its id."""
    made = connection.execute(insertion(table, tuple(columns)), tuple(columns.values())).lastrowid
    assert made is not None
    return made


def update(
    connection: sqlite3.Connection, table: str, number: int, columns: Mapping[str, Any]
) -> None:
    """Change columns of the row with this id."""
    changes = ", ".join(f"{column} = ?" for column in columns)
    connection.execute(f"UPDATE {table} SET {changes} WHERE id = ?", (*columns.values(), number))
