"""A date as known: its text, and the span of instants that the text allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How finely a date is known."""

    DECADE = "decade"
    YEAR = "year"
    SEASON = "season"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Date:
    """One date as known: EDTF text beside the span of instants it allows.

    ``earliest`` and ``latest`` are aware UTC instants, both inclusive, whole seconds;
    ``None`` is an open end. ``zone`` is ``"unknown"``, ``"utc"`` or ``"+HH:MM"``.
    """

    text: str
    earliest: datetime | None
    latest: datetime | None
    precision: Precision
    zone: str = "unknown"
