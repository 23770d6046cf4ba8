"""One line a picture, and the running tally: what a watched folder says."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final

from provenance.models import FindingKind
from provenance.report.page import PLAIN, Look, Page
from provenance.report.record import Record
from provenance.wording import commas, counted, duration, message, number, semicolons, word

_COLOURS: Final = {"seen_before_claim": "yellow", "unreadable": "red"}


def watch_text(record: Record, look: Look = PLAIN) -> str:
    """Name, finding, lead, what was altered; of a picture judged anew, that it was."""
    page = Page(look)
    kind = record["finding"]["kind"]
    parts = [word(look.lang, FindingKind(kind)), _lead(record, look), _altered(record)]
    if kind == FindingKind.UNREADABLE:
        parts.append(record["detail"] or record["reason"] or "")
    if record["watch"]["claim_problem"]:
        parts.append(message(look.lang, "watch.without_claim"))
    said = semicolons(look.lang, [part for part in parts if part])
    key = "watch.line.anew" if record["watch"].get("anew") else "watch.line"
    page.line(message(look.lang, key, name=record["query"]["name"], said=said), fg=_colour(kind))
    return page.text()


def tally_text(kinds: Counter[str], lang: str) -> str:
    """How many were answered, and how."""
    if not kinds:
        return message(lang, "watch.nothing")
    ordered = sorted(kinds, key=lambda each: (-kinds[each], each))
    said = commas(lang, [_tallied(kind, kinds[kind], lang) for kind in ordered])
    return counted(lang, "watch.tally", sum(kinds.values()), said=said)


def _tallied(kind: str, count: int, lang: str) -> str:
    named = word(lang, FindingKind(kind))
    return message(lang, "watch.tally.kind", count=number(lang, count), kind=named)


def _colour(kind: str) -> str:
    return _COLOURS.get(kind, "")


def _lead(record: Record, look: Look) -> str:
    """How long before the claim, in the words of the sentence."""
    support = record["finding"]["support"]
    if record["finding"]["kind"] != FindingKind.SEEN_BEFORE_CLAIM or not support["no_later_than"]:
        return ""
    begins = record["claim"]["earliest"]
    if support["compared_with"] != "event" or not begins:
        return counted(look.lang, "days", record["finding"]["lead_days"]["at_least"])
    known = datetime.fromisoformat(support["no_later_than"])
    return duration(known, datetime.fromisoformat(begins), look.lang)


def _altered(record: Record) -> str:
    matches = record["matches"]
    return str(matches[0]["description"]) if matches else ""
