"""What an archive holds, in numbers."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

from provenance.archive import schema
from provenance.archive.collections import Collections
from provenance.archive.fingerprints import Fingerprints
from provenance.archive.instants import read
from provenance.models import Coverage

DATED: Final = """
live = 1 AND means NOT IN ('held', 'asserted') AND trust <> 'contested' AND rejected = 0
AND (earliest IS NULL OR earliest <= recorded)
"""
"""Sightings that coverage spans: the same words as in the partial indexes of the schema, or
SQLite would read every row (a test holds the plan). A contested or rejected date, one that
only a claim asserts, or one that lies after its recording would make the archive seem to
reach where it does not."""

COUNTED_ON: Final = (
    "picture_added",
    "picture_completed",
    "sighting_added",
    "collection_made",
    "check_made",
    "check_judged",
    "check_changed",
)
"""Events after which nothing counted before has gone or come back: what is new has a larger id."""

_marks = ", ".join(f"'{kind}'" for kind in COUNTED_ON)

_COUNTED = f"""
WITH RECURSIVE source(name) AS (
  -- Steps from name to name through the index instead of reading every sighting.
  SELECT min(source) FROM sightings WHERE live = 1 AND source IS NOT NULL
  UNION ALL
  SELECT (SELECT min(s.source) FROM sightings s WHERE s.live = 1 AND s.source > source.name)
  FROM source WHERE source.name IS NOT NULL
)
SELECT
  (SELECT count(*) FROM pictures WHERE live = 1 {{new_pictures}}) AS pictures,
  (SELECT count(*) FROM sightings WHERE live = 1 {{new_sightings}}) AS sightings,
  (SELECT max(id) FROM pictures) AS last_picture,
  (SELECT max(id) FROM sightings) AS last_sighting,
  (SELECT max(id) FROM events) AS version,
  EXISTS (SELECT 1 FROM events WHERE id > :version AND kind NOT IN ({_marks})) AS otherwise,
  (SELECT count(name) FROM source) AS sources,
  (SELECT min(earliest) FROM sightings WHERE {DATED}) AS earliest,
  (SELECT max(latest) FROM sightings WHERE {DATED}) AS latest
"""

_COVERAGE: Final = _COUNTED.format(new_pictures="", new_sightings="")
_COVERAGE_SINCE: Final = _COUNTED.format(
    new_pictures="AND id > :picture", new_sightings="AND id > :sighting"
)
"""Two statements: the first reads the small indexes from end to end, the second a few rows."""

NOTHING: Final = Coverage(0, 0, 0, None, None)

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


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted up to an event, and the last rows that were."""

    version: int = 0
    picture: int = 0
    sighting: int = 0
    coverage: Coverage = NOTHING


class Counting(Fingerprints, Collections):
    """Coverage and status."""

    _counted: _Counted | None = None

    def version(self) -> int:
        """A number that grows with every change: the last event."""
        return self._last_of("events")

    def coverage(self) -> Coverage:
        """What is live, and the span of the dates that can support something, but ``held``.

        Counted on from what was counted before, so it may be asked for every look-up, also
        while a million pictures come in.
        """
        known = self._counted
        if known is None or known.version != self.version():
            self._counted = (known and self._count(known)) or self._count(_Counted())
        assert self._counted is not None
        return self._counted.coverage

    def _changed(self) -> None:
        self._counted = None

    def _count(self, known: _Counted) -> _Counted | None:
        """What is counted with what came since; ``None`` where something else happened."""
        asked = {n: getattr(known, n) for n in ("version", "picture", "sighting")}
        row = self._row(_COVERAGE_SINCE if known.version else _COVERAGE, asked)
        assert row is not None
        if known.version and row["otherwise"]:
            return None
        coverage = Coverage(
            pictures=known.coverage.pictures + row["pictures"],
            sightings=known.coverage.sightings + row["sightings"],
            sources=row["sources"],
            earliest=read(row["earliest"]) if row["earliest"] else None,
            latest=read(row["latest"]) if row["latest"] else None,
        )
        last = (row["version"] or 0, row["last_picture"] or 0, row["last_sighting"] or 0)
        return _Counted(*last, coverage)

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
