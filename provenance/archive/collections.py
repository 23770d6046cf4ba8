"""Collections: what one import brought, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from provenance import dates
from provenance.archive.checks import Checks, JudgeAgain
from provenance.archive.records import Revoked
from provenance.archive.stating import STATED
from provenance.archive.text import normal
from provenance.errors import UnknownName

LISTED = 50
"""Collections that `provenance status` names; of more it says how many."""

_BROUGHT = "SELECT sighting_id FROM _memberships WHERE collection_id = ?"

_STILL_HELD = """
SELECT 1 FROM _memberships m JOIN collections c ON c.id = m.collection_id
WHERE m.sighting_id = sightings.id AND c.revoked IS NULL
"""

_HIDE_SIGHTINGS = f"""
UPDATE sightings SET live = 0
WHERE live = 1 AND id IN ({_BROUGHT}) AND NOT EXISTS ({_STILL_HELD})
"""

_HIDE_PICTURES = f"""
UPDATE pictures SET live = 0
WHERE live = 1
  AND id IN (SELECT picture_id FROM sightings WHERE id IN ({_BROUGHT}))
  AND NOT EXISTS (SELECT 1 FROM sightings WHERE picture_id = pictures.id AND live = 1)
"""


def _last_stated(column: str) -> str:
    """The newest statement of a column by a collection that is not revoked."""
    return f"""{column} = (
      SELECT m.{column} FROM _memberships m JOIN collections c ON c.id = m.collection_id
      WHERE m.sighting_id = sightings.id AND c.revoked IS NULL AND m.{column} IS NOT NULL
      ORDER BY m.stated DESC LIMIT 1)"""


_RESTATE = f"""
UPDATE sightings SET {", ".join(map(_last_stated, STATED))}
WHERE live = 1 AND id IN ({_BROUGHT})
"""

_CHECKS = f"""
SELECT DISTINCT check_id FROM matches
WHERE picture_id IN (SELECT picture_id FROM sightings WHERE id IN ({_BROUGHT}))
ORDER BY check_id
"""

_NEWEST = """
SELECT c.name, count(DISTINCT s.picture_id) AS pictures, count(s.id) AS sightings,
  c.source, c.trust, c.licence, c.made, c.revoked
FROM (SELECT * FROM collections ORDER BY id DESC LIMIT ?) c
LEFT JOIN _memberships m ON m.collection_id = c.id
LEFT JOIN sightings s ON s.id = m.sighting_id
GROUP BY c.id ORDER BY c.id DESC
"""


_OF_PICTURE = """
SELECT c.name, c.source, c.trust, c.licence, c.revoked FROM collections c
WHERE c.id IN (
  SELECT m.collection_id FROM _memberships m JOIN sightings s ON s.id = m.sighting_id
  WHERE s.picture_id = ?)
ORDER BY c.id
"""


class Collections(Checks):
    """Listing and revoking collections."""

    def revoke(self, name: str, reason: str, judge: JudgeAgain | None = None) -> Revoked:
        """Take back what a collection brought and no other holds, in one transaction.

        A sighting that others hold stays, with what they stated of it. The name may be
        used anew. ``judge`` judges every check anew that matched a picture of it, in the same
        transaction: none is left that rests on what was taken back. Raises
        :class:`UnknownName`.
        """
        with self._writing() as log:
            collection = self._open_collection(name)
            run = self._connection.execute
            run("UPDATE collections SET revoked = ? WHERE id = ?", (log.instant, collection))
            sightings = run(_HIDE_SIGHTINGS, (collection,)).rowcount
            pictures = run(_HIDE_PICTURES, (collection,)).rowcount
            run(_RESTATE, (collection,))
            checks = tuple(row["check_id"] for row in run(_CHECKS, (collection,)))
            counts = {"pictures": pictures, "sightings": sightings, "checks": len(checks)}
            details = {"name": name, "reason": reason, **counts}
            log.write("collection_revoked", details, collection=collection)
            self._changed()
            again = [self._judge_again(check, judge, log) for check in checks] if judge else []
        self._changed()
        return Revoked(name, pictures, sightings, checks, tuple(r for r in again if r))

    def _changed(self) -> None:
        """What was counted of the archive no longer holds."""

    def _open_collection(self, name: str) -> int:
        row = self._row(
            "SELECT id FROM collections WHERE name = ? AND revoked IS NULL", (normal(name),)
        )
        if row is None:
            raise UnknownName(self._why_not_open(name), name=name, advice="See: provenance status")
        return int(row["id"])

    def _why_not_open(self, name: str) -> str:
        name = normal(name) or name
        row = self._row("SELECT max(revoked) AS revoked FROM collections WHERE name = ?", (name,))
        if row is None or row["revoked"] is None:
            return f"There is no collection {name} in this archive."
        since = dates.say(dates.parse(row["revoked"][:10], zone="utc"), "en")
        return f"The collection {name} is already taken back, since {since}."

    def newest_collections(self, limit: int = LISTED) -> Iterator[dict[str, Any]]:
        """The last made, newest first: name, what it brought, when made and taken back."""
        for row in self._rows(_NEWEST, (limit,)):
            yield dict(row)

    def collections_of(self, picture_id: int) -> tuple[dict[str, Any], ...]:
        """The collections that brought a picture, as stated: name, source, trust, licence."""
        return tuple(map(dict, self._rows(_OF_PICTURE, (picture_id,))))

    def collections(self) -> Iterator[dict[str, Any]]:
        """All collections as made, with how many sightings each holds."""
        rows = self._rows(
            """SELECT c.*, (SELECT count(*) FROM _memberships m WHERE m.collection_id = c.id)
                 AS sightings FROM collections c ORDER BY c.id"""
        )
        for row in rows:
            yield dict(row)
