"""The CSV that Meedan's Check exports of a workspace.

Its columns (``check_search.rb``) name items, their claims and three dates, and no picture:
no file, no hash, no address of one. So a row can be taken where somebody put a column
``path``, ``sha256``, ``pdq`` or ``phash`` beside them; every other row says what it lacks.
Dates are written without a zone, which is then unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from provenance import dates
from provenance.dates import Date
from provenance.errors import Refused, Unreadable, UsageError
from provenance.models import Entry, Means
from provenance.sources.argument import Argument
from provenance.sources.export import Post, below, folder_of, posted, refused, text_of, unreviewed
from provenance.sources.files import problem_entry
from provenance.sources.rows import Cells
from provenance.sources.sheet import is_sheet, rows
from provenance.sources.source import Run, hash_entry
from provenance.sources.stated import Stated

COLUMNS: Final = frozenset(("claim", "item page url", "submitted at"))
_POSTED: Final = "social media posted at"
_SUBMITTED: Final = "submitted at"
_HASHES: Final = ("sha256", "pdq", "phash")
_WRITTEN: Final = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)")


class CheckExport:
    """A workspace of Check, as CSV."""

    name = "check_export"
    within_folders = True

    def recognises(self, argument: Argument) -> bool:
        """Whether it has Check's columns."""
        return is_sheet(argument, COLUMNS)

    def check(self, argument: Argument, run: Run) -> None:
        """What is broken spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per item."""
        stated = unreviewed(stated)
        blank = stated.blank(argument.text)
        count = 0
        try:
            for count, cells in rows(argument, COLUMNS):
                yield _entry(argument, cells, stated, replace(blank, row=count), run)
        except Unreadable as problem:
            yield problem_entry(argument, problem, blank)
        if not count:
            run.tally.empty.append(argument.text)


def _entry(
    argument: Argument, cells: Cells | Refused, stated: Stated, blank: Entry, run: Run
) -> Entry:
    """The entry of one item; whatever is wrong with it becomes its problem."""
    if isinstance(cells, Refused):
        return refused(argument, cells, blank, blank.row)
    blank = replace(blank, name=argument.text, name_bytes=argument.raw_name)
    try:
        found = _picture(argument, cells, blank, run)
        return found if found.problem else posted(found, stated, _post(cells))
    except UsageError as problem:
        reason = Refused(problem.reason, problem.message, name=problem.name, advice=problem.advice)
        return replace(blank, problem=reason)


def _picture(argument: Argument, cells: Cells, blank: Entry, run: Run) -> Entry:
    """``blank`` with the picture that somebody added to the row."""
    if path := cells.get("path"):
        return below(folder_of(argument), path, blank)
    hashes: dict[str, str] = {}
    for kind in _HASHES:
        if text := cells.get(kind):
            hashes |= run.hashes(text if ":" in text else f"{kind}:{text}") or {}
    if not hashes:
        return replace(blank, problem=_no_picture(cells))
    name = ", ".join(f"{kind}:{value}" for kind, value in hashes.items())
    return hash_entry(replace(blank, name=name, name_bytes=None), hashes)


def _no_picture(cells: Cells) -> Refused:
    page = cells.get("item page url", "")
    return Refused(
        "no_picture",
        "An export of Check names no picture" + (f" (item {page[:200]})." if page else "."),
        advice="Save the picture from the item page and name it in a column path.",
    )


def _post(cells: Cells) -> Post:
    """When it was posted; when it was sent to Check is no post, and is kept beside it."""
    page = cells.get("item page url") or None
    caption = text_of([cells.get("claim", "")])
    submitted = Post(_date(cells.get(_SUBMITTED)), url=page, caption=caption, means=Means.ASSERTED)
    more = (submitted,) if submitted.date else ()
    return Post(_date(cells.get(_POSTED)), url=page, caption=caption, more=more)


def _date(text: str | None) -> Date | None:
    """As Check writes it, or as a person would; raises :class:`UnreadableDate`."""
    if not text:
        return None
    found = _WRITTEN.fullmatch(text)
    return dates.parse("T".join(found.groups())) if found else dates.read(text).date
