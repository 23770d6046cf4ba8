"""Years, months and gaps, against counting every month of every date one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.archive.sheet.filing import OPEN
from provenance.archive.sheet.reaching import gaps, years

FIRST = 2010 * 12


def spans():
    month = st.integers(FIRST, FIRST + 60)
    span = st.tuples(month | st.just(OPEN), month).filter(lambda s: s[0] <= s[1])
    return st.lists(st.tuples(span, st.integers(1, 3)), max_size=6)


def counted(bounded, first: int, last: int) -> tuple[int, int]:
    within = sum(n for (a, b), n in bounded if first <= a and b <= last)
    touching = sum(n for (a, b), n in bounded if a <= last and b >= first)
    return within, touching - within


@given(spans())
def test_every_month_and_year(drawn) -> None:
    bounded = [((last if first == OPEN else first, last), n) for (first, last), n in drawn]
    for year in years(drawn):
        begin = year.year * 12
        assert (year.certain, year.possible) == counted(bounded, begin, begin + 11)
        for month in year.months:
            at = begin + month.month - 1
            assert (month.certain, month.possible) == counted(bounded, at, at)
    touched = {m // 12 for (a, b), _ in bounded for m in range(a, b + 1)}
    shown = [year.year for year in years(drawn)]
    assert shown == (list(range(min(touched), max(touched) + 1)) if touched else [])


@given(spans())
def test_gaps_are_the_months_that_nothing_reaches(drawn) -> None:
    bounded = [(last if first == OPEN else first, last) for (first, last), _ in drawn]
    reached = {month for first, last in bounded for month in range(first, last + 1)}
    empty = {m for m in range(min(reached), max(reached)) if m not in reached} if reached else set()
    found = set()
    for gap in gaps(drawn):
        first, last = (year * 12 + month - 1 for year, month in (gap.first, gap.last))
        assert gap.months == last - first + 1
        assert first - 1 in reached
        assert last + 1 in reached
        found |= set(range(first, last + 1))
    assert found == empty


def test_centuries_without_anything_are_not_drawn_year_by_year() -> None:
    drawn = [((900 * 12, 900 * 12), 1), ((FIRST, FIRST), 1)]
    assert [year.year for year in years(drawn)] == [900, 2010]
    assert gaps(drawn)[0].months == (2010 - 900) * 12 - 1
