"""EDTF text -> :class:`Date`: the usual forms by a short grammar of our own.

ISO 8601-2 (Extended Date/Time Format): years, months, days, seasons, times, intervals,
open ends, ``?``, ``~``, ``%`` and X for digits nobody knows. Rarer forms go to the ``edtf``
package (:mod:`provenance.dates.unusual`), which is imported only then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from provenance.dates.date import Date, Precision
from provenance.dates.failures import LONGEST, NO_DAY, unreadable
from provenance.dates.moment import SEASONS, Moment
from provenance.dates.zone import UNKNOWN, earliest_utc, latest_utc, normal_zone

# Longer than any date that means something; keeps foreign text away from the grammars.


_MOMENT = re.compile(
    r"""(?P<year>[0-9]{4}|[0-9]{3}[Xx]|[0-9]{2}[Xx]{2})
    (?:-(?P<month>[0-9]{2}|[Xx]{2})
      (?:-(?P<day>[0-9]{2}|[Xx]{2})
        (?:[Tt](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})
          (?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?
          (?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?
    )?)?)?
    (?P<qualifier>[?~%])?""",
    re.VERBOSE,
)
_OPEN: Final = ("", "..")


@dataclass(frozen=True, slots=True)
class Span:
    """A date as its text gives it: one moment, or two with a slash; ``None`` is open."""

    start: Moment | None
    end: Moment | None
    slash: bool = False


def parse(text: str, *, zone: str | None = None) -> Date:
    """Read EDTF.

    Args:
        text: As ``2019``, ``2019-06~``, ``../2016``, ``2013/2020``, ``201X``,
            ``2019-06-14T10:00+03:00``.
        zone: Whose clock it was, where the text does not say: ``utc`` or ``+HH:MM``.

    Raises:
        UnreadableDate: it is no EDTF, no day of the calendar, or beyond the years 1 to 9999.
    """
    stripped = text.strip()
    if len(stripped) > LONGEST:
        raise unreadable(stripped)
    span = span_of(stripped)
    if span is None:
        return _unusual(stripped, normal_zone(zone))
    return _date(_tidy(stripped), span, normal_zone(zone))


def span_of(text: str) -> Span | None:
    """The moments that a usual form names, or ``None`` if it is no usual form."""
    if "/" not in text:
        moment = moment_of(text)
        return None if moment is None else Span(moment, moment)
    ends = text.split("/")
    if len(ends) != 2 or all(e in _OPEN for e in ends):  # noqa: PLR2004  (an interval)
        return None
    moments = [None if e in _OPEN else moment_of(e) for e in ends]
    if any(m is None and e not in _OPEN for m, e in zip(moments, ends, strict=True)):
        return None
    return Span(moments[0], moments[1], slash=True)


@lru_cache(maxsize=256)  # reading one date and saying it back asks four times
def moment_of(text: str) -> Moment | None:
    """One moment, or ``None`` if this is no usual form of one."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    digits = found["year"].upper().count("X")
    month, day = (_number(found[name]) for name in ("month", "day"))
    if (digits and found["month"]) or (month is None and day is not None):
        return None
    return _checked(
        found,
        Moment(
            int(found["year"][: 4 - digits].ljust(4, "0")),
            month,
            day,
            unknown_digits=digits,
            qualifier=found["qualifier"] or "",
        ),
    )


def _checked(found: re.Match[str], moment: Moment) -> Moment | None:
    if moment.month is not None and moment.month > 12:  # noqa: PLR2004  (a season code)
        return _season(moment)
    hour, minute, second = (_number(found[name]) for name in ("hour", "minute", "second"))
    if hour is None:
        return moment
    if moment.day is None:
        return None
    return Moment(
        moment.year,
        moment.month,
        moment.day,
        None,
        hour,
        minute,
        second,
        normal_zone(found["zone"]),
        moment.qualifier,
    )


def _season(moment: Moment) -> Moment | None:
    if moment.month not in SEASONS or moment.day is not None:
        return None
    return Moment(moment.year, season=moment.month, qualifier=moment.qualifier)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits and digits.isdigit() else None


def _tidy(text: str) -> str:
    """One spelling for each date, so that the same date twice is the same sighting."""
    return re.sub(r"[.,][0-9]+(?=Z|[+-]|[?~%]|/|$)", "", text.upper())


def _date(text: str, span: Span, zone: str) -> Date:
    try:
        earliest, latest = _bounds(span, zone)
    except (ValueError, OverflowError):
        raise unreadable(text, NO_DAY) from None
    if _runs_backwards(span, zone):
        raise unreadable(text, "ends before it begins")
    precision = span.start.precision if span.start and not span.slash else Precision.INTERVAL
    return Date(text, earliest, latest, precision, _zone_of(span, zone))


def _bounds(span: Span, zone: str) -> tuple[datetime | None, datetime | None]:
    return _earliest(span.start, zone), _latest(span.end, zone)


def _earliest(start: Moment | None, zone: str) -> datetime | None:
    if start is None:
        return None
    return earliest_utc(start.widened()[0], zone_at(start, zone))


def _latest(end: Moment | None, zone: str) -> datetime | None:
    if end is None:
        return None
    return latest_utc(end.widened()[1] - timedelta(seconds=1), zone_at(end, zone))


def _runs_backwards(span: Span, zone: str) -> bool:
    if span.start is None or span.end is None:
        return False
    begin, stop = span.start.begin(), span.end.stop()
    zones = zone_at(span.start, zone), zone_at(span.end, zone)
    if zones[0] != zones[1]:
        return earliest_utc(begin, zones[0]) > latest_utc(stop, zones[1])
    return begin >= stop


def _zone_of(span: Span, zone: str) -> str:
    """The zone that reads this text again: its own where it says so at every end."""
    own = [m.zone for m in (span.start, span.end) if m is not None]
    return zone if UNKNOWN in own else own[0]


def zone_at(moment: Moment, zone: str) -> str:
    """The moment's own zone, else the one given for the whole text."""
    return zone if moment.zone == UNKNOWN else moment.zone


def _unusual(text: str, zone: str) -> Date:
    from provenance.dates.unusual import parse_unusual

    return parse_unusual(text, zone)
