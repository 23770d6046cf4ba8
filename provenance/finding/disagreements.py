"""Dates of one picture that cannot all be right: said when it is taken in, never settled.

A picture that was published cannot have been taken later, and it was taken once. Which of
two such dates is wrong nobody can tell from the dates alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import combinations
from typing import Final

from provenance.dates import Date, say
from provenance.models import Means, NewSighting
from provenance.wording import message, quoted, word

CARELESS: Final = timedelta(days=1)
"""Programs write local time as UTC, and midnight for an unknown time; less says nothing."""


def disagreements(sightings: Iterable[NewSighting], lang: str = "en") -> tuple[str, ...]:
    """A sentence for each two of these dates that cannot both be right."""
    dated = [sighting for sighting in sightings if sighting.date]
    return tuple(dict.fromkeys(_said(dated, lang)))


def _said(dated: list[NewSighting], lang: str) -> Iterator[str]:
    for one, other in combinations(dated, 2):
        for first, second in ((one, other), (other, one)):
            if second.means is Means.CAPTURED and _is_before(first.date, second.date):
                yield message(
                    lang, "disagreement", first=_told(first, lang), second=_told(second, lang)
                )


def _is_before(one: Date | None, other: Date | None) -> bool:
    """Whether all of one lies clearly before the other begins."""
    if one is None or other is None or one.latest is None or other.earliest is None:
        return False
    return other.earliest - one.latest > CARELESS


def _told(sighting: NewSighting, lang: str) -> str:
    """“agency”: published 2016 (year only)."""
    assert sighting.date is not None
    origin = quoted(lang, sighting.source) if sighting.source else word(lang, sighting.how)
    return message(
        lang,
        "disagreement.date",
        origin=origin,
        means=word(lang, sighting.means),
        date=say(sighting.date, lang, placed=True),
    )
