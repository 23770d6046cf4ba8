"""Tables (``.csv``, ``.tsv``, ``.jsonl``, ``.xlsx``): a row per picture.

A row names its picture by ``path``, relative to the table, or by hashes. An absolute path
or one with ``..`` is taken as well, because desks keep tables apart from pictures; such
rows are counted and said, for a table may come from somebody else. Whatever a row names is
only ever opened as a regular file and decoded as a picture; names on other computers are
refused. An address on the web, under ``path`` or alone under ``url``, is fetched only where
that was asked for.
"""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH117, PTH120, PTH206

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

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
from provenance.sources.column_names import DATED, FIELDS, NO_DATE
from provenance.sources.columns import Columns, read_columns, require_given
from provenance.sources.files import problem_entry
from provenance.sources.opened_table import SUFFIXES, OpenedTable
from provenance.sources.remote import address_entry, is_address
from provenance.sources.rows import Cells, Row, refuse_twins
from provenance.sources.source import Run
from provenance.sources.stated import Stated

HASH_COLUMNS = ("sha256", "pdq", "phash", "hash")

_OTHER_COMPUTER = ("\\\\", "//")
_UNDATED = "undated"


class Table:
    """A table; its collection, where none is named, is the table as typed."""

    name = "table"

    def recognises(self, argument: Argument) -> bool:
        """Whether it is an existing file with the ending of a table."""
        return argument.suffix in SUFFIXES and argument.exists

    def check(self, argument: Argument, run: Run) -> None:
        """Raise :class:`UsageError` for a table that no row of which could be used.

        A table that cannot be opened spoils its own entry instead.
        """
        try:
            columns = columns_of(opened_table(argument, run), argument, run)
            require_given(columns.header, run.columns, argument.text)
        except Unreadable:
            return
        if columns.unused:
            run.tally.unused[argument.text] = columns.unused
        if columns.guessed:
            run.tally.guessed[argument.text] = columns.guessed

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per row that is not blank."""
        blank = stated.blank(argument.text)
        empty = True
        try:
            table = opened_table(argument, run)
            columns = columns_of(table, argument, run)
            for row in table.rows():
                empty = False
                yield row_entry(argument, columns, row, stated, blank, run)
        except Unreadable as problem:
            yield problem_entry(argument, problem, blank)
            return
        if empty:
            run.tally.empty.append(argument.text)


def opened_table(argument: Argument, run: Run) -> OpenedTable:
    """The table, which knows a header about pictures when it sees one."""
    return OpenedTable(argument, lambda header: read_columns(header, run.columns).names_pictures)


def columns_of(table: OpenedTable, argument: Argument, run: Run) -> Columns:
    """The fields of a table.

    Raises:
        UsageError: it is no table, or has no column that names pictures.
        Unreadable: it cannot be opened.
    """
    header = table.columns()
    columns = read_columns(header, run.columns)
    _require(columns, header, argument)
    refuse_twins(header, {*columns.fields, *FIELDS}, argument.text)
    return columns


def _require(columns: Columns, header: tuple[str, ...], argument: Argument) -> None:
    """Raise unless there is a column that names pictures."""
    if columns.names_pictures:
        return
    named = ", ".join(column for column in header if column)
    state = f"its columns are: {named}" if named else "it is empty, or its header cannot be read"
    raise MissingColumn(
        f"{argument.text} has no column that names pictures; {state}.",
        name=argument.text,
        advice="Give it a column path (relative to the table), sha256, pdq, phash or hash, "
        "or say which column that is, as --map COLUMN=path.",
    )


Limit = Callable[[Cells, Stated], Cells]
"""What a row may say, of what it says."""


def row_entry(
    table: Argument,
    columns: Columns,
    row: Row,
    stated: Stated,
    blank: Entry,
    run: Run,
    *,
    limit: Limit = lambda cells, _: cells,
) -> Entry:
    """The entry of one row; whatever is wrong with the row becomes its problem."""
    number, cells = row
    said: Told = {"name": table.text, "name_bytes": table.raw_name, "row": number}
    if isinstance(cells, Refused):
        return replace(blank, **said, problem=cells)
    fields = limit(columns.renamed(cells), stated)
    try:
        return _named(table, fields, blank, said | _told(stated, fields, blank), run)
    except Refused as problem:
        return replace(blank, **said, problem=problem)
    except UsageError as problem:
        return replace(blank, **said, problem=_as_refused(problem))


Told = dict[str, Any]
"""Fields of an entry, put into it once: of a million rows each is then copied once."""


# ---------------------------------------------------------------------- what a row says


def _told(stated: Stated, cells: Cells, blank: Entry) -> Told:
    """What this row says; source and trust of the batch stay its own."""
    undated = _says_no_date(cells.get("date"))
    told = stated.overridden_by({**cells, "date": ""} if undated else cells)
    dates = [replace(told, date=cells[name], means=name) for name in _dated(cells)]
    if dates and not told.date:
        told = dates.pop(0)
    return {
        "sighting": told.sighting(),
        "more": tuple(filter(None, (each.sighting() for each in dates))),
        "read_as": told.read_as() or (_UNDATED if undated else None),
        "collection": stated.batch(told.collection) if told.collection else blank.collection,
        "trust": told.believed(),
        "vouched": told.vouch,
    }


def _dated(cells: Cells) -> list[str]:
    """The columns with a date that say what it is the date of, as the contract's words."""
    return [name for name in DATED if cells.get(name) and not _says_no_date(cells[name])]


def _says_no_date(text: str | None) -> bool:
    return text is not None and text.strip().lower() in NO_DATE


# ----------------------------------------------------------------------- whose row it is


def _named(table: Argument, cells: Cells, blank: Entry, said: Told, run: Run) -> Entry:
    """``blank`` with what is said and the picture that is named: by path, hash, or address."""
    hashes = {column: cells[column] for column in HASH_COLUMNS if cells.get(column)}
    path = cells.get("path")
    alone = Argument.of(cells.get("url", ""))
    if not path and not hashes and is_address(alone):
        return address_entry(alone, replace(blank, **said), run)
    if bool(path) == bool(hashes):
        raise _one_of(both=bool(path))
    if path:
        return _by_path(table, path, replace(blank, **said), run)
    return replace(blank, **said | _by_hash(hashes, run))


def _by_hash(hashes: Cells, run: Run) -> Told:
    found: dict[str, str] = {}
    for column, text in hashes.items():
        found |= _parsed(column, text, run)
    name = ", ".join(f"{kind}:{value}" for kind, value in found.items())
    return {"name": name, "name_bytes": None, **found}


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
    file = resolved(table, path)
    if is_address(file):
        return address_entry(file, blank, run)
    if path.startswith(_OTHER_COMPUTER) or "\0" in path:
        raise Refused("bad_path", "This path is not one on this computer.", advice="Copy the file.")
    run.tally.outside += _leaves(path)
    return replace(blank, name=file.text, name_bytes=file.raw_name, path=file.path)


def resolved(table: Argument, path: str) -> Argument:
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
