"""Dates as cameras and programs write them -> :class:`Date`, or none where they cannot be.

A part that is written as zeros or blanks is unknown and is left out, never filled in: the
EXIF and IPTC standards both provide for it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from provenance import dates
from provenance.dates import Date
from provenance.errors import UnreadableDate

FIRST_PHOTOGRAPH = 1826
"""No photograph is older (Niépce's view from Le Gras)."""

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


def of_exif(text: str) -> Date | None:
    """``2019:06:14 10:00:00``, with an offset behind it where the camera wrote one."""
    return _date(_EXIF.fullmatch(text.strip(" \0")))


def of_iso(text: str) -> Date | None:
    """``2019-06-14T10:00:00+03:00`` or any shorter form of it, with or without hyphens."""
    return _date(_ISO.fullmatch(text.strip(" \0")))


def of_parts(
    year: str, month: str = "", day: str = "", time: str = "", zone: str = ""
) -> Date | None:
    """From digits: ``time`` as ``HHMM`` or ``HHMMSS``, ``zone`` as ``Z`` or ``+0300``."""
    return of_iso("".join([year, month, day, f"T{time}" if time else "", zone]))


def _date(found: re.Match[str] | None) -> Date | None:
    """The date, unless it is none of the calendar, before photography or in the future."""
    if not found:
        return None
    try:
        date = dates.parse(_edtf(found))
    except UnreadableDate:
        return None
    return date if _is_possible(date) else None


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


def _is_possible(date: Date) -> bool:
    first, last = date.earliest, date.latest
    if first is None or last is None:
        return False
    return last.year >= FIRST_PHOTOGRAPH and first <= datetime.now(UTC) + _AHEAD
