"""Checks that were made before the archive knew what it knows now.

The event log says what came since; a mark says how far that was followed. The fingerprints of
what was checked are read here as those of pictures are, so that an index can hold them too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from provenance.archive.checks import Checks
from provenance.archive.fingerprints import KEYPOINTS
from provenance.archive.instants import date_of
from provenance.archive.records import Asked, CheckContent, Erasure, FingerprintRow, News
from provenance.models import Claim, Fingerprint

MARK = "checks_follow"
"""The name under which the mark stands in ``_meta``."""

GAINED = ("picture_added", "picture_completed")
"""Events after which a picture may match what it could not match before."""

LOST = "collection_revoked"

_NEWS = """
SELECT id, kind, picture_id, collection_id FROM events
WHERE id > ? AND (picture_id IS NOT NULL AND kind <> 'picture_erased' OR kind = ?)
ORDER BY id LIMIT ?
"""

_JUDGED = """
SELECT max(id) AS event FROM events
WHERE check_id = ? AND kind IN ('check_made', 'check_judged')
"""

_OF_COLLECTION = """
SELECT DISTINCT check_id FROM matches WHERE picture_id IN (
  SELECT s.picture_id FROM sightings s JOIN _memberships m ON m.sighting_id = s.id
  WHERE m.collection_id = ?)
ORDER BY check_id
"""

_ERASED = """
SELECT id, check_id FROM events WHERE id > ? AND kind = 'check_erased' ORDER BY id
"""

_WAITING = """
SELECT count(DISTINCT picture_id) AS pictures FROM events
WHERE id > ? AND kind IN ('picture_added', 'picture_completed')
"""


class Recalling(Checks):
    """What came since checks were judged, and what is kept of the checks to compare it with."""

    def follows(self) -> int:
        """The event up to which checks follow the archive: that of the first check at least.

        Before there is a check, nothing is to be followed: the newest event.
        """
        row = self._row("SELECT value FROM _meta WHERE name = ?", (MARK,))
        if row is not None:
            return int(row["value"])
        row = self._row(
            """SELECT coalesce((SELECT min(id) FROM events WHERE check_id IS NOT NULL),
                               (SELECT max(id) FROM events)) AS event"""
        )
        return int(row["event"] or 0) if row else 0

    def follow(self, event: int) -> None:
        """Checks follow the archive up to this event now."""
        with self._writing():
            self._connection.execute(
                "INSERT INTO _meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value ="
                " max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))",
                (MARK, str(event)),
            )

    def news(self, after: int, limit: int) -> list[News]:
        """What became of pictures after an event, oldest first."""
        return [
            News(row["id"], row["picture_id"], row["collection_id"], row["kind"] in GAINED)
            for row in self._rows(_NEWS, (after, LOST, limit))
        ]

    def judged_at(self, check_id: int) -> int:
        """The event of a check's last judgement."""
        row = self._row(_JUDGED, (check_id,))
        return int(row["event"] or 0) if row else 0

    def checks_matching(self, news: News) -> list[int]:
        """The checks that matched a picture, or one of a collection that was taken back."""
        if news.picture is None:
            return [r["check_id"] for r in self._rows(_OF_COLLECTION, (news.collection,))]
        sql = "SELECT DISTINCT check_id FROM matches WHERE picture_id = ? ORDER BY check_id"
        return [row["check_id"] for row in self._rows(sql, (news.picture,))]

    def asked(self, check_id: int) -> Asked | None:
        """What is kept of a checked picture; ``None`` once it is erased."""
        row = self._row(
            """SELECT k.*, r.value AS raster, t.value AS thumbnail FROM checks k
               LEFT JOIN _check_rasters r ON r.check_id = k.id
               LEFT JOIN _check_thumbnails t ON t.check_id = k.id
               WHERE k.id = ? AND k.erased IS NULL AND k.sha256 IS NOT NULL""",
            (check_id,),
        )
        if row is None:
            return None
        stored = self._rows(
            "SELECT kind, value, quality FROM _check_fingerprints WHERE check_id = ?", (check_id,)
        )
        prints = tuple(Fingerprint(*each) for each in stored)
        return Asked(
            check=check_id,
            name=row["name"],
            sha256=row["sha256"],
            width=row["width"],
            height=row["height"],
            format=row["format"],
            finding=row["finding"],
            fingerprints=tuple(f for f in prints if not f.kind.startswith(KEYPOINTS)),
            keypoints=next((f for f in prints if f.kind.startswith(KEYPOINTS)), None),
            raster=row["raster"],
            thumbnail=row["thumbnail"],
            claim=self._claim_of(row["claim_id"]),
        )

    def names_of_check(self, check_id: int) -> list[str]:
        """Every name under which the picture of a check came, newest first."""
        rows = self._rows(
            """SELECT json_extract(d.payload, '$.name') AS name FROM events e
               JOIN _event_details d ON d.event_id = e.id WHERE e.check_id = ?
               ORDER BY e.id DESC""",
            (check_id,),
        )
        return list(dict.fromkeys(row["name"] for row in rows if row["name"]))

    def matched_pictures(self, check_id: int) -> set[int]:
        """The live pictures that a check matched as the same photograph."""
        rows = self._rows(
            """SELECT m.picture_id FROM matches m JOIN pictures p ON p.id = m.picture_id
               WHERE m.check_id = ? AND m.relation <> 'similar_scene' AND p.live = 1""",
            (check_id,),
        )
        return {row["picture_id"] for row in rows}

    def tell_change(self, check_id: int, kind: str, details: dict[str, Any]) -> None:
        """One event about a check that was judged anew because the archive changed."""
        with self._writing() as log:
            log.write(kind, details, check=check_id)

    def recalled(self) -> dict[str, int]:
        """For ``status``: checks changed since, pictures that no check was compared with yet."""
        waiting = self._row(_WAITING, (self.follows(),))
        changed = self._row("SELECT count(*) AS n FROM events WHERE kind = 'check_changed'")
        lacking = self._row("SELECT count(*) AS n FROM events WHERE kind = 'check_needs_file'")
        has_checks = self._row("SELECT 1 FROM checks LIMIT 1") is not None
        return {
            "changed_since": changed["n"] if changed else 0,
            "need_their_file": lacking["n"] if lacking else 0,
            "pictures_not_compared_yet": waiting["pictures"] if waiting and has_checks else 0,
        }

    def _claim_of(self, claim_id: int | None) -> Claim:
        row = self._row("SELECT * FROM claims WHERE id = ?", (claim_id,))
        if row is None:
            return Claim()
        words = {key: row[key] for key in ("text", "place", "url", "language")}
        return Claim(date=date_of(row), posted=date_of(row, "posted"), **words)


class CheckShelf:
    """The fingerprints of checks, read as an index reads those of pictures.

    A check's number stands for both the sequence and the picture: it only grows, and what was
    checked under it never changes.
    """

    def __init__(self, archive: Recalling) -> None:
        self._archive = archive

    @property
    def archive_id(self) -> str:
        """See :attr:`Archive.archive_id`; the index is another than that of the pictures."""
        row = self._archive._row("SELECT value FROM _meta WHERE name = 'archive_id'")  # noqa: SLF001  one room
        return f"{row['value']}-checks" if row else ""

    def kinds(self) -> tuple[str, ...]:
        """Every kind of fingerprint that is kept of checks."""
        return tuple(r["kind"] for r in self._rows("SELECT DISTINCT kind FROM _check_fingerprints"))

    def fingerprints_after(self, kind: str, sequence: int = 0) -> Iterator[FingerprintRow]:
        """Those of checks with a larger number, in order."""
        rows = self._rows(
            "SELECT check_id, check_id, value, quality FROM _check_fingerprints"
            " WHERE check_id > ? AND kind = ? ORDER BY check_id",
            (sequence, kind),
        )
        for row in rows:
            yield FingerprintRow(*row)

    def last_sequence(self) -> int:
        """The number of the newest check."""
        return next((r["n"] or 0 for r in self._rows("SELECT max(id) AS n FROM checks")), 0)

    def erased_since(self, mark: int = 0) -> Iterator[Erasure]:
        """Checks that were erased after an event."""
        for row in self._rows(_ERASED, (mark,)):
            yield Erasure(row["id"], row["check_id"], row["check_id"], "")

    def are_live(self, checks: Iterable[int]) -> Collection[int]:
        """Those of these checks that are not erased."""
        return [
            check
            for check in checks
            if any(self._rows("SELECT 1 FROM checks WHERE id = ? AND erased IS NULL", (check,)))
        ]

    def picture(self, picture_id: int) -> CheckContent:
        """What a check's picture is known by."""
        sql = "SELECT sha256, pdq, phash FROM checks WHERE id = ?"
        return next(CheckContent(*row) for row in self._rows(sql, (picture_id,)))

    def _rows(self, sql: str, values: tuple[object, ...] = ()) -> Iterator[Any]:
        return self._archive._rows(sql, values)  # noqa: SLF001  one room
