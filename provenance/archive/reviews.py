"""What people decided, on whole checks, on pairs of pictures, on sightings.

A decision is never changed. It stands until a later one takes its place (``ended_by``); when that
one is withdrawn, it stands again. A decision on a pair holds by the content of both files
(docs/decisions/0023-review.md).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from provenance.archive.checks import JudgeAgain
from provenance.archive.collections import Collections
from provenance.archive.events import Log
from provenance.archive.instants import read
from provenance.archive.text import normal
from provenance.archive.writer import insert, update
from provenance.errors import AlreadyDecided, NobodyNamed, StaleReview, UnknownName, UsageError
from provenance.models import Decision, NewReview, Rating, Review
from provenance.wording import message

OF_A_PAIR = (Decision.CONFIRMED, Decision.NOT_SAME, Decision.NO_OBJECTION)
OF_A_SIGHTING = (Decision.SIGHTING_CONFIRMED, Decision.SIGHTING_REJECTED)

_CONTENT = """
CASE WHEN p.sha256 IS NOT NULL THEN 'sha256:' || p.sha256
  WHEN p.pdq IS NOT NULL THEN 'pdq:' || p.pdq ELSE 'phash:' || p.phash END
"""

_TOUCHING = """
SELECT * FROM reviews WHERE check_id = :check
UNION
SELECT * FROM reviews WHERE query_sha256 = :sha256 AND picture_id IS NOT NULL
  AND sighting_id IS NULL
UNION
SELECT * FROM reviews WHERE sighting_id IN (
  SELECT s.id FROM matches m JOIN sightings s ON s.picture_id = m.picture_id
  WHERE m.check_id = :check)
ORDER BY id
"""
"""Everything decided that is seen on a check: on it, on its file under any claim, on a sighting
of a picture that it matched."""

_ON_PICTURE = f"""
SELECT r.*, k.pdq AS query_pdq FROM reviews r LEFT JOIN checks k ON k.id = r.check_id
WHERE r.sighting_id IS NULL AND r.ended_by IS NULL AND r.decision <> 'withdrawn' AND (
  r.picture_id = :picture
  OR r.picture_content = (SELECT {_CONTENT} FROM pictures p WHERE p.id = :picture))
ORDER BY r.id
"""

_PAIR_RIVALS = """
SELECT * FROM reviews
WHERE query_sha256 = :sha256 AND picture_id = :picture AND sighting_id IS NULL
  AND ended_by IS NULL AND decision <> 'withdrawn'
  AND (check_id = :check OR decision = 'not_same' OR :decision = 'not_same')
"""
"""That two files show another picture holds under every claim; the rest under one."""

_SIGHTING_RIVALS = """
SELECT * FROM reviews
WHERE sighting_id = :sighting AND ended_by IS NULL AND decision <> 'withdrawn'
"""

_RATING_RIVALS = """
SELECT * FROM reviews WHERE check_id = :check AND ended_by IS NULL AND decision = 'rated'
"""

_SEEN_ON = """
SELECT DISTINCT m.check_id AS id FROM matches m JOIN sightings s ON s.picture_id = m.picture_id
WHERE s.id = ? ORDER BY m.check_id
"""

Near = Callable[[str, str], bool]
"""Whether two PDQ fingerprints, hex, are near enough to tell a decision."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """A check that is decided on, and by whom."""

    check: int
    sha256: str | None
    by: str


class Reviewing(Collections):
    """Deciding, and reading what was decided."""

    def decide(
        self,
        check_id: int,
        new: NewReview,
        judge: JudgeAgain,
        *,
        on: int | None = None,
        overturn: bool = False,
    ) -> Review:
        """Store a decision and judge anew every check that shows it, in one transaction.

        ``on`` is the :meth:`review_state` that it was made on; unless given, the one of now.
        ``overturn``: it takes the place of a colleague's.

        Raises:
            UnknownName: there is no such check, or the sighting is of none of its pictures.
            NobodyNamed: this archive was opened without saying who decides.
            StaleReview: somebody decided something meanwhile.
            AlreadyDecided: a colleague decided, and this was not said to overturn it.
        """
        with self._writing() as log:
            who = self._deciding(check_id, on)
            rivals = self._rivals(who, new)
            if not overturn:
                _refuse_rivals(rivals, who.by)
            made = self._store(who, new, log)
            self._end(rivals, made)
            self._settle(who, new, log, judge)
        return self._review(made)

    def withdraw(
        self,
        check_id: int,
        review_id: int,
        why: str,
        judge: JudgeAgain,
        *,
        on: int | None = None,
        overturn: bool = False,
    ) -> Review:
        """Take a decision away: one's own, or with ``overturn`` a colleague's.

        What it had taken the place of stands again. Raises as :meth:`decide`.
        """
        with self._writing() as log:
            who = self._deciding(check_id, on)
            ended = self._standing(who, review_id)
            if not overturn:
                _refuse_rivals([ended], who.by)
            new = NewReview(Decision.WITHDRAWN, why, ended.picture, ended.sighting)
            made = self._store(who, new, log, ends=review_id)
            run = self._connection.execute
            run("UPDATE reviews SET ended_by = NULL WHERE ended_by = ?", (review_id,))
            run("UPDATE reviews SET ended_by = ? WHERE id = ?", (made, review_id))
            self._settle(who, new, log, judge)
        return self._review(made)

    # ------------------------------------------------------------------------ reading

    def reviews_of(self, check_id: int) -> tuple[Review, ...]:
        """All that was decided and is seen on a check, ended or not, in the order of time."""
        return tuple(map(_review, self._touching(check_id)))

    def review_state(self, check_id: int) -> int:
        """The newest decision seen on a check, notes aside: they contradict nobody. 0: none."""
        rows = (row for row in self._touching(check_id) if row["decision"] != Decision.NOTED)
        return max((row["id"] for row in rows), default=0)

    def reviews_about(self, picture_id: int) -> tuple[Review, ...]:
        """What stands on a picture and its sightings, whatever was checked, in order of time."""
        sql = (
            "SELECT * FROM reviews WHERE picture_id = ? AND ended_by IS NULL"
            " AND decision <> 'withdrawn' ORDER BY id"
        )
        return tuple(map(_review, self._rows(sql, (picture_id,))))

    def decisions_on(
        self, sha256: str, pdq: str | None, picture_id: int, near: Near
    ) -> tuple[Review, ...]:
        """What stands on the pair of a file and a picture, by content; hex.

        Where a file near to it was decided to show another picture, that is told as ``near``.
        """
        rows = self._rows(_ON_PICTURE, {"picture": picture_id})
        return tuple(_about(sha256.lower(), pdq, rows, near))

    def _touching(self, check_id: int) -> Iterator[sqlite3.Row]:
        row = self._row("SELECT sha256 FROM checks WHERE id = ?", (check_id,))
        asked = {"check": check_id, "sha256": row["sha256"] if row else None}
        return self._rows(_TOUCHING, asked)

    def _review(self, number: int) -> Review:
        row = self._row("SELECT * FROM reviews WHERE id = ?", (number,))
        assert row is not None
        return _review(row)

    # ----------------------------------------------------------------------- deciding

    def _deciding(self, check_id: int, on: int | None) -> _Decided:
        row = self._row("SELECT * FROM checks WHERE id = ? AND erased IS NULL", (check_id,))
        if row is None:
            raise UnknownName(f"There is no check {check_id} in this archive.", name=str(check_id))
        by = normal(self.actor)
        if by is None:
            raise NobodyNamed
        if on is not None and on != self.review_state(check_id):
            meanwhile = [r for r in self.reviews_of(check_id) if r.id > on]
            raise StaleReview(check_id, _told(meanwhile))
        return _Decided(check_id, row["sha256"], by)

    def _rivals(self, who: _Decided, new: NewReview) -> list[Review]:
        """What stands and says something of the same thing."""
        asked: dict[str, object] = {
            "check": who.check,
            "sha256": who.sha256,
            "picture": new.picture,
            "sighting": new.sighting,
            "decision": new.decision.value,
        }
        if new.decision in OF_A_SIGHTING:
            self._require_sighting(who, new)
            return list(map(_review, self._rows(_SIGHTING_RIVALS, asked)))
        if new.decision in OF_A_PAIR:
            return list(map(_review, self._rows(_PAIR_RIVALS, asked)))
        if new.decision is Decision.RATED:
            return list(map(_review, self._rows(_RATING_RIVALS, asked)))
        return []

    def _require_sighting(self, who: _Decided, new: NewReview) -> None:
        row = self._row(
            "SELECT s.means FROM sightings s JOIN matches m ON m.picture_id = s.picture_id"
            " WHERE s.id = ? AND m.check_id = ? AND m.relation <> 'similar_scene'",
            (new.sighting, who.check),
        )
        if row is None:
            raise UnknownName(
                f"Sighting {new.sighting} is of no picture that check {who.check} matched.",
                name=str(new.sighting),
            )
        if row["means"] == "held":
            raise UsageError(
                f"Sighting {new.sighting} is the day of taking in, from the log of the archive.",
                advice="It needs no confirmation; forget the picture if it should not be here.",
            )

    def _standing(self, who: _Decided, review_id: int) -> Review:
        found = next((r for r in self.reviews_of(who.check) if r.id == review_id), None)
        if found is None or not found.stands:
            raise UnknownName(
                f"There is no decision {review_id} on check {who.check} that stands.",
                name=str(review_id),
                advice=f"See: provenance review {who.check}",
            )
        return found

    def _store(self, who: _Decided, new: NewReview, log: Log, ends: int | None = None) -> int:
        picture = new.picture
        if new.sighting is not None:
            row = self._row("SELECT picture_id FROM sightings WHERE id = ?", (new.sighting,))
            picture = row["picture_id"] if row else None
        state = self.review_state(who.check)
        columns = {
            "check_id": who.check,
            "picture_id": picture,
            "sighting_id": new.sighting,
            "decision": new.decision.value,
            "rating": new.rating.value if new.rating else None,
            "words": normal(new.words),
            "note": normal(new.why),
            "query_sha256": who.sha256,
            "picture_content": self._content(picture),
            "made_on": state,
            "ends": ends,
            "made_by": who.by,
            "made": log.instant,
        }
        made = insert(self._connection, "reviews", columns)
        told = ("decision", "rating", "words", "note", "made_on", "ends")
        log.write(
            "review_withdrawn" if new.decision is Decision.WITHDRAWN else "review_made",
            {key: columns[key] for key in told},
            picture=picture,
            sighting=new.sighting,
            check=who.check,
            review=made,
        )
        return made

    def _content(self, picture: int | None) -> str | None:
        row = self._row(f"SELECT {_CONTENT} AS content FROM pictures p WHERE p.id = ?", (picture,))
        return row["content"] if row else None

    def _end(self, rivals: Iterable[Review], made: int) -> None:
        for rival in rivals:
            update(self._connection, "reviews", rival.id, {"ended_by": made})

    def _settle(self, who: _Decided, new: NewReview, log: Log, judge: JudgeAgain) -> None:
        """What follows from a decision that is stored: the sighting's state, checks judged anew."""
        if new.sighting is not None:
            self._mark(new.sighting)
        self._changed()
        try:
            for check in self._concerned(who, new):
                self._judge_again(check, judge, log)
        finally:
            self._changed()

    def _mark(self, sighting: int) -> None:
        stands = {row["decision"] for row in self._rows(_SIGHTING_RIVALS, {"sighting": sighting})}
        states = {
            "confirmed": int(Decision.SIGHTING_CONFIRMED in stands),
            "rejected": int(Decision.SIGHTING_REJECTED in stands),
        }
        update(self._connection, "sightings", sighting, states)

    def _concerned(self, who: _Decided, new: NewReview) -> list[int]:
        """The checks on which a decision is seen."""
        if new.sighting is not None:
            found = [row["id"] for row in self._rows(_SEEN_ON, (new.sighting,))]
        elif new.picture is not None and who.sha256 is not None:
            sql = "SELECT id FROM checks WHERE sha256 = ? AND erased IS NULL ORDER BY id"
            found = [row["id"] for row in self._rows(sql, (who.sha256,))]
        else:
            found = []
        return sorted({who.check, *found})


def _refuse_rivals(rivals: Iterable[Review], by: str) -> None:
    others = [rival for rival in rivals if rival.by != by]
    if others:
        raise AlreadyDecided(_told(others))


def _told(reviews: Iterable[Review]) -> list[tuple[str, str, str]]:
    """Who decided what and why, for a message."""
    return [(each.by or "?", _named(each), each.why or "") for each in reviews]


def _named(review: Review) -> str:
    return message(
        "en",
        f"review.decided.{review.decision}",
        picture=review.picture,
        sighting=review.sighting,
        rating=message("en", f"review.rating.{review.rating}") if review.rating else "",
    )


def _about(
    sha256: str, pdq: str | None, rows: Iterable[sqlite3.Row], near: Near
) -> Iterator[Review]:
    for row in rows:
        if row["query_sha256"] == sha256:
            yield _review(row)
        elif row["decision"] == Decision.NOT_SAME and _is_near(near, pdq, row["query_pdq"]):
            yield replace(_review(row), near=True, by=None, why=None)


def _is_near(near: Near, one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and near(one, other)


def _review(row: sqlite3.Row) -> Review:
    values: dict[str, Any] = {
        "check": row["check_id"],
        "decision": Decision(row["decision"]),
        "by": row["made_by"],
        "at": read(row["made"]),
        "why": row["note"],
        "picture": row["picture_id"],
        "sighting": row["sighting_id"],
        "rating": Rating(row["rating"]) if row["rating"] else None,
        "words": row["words"],
        "state": row["made_on"],
        "ends": row["ends"],
        "ended_by": row["ended_by"],
    }
    return Review(row["id"], **values)
