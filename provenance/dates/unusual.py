"""The rare forms of EDTF, by the ``edtf`` package: sets, single qualified fields, inner X.

The package is lenient where we are not: it accepts 2019-02-29, drops times and reads
``1950S2`` as one year. So only forms that it reads right come here, and what it answers
has to be in the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from provenance.dates.date import Date, Precision
from provenance.dates.failures import unreadable
from provenance.dates.zone import earliest_utc, latest_utc

# Digits, X, qualifiers, sets and lists: what is left when the usual forms are taken away.
_RARE = re.compile(r"[\[{]?[0-9X?~%.,/ -]+[\]}]?")
_YEAR: Final = timedelta(days=366)


def parse_unusual(text: str, zone: str) -> Date:
    """Read a rare form; an approximate field widens by a year, the most it can stand for.

    Raises:
        UnreadableDate: the package cannot read it, or reads a day that does not exist.
    """
    if not _RARE.fullmatch(text) or not re.search(r"[0-9X]{4}", text) or "/" in text:
        raise unreadable(text)
    first, last = _days(text)
    margin = _YEAR if "~" in text or "%" in text else timedelta()
    try:
        earliest = earliest_utc(first - margin, zone)
        latest = latest_utc(last + margin + timedelta(days=1, seconds=-1), zone)
    except OverflowError:
        raise unreadable(text) from None
    return Date(text, earliest, latest, Precision.INTERVAL, zone)


def _days(text: str) -> tuple[datetime, datetime]:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, ValueError, TypeError, AttributeError):
        raise unreadable(text) from None


def _day(fields: Sequence[int]) -> datetime:
    return datetime(fields[0], fields[1], fields[2])  # noqa: DTZ001  (a local reading)
