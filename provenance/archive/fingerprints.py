"""What pictures are compared by, as stored: fingerprints, proof rasters, thumbnails."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.archive.connection import Connected
from provenance.archive.records import EarlierMaterial, Erasure, FingerprintRow, Material
from provenance.models import Embedded, Fingerprint

KEYPOINTS = "orb"
"""How the name of every kind of keypoints begins."""

EARLIER = "earlier"
"""How the name of every kind begins that was computed from an earlier state."""

_KINDS = """
WITH RECURSIVE kind(name) AS (
  -- Steps from kind to kind through the index; DISTINCT would read all of it.
  SELECT min(kind) FROM _fingerprints
  UNION ALL
  SELECT (SELECT min(f.kind) FROM _fingerprints f WHERE f.kind > kind.name)
  FROM kind WHERE kind.name IS NOT NULL
)
SELECT name FROM kind WHERE name IS NOT NULL
"""


def earlier_kind(number: int) -> str:
    """How the kinds of the earlier state of this number begin: "earlier1."."""
    return f"{EARLIER}{number}."


class Fingerprints(Connected):
    """Reading fingerprints, for proof and for indexes beside the archive."""

    @property
    def archive_id(self) -> str:
        """What identifies this file among all archives, 32 hex digits, random."""
        row = self._row("SELECT value FROM _meta WHERE name = 'archive_id'")
        assert row is not None
        return str(row["value"])

    def fingerprints_after(self, kind: str, sequence: int = 0) -> Iterator[FingerprintRow]:
        """Fingerprints of this kind stored after ``sequence``, oldest first.

        Those of revoked pictures are among them (they may come back, see ``are_live``);
        those of erased pictures are not (see ``erased_since``).
        """
        rows = self._rows(
            "SELECT sequence, picture_id, value, quality FROM _fingerprints"
            " WHERE kind = ? AND sequence > ? ORDER BY sequence",
            (kind, sequence),
        )
        for row in rows:
            yield FingerprintRow(*row)

    def kinds(self) -> tuple[str, ...]:
        """Every kind of fingerprint that is stored; costs the same however many there are."""
        return tuple(row["name"] for row in self._rows(_KINDS))

    def own_kinds(self) -> tuple[str, ...]:
        """The kinds of the pictures themselves, without those of earlier states."""
        return tuple(kind for kind in self.kinds() if not kind.startswith(EARLIER))

    def earlier_kinds(self) -> tuple[str, ...]:
        """What the kinds of earlier states begin with, as far as there are any."""
        kinds = [kind for kind in self.kinds() if kind.startswith(EARLIER)]
        return tuple(dict.fromkeys(kind.partition(".")[0] + "." for kind in kinds))

    def last_sequence(self) -> int:
        """The largest sequence number ever given; smaller than an index's own: a backup."""
        return self._last_of("_fingerprints")

    def erased_since(self, mark: int = 0) -> Iterator[Erasure]:
        """Fingerprints that were erased or replaced after ``mark``, oldest first."""
        rows = self._rows("SELECT * FROM _erasures WHERE mark > ? ORDER BY mark", (mark,))
        for row in rows:
            yield Erasure(*row)

    def _last_of(self, table: str) -> int:
        row = self._row("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return row["seq"] if row else 0

    def fingerprint(self, picture_id: int, kind: str) -> Fingerprint | None:
        """One fingerprint of one picture."""
        row = self._row(
            "SELECT value, quality FROM _fingerprints WHERE picture_id = ? AND kind = ?",
            (picture_id, kind),
        )
        return Fingerprint(kind, row["value"], row["quality"]) if row else None

    def raster(self, picture_id: int) -> bytes | None:
        """The packed proof raster, where there is one (any more)."""
        row = self._row("SELECT value FROM _rasters WHERE picture_id = ?", (picture_id,))
        return row["value"] if row else None

    def thumbnail(self, picture_id: int) -> bytes | None:
        """The small picture for people, as an encoded image file."""
        row = self._row("SELECT value FROM _thumbnails WHERE picture_id = ?", (picture_id,))
        return row["value"] if row else None

    def has_thumbnail(self, picture_id: int) -> bool:
        """Whether there is anything to look at."""
        return (
            self._row("SELECT 1 FROM _thumbnails WHERE picture_id = ?", (picture_id,)) is not None
        )

    def material(self, picture_id: int, kind: str | None = None) -> Material:
        """What proof is made from; keypoints of ``kind``, else of the newest kind stored."""
        row = self._row(
            """SELECT p.width, p.height, f.kind, f.value AS keypoints, r.value AS raster
               FROM pictures p
               LEFT JOIN _rasters r ON r.picture_id = p.id
               LEFT JOIN _fingerprints f ON f.sequence = (
                 SELECT max(sequence) FROM _fingerprints
                 WHERE picture_id = p.id AND kind GLOB ?)
               WHERE p.id = ?""",
            (kind or f"{KEYPOINTS}*", picture_id),
        )
        if row is None:
            return Material(picture_id, None, None, None, None, None)
        return Material(picture_id, *row)

    def earlier_material(self, picture_id: int, prefix: str) -> EarlierMaterial | None:
        """What proof is made from for an earlier state; ``None`` without pixels or keypoints.

        ``prefix`` is one of :meth:`earlier_kinds`.
        """
        row = self._row(
            """SELECT e.origin, e.proved, e.width, e.height, f.value AS keypoints, e.raster
               FROM _earlier_states e JOIN _fingerprints f ON f.sequence = (
                 SELECT max(sequence) FROM _fingerprints
                 WHERE picture_id = e.picture_id AND kind GLOB ?)
               WHERE e.picture_id = ? AND e.number = ? AND e.raster IS NOT NULL""",
            (f"{prefix}{KEYPOINTS}*", picture_id, int(prefix.strip(f"{EARLIER}."))),
        )
        if row is None:
            return None
        return EarlierMaterial(Embedded(row["origin"]), bool(row["proved"]), *row[2:])
