"""What people decided, as data and in a line: one decision, and all that stands on a check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from provenance import dates
from provenance.dates import instant_text
from provenance.models import Decision, Rating, Review
from provenance.wording import isolated, message, quoted

Record = dict[str, Any]


def review_record(review: Review) -> Record:
    """One decision; ``near``: it was made on a nearly identical file and is only told."""
    return {
        "review": review.id,
        "check": review.check,
        "decision": review.decision.value,
        "picture": review.picture,
        "sighting": review.sighting,
        "rating": review.rating.value if review.rating else None,
        "words": review.words,
        "why": review.why,
        "by": review.by,
        "at": instant_text(review.at),
        "made_on": review.state,
        "stands": review.stands,
        "ends": review.ends,
        "ended_by": review.ended_by,
        "near": review.near,
    }


def review_state_record(reviews: Iterable[Review], *, flagged: bool) -> Record:
    """What stands on a check, and whether its finding still asks for a person."""
    standing = [review_record(each) for each in reviews if each.stands]
    return {"flagged": flagged, "decisions": standing}


def decision_text(record: Record, lang: str) -> str:
    """“A. Adler, 25 November 2026, 14:02 UTC: picture 3: not the same picture: “another day””."""
    if record["near"]:
        return message(lang, "review.near", check=record["check"], picture=record["picture"])
    said = message(
        lang,
        "review.line",
        by=isolated(lang, record["by"]) if record["by"] else message(lang, "review.nobody"),
        date=dates.say(dates.parse(record["at"]), lang),
        decision=decided_words(record, lang),
    )
    parts = [said, *(quoted(lang, record["why"]) for _ in range(bool(record["why"])))]
    return " ".join(parts)


def decided_words(record: Record, lang: str) -> str:
    """What was decided, without who, when and why: “picture 3: not the same picture”."""
    key = f"review.decided.{Decision(record['decision'])}"
    values = {each: record[each] for each in ("picture", "sighting", "ends")}
    return message(lang, key, rating=_rating(record, lang), **values)


def _rating(record: Record, lang: str) -> str:
    """The house's own words where there are any."""
    if record["words"]:
        return quoted(lang, record["words"])
    return message(lang, f"review.rating.{Rating(record['rating'])}") if record["rating"] else ""
