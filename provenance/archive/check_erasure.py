"""Erasing checks: one that was asked for, or all that show a photograph that is erased."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from provenance.archive.events import Log
from provenance.archive.records import ForgottenCheck
from provenance.archive.wiping import Wiping, sealed
from provenance.errors import UnknownName
from provenance.models import Relation

_TOMBSTONE = ("id", "made", "judged", "erased")
"""What stays of an erased check."""

_PIXELS = ("_check_rasters", "_check_thumbnails")

_ABOUT_A_CHECK = ("matches", "reviews", "_check_records", "_check_fingerprints", *_PIXELS)

_KEEP_PAIRS = """
UPDATE reviews SET check_id = (
  SELECT min(k.id) FROM checks k WHERE k.sha256 = reviews.query_sha256 AND k.erased IS NULL
    AND k.id NOT IN (SELECT value FROM json_each(:wiped)))
WHERE decision = 'not_same' AND check_id IN (SELECT value FROM json_each(:wiped))
  AND EXISTS (
    SELECT 1 FROM checks k WHERE k.sha256 = reviews.query_sha256 AND k.erased IS NULL
      AND k.id NOT IN (SELECT value FROM json_each(:wiped)))
"""
"""That two files show different pictures belongs to the files: it goes with the last check."""

_KEEP_SIGHTINGS = """
UPDATE reviews SET check_id = NULL, query_sha256 = NULL
WHERE sighting_id IS NOT NULL AND check_id IN (SELECT value FROM json_each(:wiped))
"""
"""What was decided of a sighting belongs to the archived picture."""

_SHOWING = """
WITH copies (id) AS (
  SELECT check_id FROM matches WHERE picture_id = :picture AND relation <> :similar
)
SELECT id FROM checks
WHERE sha256 = :sha256 OR id IN copies
  -- The same copy under another claim, perhaps checked before the picture was here.
  OR sha256 IN (SELECT sha256 FROM checks WHERE id IN copies)
ORDER BY id
"""
"""Checks whose query shows the same photograph as a picture."""


class ErasingChecks(Wiping):
    """Forgetting what was checked."""

    def forget_check(self, check_id: int, reason: str, *, sweep: bool = True) -> ForgottenCheck:
        """Erase everything of one check; its id stays as a tombstone.

        Gone are the query's name, hashes, fingerprints, raster and thumbnail, the matches,
        what people decided on it alone, the record, the details of its events, and the claim unless
        another check is about it too. The archive's own pictures stay, and so do the other
        checks of the same file, which the answer names. ``sweep`` as for :meth:`forget`.
        Raises :class:`UnknownName`.
        """
        with self._writing() as log:
            check = self._existing_check(check_id)
            others = self._of_same_file(check)
            commitment, receipt = sealed(check["sha256"])
            self._wipe_checks([check_id], log)
            log.write("check_erased", {"reason": reason, "commitment": commitment}, check=check_id)
        clean = sweep and self.sweep()
        return ForgottenCheck(check_id, commitment, receipt, others, clean=clean)

    def _existing_check(self, check_id: int) -> sqlite3.Row:
        row = self._row("SELECT * FROM checks WHERE id = ? AND erased IS NULL", (check_id,))
        if row is None:
            raise UnknownName(f"There is no check {check_id} in this archive.", name=str(check_id))
        return row

    def _of_same_file(self, check: sqlite3.Row) -> tuple[int, ...]:
        rows = self._rows(
            "SELECT id FROM checks WHERE sha256 = ? AND id <> ? ORDER BY id",
            (check["sha256"], check["id"]),
        )
        return tuple(row["id"] for row in rows)

    def _erase_checks_of(self, picture: sqlite3.Row, log: Log) -> tuple[int, ...]:
        """Erase checks that show the same photograph; of others, what they say of it."""
        shown = {
            "picture": picture["id"],
            "sha256": picture["sha256"],
            "similar": Relation.SIMILAR_SCENE.value,
        }
        showing = [row["id"] for row in self._connection.execute(_SHOWING, shown)]
        naming = self._naming(picture["id"], besides=showing)
        self._unname(picture["id"], naming)
        self._wipe_checks(showing, log)
        for check in showing:
            log.write("check_erased", {"picture": picture["id"]}, check=check)
        for check in naming:
            log.write("check_record_erased", {"picture": picture["id"]}, check=check)
        return tuple(sorted([*showing, *naming]))

    def _naming(self, picture_id: int, *, besides: Sequence[int]) -> list[int]:
        """The other checks whose records name a picture: it is a similar scene to them."""
        rows = self._connection.execute(
            "SELECT DISTINCT check_id FROM matches WHERE picture_id = ? ORDER BY check_id",
            (picture_id,),
        )
        return [row["check_id"] for row in rows if row["check_id"] not in set(besides)]

    def _unname(self, picture_id: int, checks: Sequence[int]) -> None:
        """Erase what checks say of a picture; judged again, they are whole again."""
        self._delete("picture_id", [picture_id], "matches")
        self._delete("check_id", checks, "_check_records")
        self._connection.executemany(
            "UPDATE checks SET sentence = NULL WHERE id = ?", [(check,) for check in checks]
        )

    def _wipe_checks(self, checks: Sequence[int], log: Log) -> None:
        wiped = {"wiped": json.dumps(list(checks))}
        for statement in (_KEEP_PAIRS, _KEEP_SIGHTINGS):
            self._connection.execute(statement, wiped)
        self._delete("check_id", checks, *_ABOUT_A_CHECK)
        self._erase_details("check_id", checks)
        self._blank("checks", _TOMBSTONE, checks)
        self._connection.executemany(
            "UPDATE checks SET erased = ? WHERE id = ?", [(log.instant, check) for check in checks]
        )
        # A claim that no check is about any more was about what is erased.
        self._connection.execute(
            "DELETE FROM claims WHERE id NOT IN"
            " (SELECT claim_id FROM checks WHERE claim_id IS NOT NULL)"
        )

    def _drop_query_pixels(self, sha256: str | None) -> None:
        """Erase raster and thumbnail of every check of this file."""
        rows = self._connection.execute("SELECT id FROM checks WHERE sha256 = ?", (sha256,))
        self._delete("check_id", [row["id"] for row in rows], *_PIXELS)
