"""Checks as a list: newest first, by finding, by picture, each with its claim and who made it."""

from __future__ import annotations

from typing import Any

from provenance.archive.connection import Connected

Row = dict[str, Any]

_COLUMNS = """k.id AS "check", k.name, k.finding, k.finding_reason, k.strength, k.at_least,
  k.at_most, k.sentence, k.made_by, k.made, k.judged,
  c.text AS claim, c.date AS claim_date, c.posted AS claim_posted, c.place AS claim_place,
  c.url AS claim_url, c.earliest AS claim_earliest, c.latest AS claim_latest"""


class CheckList(Connected):
    """Reading checks as lines."""

    def check_lines(
        self, *, limit: int, before: int | None = None, finding: str | None = None
    ) -> list[Row]:
        """The newest checks below the number ``before``, of one kind of finding or of any."""
        rows = self._rows(
            f"""SELECT {_COLUMNS} FROM checks k LEFT JOIN claims c ON c.id = k.claim_id
                WHERE k.erased IS NULL AND k.id < :before
                AND (:finding IS NULL OR k.finding = :finding)
                ORDER BY k.id DESC LIMIT :limit""",
            {"before": before or 2**63 - 1, "finding": finding, "limit": limit},
        )
        return [dict(row) for row in rows]

    def check_line(self, check: int) -> Row | None:
        """One check as a line; ``None`` where there is none (any more)."""
        row = self._row(
            f"""SELECT {_COLUMNS} FROM checks k LEFT JOIN claims c ON c.id = k.claim_id
                WHERE k.id = ? AND k.erased IS NULL""",
            (check,),
        )
        return dict(row) if row else None

    def check_lines_of(self, picture: int, *, limit: int) -> list[Row]:
        """The newest checks that matched a picture of the archive, with their relation."""
        rows = self._rows(
            f"""SELECT {_COLUMNS}, m.relation FROM matches m
                JOIN checks k ON k.id = m.check_id AND k.erased IS NULL
                LEFT JOIN claims c ON c.id = k.claim_id
                WHERE m.picture_id = ? ORDER BY k.id DESC LIMIT ?""",
            (picture, limit),
        )
        return [dict(row) for row in rows]

    def findings_counted(self) -> dict[str, int]:
        """How many checks there are of each kind of finding."""
        rows = self._rows(
            """SELECT finding, count(*) AS checks FROM checks
               WHERE erased IS NULL AND finding IS NOT NULL GROUP BY finding ORDER BY 2 DESC, 1"""
        )
        return {row["finding"]: row["checks"] for row in rows}
