"""Tables (``.csv``, ``.tsv``, ``.jsonl``): a row per picture, by path or by hash.

A row names its picture by ``path``, relative to the table, or by hashes. An absolute path
or one with ``..`` is taken as well, because desks keep tables apart from pictures; such
rows are counted and said, for a table may come from somebody else. Whatever a row names is
only ever opened as a regular file and decoded as a picture; names on other computers and
addresses on the web are refused.
"""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH117, PTH120, PTH206

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Final

from provenance.errors import (
    MalformedHash,
    MissingColumn,
    ProvenanceError,
    Refused,
    Unreadable,
    UsageError,
)
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.files import problem_entry
from provenance.sources.lines import Lines, opened
from provenance.sources.remote import is_address, not_fetched
from provenance.sources.rows import Cells, JsonLines, Reader, Row, Separated, refuse_twins
from provenance.sources.source import Run, hash_entry
from provenance.sources.stated import COLUMNS, Stated

READERS: Final[dict[str, Reader]] = {
    ".csv": Separated(",", ";", "\t"),
    ".tsv": Separated("\t"),
    ".jsonl": JsonLines(),
}

HASH_COLUMNS = ("sha256", "pdq", "phash", "hash")
NEEDED = frozenset(("path", *HASH_COLUMNS))
KNOWN = NEEDED | frozenset(COLUMNS)

_OTHER_COMPUTER = ("\\\\", "//")


class Table:
    """A table; its collection, where none is named, is the table as typed."""

    name = "table"

    def recognises(self, argument: Argument) -> bool:
        """Whether it is an existing file with the ending of a table."""
        return argument.suffix in READERS and argument.exists

    def check(self, argument: Argument, run: Run) -> None:
        """Raise :class:`UsageError` for a table that no row of which could be used.

        A table that cannot be opened spoils its own entry instead.
        """
        try:
            columns = _columns(argument)
        except Unreadable:
            return
        _require(columns, argument)
        refuse_twins(columns, KNOWN, argument.text)
        if unused := tuple(column for column in columns if column and column not in KNOWN):
            run.tally.unused[argument.text] = unused

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per row that is not blank."""
        blank = stated.blank(argument.text)
        try:
            stream = opened(argument.path, argument.text)
        except Unreadable as problem:
            yield problem_entry(argument, problem, blank)
            return
        count = 0
        with closing(stream):
            for row in READERS[argument.suffix].rows(Lines(stream), NEEDED):
                count += 1
                yield _entry(argument, row, stated, blank, run)
        if not count:
            run.tally.empty.append(argument.text)


def _columns(argument: Argument) -> tuple[str, ...]:
    with closing(opened(argument.path, argument.text)) as stream:
        return READERS[argument.suffix].columns(Lines(stream), NEEDED)


def _require(columns: tuple[str, ...], argument: Argument) -> None:
    """Raise unless there is a column that names pictures."""
    if NEEDED.intersection(columns):
        return
    named = ", ".join(column for column in columns if column)
    state = f"its columns are: {named}" if named else "it is empty, or its header cannot be read"
    raise MissingColumn(
        f"{argument.text} has no column that names pictures; {state}.",
        name=argument.text,
        advice="Give it a column path (relative to the table), sha256, pdq, phash or hash.",
    )


def _entry(table: Argument, row: Row, stated: Stated, blank: Entry, run: Run) -> Entry:
    """The entry of one row; whatever is wrong with the row becomes its problem."""
    number, cells = row
    blank = replace(blank, name=table.text, name_bytes=table.raw_name, row=number)
    if isinstance(cells, Refused):
        return replace(blank, problem=cells)
    try:
        return _named(table, cells, _told(stated, cells, blank), run)
    except Refused as problem:
        return replace(blank, problem=problem)
    except UsageError as problem:
        return replace(blank, problem=_as_refused(problem))


def _told(stated: Stated, cells: Cells, blank: Entry) -> Entry:
    """``blank`` with what this row says; source and trust of the batch stay its own."""
    told = stated.overridden_by(cells)
    return replace(
        blank,
        sighting=told.sighting(),
        read_as=told.read_as(),
        collection=stated.batch(told.collection) if told.collection else blank.collection,
        trust=told.believed(),
        vouched=told.vouch,
    )


def _named(table: Argument, cells: Cells, blank: Entry, run: Run) -> Entry:
    """``blank`` with the picture that the row names, by path or by hash."""
    hashes = {column: cells[column] for column in HASH_COLUMNS if cells.get(column)}
    path = cells.get("path")
    if bool(path) == bool(hashes):
        raise _one_of(both=bool(path))
    return _by_path(table, path, blank, run) if path else _by_hash(hashes, blank, run)


def _by_hash(hashes: Cells, blank: Entry, run: Run) -> Entry:
    found: dict[str, str] = {}
    for column, text in hashes.items():
        found |= _parsed(column, text, run)
    name = ", ".join(f"{kind}:{value}" for kind, value in found.items())
    return hash_entry(replace(blank, name=name, name_bytes=None), found)


def _parsed(column: str, text: str, run: Run) -> dict[str, str]:
    """One hash by its kind; raises :class:`MalformedHash`."""
    named = column == "hash" or ":" in text
    found = run.hashes(text if named else f"{column}:{text}")
    if not found or len(found) != 1 or column not in ("hash", *found):
        raise MalformedHash(
            f"“{text}” under “{column}” does not say which hash it is.",
            advice="Write sha256:, pdq: or phash: before the digits.",
        )
    return found


def _by_path(table: Argument, path: str, blank: Entry, run: Run) -> Entry:
    file = _resolved(table, path)
    if is_address(file):
        return problem_entry(file, not_fetched(file), blank)
    if path.startswith(_OTHER_COMPUTER) or "\0" in path:
        raise Refused("bad_path", "This path is not one on this computer.", advice="Copy the file.")
    run.tally.outside += _leaves(path)
    return replace(blank, name=file.text, name_bytes=file.raw_name, path=file.path)


def _resolved(table: Argument, path: str) -> Argument:
    """The file of a row, named as the table was typed."""
    given = Argument.of(path)
    folder = os.path.dirname(table.raw)
    alone = given.scheme or os.path.isabs(path) or not folder
    return given if alone else Argument(folder).below(given.raw)


def _leaves(path: str) -> bool:
    """Whether a path leads out of the folder of the table."""
    return os.path.isabs(path) or os.path.normpath(path).split(os.sep)[0] == os.pardir


def _one_of(*, both: bool) -> Refused:
    if both:
        return Refused(
            "path_and_hash",
            "This row gives both a path and a hash.",
            advice="Keep one; the hash of a file is computed.",
        )
    return Refused("no_picture", "This row names no picture.", advice="Fill in a path or a hash.")


def _as_refused(problem: ProvenanceError) -> Refused:
    return Refused(problem.reason, problem.message, name=problem.name, advice=problem.advice)
