"""Reading the event log, and proving that nobody changed it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from provenance.archive.connection import Connected
from provenance.archive.events import COLUMNS, GENESIS, chained, commitment
from provenance.archive.instants import read
from provenance.archive.records import ChainReport, Event

_WITH_DETAILS = """
SELECT e.*, d.salt, d.payload FROM events e LEFT JOIN _event_details d ON d.event_id = e.id
"""

_ABOUT_PICTURE = """
SELECT id FROM events WHERE picture_id = :picture
UNION ALL
SELECT v.id FROM events v WHERE v.kind = 'collection_revoked' AND v.collection_id IN (
  SELECT m.collection_id FROM _memberships m JOIN sightings s ON s.id = m.sighting_id
  -- One that stands may have brought a million pictures, each of them an event of its own.
  JOIN collections c ON c.id = m.collection_id AND c.revoked IS NOT NULL
  WHERE s.picture_id = :picture)
"""

_LAWS = {
    "details of an event are gone though nothing was erased": """
        SELECT e.id FROM events e LEFT JOIN _event_details d ON d.event_id = e.id
        WHERE d.event_id IS NULL
          AND NOT EXISTS (
            SELECT 1 FROM pictures p WHERE p.id = e.picture_id AND p.erased IS NOT NULL)
          AND NOT EXISTS (
            SELECT 1 FROM checks c WHERE c.id = e.check_id AND c.erased IS NOT NULL)""",
    "a picture is not the one that its event recorded": """
        SELECT p.id FROM pictures p WHERE p.erased IS NULL AND NOT EXISTS (
          SELECT 1 FROM events e JOIN _event_details d ON d.event_id = e.id
          WHERE e.picture_id = p.id AND e.kind = 'picture_added'
            AND json_extract(d.payload, '$.sha256') IS p.sha256)""",
    "a held date is not the instant of its event": """
        SELECT s.id FROM sightings s WHERE s.means = 'held' AND NOT EXISTS (
          SELECT 1 FROM events e WHERE e.picture_id = s.picture_id AND e.sighting_id = s.id
            AND e.kind = 'picture_added' AND e.at = s.date
            AND s.earliest = s.date AND s.latest = s.date)""",
    "a sighting is not the one that its event recorded": """
        SELECT s.id FROM sightings s WHERE s.means <> 'held' AND NOT EXISTS (
          SELECT 1 FROM events e JOIN _event_details d ON d.event_id = e.id
          WHERE e.picture_id = s.picture_id AND e.sighting_id = s.id AND e.kind = 'sighting_added'
            AND json_extract(d.payload, '$.date') IS s.date
            AND json_extract(d.payload, '$.earliest') IS s.earliest
            AND json_extract(d.payload, '$.latest') IS s.latest
            AND json_extract(d.payload, '$.means') = s.means
            AND json_extract(d.payload, '$.how') = s.how
            AND json_extract(d.payload, '$.source') IS s.source
            AND json_extract(d.payload, '$.url') IS s.url)""",
}
"""What must hold between the log and the tables: each asks for the rows that break it."""


class Chain(Connected):
    """The event log."""

    def events_of(self, picture_id: int) -> tuple[Event, ...]:
        """What happened to one picture, in order; also that what had brought it was revoked."""
        rows = self._rows(
            f"{_WITH_DETAILS} WHERE e.id IN ({_ABOUT_PICTURE}) ORDER BY e.id",
            {"picture": picture_id},
        )
        return tuple(_event(row) for row in rows)

    def events(self, after: int = 0) -> Iterator[Event]:
        """All events after this one, in order."""
        for row in self._rows(f"{_WITH_DETAILS} WHERE e.id > ? ORDER BY e.id", (after,)):
            yield _event(row)

    def event_hash(self, event_id: int) -> str | None:
        """The hash of one event: whoever kept an earlier one sees whether history changed."""
        row = self._row("SELECT hash FROM events WHERE id = ?", (event_id,))
        return row["hash"] if row else None

    def verify_chain(self) -> ChainReport:
        """Recompute every event and commitment, compare the tables, ask SQLite for integrity.

        Whoever can write to the file can also make a new chain; keep ``head`` elsewhere to
        notice that.
        """
        link = _Link()
        for row in self._rows(f"{_WITH_DETAILS} ORDER BY e.id"):
            link.follow(row)
        problems = [*link.problems, *self._lost_events(link.last), *self._broken_laws()]
        problems += [f"SQLite: {found}" for found in self._integrity()]
        return ChainReport(link.last, link.head, link.erased, tuple(problems))

    def _lost_events(self, last: int) -> Iterator[str]:
        """SQLite remembers the largest id it ever gave."""
        row = self._row("SELECT seq FROM sqlite_sequence WHERE name = 'events'")
        if row and row["seq"] != last:
            yield f"the log ends at event {last}, but event {row['seq']} was written"

    def _broken_laws(self) -> Iterator[str]:
        for law, sql in _LAWS.items():
            for row in self._rows(sql):
                yield f"{law} ({row['id']})"

    def _integrity(self) -> Iterator[str]:
        for pragma in ("integrity_check", "foreign_key_check"):
            for row in self._rows(f"PRAGMA {pragma}"):
                if row[0] != "ok":
                    yield " ".join(map(str, row))


class _Link:
    """Walks along the chain and notes what does not fit."""

    def __init__(self) -> None:
        self.last = 0
        self.head = GENESIS
        self.erased = 0
        self.problems: list[str] = []

    def follow(self, row: sqlite3.Row) -> None:
        """One more event."""
        self._expect(row["id"] == self.last + 1, row, "does not follow the one before")
        self._expect(row["previous"] == self.head, row, "does not carry the hash of the one before")
        whole = chained(tuple(row[c] for c in COLUMNS)) == row["hash"]
        self._expect(whole, row, "was changed")
        if row["payload"] is None:
            self.erased += 1
        else:
            kept = commitment(row["salt"], row["payload"]) == row["commitment"]
            self._expect(kept, row, "has other details than it committed to")
        self.last, self.head = row["id"], row["hash"]

    def _expect(self, holds: bool, row: sqlite3.Row, problem: str) -> None:
        if not holds:
            self.problems.append(f"event {row['id']} {problem}")


def _event(row: sqlite3.Row) -> Event:
    return Event(
        id=row["id"],
        at=read(row["at"]),
        kind=row["kind"],
        picture=row["picture_id"],
        sighting=row["sighting_id"],
        collection=row["collection_id"],
        check=row["check_id"],
        review=row["review_id"],
        details=json.loads(row["payload"]) if row["payload"] is not None else None,
    )
