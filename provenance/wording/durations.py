"""A length of time as people say it, by the calendar and always rounded down."""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta
from typing import Final

from provenance.wording.catalogue import counted, message

SHORT: Final = timedelta(days=2)  # under two days, hours and minutes are said
_MONTHS_OF_YEAR: Final = 12


def duration(start: datetime, end: datetime, lang: str = "en") -> str:
    """Say "3 years 9 months", "5 months", "12 days", "26 hours 5 minutes", "40 minutes".

    Both instants are aware; ``end`` is not before ``start``. Years and months are counted
    by the calendar, so that the words agree with what a reader counts on the fingers.
    """
    if end - start < SHORT:
        return _short(end - start, lang)
    months = whole_months(start, end)
    if not months:
        return counted(lang, "days", (end - start).days)
    years, months = divmod(months, _MONTHS_OF_YEAR)
    return _joined([("years", years), ("months", months)], lang)


def whole_months(start: datetime, end: datetime) -> int:
    """Calendar months that have passed; 31 January and a month is the end of February."""
    months = (end.year - start.year) * _MONTHS_OF_YEAR + end.month - start.month
    return months if _months_after(start, months) <= end else months - 1


def _months_after(start: datetime, months: int) -> datetime:
    year, month = divmod(start.year * _MONTHS_OF_YEAR + start.month - 1 + months, _MONTHS_OF_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return start.replace(year=year, month=month + 1, day=min(start.day, last))


def _short(length: timedelta, lang: str) -> str:
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    if not hours and not minutes:
        return message(lang, "minutes.none")
    return _joined([("hours", hours), ("minutes", minutes)], lang)


def _joined(counts: list[tuple[str, int]], lang: str) -> str:
    said = [counted(lang, key, count) for key, count in counts if count]
    return said[0] if len(said) == 1 else message(lang, "duration", first=said[0], last=said[1])
