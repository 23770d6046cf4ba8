"""How far the archive reaches: dates month by month, sources, places, and where nothing is."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from provenance.archive.sheet.filing import ALL, HELD_ONLY, OPEN, Span
from provenance.archive.sheet.looking import Looking

LISTED: Final = 50
"""Sources and places that are drawn, those with the most pictures."""

MOST_EMPTY: Final = 25
"""Years without anything that are drawn one by one between two that have something."""

Counts = dict[int, tuple[int, int]]
"""Month or year -> sightings that lie in it, sightings that also reach beyond it."""

_SPANS = "SELECT first, last, sightings FROM reach WHERE heading = ? ORDER BY first, last"

_LARGEST = """
SELECT id, text, pictures FROM headings WHERE field = ? ORDER BY pictures DESC, text LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Month:
    """One month: sightings whose date lies in it, and those whose date may."""

    year: int
    month: int
    certain: int
    possible: int


@dataclass(frozen=True, slots=True)
class Year:
    """One year: sightings whose date lies in it, those whose date may, and its months."""

    year: int
    certain: int
    possible: int
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Months into which no date reaches, both inclusive, as (year, month)."""

    first: tuple[int, int]
    last: tuple[int, int]
    months: int


@dataclass(frozen=True, slots=True)
class Row:
    """One source or place: its pictures, its dated sightings, the years they reach (no months)."""

    text: str
    pictures: int
    sightings: int
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What "not in the archive" is to be weighed by.

    ``held_only``: pictures of which nothing is known but when they came in. ``unbounded``:
    sightings whose date has no beginning ("before 2017"), counted where it ends.
    ``more_sources`` and ``more_places`` are not listed.
    """

    pictures: int
    held_only: int
    sightings: int
    unbounded: int
    years: tuple[Year, ...]
    gaps: tuple[Gap, ...]
    sources: tuple[Row, ...]
    more_sources: int
    places: tuple[Row, ...]
    more_places: int


class Reaching(Looking):
    """Coverage, from counts that are kept."""

    def reach(self, *, listed: int = LISTED) -> Reach:
        """Everything at once."""
        spans = self._spans(self._heading(*ALL))
        return Reach(
            pictures=self._size(),
            held_only=self._pictures_under(*HELD_ONLY),
            sightings=sum(count for _, count in spans),
            unbounded=sum(count for (first, _), count in spans if first == OPEN),
            years=years(spans),
            gaps=gaps(spans),
            sources=self._listed("source", listed),
            more_sources=max(0, self._kinds("source") - listed),
            places=self._listed("place", listed),
            more_places=max(0, self._kinds("place") - listed),
        )

    def _spans(self, heading: int | None) -> list[tuple[Span, int]]:
        rows = self._sheet.execute(_SPANS, (heading,))
        return [((row["first"], row["last"]), row["sightings"]) for row in rows]

    def _listed(self, name: str, most: int) -> tuple[Row, ...]:
        rows: list[sqlite3.Row] = self._sheet.execute(_LARGEST, (name, most)).fetchall()
        return tuple(self._reached(row) for row in rows)

    def _reached(self, row: sqlite3.Row) -> Row:
        spans = self._spans(row["id"])
        return Row(
            row["text"], row["pictures"], sum(n for _, n in spans), years(spans, months=False)
        )

    def _kinds(self, name: str) -> int:
        sql = "SELECT count(*) AS n FROM headings WHERE field = ?"
        return int(self._one(sql, name)["n"])


def years(spans: Sequence[tuple[Span, int]], *, months: bool = True) -> tuple[Year, ...]:
    """Every year that a date reaches into, and the empty ones between where they are few.

    A date without a beginning counts where it ends. ``months``: each with its months.
    """
    bounded = [((first if first != OPEN else last, last), n) for (first, last), n in spans]
    by_month = _counted(bounded) if months else None
    by_year = _counted([((first // 12, last // 12), n) for (first, last), n in bounded])
    return tuple(_year(year, by_year, by_month) for year in _drawn(by_year))


def _year(year: int, by_year: Counts, by_month: Counts | None) -> Year:
    counts = by_year.get(year, (0, 0))
    if by_month is None:
        return Year(year, *counts, ())
    months = (
        Month(year, month + 1, *by_month.get(year * 12 + month, (0, 0))) for month in range(12)
    )
    return Year(year, *counts, tuple(months))


def _drawn(years: Iterable[int]) -> Iterator[int]:
    """These years with the empty ones between them, but not with centuries."""
    before = None
    for year in sorted(years):
        if before is not None and year - before <= MOST_EMPTY:
            yield from range(before + 1, year)
        yield year
        before = year


def _counted(spans: Iterable[tuple[Span, int]]) -> Counts:
    """For each unit reached: sightings that lie within it, and those that also reach beyond."""
    certain: Counter[int] = Counter()
    edges: Counter[int] = Counter()
    for (first, last), n in spans:
        if first == last:
            certain[first] += n
        else:
            edges[first] += n
            edges[last + 1] -= n
    return {unit: (certain[unit], n) for unit, n in _spread(edges, certain) if certain[unit] or n}


def _spread(edges: Mapping[int, int], certain: Iterable[int]) -> Iterator[tuple[int, int]]:
    """How many spans cover each unit, between the edges; units that none covers once."""
    stops, covering = sorted({*edges, *certain, *(unit + 1 for unit in certain)}), 0
    for unit, following in pairwise([*stops, (stops[-1] if stops else 0) + 1]):
        covering += edges.get(unit, 0)
        yield from ((each, covering) for each in range(unit, following if covering else unit + 1))


def gaps(spans: Sequence[tuple[Span, int]]) -> tuple[Gap, ...]:
    """Where nothing is, in order of time; a date without a beginning fills nothing before it."""
    found, reached = [], None
    for first, last in sorted((f if f != OPEN else e, e) for (f, e), _ in spans):
        if reached is not None and first > reached + 1:
            found.append(_gap(reached + 1, first - 1))
        reached = last if reached is None else max(reached, last)
    return tuple(found)


def _gap(first: int, last: int) -> Gap:
    return Gap(_year_month(first), _year_month(last), last - first + 1)


def _year_month(month: int) -> tuple[int, int]:
    return month // 12, month % 12 + 1
