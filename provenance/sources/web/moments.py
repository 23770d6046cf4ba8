"""Dates as pages and crawlers write them -> what they may be taken for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from provenance import dates
from provenance.dates import Date
from provenance.errors import UnreadableDate

ONE_DAY: Final = timedelta(days=1)

FIRST_CRAWL: Final = datetime(1996, 1, 1, tzinfo=UTC)
"""Before this nobody crawled the web; an earlier date is that of a clock that was never set."""

_CRAWLED: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?)?)?")
_DIGITS: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_MIDNIGHT: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?\s*(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE
)
_TRAILING: Final = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\))\s*$")
_SCRIPT: Final = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})"
)


def of_page(text: str) -> Date | None:
    """What a page writes as a date; ``None`` where nobody could read it.

    Midnight to the second is what programs write that know the day alone, so it is read as
    the day, in its zone: the picture may have come at its end.
    """
    bare = _TRAILING.sub("", text.strip())
    midnight = _MIDNIGHT.fullmatch(bare)
    try:
        if midnight:
            return dates.parse(midnight[1], zone=_zone(midnight[2]))
        script = _SCRIPT.fullmatch(bare)
        return dates.read(f"{script[1]} {script[2]}" if script else bare).date
    except UnreadableDate:
        return None


def _zone(text: str | None) -> str | None:
    if not text:
        return None
    return "utc" if text in "Zz" else f"{text[:3]}:{text[-2:]}"


def of_record(text: str) -> Date | None:
    """A WARC-Date; ``None`` for what is none, and for clocks that were not set.

    The standard wants UTC, and says so with a Z. One without it is a clock of unknown zone.
    """
    bare = text.strip()
    digits = _DIGITS.fullmatch(bare)
    if digits:
        bare = "{}-{}-{}T{}:{}:{}Z".format(*digits.groups())
    if not _CRAWLED.fullmatch(bare):
        return None
    try:
        date = dates.parse(bare)
    except UnreadableDate:
        return None
    return date if date.earliest is not None and date.earliest >= FIRST_CRAWL else None


def of_header(text: str | None) -> datetime | None:
    """The instant in an HTTP or mail header, UTC; ``None`` where there is none."""
    try:
        found = parsedate_to_datetime(text or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def later(one: datetime | None, other: Date | None, *, by: timedelta = timedelta()) -> bool:
    """Whether an instant lies after all of a date, and by more than ``by``."""
    return bool(one and other and other.latest and one - other.latest > by)
