"""What a batch says and the archive already has, word for word: asked for at once.

An import that goes on after it was killed, or is run again, meets mostly such rows. What is
not found here goes the long way, row by row, which alone decides; so this may only say yes
where that would write nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from provenance.archive import stating
from provenance.archive.hashes import SAME, Hashes, Identity
from provenance.archive.stating import STATED, Columns
from provenance.models import Intake, Means

_IDENTITY = ("means", "how", "date", "source", "url", "place")

# CROSS JOIN keeps SQLite to this order: it would rather read the whole collection.
_STANDING = f"""
SELECT p.{{kind}} AS value, p.id AS picture, p.pdq AS pdq, p.phash AS phash, s.id AS sighting,
  {", ".join(f"s.{column}" for column in _IDENTITY)}, {", ".join(f"m.{c}" for c in STATED)}
FROM pictures p
CROSS JOIN sightings s ON s.picture_id = p.id AND s.live = 1
CROSS JOIN _memberships m ON m.sighting_id = s.id AND m.collection_id = ?
WHERE p.live = 1 AND p.width IS NULL AND {{same}} IN ({{marks}})
"""

Said = tuple[Any, ...]


@dataclass(slots=True)
class _Known:
    """A picture known by hash alone, with what one collection says of it."""

    picture: int
    pdq: str | None
    phash: str | None
    said: dict[Said, sqlite3.Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """The picture and the sighting that an intake is about, both as they were."""

    picture: int
    sighting: int


class Standing:
    """The pictures of a batch that one collection brought before."""

    def __init__(
        self, connection: sqlite3.Connection, collection: int, asked: Iterable[Identity]
    ) -> None:
        self._known: dict[Identity, _Known] = {}
        values: dict[str, list[str]] = {}
        for kind, value in asked:
            values.setdefault(kind, []).append(value)
        for kind, wanted in values.items():
            sql = _STANDING.format(kind=kind, same=SAME[kind], marks=", ".join("?" * len(wanted)))
            for row in connection.execute(sql, (collection, *wanted)):
                self._take((kind, row["value"]), row)

    def _take(self, identity: Identity, row: sqlite3.Row) -> None:
        known = self._known.get(identity)
        if known is None:
            known = _Known(row["picture"], row["pdq"], row["phash"])
            self._known[identity] = known
        known.said[tuple(row[column] for column in _IDENTITY)] = row

    def find(self, intake: Intake, hashes: Hashes, held: Columns) -> Found | None:
        """Where all of it stands already; ``None`` where anything may be new.

        ``held`` is what a collection says of the sighting ``held`` of every picture.
        """
        known = self._known.get(hashes.identity())
        if known is None or intake.examined is not None or _brings_hashes(hashes, known):
            return None
        said = [_said(known, stating.identity(s), stating.statement(s)) for s in intake.sightings]
        kept = _said(known, held, held)
        if kept is None or None in said:
            return None
        return Found(known.picture, (said[0] or kept) if said else kept)


def _brings_hashes(hashes: Hashes, known: _Known) -> bool:
    return (hashes.pdq or known.pdq, hashes.phash or known.phash) != (known.pdq, known.phash)


def _said(known: _Known, same: Columns, stated: Columns) -> int | None:
    """The sighting of which the collection says just this."""
    if same["means"] == Means.HELD:
        row = next((r for key, r in known.said.items() if key[0] == Means.HELD), None)
    else:
        row = known.said.get(tuple(same[column] for column in _IDENTITY))
    if row is None or any(stated[c] is not None and row[c] != stated[c] for c in STATED):
        return None
    return int(row["sighting"])
