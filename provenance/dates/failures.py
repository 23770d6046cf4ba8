"""What is said of a date that nobody can read."""

from __future__ import annotations

from typing import Final

from provenance.errors import UnreadableDate

LONGEST: Final = 120
_SHOWN: Final = 40
NO_DAY: Final = "is no day of the calendar (years 1 to 9999)"
ADVICE: Final = (
    "Write it as 2019-06-14, 2019, “15 November 2019”, “since 2016” or “between 2013 and 2015”."
)


def unreadable(text: str, why: str = "is no date that can be read") -> UnreadableDate:
    """The error for a date nobody can read, with the advice that always helps."""
    return UnreadableDate(f"“{shown(text)}” {why}.", advice=ADVICE)


def shown(text: str) -> str:
    """Foreign text as it may stand in a message: short, and without control characters."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= LONGEST else f"{plain[:_SHOWN]}…"
