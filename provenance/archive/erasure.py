"""Erasing: everything of one picture, or only its pixels. The event chain still verifies.

What was erased may be added again: it is then a new picture with a new id and a new
``held`` date. An archive that refused it would have to keep a hash by which it recognises
what it was asked to forget; who wants that puts the file into quarantine.
"""

from __future__ import annotations

import sqlite3

from provenance.archive.check_erasure import ErasingChecks
from provenance.archive.events import Log
from provenance.archive.records import Forgotten
from provenance.archive.wiping import sealed
from provenance.errors import UnknownName

Erased = tuple[str | None, str | None, tuple[int, ...]]

_TOMBSTONE = ("id", "added", "erased", "live", "has_raster")
"""What stays of an erased picture."""


class Erasing(ErasingChecks):
    """Forgetting pictures and dropping pixels."""

    def forget(self, picture_id: int, reason: str, *, sweep: bool = True) -> Forgotten:
        """Erase everything of a picture; its id stays as a tombstone.

        Gone are thumbnail, raster, fingerprints, names, paths, sightings, the details of
        its events, and every check that shows the same photograph: of the same file, or of
        a copy that was matched. A check that names it as a similar scene loses its record,
        because that quotes names and captions; it is whole again when judged anew.
        ``sweep`` rewrites the file, so that nothing is left in it; whoever forgets many
        sweeps once at the end. Raises :class:`UnknownName`.
        """
        with self._writing() as log:
            erased = self._forget(self._existing(picture_id), reason, log)
        commitment, receipt, checks = erased
        clean = sweep and self.sweep()
        return Forgotten(picture_id, commitment, receipt, checks, clean=clean)

    def _forget(self, picture: sqlite3.Row, reason: str, log: Log) -> Erased:
        """Erase a picture within a transaction: commitment, receipt, checks that lost by it."""
        commitment, receipt = sealed(picture["sha256"])
        checks = self._erase_checks_of(picture, log)
        self._erase_details("picture_id", [picture["id"]])
        self._erase_picture(picture["id"], log)
        details = {"reason": reason, "checks": list(checks), "commitment": commitment}
        log.write("picture_erased", details, picture=picture["id"])
        return commitment, receipt, checks

    def drop_pixels(self, picture_id: int, reason: str, *, sweep: bool = True) -> bool:
        """Erase thumbnail and raster, keep fingerprints and sightings; they do not come back.

        Those that checks of the same file keep are erased too, and no later check keeps any.
        The answer says whether the bytes are gone from the file too (see ``Forgotten.clean``).
        """
        with self._writing() as log:
            picture = self._existing(picture_id)
            self._delete("picture_id", [picture_id], "_rasters", "_thumbnails")
            self._connection.execute(
                "UPDATE _earlier_states SET raster = NULL WHERE picture_id = ?", (picture_id,)
            )
            self._drop_query_pixels(picture["sha256"])
            self._connection.execute(
                "UPDATE pictures SET has_raster = 0, pixels_dropped = ? WHERE id = ?",
                (log.instant, picture_id),
            )
            log.write("pixels_dropped", {"reason": reason}, picture=picture_id)
        return sweep and self.sweep()

    def _existing(self, picture_id: int) -> sqlite3.Row:
        row = self._row("SELECT * FROM pictures WHERE id = ? AND erased IS NULL", (picture_id,))
        if row is None:
            raise UnknownName(
                f"There is no picture {picture_id} in this archive.", name=str(picture_id)
            )
        return row

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
            "DELETE FROM reviews WHERE picture_id = :picture OR sighting_id IN"
            " (SELECT id FROM sightings WHERE picture_id = :picture) OR picture_content ="
            " (SELECT 'sha256:' || sha256 FROM pictures WHERE id = :picture)",
            {"picture": picture_id},
        )
        tables = ("_fingerprints", "_rasters", "_thumbnails", "_earlier_states", "sightings")
        self._delete("picture_id", [picture_id], *tables)
        self._blank("pictures", _TOMBSTONE, [picture_id])
        run(
            "UPDATE pictures SET erased = ?, live = 0, has_raster = 0 WHERE id = ?",
            (log.instant, picture_id),
        )
