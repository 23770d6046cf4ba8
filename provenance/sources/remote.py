"""Addresses: this version fetches nothing and says so."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.errors import Unreadable, UnreadableReason
from provenance.models import Entry
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

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:  # noqa: ARG002 - nothing to count
        """The refusal."""
        yield problem_entry(argument, not_fetched(argument), stated.blank(COLLECTION))


def is_address(argument: Argument) -> bool:
    """Whether it is an address on the web."""
    return argument.scheme in {"http", "https"}


def not_fetched(argument: Argument) -> Unreadable:
    """Nothing is fetched, and what to do instead."""
    return Unreadable(
        UnreadableReason.FETCH_REFUSED,
        "Fetching is not built into this version;",
        name=argument.text,
        advice="save the picture and give the file.",
    )
