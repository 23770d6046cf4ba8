"""Pages saved as one file (``.mhtml``, ``.mht``): the pictures that were saved with them.

Such a file has one date, that of saving, by the clock of whoever saved it. It is told as the
crawl of the page; a crawler's record of the picture's own bytes it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from provenance import dates
from provenance.dates import Date
from provenance.errors import ProvenanceError
from provenance.guard import read_file
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.files import problem_entry
from provenance.sources.source import Run
from provenance.sources.stated import Stated
from provenance.sources.web import appearances, moments
from provenance.sources.web.appearances import Crawl, Page, Place, publication
from provenance.sources.web.failures import require_extra
from provenance.sources.web.reading import PAGE_LIMITS, Plain, checked

ENDINGS: Final = (".mhtml", ".mht")


class Mhtml:
    """A page in one file; its collection, where none is named, is the file as typed."""

    name = "mhtml"
    within_folders = True

    def recognises(self, argument: Argument) -> bool:
        """Whether it is an existing file with the ending of such a page."""
        return argument.suffix in ENDINGS and argument.exists and not argument.is_folder

    def check(self, argument: Argument, run: Run) -> None:
        """A page that cannot be read spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per picture, in the order of the file."""
        blank = appearances.blank(argument.text, stated)
        try:
            require_extra()
            told = _told(argument, run)
        except ProvenanceError as problem:
            yield problem_entry(argument, problem, blank)
            return
        saved = _saved(told["date"])
        page = Page(told["url"], saved, publication(told, saved))
        for count, image in enumerate(told["embedded"], 1):
            name = image["urls"][0] if image["urls"] else f"#{count}"
            place = Place(page, image["inside"], image["caption"], image["alt"], image["credit"])
            named = replace(
                blank,
                name=f"{argument.text}/{name}",
                content=image["data"],
                kept_in=argument.path,
            )
            crawls = [Crawl(saved, told["url"], own=False)]
            yield appearances.entry(named, stated, [place], crawls)
        if not told["embedded"]:
            run.tally.empty.append(argument.text)


def _told(argument: Argument, run: Run) -> Plain:
    from provenance.sources.web.message import read_message

    guard = run.readers.of(read_message, limits=PAGE_LIMITS)
    return checked(guard.run(read_file(argument.path)))


def _saved(text: str | None) -> Date | None:
    """When it was saved; browsers write a mail's date, whose zone is always named."""
    instant = moments.of_header(text)
    return dates.from_instant(instant) if instant else None
