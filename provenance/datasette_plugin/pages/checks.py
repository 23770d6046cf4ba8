"""The checks of an archive as a list, and one check at its permanent address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin.deciding import Attempt, deciding
from provenance.datasette_plugin.figures import archived_figure, query_figure
from provenance.datasette_plugin.route import Page, Record, Route
from provenance.errors import UnknownName
from provenance.models import FindingKind, Relation, Strength
from provenance.report.decision import review_record
from provenance.report.elsewhere import elsewhere
from provenance.report.html import sections

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit
    from provenance.desk import Desk

AT_ONCE: Final = 50


async def checks(visit: Visit) -> Page:
    """The newest checks, of one kind of finding or of any."""
    finding = visit.request.args.get("finding")
    if finding not in set(FindingKind):
        finding = None
    before = _number(visit.request.args.get("before"))
    record = await visit.read(lambda desk: _lines(desk, finding, before))
    data = {"finding": finding, "kinds": FindingKind, "strengths": Strength}
    return Page("checks.html", record, data)


def _lines(desk: Desk, finding: str | None, before: int | None) -> Record:
    lines = desk.archive.check_lines(limit=AT_ONCE + 1, before=before, finding=finding)
    shown = [{**line, "decisions": _standing(desk, line["check"])} for line in lines[:AT_ONCE]]
    more = shown[-1]["check"] if len(lines) > AT_ONCE else None
    return {"checks": shown, "findings": desk.archive.findings_counted(), "before": more}


def _standing(desk: Desk, check: int) -> list[Record]:
    """What people decided on a check and is not taken back or replaced."""
    return [review_record(each) for each in desk.archive.reviews_of(check) if each.stands]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004  (SQLite's largest number has 19 digits)


async def check(visit: Visit, attempt: Attempt | None = None) -> Page:
    """One check with everything that stands under it, and an attempt to decide that failed."""
    number = int(visit.values["check"])
    shown = await visit.read(lambda desk: _check(desk, number, visit.lang))
    record, kept, line, others = shown.record, shown.kept, shown.line, shown.others
    matches = record["matches"]
    outlined = matches if record["parts"] else matches[:1]
    data = {
        "kept": kept,
        "line": line,
        "others": others,
        "query": query_figure(visit, record, outlined, kept=0 in kept),
        "figures": {
            match["picture"]: archived_figure(visit, record, match, kept=match["picture"] in kept)
            for match in (*matches, *record["similar_scenes"])
        },
        "sections": sections,
        "relations": Relation,
        "kinds": FindingKind,
        "elsewhere": elsewhere(record),
        **await deciding(visit, record, shown.state, attempt),
    }
    return Page("check.html", record, data)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A check's record, its line, other checks of the file, the state of what was decided.

    ``kept``: the pictures whose previews are kept; 0 is the query.
    """

    record: Record
    kept: set[int]
    line: Record
    others: list[Record]
    state: int


def _check(desk: Desk, number: int, lang: str) -> _Shown:
    record, archive = desk.check_record(number, lang), desk.archive
    shown = [m["picture"] for m in (*record["matches"], *record["similar_scenes"])]
    kept = {picture for picture in shown if archive.thumbnail(picture)}
    kept |= {0} if archive.check_thumbnail(number) else set()
    line = archive.check_line(number)
    if line is None:
        raise UnknownName(f"There is no check {number} in this archive.", name=str(number))
    sha256: Any = record["query"]["sha256"]
    earlier = archive.checks_of(sha256) if sha256 else ()
    others = [archive.check_line(each) for each in earlier if each != number]
    state = archive.review_state(number)
    return _Shown(record, kept, line, [each for each in others if each], state)


ROUTES: Final = (
    Route(r"/checks", checks, summary="The checks, newest first"),
    Route(r"/checks/(?P<check>\d{1,18})", check, summary="One check: the contract's JSON"),
)
