"""Sightings as stored, in the order that holds everywhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from provenance.archive.connection import Connected
from provenance.archive.instants import date_of, read
from provenance.models import How, Means, Sighting, Trust

EARLIEST_FIRST = "{0}.date IS NULL, {0}.latest IS NULL, {0}.latest, {0}.earliest, {0}.id"
"""Smallest ``latest``, then ``earliest``, then id; undated last. An open end is infinitely
late, an open beginning infinitely early (SQLite sorts null first)."""


def sighting_of(row: sqlite3.Row) -> Sighting:
    """One row of ``sightings`` with the JSON list ``collections`` as a record."""
    return Sighting(
        id=row["id"],
        picture=row["picture_id"],
        date=date_of(row),
        means=Means(row["means"]),
        how=How(row["how"]),
        recorded=read(row["recorded"]),
        source=row["source"],
        url=row["url"],
        place=row["place"],
        caption=row["caption"],
        credit=row["credit"],
        trust=Trust(row["trust"]),
        collections=tuple(sorted(json.loads(row["collections"]))),
        vouched=row["vouched"],
        confirmed=bool(row["confirmed"]),
        rejected=bool(row["rejected"]),
        revoked=not row["live"],
        image_record=bool(row["image_record"]),
        weak_page=bool(row["weak_page"]),
        validated=bool(row["validated"]),
    )


class Sightings(Connected):
    """Reading sightings."""

    def sightings_of(
        self, picture_ids: Iterable[int], *, revoked: bool = False
    ) -> dict[int, tuple[Sighting, ...]]:
        """The live sightings of each picture, earliest first; with ``revoked`` all of them.

        ``Sighting.collections`` names those that still hold it; for a revoked sighting,
        those that brought it.
        """
        return {
            picture_id: self._sightings_of(picture_id, revoked=revoked)
            for picture_id in dict.fromkeys(picture_ids)
        }

    def _sightings_of(self, picture_id: int, *, revoked: bool) -> tuple[Sighting, ...]:
        rows = self._rows(
            f"""SELECT s.*, (
                  SELECT json_group_array(DISTINCT c.name) FROM _memberships m
                  JOIN collections c ON c.id = m.collection_id
                  WHERE m.sighting_id = s.id AND (c.revoked IS NULL OR s.live = 0)) AS collections
                FROM sightings s WHERE s.picture_id = ? AND s.live >= ?
                ORDER BY {EARLIEST_FIRST.format("s")}""",
            (picture_id, 0 if revoked else 1),
        )
        return tuple(sighting_of(row) for row in rows)
