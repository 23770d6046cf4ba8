"""Single image files, named one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from provenance.errors import (
    MalformedHash,
    ProvenanceError,
    Refused,
    Unreadable,
    UnreadableReason,
)
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.source import Run
from provenance.sources.stated import Stated

COLLECTION = "single files"
"""The collection of files named one by one, where none is named."""


class Files:
    """A file as typed; whether it is a picture is for the reader to say."""

    name = "files"

    def recognises(self, argument: Argument) -> bool:  # noqa: ARG002 - the last one asked
        """Everything: what is nothing else is meant to be a file."""
        return True

    def check(self, argument: Argument, run: Run) -> None:
        """A missing file spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """The one file, or that there is none."""
        blank = stated.blank(COLLECTION)
        if argument.exists:
            yield file_entry(argument, blank)
        else:
            yield problem_entry(argument, _hash_or_missing(argument, run), blank)


def file_entry(argument: Argument, blank: Entry) -> Entry:
    """An entry for the file of this name."""
    return replace(blank, name=argument.text, name_bytes=argument.raw_name, path=argument.path)


def problem_entry(argument: Argument, problem: ProvenanceError, blank: Entry) -> Entry:
    """An entry that could not be had, and why."""
    return replace(blank, name=argument.text, name_bytes=argument.raw_name, problem=problem)


def missing(argument: Argument) -> Unreadable:
    """There is no such file."""
    return Unreadable(
        UnreadableReason.NOT_A_FILE,
        "There is no such file.",
        name=argument.text,
        advice="Check the name and the folder you are in.",
    )


def _hash_or_missing(argument: Argument, run: Run) -> ProvenanceError:
    """Why a name that is no file cannot be added."""
    try:
        is_hash = run.hashes(argument.text) is not None
    except MalformedHash:
        is_hash = True
    return _no_hashes_here(argument) if is_hash else missing(argument)


def _no_hashes_here(argument: Argument) -> Refused:
    """A hash alone on the command line: nothing would be stated about it."""
    return Refused(
        "unsupported_source",
        "A hash is taken from a table, not from the command line;",
        name=argument.text,
        advice='write a .csv with the columns "hash" and "date" and add that.',
    )
