"""Instants and dates as the archive writes them: UTC text that sorts as time does."""

from __future__ import annotations

import sqlite3
from datetime import MAXYEAR, UTC, datetime, timedelta
from functools import lru_cache

from provenance.dates import Date, Precision

DateColumns = tuple[str | None, str | None, str | None, str | None, str | None]
"""``date``, ``earliest``, ``latest``, ``precision``, ``zone``."""


def now() -> datetime:
    """This second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def written(instant: datetime) -> str:
    """An instant as text of fixed width, ``2026-11-22T08:50:15Z``; fractions are cut off."""
    plain = instant.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return f"{plain.isoformat()}Z"


def read(text: str) -> datetime:
    """The instant that :func:`written` wrote."""
    return datetime.fromisoformat(text)


@lru_cache(maxsize=256)  # a batch states few different dates
def date_columns(date: Date | None) -> DateColumns:
    """A date as its five columns; rounding to seconds only ever widens the span."""
    if date is None:
        return (None, None, None, None, None)
    earliest = date.earliest and written(date.earliest)
    latest = date.latest and written(_rounded_up(date.latest))
    return (date.text, earliest or None, latest or None, date.precision.value, date.zone)


def date_of(row: sqlite3.Row, prefix: str = "") -> Date | None:
    """The date in a row; ``prefix`` is ``posted`` for the second date of a claim."""
    text = row[prefix or "date"]
    if text is None:
        return None
    stem = f"{prefix}_" if prefix else ""
    earliest, latest = row[f"{stem}earliest"], row[f"{stem}latest"]
    return Date(
        text=text,
        earliest=read(earliest) if earliest else None,
        latest=read(latest) if latest else None,
        precision=Precision(row[f"{stem}precision"]),
        zone=row[f"{stem}zone"],
    )


def instant_date(instant: datetime) -> Date:
    """The date of something this archive witnessed itself, known to the second."""
    return Date(written(instant), instant, instant, Precision.SECOND, "utc")


def _rounded_up(instant: datetime) -> datetime:
    if not instant.microsecond or instant.year == MAXYEAR:
        return instant
    return instant.replace(microsecond=0) + timedelta(seconds=1)
