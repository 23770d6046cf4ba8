"""The answer of ``provenance review``: a check, and everything that people decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from provenance.models import Review
from provenance.report.decision import decision_text, review_record
from provenance.report.page import PLAIN, Look, Page
from provenance.report.rows import Row, defused
from provenance.wording import message

Record = dict[str, Any]

COLUMNS: Final = (
    *("check", "review", "decision", "picture", "sighting", "rating", "words", "why"),
    *("by", "at", "stands", "ends", "ended_by"),
)

_PLACES: Final = {"matches": "review.match", "similar_scenes": "review.apart"}


def reviewed_record(check: Record, reviews: Iterable[Review], state: int) -> Record:
    """A stored check with all decisions; ``state`` is what a decision made now is made on."""
    review = check.get("review") or {"flagged": None}
    return {
        "check": check["check"],
        "name": check["query"]["name"],
        "claim": check["claim"],
        "finding": check["finding"],
        "flagged": review["flagged"],
        "state": state,
        "matches": [_match(each) for each in check["matches"]],
        "similar_scenes": [_match(each) for each in check["similar_scenes"]],
        "decisions": [review_record(each) for each in reviews],
    }


def _match(match: Record) -> Record:
    """A match as far as it is needed to decide about it."""
    proved_as = match.get("proved_as", match["relation"])
    told = {key: match[key] for key in ("picture", "name", "relation", "description")}
    return told | {"proved_as": proved_as, "earliest_sighting": match["earliest_sighting"]}


def reviewed_rows(record: Record) -> list[Row]:
    """A row for each decision; one without any where there is none."""
    decisions = [{**each, "check": record["check"]} for each in record["decisions"]]
    rows = decisions or [{"check": record["check"]}]
    return [{column: defused(row.get(column)) for column in COLUMNS} for row in rows]


def reviewed_text(record: Record, look: Look = PLAIN) -> str:
    """The finding, the pictures to decide about, the decisions in the order of time."""
    page = Page(look)
    page.line(look.label("check_of", check=record["check"], name=record["name"]), bold=True)
    page.line(record["finding"]["sentence"], bold=True, fg="yellow" if record["flagged"] else "")
    for key in ("matches", "similar_scenes"):
        for match in record[key]:
            page.line(message(look.lang, _PLACES[key], **_named(match)), 1)
    page.gap()
    for decision in record["decisions"]:
        page.line(_line(decision, look), 1, dim=not decision["stands"])
    if not record["decisions"]:
        page.line(message(look.lang, "review.none"), 1)
    page.line(message(look.lang, "review.state", state=record["state"]), dim=True)
    return page.text()


def _named(match: Record) -> Record:
    return {"picture": match["picture"], "name": match["name"]}


def _line(decision: Record, look: Look) -> str:
    said = f"{decision['review']}. {decision_text(decision, look.lang)}"
    if decision["ended_by"] is None:
        return said
    return " ".join([said, message(look.lang, "review.ended", by=decision["ended_by"])])
