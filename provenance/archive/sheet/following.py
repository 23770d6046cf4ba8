"""The sheet follows the archive: events say which pictures changed, each is filed anew.

Adding writes nothing here. The event log names everything that happened to a picture, so
that reading on from the last event seen is enough; what is due is kept until it is filed, so
that the work can be done in pieces and go on where it stopped.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from provenance.archive.failures import BUSY
from provenance.archive.sheet import tables
from provenance.archive.sheet.changing import Changes
from provenance.archive.sheet.filing import filed

if TYPE_CHECKING:
    from provenance.archive import Archive

EVENTS_AT_ONCE: Final = 20_000
PICTURES_AT_ONCE: Final = 200
"""Filed in one transaction while somebody waits: some 20 ms."""

IN_BULK: Final = 10_000
"""The same where nobody waits: larger pieces are half the work for each picture."""

ERASING: Final = ("picture_erased", "check_erased", "check_record_erased")
"""Events after which no word of the sheet's file may be left as it was."""

_EVENTS = """
SELECT id, kind, picture_id, sighting_id, collection_id, check_id FROM events
WHERE id > ? ORDER BY id LIMIT ?
"""

_OF_COLLECTION = """
SELECT DISTINCT s.picture_id AS picture FROM _memberships m
JOIN sightings s ON s.id = m.sighting_id WHERE m.collection_id = ?
"""

_NO_NEWS: Final = ("collection_made", "collection_updated")
"""Events of a collection that change nothing of its pictures."""


class Following:
    """Keeps the sheet's file as the archive is."""

    def __init__(self, archive: Archive, folder: Path | None = None) -> None:
        """``folder`` is where the file is kept; ``None``: nowhere, it goes with this object."""
        self._archive = archive
        self._sheet = tables.opened(folder)

    def close(self) -> None:
        """Close the file."""
        self._sheet.close()

    def __enter__(self) -> Self:
        """The sheet itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def behind(self) -> int:
        """How many changes are still to be sorted in; 0 when the sheet is as the archive is."""
        mark = int(self._state("mark") or 0)
        due = self._one("SELECT count(*) AS n FROM due")["n"]
        return int(due) + max(0, self._archive.version() - mark)

    def follow(self, seconds: float | None = None) -> int:
        """Take in what changed, for so long at most (``None``: all of it); what is left.

        Somebody else may be at it; then only what is left is said.
        """
        until = None if seconds is None else time.monotonic() + seconds
        at_once = IN_BULK if seconds is None else PICTURES_AT_ONCE
        self._wait(tables.WAIT_SECONDS if seconds is None else 0)
        with _unless_busy():
            while self._step(at_once):
                if until is not None and time.monotonic() >= until:
                    break
        return self.behind()

    def work(self) -> bool:
        """One large piece of what is due, for whoever does it while nobody waits."""
        self._wait(tables.WAIT_SECONDS)
        with _unless_busy():
            return self._step(IN_BULK)
        return True

    def purge(self) -> bool:
        """Forget all that is here, so that nothing of what was erased is left in the file.

        It is made anew by following again. ``False``: somebody is reading it, so that its
        bytes go a little later.
        """
        self._wait(tables.WAIT_SECONDS)
        with _unless_busy():
            with self._changing():
                self._empty()
            self._sweep()
        return not self._holds_anything() and self._state("unswept") is None

    def _step(self, at_once: int) -> bool:
        """One piece of work, events before pictures; whether there was any."""
        with self._changing():
            self._begin_anew_if_another()
            mark = int(self._state("mark") or 0)
            events = list(self._archive._rows(_EVENTS, (mark, EVENTS_AT_ONCE)))  # noqa: SLF001
            if not events:
                return self._file(at_once)
            self._read(events)
        if self._state("unswept"):
            self._sweep()
        return True

    # ------------------------------------------------------------------------- what is due

    def _read(self, events: Sequence[sqlite3.Row]) -> None:
        """Note which pictures these events are about; where one erased something, begin anew."""
        if any(event["kind"] in ERASING for event in events) and self._holds_anything():
            # Deleting a row would leave its words in the index.
            self._empty()
            return
        self._sheet.executemany("INSERT OR IGNORE INTO due VALUES (?)", self._touched(events))
        last = events[-1]["id"]
        self._remember(archive=self._archive.archive_id, mark=str(last), hash=self._hash(last))

    def _touched(self, events: Iterable[sqlite3.Row]) -> Iterator[tuple[int]]:
        pictures = {event["picture_id"] for event in events} - {None}
        yield from ((picture,) for picture in pictures)
        for check in {event["check_id"] for event in events} - {None}:
            yield from self._of_check(check)
        for sighting in {e["sighting_id"] for e in events if e["picture_id"] is None} - {None}:
            yield from self._pictures(
                "SELECT picture_id AS picture FROM sightings WHERE id = ?", sighting
            )
        told = (e for e in events if e["picture_id"] is None and e["kind"] not in _NO_NEWS)
        for collection in {event["collection_id"] for event in told} - {None}:
            yield from self._pictures(_OF_COLLECTION, collection)

    def _of_check(self, check: int) -> Iterator[tuple[int]]:
        """The pictures a check matches, and those it matched when it was last read."""
        matched = "SELECT picture_id AS picture FROM matches WHERE check_id = ?"
        yield from self._pictures(matched, check)
        before = self._sheet.execute("SELECT picture FROM checked WHERE check_id = ?", (check,))
        yield from ((row["picture"],) for row in before.fetchall())

    def _pictures(self, sql: str, number: int) -> Iterator[tuple[int]]:
        for row in self._archive._rows(sql, (number,)):  # noqa: SLF001  one room
            yield (row["picture"],)

    # ------------------------------------------------------------------------- filing

    def _file(self, at_once: int) -> bool:
        rows = self._sheet.execute("SELECT picture FROM due ORDER BY picture LIMIT ?", (at_once,))
        due = [row["picture"] for row in rows]
        if not due:
            return False
        self._refile(due)
        self._sheet.executemany("DELETE FROM due WHERE picture = ?", [(each,) for each in due])
        return True

    def _refile(self, pictures: Sequence[int]) -> None:
        """Take out what stands of these pictures and put in what holds now, where they differ."""
        now = filed(self._archive, pictures)
        changes = Changes(self._sheet)
        asked = (json.dumps(pictures),)
        stored = "SELECT * FROM pictures WHERE picture IN (SELECT value FROM json_each(?))"
        for row in self._sheet.execute(stored, asked).fetchall():
            changes.take_out(row)
        for each in sorted(now.values(), key=lambda each: each.rank):
            changes.put_in(each)
        changes.write()
        gone = [(picture,) for picture in pictures]
        self._sheet.executemany("DELETE FROM checked WHERE picture = ?", gone)
        checks = [(check, each.picture) for each in now.values() for check in each.checks]
        self._sheet.executemany("INSERT INTO checked VALUES (?, ?)", checks)

    # ------------------------------------------------------------------------- its own state

    def _begin_anew_if_another(self) -> None:
        """Empty the sheet where it was made of another archive, or of another course of it."""
        mark = int(self._state("mark") or 0)
        same = self._state("archive") in {None, self._archive.archive_id}
        if not same or (mark and self._state("hash") != self._hash(mark)):
            self._empty()

    def _empty(self) -> None:
        tables.emptied(self._sheet)
        self._remember(unswept="yes")

    def _hash(self, event: int) -> str:
        row = self._archive._row("SELECT hash FROM events WHERE id = ?", (event,))  # noqa: SLF001
        return row["hash"] if row else ""

    def _holds_anything(self) -> bool:
        return bool(self._one("SELECT EXISTS (SELECT 1 FROM pictures) AS any")["any"])

    def _state(self, name: str) -> str | None:
        row = self._sheet.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row["value"] if row else None

    def _remember(self, **known: str) -> None:
        self._sheet.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", known.items())

    def _sweep(self) -> None:
        """Leave nothing of what was emptied in the file; again later where somebody reads it."""
        with _unless_busy():
            self._sheet.execute("VACUUM")
            if self._one("PRAGMA wal_checkpoint(TRUNCATE)")["busy"] == 0:
                self._sheet.execute("DELETE FROM state WHERE name = 'unswept'")

    def _wait(self, seconds: float) -> None:
        """How long to wait for somebody else who is at it."""
        self._sheet.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def _one(self, sql: str, *values: object) -> sqlite3.Row:
        with closing(self._sheet.execute(sql, values)) as cursor:
            row: sqlite3.Row = cursor.fetchone()
            return row

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self._sheet.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._sheet.execute("COMMIT")
        except BaseException:
            if self._sheet.in_transaction:
                self._sheet.execute("ROLLBACK")
            raise


@contextmanager
def _unless_busy() -> Iterator[None]:
    """Let it be where somebody else holds the file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in BUSY:
            raise
