"""Sightings on their way in: what is stated of a picture, by which collection.

What makes a sighting the same stays for ever; the rest may be stated anew. Each
collection's own word is kept in ``_memberships``, the last one shows in ``sightings``, so
that revoking a collection brings back what the others had said.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from provenance.archive.instants import date_columns
from provenance.archive.text import normal
from provenance.archive.writer import Writer
from provenance.models import NewSighting

STATED = ("caption", "credit", "trust", "vouched", "image_record", "weak_page", "validated")
"""What may be stated anew of the same sighting."""

_SAME = """
SELECT * FROM sightings
WHERE picture_id = ? AND means = ? AND how = ? AND coalesce(date, '') = ?
  AND coalesce(source, '') = ? AND coalesce(url, '') = ? AND coalesce(place, '') = ?
"""

_STATE = """
INSERT INTO _memberships (sighting_id, collection_id, caption, credit, trust, vouched,
  image_record, weak_page, validated, stated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (sighting_id, collection_id) DO UPDATE SET caption = excluded.caption,
  credit = excluded.credit, trust = excluded.trust, vouched = excluded.vouched,
  image_record = excluded.image_record, weak_page = excluded.weak_page,
  validated = excluded.validated, stated = excluded.stated
"""

Columns = dict[str, Any]


def identity(sighting: NewSighting) -> Columns:
    """What makes it the same sighting (with the picture), and the span of its date."""
    date, earliest, latest, precision, zone = date_columns(sighting.date)
    return {
        "date": date,
        "earliest": earliest,
        "latest": latest,
        "precision": precision,
        "zone": zone,
        "means": sighting.means.value,
        "how": sighting.how.value,
        "source": normal(sighting.source),
        "url": normal(sighting.url),
        "place": normal(sighting.place),
    }


def statement(sighting: NewSighting) -> Columns:
    """What is stated of it beyond that, in the order of :data:`STATED`."""
    return {
        "caption": normal(sighting.caption),
        "credit": normal(sighting.credit),
        "trust": sighting.trust.value,
        "vouched": normal(sighting.vouched),
        "image_record": int(sighting.image_record),
        "weak_page": int(sighting.weak_page),
        "validated": int(sighting.validated),
    }


def find(connection: sqlite3.Connection, picture: int, sighting: NewSighting) -> sqlite3.Row | None:
    """The stored sighting that this is."""
    return _find(connection, picture, identity(sighting))


def _find(connection: sqlite3.Connection, picture: int, same: Columns) -> sqlite3.Row | None:
    words = (same[c] or "" for c in ("date", "source", "url", "place"))
    row: sqlite3.Row | None = connection.execute(
        _SAME, (picture, same["means"], same["how"], *words)
    ).fetchone()
    return row


class Stating(Writer):
    """Writes sightings within one transaction."""

    def make(self, picture: int, said: Columns) -> int:
        """A new row for a sighting; its event and its membership are still to be written.

        ``said`` is its identity and its statement. The row waits to be put in.
        """
        made = self._waiting.new_id("sightings")
        columns = {"id": made, "picture_id": picture, **said, "recorded": self._log.instant}
        self._waiting.put("sightings", columns)
        return made

    def state(self, sighting: int, collection: int, stated: Columns, event: int) -> None:
        """Record what this collection says of the sighting; the row waits to be put in."""
        row = (sighting, collection, *stated.values(), event)
        self._waiting.put_with("_memberships", _STATE, row)

    def take(
        self, picture: int, sighting: NewSighting, collection: int, *, first: bool = False
    ) -> tuple[int, bool]:
        """Add or restate one sighting; its id, and whether it is new or live again.

        ``first``: nothing is stated of this picture yet, so that nothing need be looked for.
        """
        same, stated = identity(sighting), statement(sighting)
        row = None if first else self._stored(picture, same)
        if row is None:
            return self._add(picture, same, stated, collection), True
        return row["id"], self.restate(row, stated, collection)

    def _stored(self, picture: int, same: Columns) -> sqlite3.Row | None:
        self._waiting.flush()
        return _find(self._connection, picture, same)

    def _add(self, picture: int, same: Columns, stated: Columns, collection: int) -> int:
        said = same | stated
        made = self.make(picture, said)
        event = self._log.write(
            "sighting_added",
            said,
            picture=picture,
            sighting=made,
            collection=collection,
        )
        self.state(made, collection, stated, event)
        return made

    def restate(self, row: sqlite3.Row, said: Columns, collection: int) -> bool:
        """Record what this collection had not said before; whether the sighting lives again."""
        self._waiting.flush()
        before = self._one(
            "SELECT * FROM _memberships WHERE sighting_id = ? AND collection_id = ?",
            row["id"],
            collection,
        )
        stated = _filled(said, before)
        if before is None or any(before[c] != stated[c] for c in STATED):
            kind = "sighting_joined" if before is None else "sighting_updated"
            self._say(kind, row, stated, collection)
        return self._revive(row)

    def _say(self, kind: str, row: sqlite3.Row, stated: Columns, collection: int) -> None:
        # What only revoked collections said of a sighting does not come back with it.
        shown = _filled(stated, row if row["live"] else None)
        changed = {c: [row[c], shown[c]] for c in STATED if row[c] != shown[c]}
        event = self._log.write(
            kind,
            {"changed": changed},
            picture=row["picture_id"],
            sighting=row["id"],
            collection=collection,
        )
        self.state(row["id"], collection, stated, event)
        if changed:
            self._update("sightings", row["id"], shown)

    def _revive(self, row: sqlite3.Row) -> bool:
        """Whether a revoked sighting came back; its picture comes with it."""
        if row["live"]:
            return False
        self._update("sightings", row["id"], {"live": 1})
        self._update("pictures", row["picture_id"], {"live": 1})
        return True


def _filled(stated: Columns, before: sqlite3.Row | None) -> Columns:
    """A statement with what it leaves open taken from before."""
    if before is None:
        return stated
    return {c: before[c] if value is None else value for c, value in stated.items()}
