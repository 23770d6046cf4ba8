"""Pictures as stored: one by id, by hash, by what a person types, or all of them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator

from provenance.archive.connection import Connected
from provenance.archive.instants import read
from provenance.archive.sightings import EARLIEST_FIRST, sighting_of
from provenance.errors import UnknownName, UsageError
from provenance.models import Picture, Sighting

SHORTEST_PREFIX = 8
"""Characters of a SHA-256 that may stand for all 64: one in 4 billion, too few by accident."""

ORDERS = {"id": "p.id", "name": "p.name, p.id", "date": f"{EARLIEST_FIRST.format('s')}, p.id"}
"""Ways to list pictures: as added, by name, by earliest sighting."""

_REFERENCE = re.compile(r"(?:sha256:)?([0-9a-f]{8,64})")
_LARGEST_ID = 2**63 - 1


def picture_of(row: sqlite3.Row) -> Picture:
    """One row of ``pictures`` as a record."""
    return Picture(
        id=row["id"],
        sha256=row["sha256"],
        name=row["name"] or "",
        path=row["path"],
        width=row["width"],
        height=row["height"],
        format=row["format"],
        frames=row["frames"],
        phash=row["phash"],
        pdq=row["pdq"],
        pdq_quality=row["pdq_quality"],
        has_raster=bool(row["has_raster"]),
        added=read(row["added"]),
    )


class Pictures(Connected):
    """Reading pictures. What is erased is nowhere; what is revoked is not listed or matched."""

    def picture(self, picture_id: int) -> Picture:
        """The picture with this id, also when its collections are revoked.

        Raises :class:`UnknownName` where there is none, or none any more.
        """
        return self._found(self._by_id(picture_id), str(picture_id))

    def _by_id(self, picture_id: int) -> Picture | None:
        row = self._row("SELECT * FROM pictures WHERE id = ? AND erased IS NULL", (picture_id,))
        return picture_of(row) if row else None

    @staticmethod
    def _found(picture: Picture | None, reference: str) -> Picture:
        if picture is None:
            raise UnknownName(
                f"There is no picture {reference} in this archive.",
                name=reference,
                advice="See: provenance list",
            )
        return picture

    def picture_by_sha256(self, sha256: str) -> Picture | None:
        """The live picture whose file has this SHA-256 (hex)."""
        row = self._row("SELECT * FROM pictures WHERE sha256 = ? AND live = 1", (sha256.lower(),))
        return picture_of(row) if row else None

    def find_picture(self, reference: str) -> Picture:
        """The picture a person means: its id, its SHA-256 or eight or more characters of it.

        Raises :class:`UnknownName` where there is none, and where there are several.
        """
        text = reference.strip().lower()
        return self._found(self._by_number(text) or self._by_prefix(text), reference)

    def _by_number(self, text: str) -> Picture | None:
        number = int(text) if re.fullmatch(r"[0-9]{1,19}", text) else 0
        return self._by_id(number) if 0 < number <= _LARGEST_ID else None

    def _by_prefix(self, text: str) -> Picture | None:
        match = _REFERENCE.fullmatch(text)
        if match is None:
            return None
        rows = list(
            self._rows(
                "SELECT * FROM pictures WHERE sha256 >= ? AND sha256 < ? LIMIT 2",
                (match[1], f"{match[1]}g"),  # g follows the last hex digit
            )
        )
        if len(rows) > 1:
            raise UnknownName(
                f"Several pictures begin with {text}.", name=text, advice="Give more characters."
            )
        return picture_of(rows[0]) if rows else None

    def pictures(
        self, *, limit: int | None = None, offset: int = 0, order: str = "id"
    ) -> Iterator[tuple[Picture, Sighting | None]]:
        """Live pictures with their earliest sighting, in one of :data:`ORDERS`."""
        if order not in ORDERS:
            raise UsageError(f"Pictures cannot be listed by {order}.", advice="Use id, name, date.")
        rows = self._rows(
            f"""SELECT p.*, s.id AS sighting_id FROM pictures p LEFT JOIN sightings s ON s.id = (
                  SELECT t.id FROM sightings t WHERE t.picture_id = p.id AND t.live = 1
                  ORDER BY {EARLIEST_FIRST.format("t")} LIMIT 1)
                WHERE p.live = 1 ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?""",
            (-1 if limit is None else limit, offset),
        )
        for row in rows:
            yield picture_of(row), self._earliest(row["sighting_id"])

    def shown(
        self, picture_id: int, sighting_id: int | None
    ) -> tuple[Picture, Sighting | None] | None:
        """A live picture with one of its sightings, if that is live; ``None`` without either."""
        row = self._row("SELECT * FROM pictures WHERE id = ? AND live = 1", (picture_id,))
        if row is None:
            return None
        first = self._earliest(sighting_id)
        kept = first is not None and first.picture == picture_id and not first.revoked
        return picture_of(row), first if kept else None

    def _earliest(self, sighting_id: int | None) -> Sighting | None:
        row = self._row(
            """SELECT s.*, (
                 SELECT json_group_array(c.name) FROM _memberships m
                 JOIN collections c ON c.id = m.collection_id AND c.revoked IS NULL
                 WHERE m.sighting_id = s.id) AS collections
               FROM sightings s WHERE s.id = ?""",
            (sighting_id,),
        )
        return sighting_of(row) if row else None

    def live_pictures(self) -> set[int]:
        """The ids of all pictures that are counted, listed, searched and matched."""
        return {row["id"] for row in self._rows("SELECT id FROM pictures WHERE live = 1")}

    def are_live(self, picture_ids: Iterable[int]) -> set[int]:
        """Those of these pictures that are live."""
        return {
            row["id"]
            for picture_id in set(picture_ids)
            for row in self._rows(
                "SELECT id FROM pictures WHERE id = ? AND live = 1", (int(picture_id),)
            )
        }
