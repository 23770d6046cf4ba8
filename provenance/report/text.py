"""Answers for people: the sentence first, then why, then where and when, then what was asked.

Made from the same records that programs get. Every text that came from a file passes
through :meth:`~provenance.report.page.Page.line`, which makes it visible.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from provenance import dates
from provenance.errors import UnreadableDate
from provenance.report.page import PLAIN, Look, Page
from provenance.report.record import Record

DETAIL_SHARE: Final = 0.1
"""A match that fills less of the query than this is called a detail of it."""

# A date without a zone reaches this far before and after itself (the contract's rule), so
# that "2012" begins in 2011 in UTC; the years of a span are read on the near side of that.
_ZONE_BEFORE = timedelta(hours=14)
_ZONE_AFTER = timedelta(hours=12)

_OUTCOME_COLOURS = {"added": "green", "known": "cyan", "refused": "red"}
_FINDING_COLOURS = {
    "seen_before_claim": "yellow",
    "overlaps_claim": "cyan",
    "seen_after_claim": "cyan",
    "seen": "cyan",
    "unreadable": "red",
}


def lookup_text(record: Record, look: Look = PLAIN) -> str:
    """One answer of ``lookup``."""
    page = Page(look)
    page.line(record["query"]["name"], bold=True)
    page.line(_outcome(record, look), fg="red" if record["outcome"] == "unreadable" else "")
    _found(page, record, look)
    _compared(page, record, look)
    return page.text()


def check_text(record: Record, look: Look = PLAIN) -> str:
    """One answer of ``check``."""
    page = Page(look)
    finding = record["finding"]
    page.line(record["query"]["name"], bold=True)
    page.line(finding["sentence"], bold=True, fg=_FINDING_COLOURS.get(finding["kind"], ""))
    _claim(page, record["claim"], look)
    _found(page, record, look)
    _metadata(page, record["metadata"], look)
    _compared(page, record, look)
    _numbered(page, record, look)
    return page.text()


def added_text(record: Record, look: Look = PLAIN) -> str:
    """What became of one input of ``add``, on one line: outcome, name, picture, reason."""
    page = Page(look)
    row = record["input"]["row"]
    parts = [
        f"{look.label(record['outcome'])}  {record['input']['name']}",
        look.label("row", row=row) if row is not None else "",
        look.label("as_picture", picture=record["picture"]) if record["picture"] else "",
        look.label("new_sighting") if record["new"] == ["sighting"] else "",
    ]
    text = ", ".join(part for part in parts if part)
    detail = record["detail"] or record["reason"]
    page.line(f"{text}: {detail}" if detail else text, fg=_OUTCOME_COLOURS[record["outcome"]])
    return page.text()


# ------------------------------------------------------------------------ the sentence


def _outcome(record: Record, look: Look) -> str:
    """How the look-up ended, as a sentence."""
    if record["outcome"] == "matched":
        return look.label(_best(record["matches"][0]))
    if record["outcome"] == "unreadable":
        return record["detail"] or look.label("unreadable")
    if record["outcome"] == "cannot_judge":
        return look.label("cannot_judge")
    if record["reason"] == "archive_empty" or record["archive"] is None:
        return look.label("archive_empty")
    archive = record["archive"]
    return look.label(
        "not_in_archive",
        pictures=look.counted("pictures", archive["pictures"]),
        span=_span(archive, look),
    )


def _best(match: Record) -> str:
    share = match["share_of_query"]
    is_detail = match["relation"] == "same_picture" and share is not None and share < DETAIL_SHARE
    return "detail" if is_detail else str(match["relation"])


def _span(archive: Record, look: Look) -> str:
    """Sources and years of an archive in brackets, as far as there are any."""
    parts = [look.counted("sources", archive["sources"])] if archive["sources"] else []
    first, last = archive["earliest"], archive["latest"]
    if first and last:
        years = (
            (datetime.fromisoformat(first) + _ZONE_BEFORE).year,
            (datetime.fromisoformat(last) - _ZONE_AFTER).year,
        )
        parts.append(_years(*years, look=look))
    return f" ({', '.join(parts)})" if parts else ""


def _years(first: int, last: int, *, look: Look) -> str:
    return str(last) if first >= last else look.label("years", first=first, last=last)


# ---------------------------------------------------------------- matches and sightings


def _found(page: Page, record: Record, look: Look) -> None:
    for match in record["matches"]:
        page.gap()
        _match(page, match, look)
    _others(page, "similar", record["similar_scenes"], look)
    if record["candidates"]:
        page.gap()
        page.line(look.label("candidates") + ":")
        for candidate in record["candidates"]:
            page.line(look.label("candidate", **_chosen(candidate)), 1)


def _others(page: Page, title: str, matches: list[Record], look: Look) -> None:
    if not matches:
        return
    page.gap()
    page.line(look.label(title) + ":")
    for match in matches:
        _match(page, match, look, depth=1)


def _match(page: Page, match: Record, look: Look, depth: int = 0) -> None:
    page.line(look.label("match", picture=match["picture"], name=match["name"]), depth)
    page.line(proof_text(match, look), depth + 1)
    if match["description"]:
        page.line(match["description"], depth + 1)
    sightings(page, match["sightings"], match["earliest_sighting"], look, depth + 1)


def proof_text(match: Record, look: Look = PLAIN) -> str:
    """Why it is a match, in words: "agrees at 143 points across 62 % of ..."."""
    proof = match["proof"]
    return look.label(
        f"proof_{proof['method']}",
        points=look.counted("points", proof["inliers"] or 0),
        covers=f"{100 * (match['covers'] or 0):.0f} %",
        distance=proof["distance"],
    )


def sightings(
    page: Page, shown: list[Record], earliest: Record | None, look: Look, depth: int
) -> None:
    """Sightings as given, which is oldest first; the earliest is called so."""
    for each in shown:
        is_earliest = earliest is not None and each["id"] == earliest["id"]
        mark = f"{look.label('earliest')}: " if is_earliest else ""
        page.line(mark + sighting_text(each, look), depth, bold=is_earliest)
        for key in ("caption", "credit", "place", "vouched"):
            if each[key]:
                page.line(look.label(key, text=each[key]), depth + 1)
        if each["url"]:
            page.line(each["url"], depth + 1)


def sighting_text(sighting: Record, look: Look = PLAIN) -> str:
    """One sighting: "2019 (year only), published, as stated by “agency”; reported"."""
    parts = [date_text(sighting, look), look.label(f"means_{sighting['means']}")]
    parts.append(_known_from(sighting, look))
    states = [look.label(f"strength_{sighting['strength']}")]
    states += [look.label(key) for key in ("confirmed", "rejected", "revoked") if sighting[key]]
    return f"{', '.join(parts)}; {', '.join(states)}"


def _known_from(sighting: Record, look: Look) -> str:
    """How the date is known, and who says so."""
    source, how = sighting["source"], sighting["how"]
    if source and how == "stated":
        return look.label("how_stated_by", source=source)
    known = look.label(f"how_{how}")
    return f"{known}, {look.label('from_source', source=source)}" if source else known


def date_text(dated: Record, look: Look = PLAIN, key: str = "date") -> str:
    """The date of a sighting or a claim as people write it."""
    if not dated[key]:
        return look.label("undated")
    try:
        date = dates.parse(dated[key], zone=dated.get("zone"))
    except UnreadableDate:
        return str(dated[key])
    return dates.say(date, look.lang)


# ------------------------------------------------------------------- around the matches


def _claim(page: Page, claim: Record, look: Look) -> None:
    """What was claimed; nothing where nothing was."""
    parts = [f"“{claim['text']}”" if claim["text"] else ""]
    parts.append(date_text(claim, look) if claim["date"] else "")
    if claim["posted"]:
        parts.append(look.label("claim_posted", date=date_text(claim, look, "posted")))
    parts += [claim["place"], claim["url"]]
    said = ", ".join(part for part in parts if part)
    if said:
        page.line(f"{look.label('claim')}: {said}")


def _metadata(page: Page, metadata: Record, look: Look) -> None:
    if metadata["facts"] or metadata["contradictions"]:
        page.gap()
    for fact in metadata["facts"]:
        page.line(look.label("fact", **_chosen(fact)))
    for contradiction in metadata["contradictions"]:
        page.line(look.label("contradiction", text=contradiction), fg="yellow")


def _compared(page: Page, record: Record, look: Look) -> None:
    """What was searched, and how; said of hits as well, for they are not all there is."""
    archive = record["archive"]
    if not archive or not record["compared"]:
        return
    how = ", ".join(look.label(f"compared_{each}") for each in record["compared"])
    page.gap()
    page.line(
        look.label(
            "compared",
            pictures=look.counted("pictures", archive["pictures"]),
            sightings=look.counted("sightings", archive["sightings"]),
            span=_span(archive, look),
            how=how,
        ),
        dim=True,
    )


def _numbered(page: Page, record: Record, look: Look) -> None:
    if record["check"] is None:
        return
    said = look.label("check", check=record["check"])
    if record["earlier_checks"]:
        numbers = ", ".join(map(str, record["earlier_checks"]))
        said += f"; {look.label('earlier_checks', checks=numbers)}"
    page.line(said, dim=True)


def _chosen(record: Record) -> dict[str, object]:
    """A record as values for a label; keys a label does not use do no harm."""
    return dict(record)
