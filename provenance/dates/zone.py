"""Where a local time may lie in UTC: a known offset, or every offset on Earth."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from provenance.errors import UnreadableDate

UNKNOWN: Final = "unknown"
UTC_ZONE: Final = "utc"

# The clocks of the Earth (IANA tz 2025b): Kiribati's Line Islands are 14 hours ahead of
# UTC, Baker and Howland Islands 12 hours behind. A local time in an unknown zone can
# therefore be 14 hours earlier than the same reading in UTC, or 12 hours later.
FARTHEST_AHEAD: Final = timedelta(hours=14)
FARTHEST_BEHIND: Final = timedelta(hours=12)

_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})?")


def normal_zone(text: str | None) -> str:
    """``Z``, ``+03``, ``+0300``, ``utc`` or ``None`` as the contract writes zones.

    Raises:
        UnreadableDate: no place on Earth keeps such a clock.
    """
    if text is None or text == UNKNOWN:
        return UNKNOWN
    if text.lower() in {"z", "utc"}:
        return UTC_ZONE
    return _normal_offset(text)


def earliest_utc(local: datetime, zone: str) -> datetime:
    """The first instant (aware, UTC) at which a clock of ``zone`` can show ``local``."""
    ahead = FARTHEST_AHEAD if zone == UNKNOWN else _offset(zone)
    return (local - ahead).replace(tzinfo=UTC)


def latest_utc(local: datetime, zone: str) -> datetime:
    """The last instant (aware, UTC) at which a clock of ``zone`` can show ``local``."""
    ahead = -FARTHEST_BEHIND if zone == UNKNOWN else _offset(zone)
    return (local - ahead).replace(tzinfo=UTC)


def first_local(instant: datetime, zone: str) -> datetime:
    """The local reading (naive) that :func:`earliest_utc` turned into ``instant``."""
    ahead = FARTHEST_AHEAD if zone == UNKNOWN else _offset(zone)
    return instant.replace(tzinfo=None) + ahead


def last_local(instant: datetime, zone: str) -> datetime:
    """The local reading (naive) that :func:`latest_utc` turned into ``instant``."""
    ahead = -FARTHEST_BEHIND if zone == UNKNOWN else _offset(zone)
    return instant.replace(tzinfo=None) + ahead


def _normal_offset(text: str) -> str:
    found = _OFFSET.fullmatch(text)
    if not found or int(found[3] or 0) >= 60:  # noqa: PLR2004  (minutes of an hour)
        raise _no_such_zone(text)
    zone = f"{found[1]}{found[2]}:{found[3] or '00'}"
    if not -FARTHEST_BEHIND <= _offset(zone) <= FARTHEST_AHEAD:
        raise _no_such_zone(text)
    return UTC_ZONE if _offset(zone) == timedelta() else zone


def _offset(zone: str) -> timedelta:
    if zone == UTC_ZONE:
        return timedelta()
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return -ahead if zone[0] == "-" else ahead


def _no_such_zone(text: str) -> UnreadableDate:
    return UnreadableDate(
        f"“{text}” is no time zone of this Earth.",
        advice="Write utc, or the offset from UTC between -12:00 and +14:00, as in +03:00.",
    )
