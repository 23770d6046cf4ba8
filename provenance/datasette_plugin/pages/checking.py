"""Checking in the browser: a form, several files, one claim; the answer as on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provenance import dates
from provenance.datasette_plugin import tokens
from provenance.datasette_plugin.permissions import CHECK, KEEP
from provenance.datasette_plugin.problems import told_in_one
from provenance.datasette_plugin.route import Page, Record, Route
from provenance.datasette_plugin.uploads import FILE_BYTES, MIB, MOST_FILES, Form, form_of
from provenance.errors import UnreadableDate
from provenance.models import Claim, Entry
from provenance.wording import quoted

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit
    from provenance.dates import Date
    from provenance.desk import Desk

CLAIM_FIELDS: Final = ("claim", "claim_date", "claim_posted", "claim_place", "claim_url")
_DATES: Final = ("claim_date", "claim_posted")


async def checking(visit: Visit) -> Any:
    """The form, or what came of it."""
    if visit.request.method == "POST":
        return await _posted(visit)
    given = {name: visit.request.args.get(name) or "" for name in CLAIM_FIELDS}
    return await _form(visit, given)


async def _form(
    visit: Visit, given: dict[str, str], problems: dict[str, str] | None = None, status: int = 200
) -> Page:
    """The form with what was typed, and beside a field what is wrong with it."""
    data = {
        "given": given,
        "token": visit.token(),
        "may_keep": await visit.may(KEEP),
        "most_bytes": FILE_BYTES,
        "most_mib": FILE_BYTES // MIB,
        "most_files": MOST_FILES,
    }
    return Page("checking.html", {"problems": problems or {}}, data, status)


async def _posted(visit: Visit) -> Any:
    from provenance.datasette_plugin.answering import refused

    form = await form_of(visit.request)
    try:
        if not tokens.is_meant(visit.datasette, visit.request, form.text(tokens.FIELD)):
            return refused(visit, 403, "browser.refused.token")
        return await _checked(visit, form)
    finally:
        form.close()


async def _checked(visit: Visit, form: Form) -> Any:
    given = {name: form.text(name) or "" for name in CLAIM_FIELDS}
    claim, problems = _claim(form, visit.lang)
    files = [upload for upload in form.files if upload.field == "image"]
    if not files:
        problems["image"] = visit.say("browser.check.no_file")
    if problems:
        return await _form(visit, given, problems, 400)
    too_big = [upload.name for upload in files if upload.too_big]
    entries = [Entry(upload.name, content=upload.take()) for upload in files if not upload.too_big]
    keep = bool(form.text("keep")) and await visit.may(KEEP)
    records = await visit.work(lambda desk: _check(desk, entries, claim, keep=keep))
    return _answered(visit, records, too_big)


def _check(desk: Desk, entries: list[Entry], claim: Claim, *, keep: bool) -> list[Record]:
    return [checked.record for checked in desk.check_entries(entries, claim, keep=keep)]


def _claim(form: Form, lang: str) -> tuple[Claim, dict[str, str]]:
    """The claim as typed, and the dates that nobody can read."""
    read: dict[str, Date | None] = {}
    problems: dict[str, str] = {}
    for name in _DATES:
        try:
            read[name] = _date(form.text(name))
        except UnreadableDate as problem:
            problems[name] = told_in_one(problem, lang, quoted(lang, form.text(name) or ""))
    claim = Claim(
        text=form.text("claim"),
        date=read.get("claim_date"),
        posted=read.get("claim_posted"),
        place=form.text("claim_place"),
        url=form.text("claim_url"),
        language=form.text("claim_language"),
    )
    return claim, problems


def _date(written: str | None) -> Date | None:
    return dates.read(written).date if written else None


def _answered(visit: Visit, records: list[Record], too_big: list[str]) -> Any:
    """One check is shown at its own address; several, and what could not be read, as a list."""
    from provenance.datasette_plugin.answering import see_other

    if not visit.wants_json and len(records) == 1 and not too_big and records[0]["check"]:
        return see_other(visit.url(f"checks/{records[0]['check']}"))
    largest = FILE_BYTES // MIB
    refused = [
        {"name": name, "reason": "too_big", "detail": visit.say("browser.too_big", mib=largest)}
        for name in too_big
    ]
    record = {"checks": records, "refused": refused}
    return Page("checked.html", record, status=200 if records else 413)


ROUTES: Final = (
    Route(
        r"/check",
        checking,
        permission=CHECK,
        methods=("GET", "POST"),
        summary="Check uploaded pictures (multipart field image) under a claim",
    ),
)
