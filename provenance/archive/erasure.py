"""Erasing: everything of one picture, or only its pixels. The event chain still verifies.

What was erased may be added again: it is then a new picture with a new id and a new
``held`` date. An archive that refused it would have to keep a hash by which it recognises
what it was asked to forget.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable

from provenance.archive.connection import Connected
from provenance.archive.events import Log
from provenance.archive.records import Forgotten
from provenance.errors import ArchiveBusy, UnknownName, UnwritableArchive

_TOMBSTONE = ("id", "added", "erased", "live", "has_raster")
"""What stays of an erased picture."""

_CHECK_TOMBSTONE = ("id", "made", "judged", "erased")
"""What stays of an erased check."""


class Erasing(Connected):
    """Forgetting pictures and dropping pixels."""

    def forget(self, picture_id: int, reason: str, *, sweep: bool = True) -> Forgotten:
        """Erase everything of a picture; its id stays as a tombstone.

        Gone are thumbnail, raster, fingerprints, names, paths, sightings, the details of
        its events, every check of the same file, and the matches and records of checks of
        other files that name it. ``sweep`` rewrites the file, so that nothing is left in
        it; whoever forgets many sweeps once at the end. Raises :class:`UnknownName`.
        """
        with self._writing() as log:
            picture = self._existing(picture_id)
            receipt = secrets.token_bytes(32)
            checks = self._erase_checks(picture, log)
            self._erase_details("picture_id", [picture_id])
            self._erase_picture(picture_id, log)
            commitment = _commitment(receipt, picture["sha256"])
            details = {"reason": reason, "checks": list(checks), "commitment": commitment}
            log.write("picture_erased", details, picture=picture_id)
        clean = sweep and self.sweep()
        return Forgotten(
            picture_id, commitment, receipt.hex() if commitment else None, checks, clean=clean
        )

    def drop_pixels(self, picture_id: int, reason: str, *, sweep: bool = True) -> bool:
        """Erase thumbnail and raster, keep fingerprints and sightings; they do not come back.

        The answer says whether the bytes are gone from the file too (see ``Forgotten.clean``).
        """
        with self._writing() as log:
            self._existing(picture_id)
            self._delete("picture_id", [picture_id], "_rasters", "_thumbnails")
            self._connection.execute(
                "UPDATE pictures SET has_raster = 0, pixels_dropped = ? WHERE id = ?",
                (log.instant, picture_id),
            )
            log.write("pixels_dropped", {"reason": reason}, picture=picture_id)
        return sweep and self.sweep()

    def sweep(self) -> bool:
        """Rewrite the file without what was deleted and empty the write-ahead log.

        ``secure_delete`` zeroes deleted rows, but not the stale copies that SQLite leaves
        when it moves rows between pages; only VACUUM drops those. ``False``: another
        program is using the archive, or the disk has no room for the copy; what was erased
        stays erased, sweep again later.
        """
        try:
            list(self._rows("VACUUM"))
            row = self._row("PRAGMA wal_checkpoint(TRUNCATE)")
        except (ArchiveBusy, UnwritableArchive):
            return False
        return row is not None and row["busy"] == 0

    def _existing(self, picture_id: int) -> sqlite3.Row:
        row = self._row("SELECT * FROM pictures WHERE id = ? AND erased IS NULL", (picture_id,))
        if row is None:
            raise UnknownName(
                f"There is no picture {picture_id} in this archive.", name=str(picture_id)
            )
        return row

    # ---------------------------------------------------------------------- pictures

    def _erase_picture(self, picture_id: int, log: Log) -> None:
        run = self._connection.execute
        run(
            "INSERT INTO _erasures (sequence, picture_id, kind)"
            " SELECT sequence, picture_id, kind FROM _fingerprints WHERE picture_id = ?",
            (picture_id,),
        )
        run(
            "DELETE FROM _memberships WHERE sighting_id IN"
            " (SELECT id FROM sightings WHERE picture_id = ?)",
            (picture_id,),
        )
        run(
            "DELETE FROM reviews WHERE sighting_id IN"
            " (SELECT id FROM sightings WHERE picture_id = ?)",
            (picture_id,),
        )
        tables = ("_fingerprints", "_rasters", "_thumbnails", "sightings")
        self._delete("picture_id", [picture_id], *tables)
        self._blank("pictures", _TOMBSTONE, [picture_id])
        run(
            "UPDATE pictures SET erased = ?, live = 0, has_raster = 0 WHERE id = ?",
            (log.instant, picture_id),
        )

    # ------------------------------------------------------------------------ checks

    def _erase_checks(self, picture: sqlite3.Row, log: Log) -> tuple[int, ...]:
        """Erase checks of the same file; of others that matched it, what they say of it."""
        own = self._ids("SELECT id FROM checks WHERE sha256 = ?", picture["sha256"])
        naming = self._ids("SELECT check_id FROM matches WHERE picture_id = ?", picture["id"])
        affected = sorted({*own, *naming})
        self._connection.execute("DELETE FROM matches WHERE picture_id = ?", (picture["id"],))
        self._delete("check_id", affected, "_check_records")
        self._connection.executemany(
            "UPDATE checks SET sentence = NULL WHERE id = ?", [(check,) for check in affected]
        )
        self._erase_own_checks(own, log)
        for check in affected:
            log.write("check_erased", {"picture": picture["id"]}, check=check)
        return tuple(affected)

    def _erase_own_checks(self, checks: list[int], log: Log) -> None:
        tables = (
            "matches",
            "reviews",
            "_check_fingerprints",
            "_check_rasters",
            "_check_thumbnails",
        )
        self._delete("check_id", checks, *tables)
        self._erase_details("check_id", checks)
        self._blank("checks", _CHECK_TOMBSTONE, checks)
        self._connection.executemany(
            "UPDATE checks SET erased = ? WHERE id = ?", [(log.instant, check) for check in checks]
        )
        # A claim that no check is about any more was about this picture.
        self._connection.execute(
            "DELETE FROM claims WHERE id NOT IN"
            " (SELECT claim_id FROM checks WHERE claim_id IS NOT NULL)"
        )

    # ------------------------------------------------------------------------- rows

    def _ids(self, sql: str, value: object) -> list[int]:
        return [row[0] for row in self._connection.execute(sql, (value,))]

    def _delete(self, column: str, ids: Iterable[int], *tables: str) -> None:
        for table in tables:
            self._connection.executemany(
                f"DELETE FROM {table} WHERE {column} = ?",
                [(number,) for number in ids],
            )

    def _erase_details(self, column: str, ids: Iterable[int]) -> None:
        self._connection.executemany(
            "DELETE FROM _event_details WHERE event_id IN"
            f" (SELECT id FROM events WHERE {column} = ?)",
            [(number,) for number in ids],
        )

    def _blank(self, table: str, keep: tuple[str, ...], ids: Iterable[int]) -> None:
        """Set every column to null but those that are kept."""
        columns = [row["name"] for row in self._rows(f"PRAGMA table_info({table})")]
        blanks = ", ".join(f"{name} = NULL" for name in columns if name not in keep)
        self._connection.executemany(
            f"UPDATE {table} SET {blanks} WHERE id = ?",
            [(number,) for number in ids],
        )


def _commitment(receipt: bytes, sha256: str | None) -> str | None:
    return hashlib.sha256(receipt + sha256.encode()).hexdigest() if sha256 else None
