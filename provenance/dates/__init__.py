"""Dates as known: EDTF text <-> interval with precision and zone; interval arithmetic.

A date is what its text says and no more: "2019" is every instant that was 2019 somewhere
on Earth. Nothing is rounded to 1 January, and an unknown time zone stays unknown.
"""

from __future__ import annotations

from provenance.dates.date import Date, Precision
from provenance.dates.edtf import parse
from provenance.dates.instants import from_instant, instant_text
from provenance.dates.spans import (
    begins_after,
    contains,
    date_order,
    ends_before,
    overlaps,
    whole_days_between,
    whole_minutes_between,
)
from provenance.dates.spoken import said_instant, say
from provenance.dates.written import Reading, read

__all__ = [
    "Date",
    "Precision",
    "Reading",
    "begins_after",
    "contains",
    "date_order",
    "ends_before",
    "from_instant",
    "instant_text",
    "overlaps",
    "parse",
    "read",
    "said_instant",
    "say",
    "whole_days_between",
    "whole_minutes_between",
]
