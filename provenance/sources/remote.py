"""Addresses on the web: an entry says where its picture is, and the flow fetches it.

A source opens no connection. Naming an address to a command is asking for it; a table may
come from somebody else, so its addresses are fetched only where that was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance.errors import Unreadable, UnreadableReason
from provenance.models import Entry, How, Means, NewSighting
from provenance.sources.argument import Argument
from provenance.sources.files import COLLECTION, problem_entry
from provenance.sources.source import Run
from provenance.sources.stated import Stated


class Remote:
    """``http://`` and ``https://`` addresses."""

    name = "remote"

    def recognises(self, argument: Argument) -> bool:
        """Whether it is an address on the web."""
        return is_address(argument)

    def check(self, argument: Argument, run: Run) -> None:
        """An address spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """The one picture at this address."""
        yield address_entry(argument, stated.blank(COLLECTION), run)


def is_address(argument: Argument) -> bool:
    """Whether it is an address on the web."""
    return argument.scheme in {"http", "https"}


def address_entry(argument: Argument, blank: Entry, run: Run) -> Entry:
    """An entry for the picture at this address, which was seen there; undated unless stated."""
    if blank.row is not None and not run.fetch:
        return problem_entry(argument, _not_asked_for(argument), blank)
    return replace(
        blank,
        name=argument.text,
        name_bytes=argument.raw_name,
        address=argument.text,
        sighting=seen_at(argument, blank),
    )


def seen_at(argument: Argument, blank: Entry) -> NewSighting:
    """What is stated, its ``url`` this address where no other page is named."""
    sighting = blank.sighting or NewSighting(
        date=None,
        means=Means.PUBLISHED,
        how=How.STATED,
        trust=blank.trust,
        vouched=blank.vouched,
    )
    return sighting if sighting.url else replace(sighting, url=argument.text)


def _not_asked_for(argument: Argument) -> Unreadable:
    """A row of a table names an address, and nobody said that it may be fetched."""
    return Unreadable(
        UnreadableReason.FETCH_REFUSED,
        "Addresses in a table are fetched only when you say so;",
        name=argument.text,
        advice="add --fetch, or save the picture and give its path.",
    )
