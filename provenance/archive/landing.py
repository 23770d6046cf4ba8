"""A commit that is under way while its caller prepares what comes next."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from threading import Thread
from typing import Generic, TypeVar

from provenance.archive.failures import translated

Answer = TypeVar("Answer")


class Landing(Generic[Answer]):
    """An answer that counts once its transaction is on the disk; :meth:`wait` before all else.

    SQLite writes and syncs without Python's lock, so that a second core can read the next
    rows meanwhile. Until :meth:`wait` returned, nobody may use the connection.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, before: int, answer: Answer
    ) -> None:
        """``before``: the connection's ``total_changes`` when the transaction began."""
        self._path = path
        self._connection = connection
        self._answer = answer
        self._failure: BaseException | None = None
        self._thread: Thread | None = None
        if connection.total_changes == before:
            self._commit()  # nothing to wait for
        else:
            self._thread = Thread(target=self._commit, name="commit")
            self._thread.start()

    def wait(self) -> Answer:
        """The answer, once it is safe; raises what the commit raised, with nothing written."""
        if self._thread is not None:
            self._thread.join()
        if self._failure is not None:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            with translated(self._path):
                raise self._failure
        return self._answer

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except BaseException as failure:  # noqa: BLE001 - raised where the caller waits
            self._failure = failure
