"""Instants that a clock of ours recorded: the moment of taking in, of crawling."""

from __future__ import annotations

from datetime import UTC, datetime

from provenance.dates.date import Date, Precision
from provenance.dates.zone import UTC_ZONE


def from_instant(instant: datetime) -> Date:
    """A date known to the second, as text in UTC; parts of a second are dropped.

    Raises:
        ValueError: ``instant`` has no time zone; nobody's clock is guessed.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone; a local clock is not evidence")
    second = instant.astimezone(UTC).replace(microsecond=0)
    return Date(instant_text(second), second, second, Precision.SECOND, UTC_ZONE)


def instant_text(instant: datetime) -> str:
    """``2019-06-14T07:00:00Z``: an aware instant in UTC, whole seconds."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone; a local clock is not evidence")
    return f"{instant.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()}Z"
