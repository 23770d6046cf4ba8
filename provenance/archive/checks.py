"""Checks: a picture that was looked up under a claim, kept apart from the pictures."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from provenance.archive.connection import Connected
from provenance.archive.events import Log
from provenance.archive.instants import date_columns, date_of, read, written
from provenance.archive.records import JudgedAgain, Rejudged, SavedCheck
from provenance.archive.text import normal, storable
from provenance.archive.writer import insert, update
from provenance.errors import UnknownName
from provenance.models import Claim, Examined, Finding, Lookup, Match

Columns = dict[str, Any]
JudgeAgain = Callable[[int], JudgedAgain]
"""How a stored check is judged anew, over the archive as it is when asked."""


class Checks(Connected):
    """Storing and reading checks."""

    def save_check(
        self,
        lookup: Lookup,
        examined: Examined | None,
        claim: Claim,
        finding: Finding,
        record: dict[str, Any],
    ) -> SavedCheck:
        """Store a check; the same picture under the same claim is the same check, judged anew.

        ``record`` is its line of JSON; ``check`` and ``earlier_checks`` are filled in, and
        the record as stored is in the answer. No sighting, no coverage and no look-up ever
        counts what was checked.
        """
        with self._writing() as log:
            claim_id = self._claim(claim)
            columns = _query_columns(lookup) | _finding_columns(lookup, finding)
            known = self._known(columns, claim_id)
            check = self._put(columns, claim_id, known, log)
            earlier = self._others(columns["sha256"], check)
            record = {**record, "check": check, "earlier_checks": list(earlier)}
            self._replace_query(check, examined)
            self._replace_answer(check, lookup, record)
            kind = "check_judged" if known else "check_made"
            log.write(kind, {"name": columns["name"], "finding": finding.kind.value}, check=check)
            made = read(known["made"]) if known else log.at
        return SavedCheck(check, earlier, new=known is None, made=made, record=record)

    def check(self, check_id: int) -> dict[str, Any]:
        """The stored line of JSON of one check. Raises :class:`UnknownName`."""
        row = self._row("SELECT record FROM _check_records WHERE check_id = ?", (check_id,))
        if row is None:
            raise UnknownName(f"There is no check {check_id} in this archive.", name=str(check_id))
        return _record(row)

    def checks(self) -> Iterator[dict[str, Any]]:
        """The stored lines of all checks, in the order in which they were first made."""
        for row in self._rows("SELECT record FROM _check_records ORDER BY check_id"):
            yield _record(row)

    def checks_of(self, sha256: str) -> tuple[int, ...]:
        """Every check of the picture whose file has this SHA-256, under any claim."""
        return self._others(sha256.lower(), 0)

    def claim_of(self, check_id: int) -> Claim:
        """The claim under which a check was made. Raises :class:`UnknownName`."""
        row = self._row(
            "SELECT c.* FROM claims c JOIN checks k ON k.claim_id = c.id WHERE k.id = ?",
            (check_id,),
        )
        if row is None:
            raise UnknownName(f"There is no check {check_id} in this archive.", name=str(check_id))
        words = {c: row[c] for c in ("text", "place", "url", "language")}
        return Claim(date=date_of(row), posted=date_of(row, "posted"), **words)

    def check_of(self, sha256: str | None, claim: Claim) -> int | None:
        """The check of the file of this SHA-256 (hex) under a claim, where there is one."""
        known = self._claim_number(_claim_columns(claim))
        row = sha256 and self._row(
            "SELECT id FROM checks WHERE sha256 = ? AND claim_id = ? AND erased IS NULL",
            (sha256, known),
        )
        return int(row["id"]) if row else None

    def check_raster(self, check_id: int) -> bytes | None:
        """The packed proof raster of what was checked, where it is kept."""
        row = self._row("SELECT value FROM _check_rasters WHERE check_id = ?", (check_id,))
        return row["value"] if row else None

    def _judge_again(self, check: int, judge: JudgeAgain, log: Log) -> Rejudged | None:
        """Judge a stored check anew within a transaction; ``None`` where its record is gone."""
        row = self._row("SELECT record FROM _check_records WHERE check_id = ?", (check,))
        if row is None:
            return None
        before, again = _record(row), judge(check)
        columns = _finding_columns(again.lookup, again.finding)
        update(self._connection, "checks", check, columns | {"judged": log.instant})
        self._replace_answer(check, again.lookup, again.record)
        finding = again.record["finding"]
        name = before["query"]["name"]
        log.write("check_judged", {"name": name, "finding": finding["kind"]}, check=check)
        return Rejudged(check, name, before["finding"], finding)

    def check_thumbnail(self, check_id: int) -> bytes | None:
        """The small picture of what was checked."""
        row = self._row("SELECT value FROM _check_thumbnails WHERE check_id = ?", (check_id,))
        return row["value"] if row else None

    def _others(self, sha256: str | None, check: int) -> tuple[int, ...]:
        rows = self._rows(
            "SELECT id FROM checks WHERE sha256 = ? AND id <> ? ORDER BY id", (sha256, check)
        )
        return tuple(row["id"] for row in rows)

    def _claim(self, claim: Claim) -> int:
        columns = _claim_columns(claim)
        known = self._claim_number(columns)
        return insert(self._connection, "claims", columns) if known is None else known

    def _claim_number(self, columns: Columns) -> int | None:
        row = self._row(
            """SELECT id FROM claims WHERE coalesce(text, '') = ? AND coalesce(date, '') = ?
               AND coalesce(zone, '') = ? AND coalesce(posted, '') = ?
               AND coalesce(posted_zone, '') = ? AND coalesce(place, '') = ?
               AND coalesce(url, '') = ? AND coalesce(language, '') = ?""",
            tuple(columns[c] or "" for c in _CLAIM_IDENTITY),
        )
        return int(row["id"]) if row else None

    def _known(self, columns: Columns, claim: int) -> sqlite3.Row | None:
        """The check of the same file under the same claim; of the same name if unreadable."""
        column = "sha256" if columns["sha256"] else "name"
        return self._row(
            f"SELECT * FROM checks WHERE {column} = ? AND claim_id = ?"
            " AND (sha256 IS NULL) = ? AND erased IS NULL",
            (columns[column], claim, columns["sha256"] is None),
        )

    def _put(self, columns: Columns, claim: int, known: sqlite3.Row | None, log: Log) -> int:
        columns = {**columns, "claim_id": claim, "judged": log.instant}
        if known is None:
            made = {"made": log.instant, "made_by": self.actor}
            return insert(self._connection, "checks", columns | made)
        update(self._connection, "checks", known["id"], columns)
        return int(known["id"])

    def _replace_query(self, check: int, examined: Examined | None) -> None:
        """What was checked: its fingerprints, and pixels unless they were dropped on purpose."""
        for table in ("_check_fingerprints", "_check_rasters", "_check_thumbnails"):
            self._connection.execute(f"DELETE FROM {table} WHERE check_id = ?", (check,))
        if examined is None:
            return
        own = (examined.keypoints,) if examined.keypoints else ()
        self._connection.executemany(
            "INSERT INTO _check_fingerprints VALUES (?, ?, ?, ?)",
            [(check, f.kind, f.value, f.quality) for f in (*examined.fingerprints, *own)],
        )
        if not self._pixels_dropped(examined.sha256):
            self._keep_pixels(check, examined)

    def _pixels_dropped(self, sha256: str) -> bool:
        """Whether this file is a picture of which nobody may look at anything any more."""
        row = self._row(
            "SELECT 1 FROM pictures WHERE sha256 = ? AND pixels_dropped IS NOT NULL",
            (sha256.lower(),),
        )
        return row is not None

    def _keep_pixels(self, check: int, examined: Examined) -> None:
        pixels = {"_check_rasters": examined.raster, "_check_thumbnails": examined.thumbnail}
        for table, value in pixels.items():
            if value is not None:
                self._connection.execute(f"INSERT INTO {table} VALUES (?, ?)", (check, value))

    def _replace_answer(self, check: int, lookup: Lookup, record: dict[str, Any]) -> None:
        """What was found: the matches and the record."""
        self._connection.execute("DELETE FROM matches WHERE check_id = ?", (check,))
        for position, match in enumerate((*lookup.matches, *lookup.similar_scenes)):
            columns = {"check_id": check, "position": position}
            insert(self._connection, "matches", columns | _match_columns(match))
        self._connection.execute(
            "INSERT OR REPLACE INTO _check_records VALUES (?, ?)", (check, json.dumps(record))
        )


def _record(row: sqlite3.Row) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(row["record"])
    return record


_CLAIM_IDENTITY = ("text", "date", "zone", "posted", "posted_zone", "place", "url", "language")
_SPAN = ("earliest", "latest", "precision", "zone")


def _claim_columns(claim: Claim) -> Columns:
    event = dict(zip(("date", *_SPAN), date_columns(claim.date), strict=True))
    stems = ("posted", *(f"posted_{name}" for name in _SPAN))
    posted = dict(zip(stems, date_columns(claim.posted), strict=True))
    words = {c: normal(getattr(claim, c)) for c in ("text", "place", "url", "language")}
    return {**words, **event, **posted}


def _query_columns(lookup: Lookup) -> Columns:
    query = lookup.query
    return {
        "name": storable(query.name),
        "sha256": query.sha256,
        "phash": query.phash,
        "pdq": query.pdq,
        "pdq_quality": query.pdq_quality,
        "width": query.width,
        "height": query.height,
        "format": query.format,
    }


def _finding_columns(lookup: Lookup, finding: Finding) -> Columns:
    support, lead = finding.support, finding.lead
    known_by = support.no_later_than if support else None
    return {
        "outcome": lookup.outcome.value,
        "reason": lookup.reason,
        "finding": finding.kind.value,
        "finding_reason": finding.reason,
        "strength": support.strength.value if support else None,
        "compared_with": support.compared_with if support else None,
        "no_later_than": written(known_by) if known_by else None,
        "at_least": lead.at_least if lead else None,
        "at_most": lead.at_most if lead else None,
        "sentence": storable(finding.sentence),
    }


def _match_columns(match: Match) -> Columns:
    comparison, proof = match.comparison, match.comparison.proof
    altered = [{"kind": a.kind.value, **a.numbers} for a in comparison.alterations]
    return {
        "picture_id": match.picture.id,
        "relation": comparison.relation.value,
        "method": proof.method,
        "distance": proof.distance,
        "inliers": proof.inliers,
        "agreement": proof.agreement,
        "pixels_compared": int(proof.pixels_compared),
        "covers": comparison.covers,
        "region": json.dumps(comparison.region) if comparison.region else None,
        "alterations": json.dumps(altered),
    }
