"""What an archive covers, in words: sources and years."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from provenance.wording.catalogue import counted, message

# The bounds of a date in an unknown zone reach this far beyond the days they stand for.
_AHEAD: Final = timedelta(hours=14)
_BEHIND: Final = timedelta(hours=12)


def coverage(lang: str, sources: int, earliest: datetime | None, latest: datetime | None) -> str:
    """Sources and years: "3 sources, 2012 to 2024"; bounds are aware UTC instants."""
    named = counted(lang, "sources", sources) if sources else message(lang, "coverage.none")
    if earliest is None or latest is None:
        return message(lang, "coverage.sources", sources=named)
    first, last = _years(earliest, latest)
    key = "coverage.sources.year" if first == last else "coverage.sources.years"
    return message(lang, key, sources=named, first=first, last=last)


def _years(earliest: datetime, latest: datetime) -> tuple[int, int]:
    first, last = earliest + _AHEAD, latest - _BEHIND
    # An instant known to the minute is not wide enough for the zones to matter.
    return (first.year, last.year) if first <= last else (earliest.year, latest.year)
