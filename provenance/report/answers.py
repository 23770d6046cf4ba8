"""Answers for people: the sentence first, then why, then where and when, then what was asked.

Made from the same records that programs get. Every text that came from a file passes
through :meth:`~provenance.report.page.Page.line`, which makes it visible.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from provenance.errors import UnreadableReason
from provenance.models import (
    AddOutcome,
    AlterationKind,
    CredentialsState,
    Decision,
    Direction,
    FindingKind,
    How,
    Outcome,
    Proof,
    Relation,
)
from provenance.report.decision import decision_text
from provenance.report.page import PLAIN, Look, Page
from provenance.report.record import Record
from provenance.report.seen import date_text, sightings
from provenance.wording import (
    block_name,
    cannot_judge,
    commas,
    counted,
    coverage,
    credentials_words,
    direction_words,
    fact_words,
    isolated,
    message,
    proof_words,
    quoted,
    semicolons,
    word,
)

_INSIDE: Final = {AlterationKind.INSIDE_SCREENSHOT.value, AlterationKind.INSIDE_COLLAGE.value}

DETAIL_SHARE: Final = 0.1
"""A match that fills less of the query than this is called a detail of it."""

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
    settled = _is_settled(record)
    for sentence in _sentences(record, look):
        colour = "" if settled else _FINDING_COLOURS.get(finding["kind"], "")
        page.line(sentence, bold=True, fg=colour)
    _decided(page, record, look, settled=settled)
    if record["outcome"] == Outcome.UNREADABLE and record["detail"]:
        page.line(record["detail"], 1)
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
        look.named(
            word(look.lang, AddOutcome(record["outcome"])),
            isolated(look.lang, record["input"]["name"]),
        ),
        look.label("row", row=row) if row is not None else "",
        look.label("picture", picture=record["picture"]) if record["picture"] else "",
        look.label("new_sighting") if record["new"] == ["sighting"] else "",
        message(look.lang, "added.read_as", date=record["read_as"]) if record["read_as"] else "",
    ]
    text = commas(look.lang, filter(None, parts))
    detail = record["detail"] or record["reason"]
    page.line(f"{text}. {detail}" if detail else text, fg=_OUTCOME_COLOURS[record["outcome"]])
    for contradiction in record["contradictions"]:
        page.line(look.label("contradiction", text=contradiction), 1)
    return page.text()


# ----------------------------------------------------------------------- what people say


def _is_settled(record: Record) -> bool:
    """Whether people took away the flag that the finding would raise."""
    review = record.get("review") or {"decisions": []}
    decided = {each["decision"] for each in review["decisions"]}
    return Decision.NO_OBJECTION in decided and not review["flagged"]


def _decided(page: Page, record: Record, look: Look, *, settled: bool) -> None:
    """What people decided about the check, right below what was found."""
    for decision in (record.get("review") or {"decisions": []})["decisions"]:
        page.line(decision_text(decision, look.lang), 1)
    if settled:
        page.line(message(look.lang, "review.settled"), 1)


def _told_beside(page: Page, match: Record, look: Look, depth: int) -> None:
    """Decisions on this match; those made on a nearly identical file are only told."""
    for decision in match.get("decisions", ()):
        page.line(decision_text(decision, look.lang), depth)


# ------------------------------------------------------------------------ the sentence


def _sentences(record: Record, look: Look) -> list[str]:
    """The finding's sentence; where an image was judged by regions, one line for each."""
    found = [part["finding"] for part in record["parts"] if part.get("finding")]
    if record["finding"]["kind"] != FindingKind.PARTS or not found:
        return [record["finding"]["sentence"]]
    lines = [
        message(look.lang, "finding.part", number=number, sentence=finding["sentence"])
        for number, finding in enumerate(found, start=1)
    ]
    return [message(look.lang, "finding.parts"), *lines]


def _outcome(record: Record, look: Look) -> str:
    """How the look-up ended, as a sentence."""
    outcome = record["outcome"]
    if outcome == Outcome.MATCHED:
        return look.label(f"holds_{_held(record)}")
    if outcome == Outcome.UNREADABLE:
        return record["detail"] or _unreadable(record["reason"], look)
    if outcome == Outcome.CANNOT_JUDGE:
        return cannot_judge(record["reason"], look.lang)
    return _miss(record, look)


def _held(record: Record) -> str:
    """What the archive holds of the query: several pictures, or how the best one is related."""
    return "parts" if _several(record) else _best(record["matches"][0])


def _several(record: Record) -> bool:
    return len(record["parts"]) > 1


def _best(match: Record) -> str:
    if _INSIDE & {alteration["kind"] for alteration in match["alterations"]}:
        return "inside"
    share = match["share_of_query"]
    is_whole = match["relation"] != Relation.SAME_PICTURE or share is None
    return match["relation"] if is_whole or share >= DETAIL_SHARE else "detail"


def _unreadable(reason: str, look: Look) -> str:
    words = word(look.lang, UnreadableReason(reason))
    return message(look.lang, "finding.unreadable", reason=words)


def _miss(record: Record, look: Look) -> str:
    """What was compared without a hit; that clears nobody."""
    archive = record["archive"]
    if not archive or not archive["pictures"]:
        return message(look.lang, "finding.archive_empty")
    covered = _coverage(archive, look)
    return counted(look.lang, "finding.not_in_archive", archive["pictures"], coverage=covered)


def _coverage(archive: Record, look: Look) -> str:
    """Sources and years of an archive: "3 sources, 2012 to 2024"."""
    bounds = [
        each and datetime.fromisoformat(each) for each in (archive["earliest"], archive["latest"])
    ]
    return coverage(look.lang, archive["sources"], *bounds)


# ---------------------------------------------------------------- matches and sightings


def _found(page: Page, record: Record, look: Look) -> None:
    for number, match in enumerate(record["matches"]):
        page.gap()
        together = _together(record, number)
        _match(page, match, _earliest(together), look, part=_part_name(record, number, look))
    _others(page, "similar", record["similar_scenes"], look)
    if record["candidates"]:
        page.gap()
        page.line(look.heading("candidates"))
        for candidate in record["candidates"]:
            page.line(look.label("candidate", **candidate), 1)


def _others(page: Page, title: str, matches: list[Record], look: Look) -> None:
    if not matches:
        return
    page.gap()
    page.line(look.heading(title))
    for match in matches:
        _match(page, match, None, look, depth=1)


def _together(record: Record, number: int) -> list[Record]:
    """The matches of the same photograph: those of its region, where there are several."""
    matches: list[Record] = record["matches"]
    for part in record["parts"]:
        if number in part["matches"]:
            return [matches[each] for each in part["matches"]]
    return matches


def _part_name(record: Record, number: int, look: Look) -> str:
    """The words before a picture that explains one of several regions."""
    parts = [place for place, part in enumerate(record["parts"], 1) if number in part["matches"]]
    if not _several(record) or not parts:
        return ""
    return message(look.lang, "finding.part", number=parts[0], sentence="")


def _earliest(matches: list[Record]) -> Record | None:
    """The earliest sighting of all these matches together: only one may be called so."""
    dated = [m["earliest_sighting"] for m in matches if m["earliest_sighting"]]
    return min(dated, key=_order, default=None)


def _order(sighting: Record) -> tuple[bool, str, str, int]:
    """Smallest latest, then earliest, then id; instants as text sort as instants."""
    latest, earliest = sighting["latest"], sighting["earliest"]
    return (latest is None, latest or "", earliest or "", sighting["id"])


def _match(
    page: Page,
    match: Record,
    earliest: Record | None,
    look: Look,
    depth: int = 0,
    part: str = "",
) -> None:
    name = look.label("match", picture=match["picture"], name=match["name"])
    page.line(f"{part}{name}", depth)
    # The frame of a similar scene covers everything; what is common in it may be little.
    covers = None if match["relation"] == Relation.SIMILAR_SCENE else match["covers"]
    words = proof_words(Proof(**match["proof"]), covers, look.lang)
    page.line(words, depth + 1)
    if not words.startswith(match["description"]):
        page.line(match["description"], depth + 1)
    _told_beside(page, match, look, depth + 1)
    _direction(page, match, look, depth + 1)
    sightings(page, match["sightings"], earliest, look, depth + 1)


def _direction(page: Page, match: Record, look: Look, depth: int) -> None:
    """Which picture is likely nearer the source; nothing where nothing speaks for either."""
    said = match["direction"]
    is_set_aside = match.get("proved_as", match["relation"]) != match["relation"]
    if said["reasons"] and not is_set_aside:
        found = Direction(said["nearer_source"], tuple(said["reasons"]))
        page.line(direction_words(found, look.lang), depth, dim=True)


# ------------------------------------------------------------------- around the matches


def _claim(page: Page, claim: Record, look: Look) -> None:
    """What was claimed; nothing where nothing was."""
    parts = [quoted(look.lang, claim["text"]) if claim["text"] else ""]
    parts.append(date_text(claim, look) if claim["date"] else "")
    if claim["posted"]:
        parts.append(look.label("claim_posted", date=date_text(claim, look, "posted")))
    parts += [claim["place"], claim["url"]]
    said = commas(look.lang, filter(None, parts))
    if said:
        page.line(look.named(look.label("claim"), said))


def _metadata(page: Page, metadata: Record, look: Look) -> None:
    if metadata["facts"] or metadata["contradictions"]:
        page.gap()
    if metadata["facts"]:
        page.line(look.heading("facts"))
    for fact in metadata["facts"]:
        what = fact_words(fact["what"], look.lang)
        value = isolated(look.lang, fact["value"])
        page.line(look.named(what, f"{value} ({_origin(fact, look)})"), 1)
    _blocks(page, metadata, look)
    for contradiction in metadata["contradictions"]:
        page.line(look.label("contradiction", text=contradiction), fg="yellow")


def _origin(fact: Record, look: Look) -> str:
    """Where it was read, and why it is no date where it ought to be one."""
    origin = word(look.lang, How(fact["how"]))
    problem = fact.get("problem_in_words")
    return message(look.lang, "fact.origin", origin=origin, problem=problem) if problem else origin


def _blocks(page: Page, metadata: Record, look: Look) -> None:
    """What became of each kind of data; nothing where none was looked for."""
    blocks = metadata.get("blocks", {})
    named = ((block_name(kind, look.lang), _block(kind, metadata, look)) for kind in blocks)
    said = [look.named(name, words) for name, words in named]
    if said:
        page.line(semicolons(look.lang, said) + ".", dim=True)


def _block(kind: str, metadata: Record, look: Look) -> str:
    """Of credentials, what can be said of them; their absence is in the words of all."""
    state = metadata["c2pa"]["state"]
    if kind == "c2pa" and state not in (None, CredentialsState.NONE):
        return credentials_words(state, look.lang)
    return str(metadata["blocks"][kind]["words"])


def _compared(page: Page, record: Record, look: Look) -> None:
    """How it was searched; with a hit also in what, which the sentence of a miss says."""
    archive = record["archive"]
    if not record["compared"]:
        return
    how = commas(look.lang, [look.label(f"compared_{each}") for each in record["compared"]])
    page.gap()
    if record["matches"] and archive:
        page.line(_searched(archive, how, look), dim=True)
    else:
        page.line(look.label("compared_how", how=how), dim=True)


def _searched(archive: Record, how: str, look: Look) -> str:
    return look.label(
        "compared",
        pictures=look.counted("pictures", archive["pictures"]),
        sightings=look.counted("sightings", archive["sightings"]),
        coverage=_coverage(archive, look),
        how=how,
    )


def _numbered(page: Page, record: Record, look: Look) -> None:
    if record["check"] is None:
        return
    said = look.label("check", check=record["check"])
    if record["earlier_checks"]:
        numbers = ", ".join(map(str, record["earlier_checks"]))
        said = semicolons(look.lang, (said, look.label("earlier_checks", checks=numbers)))
    page.line(said, dim=True)
