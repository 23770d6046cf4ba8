"""The rows of a sheet that another program filled, known by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Final

from provenance.errors import Unreadable, UsageError
from provenance.sources.argument import Argument
from provenance.sources.lines import Lines, opened
from provenance.sources.rows import Row, Separated, Suits

_ENDINGS: Final = {".csv": Separated(",", ";", "\t"), ".tsv": Separated("\t")}


def is_sheet(argument: Argument, columns: frozenset[str]) -> bool:
    """Whether it is a file with all these columns (lower case)."""
    if argument.suffix not in _ENDINGS or not argument.exists or argument.is_folder:
        return False
    try:
        with closing(opened(argument.path, argument.text)) as stream:
            there = _ENDINGS[argument.suffix].columns(Lines(stream), _any_of(columns))
    except (Unreadable, UsageError):
        return False
    return columns.issubset(there)


def rows(argument: Argument, columns: frozenset[str]) -> Iterator[Row]:
    """Its rows, from 1; raises :class:`Unreadable` or :class:`UsageError`."""
    with closing(opened(argument.path, argument.text)) as stream:
        yield from _ENDINGS[argument.suffix].rows(Lines(stream), _any_of(columns))


def _any_of(columns: frozenset[str]) -> Suits:
    """A header with one of them: it settles the delimiter."""
    return lambda header: not columns.isdisjoint(header)
