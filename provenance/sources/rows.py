"""Rows of a table: from lines of CSV or of JSON to what each column says."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Container, Iterator, Mapping
from itertools import islice
from typing import Any, Protocol

from provenance.errors import Refused, UnreadableTable
from provenance.sources.lines import MAX_FIELD, Lines, too_long

Cells = dict[str, str]
Row = tuple[int, Cells | Refused]
"""The number of a row, counted from 1, and what it says, or why it cannot be used."""

Suits = Callable[[tuple[str, ...]], bool]
"""Whether columns of these names are those of a table about pictures."""

_SURROGATE = re.compile("[\ud800-\udfff]")

# A JSON table has no header; the columns are the keys of its first rows.
_LOOKED_AT = 100


class Reader(Protocol):
    """How one kind of table is read."""

    def columns(self, lines: Lines, suits: Suits) -> tuple[str, ...]:
        """The names of the columns, trimmed and in lower case."""
        ...

    def rows(self, lines: Lines, suits: Suits) -> Iterator[Row]:
        """The rows after the header; blank rows are counted and left out."""
        ...


class Separated:
    """CSV and its relatives: a header, then a row per picture.

    ``delimiters`` are tried on the header in turn; the first under which the header names
    pictures is the one. Quotation marks are read strictly: one that is never closed is said,
    because read loosely it would swallow the rows that follow.
    """

    def __init__(self, *delimiters: str) -> None:
        """Try ``delimiters`` in this order; the first stands where none shows a column."""
        self._delimiters = delimiters

    def columns(self, lines: Lines, suits: Suits) -> tuple[str, ...]:
        """The header; empty for an empty table."""
        return self._header(lines, suits)[1]

    def rows(self, lines: Lines, suits: Suits) -> Iterator[Row]:
        """The rows after the header."""
        delimiter, columns = self._header(lines, suits)
        for number, fields in enumerate(_split_rows(lines, delimiter), start=1):
            if isinstance(fields, Refused):
                yield number, fields
            elif any(field.strip() for field in fields):
                yield number, named_cells(columns, fields)

    def _header(self, lines: Lines, suits: Suits) -> tuple[str, tuple[str, ...]]:
        """The delimiter and the columns that it shows; none where the line breaks off."""
        lines.new_row()
        try:
            first = next(lines, "")
        except UnicodeDecodeError:
            first = ""
        headers = [(mark, _header_names(first, mark)) for mark in self._delimiters]
        return next((h for h in headers if suits(h[1])), headers[0])


class JsonLines:
    """One JSON object a line; keys are columns, and a row may leave any of them out."""

    def columns(self, lines: Lines, suits: Suits) -> tuple[str, ...]:  # noqa: ARG002 - nothing to choose
        """The keys of the first rows, in the order in which they come."""
        said = (row for _, row in islice(self.rows(lines), _LOOKED_AT))
        return tuple(
            dict.fromkeys(key for row in said if not isinstance(row, Refused) for key in row)
        )

    def rows(self, lines: Lines, suits: Suits | None = None) -> Iterator[Row]:  # noqa: ARG002 - nothing to choose
        """The objects."""
        for number, line in enumerate(_each_line(lines), start=1):
            if isinstance(line, Refused):
                yield number, line
            elif line.strip():
                yield number, _object_cells(line)


def _header_names(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        names = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return ()
    return tuple(name.strip().lower() for name in names)


def _split_rows(lines: Lines, delimiter: str) -> Iterator[list[str] | Refused]:
    """Every row as its fields, or why it cannot be read; goes on after a bad one."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.new_row()
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _malformed(f"This row cannot be read: {error}.")
        except Refused as refused:
            yield refused
        except UnicodeDecodeError:
            yield _not_text("The table breaks off in the middle of a character.")
            return


def _each_line(lines: Lines) -> Iterator[str | Refused]:
    while True:
        lines.new_row()
        try:
            yield next(lines)
        except StopIteration:
            return
        except Refused as refused:
            yield refused
        except UnicodeDecodeError:
            yield _not_text("The table breaks off in the middle of a character.")
            return


def named_cells(columns: tuple[str, ...], fields: list[str]) -> Cells | Refused:
    """What a row says under each column; empty fields at its end do no harm."""
    if any(field.strip() for field in fields[len(columns) :]):
        return Refused(
            "too_many_fields",
            f"This row has {len(fields)} fields, the header {len(columns)}.",
            advice="Put quotation marks around text that holds the delimiter.",
        )
    return _sound({name: field.strip() for name, field in zip(columns, fields, strict=False)})


def _object_cells(line: str) -> Cells | Refused:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return _malformed("This line is no JSON.")
    if not isinstance(said, dict):
        return _malformed("This line is JSON, but no object.")
    return _sound({str(key).strip().lower(): _plain(value) for key, value in said.items()})


def _plain(value: Any) -> str:
    """A JSON value as a cell: numbers as written, nothing for null, structures as JSON."""
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _sound(cells: Mapping[str, str]) -> Cells | Refused:
    """The cells, unless one is too long or no text."""
    if max(map(len, cells.values()), default=0) > MAX_FIELD:
        return too_long()
    # One look at all of it: most rows are plain, and there may be a million.
    everything = "".join((*cells, *cells.values()))
    if not everything.isascii() and _SURROGATE.search(everything):
        return _not_text("This row holds bytes that are no UTF-8 text.")
    return dict(cells)


def _malformed(message: str) -> Refused:
    return Refused("malformed_row", message, advice="Check quotation marks and delimiters.")


def _not_text(message: str) -> Refused:
    return Refused("not_text", message, advice="Save the table again in UTF-8 and add it again.")


def refuse_twins(columns: tuple[str, ...], known: Container[str], name: str) -> None:
    """Raise :class:`UnreadableTable` when a column that is read stands there twice."""
    twins = sorted({column for column in columns if column in known and columns.count(column) > 1})
    if twins:
        raise UnreadableTable(
            f'{name} has two columns called "{twins[0]}".',
            name=name,
            advice="Rename or remove one of them.",
        )
