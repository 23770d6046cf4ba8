"""One table on disk, whatever its format: the names of its columns, and its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Final

from provenance.sources.argument import Argument
from provenance.sources.lines import Lines, opened
from provenance.sources.rows import JsonLines, Reader, Row, Separated, Suits

if TYPE_CHECKING:
    from provenance.sources.workbook import Workbook

_TEXT: Final[dict[str, Reader]] = {
    ".csv": Separated(",", ";", "\t"),
    ".tsv": Separated("\t"),
    ".jsonl": JsonLines(),
}
_SHEETS: Final = frozenset({".xlsx", ".xlsm"})

SUFFIXES: Final = frozenset(_TEXT) | _SHEETS
"""The endings of tables that are read."""


class OpenedTable:
    """A table; both methods open it anew, and raise what :func:`opened` raises.

    ``suits`` says whether a header is one of a table about pictures: it settles which
    delimiter, and which sheet of a workbook, is meant.
    """

    def __init__(self, argument: Argument, suits: Suits) -> None:
        """Nothing is opened yet."""
        self._argument = argument
        self._suits = suits

    def columns(self) -> tuple[str, ...]:
        """The names of the columns, trimmed and in lower case; empty for an empty table."""
        if self._argument.suffix in _SHEETS:
            return self._workbook.columns()
        with closing(opened(self._argument.path, self._argument.text)) as stream:
            return self._reader.columns(Lines(stream), self._suits)

    def rows(self) -> Iterator[Row]:
        """The rows after the header; blank rows are counted and left out."""
        if self._argument.suffix in _SHEETS:
            yield from self._workbook.rows()
            return
        with closing(opened(self._argument.path, self._argument.text)) as stream:
            yield from self._reader.rows(Lines(stream), self._suits)

    @cached_property
    def _workbook(self) -> Workbook:
        """The workbook, which remembers the sheet it chose."""
        from provenance.sources.workbook import Workbook

        return Workbook(self._argument, self._suits)

    @property
    def _reader(self) -> Reader:
        return _TEXT[self._argument.suffix]
