"""Where and when a picture was seen, in lines: oldest first, each with how it is known."""

from __future__ import annotations

from provenance import dates
from provenance.errors import UnreadableDate
from provenance.models import How, Means, Strength
from provenance.report.page import PLAIN, Look, Page
from provenance.report.record import Record
from provenance.wording import colon, commas, message, quoted, semicolons, word


def sightings(
    page: Page, shown: list[Record], earliest: Record | None, look: Look, depth: int
) -> None:
    """Sightings as given, which is oldest first; the earliest is called so."""
    for each in shown:
        is_earliest = earliest is not None and each["id"] == earliest["id"]
        mark = f"{message(look.lang, 'earliest')}{colon(look.lang)}" if is_earliest else ""
        page.line(mark + sighting_text(each, look), depth, bold=is_earliest)
        for key in ("caption", "credit", "place", "vouched"):
            if each[key]:
                page.line(look.label(key, text=quoted(look.lang, each[key])), depth + 1)
        if each["url"]:
            page.line(each["url"], depth + 1)


def sighting_text(sighting: Record, look: Look = PLAIN) -> str:
    """One sighting: "2019 (year only), published, according to “agency”; reported"."""
    parts = [date_text(sighting, look), word(look.lang, Means(sighting["means"]))]
    if sighting["means"] != Means.HELD:
        parts.append(_known_from(sighting, look))
    states = [word(look.lang, Strength(sighting["strength"]))]
    states += [look.label(key) for key in ("confirmed", "rejected", "revoked") if sighting[key]]
    return semicolons(look.lang, (commas(look.lang, parts), commas(look.lang, states)))


def _known_from(sighting: Record, look: Look) -> str:
    """How the date is known, and who says so."""
    how = How(sighting["how"])
    if not sighting["source"]:
        return word(look.lang, how)
    source = quoted(look.lang, sighting["source"])
    if how is How.STATED:
        return look.label("stated_by", source=source)
    return f"{word(look.lang, how)} ({source})"


def date_text(dated: Record, look: Look = PLAIN, key: str = "date") -> str:
    """The date of a sighting or a claim as people write it."""
    if not dated[key]:
        return look.label("undated")
    try:
        date = dates.parse(dated[key], zone=dated.get("zone"))
    except UnreadableDate:
        return str(dated[key])
    return dates.say(date, look.lang)
