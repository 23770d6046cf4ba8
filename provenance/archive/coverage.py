"""What an archive holds, in numbers."""

from __future__ import annotations

import sqlite3
from typing import Any

from provenance.archive import schema
from provenance.archive.collections import Collections
from provenance.archive.fingerprints import Fingerprints
from provenance.archive.instants import read
from provenance.models import Coverage

_DATED = """
live = 1 AND means NOT IN ('held', 'asserted') AND trust <> 'contested' AND rejected = 0
AND (earliest IS NULL OR earliest <= recorded)
"""
"""Sightings that coverage spans: the same words as in the partial indexes of the schema, or
SQLite would read every row (a test holds the plan). A contested or rejected date, one that
only a claim asserts, or one that lies after its recording would make the archive seem to
reach where it does not."""

_COVERAGE = f"""
WITH RECURSIVE source(name) AS (
  -- Steps from name to name through the index instead of reading every sighting.
  SELECT min(source) FROM sightings WHERE live = 1 AND source IS NOT NULL
  UNION ALL
  SELECT (SELECT min(s.source) FROM sightings s WHERE s.live = 1 AND s.source > source.name)
  FROM source WHERE source.name IS NOT NULL
)
SELECT
  (SELECT count(*) FROM pictures WHERE live = 1) AS pictures,
  (SELECT count(*) FROM sightings WHERE live = 1) AS sightings,
  (SELECT count(name) FROM source) AS sources,
  (SELECT min(earliest) FROM sightings WHERE {_DATED}) AS earliest,
  (SELECT max(latest) FROM sightings WHERE {_DATED}) AS latest
"""

_STATUS = """
SELECT
  (SELECT count(*) FROM pictures WHERE live = 1 AND width IS NULL) AS known_by_hash_alone,
  (SELECT count(*) FROM pictures WHERE erased IS NOT NULL) AS erased,
  (SELECT count(*) FROM collections WHERE revoked IS NULL) AS collections,
  (SELECT count(*) FROM collections WHERE revoked IS NOT NULL) AS revoked_collections,
  (SELECT count(*) FROM checks WHERE erased IS NULL) AS checks,
  (SELECT count(*) FROM claims) AS claims,
  (SELECT count(*) FROM reviews) AS reviews
"""


class Counting(Fingerprints, Collections):
    """Coverage and status."""

    _counted: tuple[int, Coverage] | None = None

    def version(self) -> int:
        """A number that grows with every change: the last event."""
        return self._last_of("events")

    def coverage(self) -> Coverage:
        """What is live, and the span of the dates that can support something, but ``held``.

        Counted once for each state of the archive, so it may be asked for every look-up.
        """
        version = self.version()
        if self._counted is None or self._counted[0] != version:
            self._counted = (version, self._count())
        return self._counted[1]

    def _changed(self) -> None:
        self._counted = None

    def _count(self) -> Coverage:
        row = self._row(_COVERAGE)
        assert row is not None
        return Coverage(
            pictures=row["pictures"],
            sightings=row["sightings"],
            sources=row["sources"],
            earliest=read(row["earliest"]) if row["earliest"] else None,
            latest=read(row["latest"]) if row["latest"] else None,
        )

    def status(self) -> dict[str, Any]:
        """Counts, the newest collections, schema, last event, bytes: ``provenance status``."""
        row = self._row(_STATUS)
        assert row is not None
        coverage = self.coverage()
        newest = list(self.newest_collections())
        return {
            "path": str(self.path),
            "archive_id": self.archive_id,
            "schema": schema.newest(),
            "sqlite": sqlite3.sqlite_version,
            "pictures": coverage.pictures,
            "sightings": coverage.sightings,
            "sources": coverage.sources,
            "earliest": coverage.earliest,
            "latest": coverage.latest,
            **dict(row),
            "newest_collections": newest,
            "more_collections": row["collections"] + row["revoked_collections"] - len(newest),
            "fingerprints": self.kinds(),
            "events": self.version(),
            "last_event": self._last_event(),
            "bytes": self.path.stat().st_size,
        }

    def _last_event(self) -> str | None:
        row = self._row("SELECT at FROM events ORDER BY id DESC LIMIT 1")
        return row["at"] if row else None
