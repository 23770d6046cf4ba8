"""The claim as given with options; dates are said back as they were read."""

from __future__ import annotations

from provenance import dates
from provenance.cli.ending import say
from provenance.dates import Date
from provenance.models import Claim


def claim(
    claim: str | None,
    claim_date: str | None,
    claim_posted: str | None,
    claim_place: str | None,
    claim_url: str | None,
) -> Claim:
    """The claim of ``--claim`` and its like.

    Raises:
        UnreadableDate: one of its dates is none.
    """
    return Claim(
        text=claim,
        date=_date(claim_date, "claimed date"),
        posted=_date(claim_posted, "date of the post"),
        place=claim_place,
        url=claim_url,
    )


def _date(written: str | None, what: str) -> Date | None:
    if not (written and written.strip()):
        return None
    reading = dates.read(written)
    say(f"The {what} “{written}” is read as {reading.understood}.")
    return reading.date
