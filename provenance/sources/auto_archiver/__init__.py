"""What Bellingcat's auto-archiver leaves: its sheet as CSV, and ``metadata.json``."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.errors import Refused, Unreadable, UsageError
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.auto_archiver import document, sheet
from provenance.sources.auto_archiver.item import as_refused
from provenance.sources.export import unreviewed
from provenance.sources.files import problem_entry
from provenance.sources.sheet import is_sheet
from provenance.sources.source import Run
from provenance.sources.stated import Stated


class AutoArchiver:
    """A sheet or a ``metadata.json`` of auto-archiver."""

    name = "auto_archiver"
    within_folders = True

    def recognises(self, argument: Argument) -> bool:
        """Whether it is one of the two."""
        return document.is_metadata(argument) or is_sheet(argument, sheet.COLUMNS)

    def check(self, argument: Argument, run: Run) -> None:
        """What is broken spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per picture; a link without one, and what is broken, has its own."""
        stated = unreviewed(stated)
        blank = stated.blank(argument.text)
        read = document.read if document.is_metadata(argument) else sheet.read
        try:
            yield from read(argument, stated, blank, run)
        except Unreadable as problem:
            yield problem_entry(argument, problem, blank)
        except Refused as problem:
            yield problem_entry(argument, problem, blank)
        except UsageError as problem:
            yield problem_entry(argument, as_refused(problem), blank)
