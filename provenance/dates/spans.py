"""Interval arithmetic: what can be said of two dates for certain.

An open end reaches for ever. Nothing here guesses: two dates that share one instant
overlap, and neither is before the other.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from provenance.dates.date import Date

_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


def ends_before(a: Date, b: Date) -> bool:
    """Is every instant of ``a`` before every instant of ``b``?"""
    return a.latest is not None and b.earliest is not None and a.latest < b.earliest


def begins_after(a: Date, b: Date) -> bool:
    """Is every instant of ``a`` after every instant of ``b``?"""
    return ends_before(b, a)


def overlaps(a: Date, b: Date) -> bool:
    """Can ``a`` and ``b`` be the same instant?"""
    return not ends_before(a, b) and not ends_before(b, a)


def contains(outer: Date, inner: Date) -> bool:
    """Does ``outer`` allow every instant that ``inner`` allows?"""
    return _begin(outer) <= _begin(inner) and _end(inner) <= _end(outer)


def whole_days_between(start: datetime, end: datetime, *, up: bool = False) -> int:
    """Days from ``start`` to ``end``, rounded down, or up where ``up``; may be negative."""
    return _whole(end - start, timedelta(days=1), up=up)


def whole_minutes_between(start: datetime, end: datetime, *, up: bool = False) -> int:
    """Minutes from ``start`` to ``end``, rounded down, or up where ``up``."""
    return _whole(end - start, timedelta(minutes=1), up=up)


def date_order(date: Date | None) -> tuple[int, datetime, datetime]:
    """Sort key: smallest ``latest``, then ``earliest``; open ends after, undated last."""
    if date is None:
        return 2, _LAST, _LAST
    return int(date.latest is None), _end(date), _begin(date)


def _begin(date: Date) -> datetime:
    return _FIRST if date.earliest is None else date.earliest


def _end(date: Date) -> datetime:
    return _LAST if date.latest is None else date.latest


def _whole(length: timedelta, unit: timedelta, *, up: bool) -> int:
    return -(-length // unit) if up else length // unit
