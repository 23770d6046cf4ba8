"""Dates as cameras and programs write them -> :class:`Date`, or why there is none.

A part that is written as zeros or blanks is unknown and is left out, never filled in: the
EXIF and IPTC standards both provide for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from provenance import dates
from provenance.dates import Date
from provenance.errors import UnreadableDate
from provenance.models import DateProblem

FIRST_PHOTOGRAPH = 1826
"""No photograph is older (Niépce's view from Le Gras)."""

FIRST_EXIF = 1990
"""No camera wrote EXIF earlier (its first version is of 1995, the first cameras with a clock of
1990). An earlier year is a clock that began at its zero (1904, 1970, 1980), or was typed in."""

_AHEAD = timedelta(days=1)
"""Clocks may run ahead by a zone; a date beyond this lies in the future."""

_EXIF = re.compile(
    r"(?P<year>\d{4})[:\-/.](?P<month>\d\d|\s\s)[:\-/.](?P<day>\d\d|\s\s)"
    r"(?:[ T](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d*)?)?)?"
    r"\s*(?P<zone>Z|[+\-]\d\d:?\d\d)?"
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:\.\d*)?)?"
    r"(?P<zone>Z|[+\-]\d\d:?\d\d)?)?)?)?"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text where a date belongs: the date, or the reason why it is not used as one."""

    date: Date | None = None
    problem: DateProblem | None = None


def of_exif(text: str) -> Reading:
    """``2019:06:14 10:00:00``, with an offset behind it where the camera wrote one."""
    return _read(_EXIF, text, FIRST_EXIF)


def of_iso(text: str) -> Reading:
    """``2019-06-14T10:00:00+03:00`` or any shorter form of it, with or without hyphens."""
    return _read(_ISO, text, FIRST_PHOTOGRAPH)


def of_parts(year: str, month: str = "", day: str = "", time: str = "", zone: str = "") -> Reading:
    """From digits: ``time`` as ``HHMM`` or ``HHMMSS``, ``zone`` as ``Z`` or ``+0300``."""
    return of_iso("".join([year, month, day, f"T{time}" if time else "", zone]))


def _read(form: re.Pattern[str], text: str, first_year: int) -> Reading:
    text = text.strip(" \0")
    if not text.strip("0 :-/.TZ+"):
        return Reading(problem=DateProblem.UNSET if text else None)
    found = form.fullmatch(text)
    if not found:
        return Reading(problem=DateProblem.NOT_A_DATE)
    if _is_default(found):
        return Reading(problem=DateProblem.CLOCK_DEFAULT)
    try:
        date = dates.parse(_edtf(found))
    except UnreadableDate:
        return Reading(problem=DateProblem.NO_SUCH_DAY)
    problem = _impossible(date, first_year)
    return Reading(problem=problem) if problem else Reading(date)


def _is_default(found: re.Match[str]) -> bool:
    """Where clocks begin and programs put what they do not know: the first second of a year.

    The whole first day of 2000 counts, at which the clocks of many cameras start.
    """
    if (found["month"], found["day"]) != ("01", "01") or not found["hour"]:
        return False
    clock = found["hour"] + found["minute"] + (found["second"] or "00")
    return clock == "000000" or found["year"] == "2000"


def _edtf(found: re.Match[str]) -> str:
    """EDTF as exact as the parts that are known."""
    text = found["year"]
    for part in (found["month"], found["day"]):
        if not part or not part.strip("0 "):
            return text
        text += f"-{part}"
    if not found["hour"]:
        return text
    seconds = f":{found['second']}" if found["second"] else ""
    return f"{text}T{found['hour']}:{found['minute']}{seconds}{_zone(found['zone'])}"


def _zone(zone: str | None) -> str:
    """Offset as EDTF writes it: with a colon."""
    if not zone or zone == "Z":
        return zone or ""
    return f"{zone[:3]}:{zone[-2:]}"


def _impossible(date: Date, first_year: int) -> DateProblem | None:
    first, last = date.earliest, date.latest
    if first is None or last is None:
        return DateProblem.NOT_A_DATE
    if last.year < first_year:
        return DateProblem.TOO_EARLY
    return DateProblem.FUTURE if first > datetime.now(UTC) + _AHEAD else None
