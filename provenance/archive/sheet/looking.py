"""Looking at the sheet: one page of pictures, and the headings that narrow it further."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from provenance.archive.sheet.asking import Term, terms
from provenance.archive.sheet.changing import numbers_of, token
from provenance.archive.sheet.filing import ALL, FIELDS
from provenance.archive.sheet.following import Following

LARGEST_PAGE: Final = 200
COUNTED: Final = 10_000
"""Pictures up to which a selection is counted, and so are its headings: 60 ms for a million."""

HEADINGS: Final = 12
"""Headings of a field that are offered at once, those with the most pictures."""

MOST_HEADINGS: Final = 500

_LAST_RANK: Final = (1 << 63) - 1
_PLACE: Final = re.compile(r"[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which pictures are wanted: one heading a field at most, and words that all must be there."""

    headings: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    @property
    def everything(self) -> bool:
        """Whether nothing is asked for."""
        return not self.headings and not terms(self.words)


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page is wanted: after or before a place (``Sheet`` says which), or the first.

    ``newest``: last first. ``after`` and ``before`` are what a page gave as ``following``
    and ``preceding``; anything else stands for the first page.
    """

    newest: bool = False
    after: str | None = None
    before: str | None = None
    size: int = 48


@dataclass(frozen=True, slots=True)
class Item:
    """One picture of a page: its first known sighting, and how many sightings it has."""

    picture: int
    sighting: int | None
    sightings: int


@dataclass(frozen=True, slots=True)
class Page:
    """Pictures in order; ``following`` and ``preceding`` are ``None`` at the ends."""

    items: tuple[Item, ...]
    following: str | None
    preceding: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """One value of a field; ``pictures`` is ``None`` where too many were selected to count."""

    field: str
    text: str
    pictures: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """How many pictures a selection holds, and under which headings.

    ``pictures`` is ``None`` above :data:`COUNTED`. ``beginning``: nothing has just these
    words, so that what begins with them was looked for.
    """

    pictures: int | None
    headings: Mapping[str, tuple[Heading, ...]]
    beginning: bool = False


class Looking(Following):
    """Pages and headings, of the sheet as far as it follows."""

    def page(self, selection: Selection, turn: Turn | None = None) -> Page:
        """One page of what is selected, by when the pictures were first known."""
        turn = turn or Turn()
        size = max(1, min(turn.size, LARGEST_PAGE))
        place = _place(turn.before if turn.after is None else turn.after)
        back = turn.after is None and place is not None
        rows = self._ranked(selection, place, size + 1, descending=turn.newest != back)
        more, rows = len(rows) > size, rows[:size]
        if back:
            rows.reverse()
        first, last = (str(rows[0]["rank"]), str(rows[-1]["rank"])) if rows else (None, None)
        return Page(
            tuple(Item(r["picture"], r["sighting"], r["sightings"]) for r in rows),
            following=last if more or back else None,
            preceding=first if (more if back else place is not None) else None,
        )

    def overview(self, selection: Selection, *, most: int = HEADINGS) -> Overview:
        """How many there are, and the ``most`` largest headings of each field."""
        most = min(most, MOST_HEADINGS)
        if selection.everything:
            return Overview(self._size(), {f: self._largest(f, most) for f in FIELDS})
        kept = self._heading_size(selection)
        match, beginning = self._match(selection)
        filed = None if kept is not None and kept > COUNTED else self._filed(match)
        if filed is None:
            offered = {f: self._largest(f, most, count=False) for f in FIELDS}
            return Overview(kept, offered, beginning)
        counted = Counter(number for each in filed for number in numbers_of(each))
        return Overview(len(filed), self._named(counted, most), beginning)

    def headings(self, name: str, *, most: int = MOST_HEADINGS) -> tuple[Heading, ...]:
        """The largest headings of one field, in the whole archive."""
        return self._largest(name, min(most, MOST_HEADINGS))

    # ------------------------------------------------------------------------- pages

    def _ranked(
        self, selection: Selection, place: int | None, limit: int, *, descending: bool
    ) -> list[sqlite3.Row]:
        """Rows behind a place, in rank order up or down."""
        compare, order = ("<", "DESC") if descending else (">", "ASC")
        edge = place if place is not None else _LAST_RANK if descending else -1
        shown = "p.rank, p.picture, p.sighting, p.sightings"
        if selection.everything:
            sql = f"""SELECT {shown} FROM pictures p WHERE p.rank {compare} ?
                      ORDER BY p.rank {order} LIMIT ?"""
            return self._sheet.execute(sql, (edge, limit)).fetchall()
        match, _ = self._match(selection)
        if match is None:
            return []
        sql = f"""SELECT {shown} FROM (
                    SELECT rowid AS rank FROM found WHERE found MATCH ? AND rowid {compare} ?
                    ORDER BY rowid {order} LIMIT ?) f
                  JOIN pictures p ON p.rank = f.rank ORDER BY p.rank {order}"""
        return self._sheet.execute(sql, (match, edge, limit)).fetchall()

    def _match(self, selection: Selection) -> tuple[str | None, bool]:
        """The question to the index, ``None`` where nothing can answer; whether it was opened."""
        numbers = [self._heading(name, text) for name, text in selection.headings.items()]
        if None in numbers:
            return None, False
        filed = [f'{{filed}} : "{token(number)}"' for number in numbers if number is not None]
        asked = terms(selection.words)
        match = _joined(filed, asked)
        opened = tuple(term.opened() for term in asked)
        if opened == asked or self._answers(match):
            return match, False
        return (
            (_joined(filed, opened), True)
            if self._answers(_joined(filed, opened))
            else (match, False)
        )

    def _answers(self, match: str) -> bool:
        sql = "SELECT 1 FROM found WHERE found MATCH ? LIMIT 1"
        return self._sheet.execute(sql, (match,)).fetchone() is not None

    # ------------------------------------------------------------------------- headings

    def _filed(self, match: str | None) -> list[str] | None:
        """Where the selected pictures are filed; ``None`` where they are too many to count."""
        if match is None:
            return []
        sql = "SELECT filed FROM found WHERE found MATCH ? LIMIT ?"
        rows = self._sheet.execute(sql, (match, COUNTED + 1)).fetchall()
        return None if len(rows) > COUNTED else [row["filed"] for row in rows]

    def _size(self) -> int:
        return self._pictures_under(*ALL)

    def _heading_size(self, selection: Selection) -> int | None:
        """The count that is kept, where one heading alone is selected."""
        if terms(selection.words) or len(selection.headings) != 1:
            return None
        return self._pictures_under(*next(iter(selection.headings.items())))

    def _pictures_under(self, name: str, text: str) -> int:
        sql = "SELECT pictures FROM headings WHERE field = ? AND text = ?"
        row = self._sheet.execute(sql, (name, text)).fetchone()
        return row["pictures"] if row else 0

    def _heading(self, name: str, text: str) -> int | None:
        sql = "SELECT id FROM headings WHERE field = ? AND text = ?"
        row = self._sheet.execute(sql, (name, text)).fetchone()
        return row["id"] if row else None

    def _largest(self, name: str, most: int, *, count: bool = True) -> tuple[Heading, ...]:
        sql = """SELECT text, pictures FROM headings WHERE field = ?
                 ORDER BY pictures DESC, text LIMIT ?"""
        rows = self._sheet.execute(sql, (name, most))
        return tuple(Heading(name, r["text"], r["pictures"] if count else None) for r in rows)

    def _named(self, counted: Counter[int], most: int) -> dict[str, tuple[Heading, ...]]:
        """The largest headings of each field among those that were counted."""
        sql = "SELECT field, text FROM headings WHERE id = ?"
        found: dict[str, list[Heading]] = {name: [] for name in FIELDS}
        for number, pictures in counted.items():
            row = self._sheet.execute(sql, (number,)).fetchone()
            if row is not None and row["field"] in found:
                found[row["field"]].append(Heading(row["field"], row["text"], pictures))
        return {name: _first(each, most) for name, each in found.items()}


def _first(headings: Sequence[Heading], most: int) -> tuple[Heading, ...]:
    return tuple(sorted(headings, key=lambda h: (-(h.pictures or 0), h.text))[:most])


def _joined(filed: Sequence[str], asked: Sequence[Term]) -> str:
    return " AND ".join([*filed, *(f"{{words}} : ({term.match})" for term in asked)])


def _place(text: str | None) -> int | None:
    """The rank that a page gave as its end; ``None`` for anything else."""
    if text is None or not _PLACE.fullmatch(text):
        return None
    return min(int(text), _LAST_RANK)
