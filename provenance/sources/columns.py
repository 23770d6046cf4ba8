"""Which column of a table is which field: as named with ``--map``, as ours, as people say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from provenance.dates.tokens import fold
from provenance.errors import MissingColumn, UnknownWord
from provenance.sources.column_names import DATED, FIELDS, NAMES

Map = Mapping[str, str]
"""From a column as the table calls it to a field, as ``--map`` gives it."""

UNREAD = "-"
"""The field of a column that is to be left alone."""

_OWN = frozenset(FIELDS)
_HASHES = frozenset({"sha256", "pdq", "phash", "hash"})
NAMING = _HASHES | {"path", "url"}
"""Fields that say which picture a row is about."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of one table; ``fields`` maps a column, in lower case, to its field.

    ``unused`` are columns that nobody reads, ``guessed`` those that are read by what people
    call such a column, ``left_out`` those that ``--map`` leaves alone.
    """

    fields: Map
    header: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()
    guessed: Map = field(default_factory=dict)

    def renamed(self, cells: Map) -> dict[str, str]:
        """A row by field; a JSON row may bring keys that the first rows did not have."""
        read: dict[str, str] = {}
        for column, text in cells.items():
            if name := self.fields.get(column):
                read[name] = text
            elif column in _OWN and column not in self.header and column not in self.left_out:
                read.setdefault(column, text)
        return read

    @property
    def names_pictures(self) -> bool:
        """Whether some column says which picture a row is about."""
        return not NAMING.isdisjoint(self.fields.values())


def read_columns(header: tuple[str, ...], given: Map) -> Columns:
    """What each column of ``header`` (lower case) is; ``given`` before all else."""
    fields = {column: f for column, f in _given(given).items() if column in header}
    skipped = {column for column, f in fields.items() if f == UNREAD}
    named = {column: f for column, f in fields.items() if f != UNREAD}
    free = [column for column in header if column and column not in fields]
    own = {column: column for column in free if column in FIELDS}
    taken = {**{c: f for c, f in own.items() if f not in named.values()}, **named}
    guessed = dict(_guessed([c for c in free if c not in own], taken))
    all_read = {**guessed, **taken}
    unused = [c for c in header if c and c not in all_read and c not in skipped]
    return Columns(all_read, header, tuple(dict.fromkeys(unused)), frozenset(skipped), guessed)


def require_given(header: tuple[str, ...], given: Map, table: str) -> None:
    """Raise :class:`MissingColumn` for a column that ``--map`` names and the table has not."""
    absent = [column for column in given if column.strip().lower() not in header]
    if absent:
        raise MissingColumn(
            f"{table} has no column “{absent[0]}”; its columns are: {_listed(header)}.",
            name=table,
            advice="Write --map with a column of the table, as --map COLUMN=date.",
        )


def _listed(header: tuple[str, ...]) -> str:
    return ", ".join(filter(None, header))


def parsed_map(texts: tuple[str, ...]) -> dict[str, str]:
    """``COLUMN=FIELD``, as often as it was given.

    Raises:
        UnknownWord: no equals sign, or no such field.
    """
    return dict(map(_pair, texts))


def _pair(text: str) -> tuple[str, str]:
    column, equals, name = (part.strip() for part in text.rpartition("="))
    if not (equals and column and name.lower() in {*FIELDS, UNREAD}):
        known = ", ".join(FIELDS)
        raise UnknownWord(
            f"“{text}” is no column of a table and its field.",
            advice=f"Write COLUMN=FIELD, with - to leave a column out. Fields: {known}.",
        )
    return column, name.lower()


def _given(given: Map) -> dict[str, str]:
    return {column.strip().lower(): name for column, name in given.items()}


def _guessed(free: list[str], taken: Map) -> Iterator[tuple[str, str]]:
    """Columns by what people call them; beside a plain date no other is taken for one."""
    found: dict[str, str] = {}
    for name in FIELDS:
        dated = name in DATED and "date" in {*taken.values(), *found.values()}
        if name in taken.values() or dated:
            continue
        ranks = {c: _rank(c, name) for c in free if c not in found}
        known = {c: rank for c, rank in ranks.items() if rank is not None}
        if known:
            found[min(known, key=lambda c: known[c])] = name
    yield from found.items()


def _rank(column: str, name: str) -> int | None:
    """The place of a column among the names of a field; ``None`` where it has none."""
    return _names(name).get(plain(column))


@cache
def _names(name: str) -> dict[str, int]:
    return {plain(text): rank for rank, text in enumerate(NAMES[name].split("|"))}


def plain(column: str) -> str:
    """A column's name without case, accents, signs and what stands in brackets."""
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", column)
    return " ".join(re.sub(r"[^\w]+|_", " ", fold(bare)).split())
