"""Which number of a date is the day: the file says, or nobody does.

A phone writes all dates of a chat in one order. An order is ruled out by a single date that
it cannot read (a month 25, a year before WhatsApp); what is left for the file is what its
dates may mean. Where two orders are left, the date is the span that holds both readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from provenance import dates
from provenance.dates import Date
from provenance.errors import UnreadableDate
from provenance.sources.whatsapp.header import Header

DAY_FIRST: Final = "day, month, year"
MONTH_FIRST: Final = "month, day, year"
YEAR_FIRST: Final = "year, month, day"

_FIRST_YEAR: Final = 2009
"""WhatsApp's first; years of other calendars (1402, 2566) lie outside and stay unread."""

_LAST_YEAR: Final = 2100
_CENTURY: Final = 2000
_LONG: Final = 3
"""Digits from which a number is a year."""


class Orders:
    """The orders that are left for a file, as its headers are seen one by one."""

    def __init__(self) -> None:
        """Nothing is ruled out yet."""
        self._ruled_out: set[str] = set()
        self._seen: set[str] = set()

    def see(self, header: Header) -> None:
        """Rule out what cannot read this header; one that nothing can read rules nothing out."""
        possible = {order for order, _ in _readings(header)}
        if possible:
            self._ruled_out |= {DAY_FIRST, MONTH_FIRST, YEAR_FIRST} - possible
            self._seen |= possible

    def date(self, header: Header) -> Date | None:
        """What a header's date may mean in this file; ``None`` where it cannot be read."""
        left = self._seen - self._ruled_out
        days = sorted({day for order, day in _readings(header) if order in left or not left})
        if not days:
            return None
        ends = [day.isoformat() + header.clock for day in (days[0], days[-1])]
        try:
            return dates.parse(ends[0] if len(days) == 1 else "/".join(ends))
        except UnreadableDate:
            return None


def _readings(header: Header) -> Iterator[tuple[str, date]]:
    """Every order in which the three numbers are a day of WhatsApp's years."""
    first, second, third = (int(number) for number in header.numbers)
    for order in _orders(header):
        year, month, day = {
            DAY_FIRST: (third, second, first),
            MONTH_FIRST: (third, first, second),
            YEAR_FIRST: (first, second, third),
        }[order]
        try:
            found = date(year if year >= 100 else year + _CENTURY, month, day)  # noqa: PLR2004
        except ValueError:
            continue
        if _FIRST_YEAR <= found.year <= _LAST_YEAR:
            yield order, found


def _orders(header: Header) -> tuple[str, ...]:
    """The orders in use for dates of this form (Unicode CLDR 48).

    With points the day stands first. Two digits of a year stand first with strokes (Basque,
    Nepali; the month then without a zero) and with points and blanks (Korean).
    """
    first, second, third = header.numbers
    if len(first) >= _LONG:
        return (YEAR_FIRST,)
    american = () if header.mark.startswith(".") else (MONTH_FIRST,)
    if len(third) >= _LONG:
        return (DAY_FIRST, *american)
    short_year = len(first) == 2 and not second.startswith("0")  # noqa: PLR2004 - two digits
    asian = (YEAR_FIRST,) if header.mark in {"/", ". "} and short_year else ()
    return (DAY_FIRST, *american, *asian)
