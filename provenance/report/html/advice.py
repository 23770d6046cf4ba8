"""Where to look next: one or two sentences for each kind of finding."""

from __future__ import annotations

from typing import Any, Final

from provenance.models import FindingKind
from provenance.report.html.strings import strings
from provenance.wording import isolated

Record = dict[str, Any]

NEARLY_THE_SAME_PAGE: Final = "nearly_the_same_page"


def advice(check: Record, lang: str = "en") -> str:
    """What a journalist could do now, as plain text."""
    kind = check["finding"]["kind"]
    if check["finding"]["reason"] == NEARLY_THE_SAME_PAGE:
        return strings(lang)("next_nearly_the_same_page")
    if kind != FindingKind.SEEN_BEFORE_CLAIM:
        return strings(lang)(f"next_{kind}")
    source = _supporting_source(check)
    if source is None:
        return strings(lang)("next_seen_before_claim_unnamed")
    return strings(lang)("next_seen_before_claim", source=isolated(lang, source))


def _supporting_source(check: Record) -> str | None:
    """Who states the date that the finding rests on."""
    support = set(check["finding"]["support"]["rests_on"])
    every = (each for match in check["matches"] for each in match["sightings"])
    return next((each["source"] for each in every if each["id"] in support), None)
