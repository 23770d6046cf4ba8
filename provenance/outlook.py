"""What ``add`` would take in, before it does: how each picture is dated, and what that is worth.

::

    outlook = Outlooker(lang="en")
    for added in outlook.watched(foreseen): ...
    outlook.seen()
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from provenance.dates import say
from provenance.finding import strength
from provenance.models import (
    Added,
    AddOutcome,
    Example,
    Grade,
    How,
    NewSighting,
    Outlook,
    Sighting,
    Strength,
)

EXAMPLES: Final = 10
TABLE: Final = "table"
NOTHING: Final = "nothing"
OPEN: Final = "open"

ORDER: Final = (
    TABLE,
    How.STATED.value,
    How.PLATFORM.value,
    How.CRAWL_RECORD.value,
    How.C2PA_TIMESTAMP.value,
    How.PAGE.value,
    How.C2PA.value,
    How.IPTC.value,
    How.XMP.value,
    How.EXIF.value,
    How.DOWNLOAD_MARK.value,
    How.FILE_NAME.value,
    How.FILE_TIME.value,
    NOTHING,
)
"""Origins of a date, best first: what somebody wrote down for this picture, what recorded it,
what the file says, what its name says, what its disk says."""


def weigh_new(sighting: NewSighting) -> Strength:
    """How far the date of a sighting carries that is not in the archive yet."""
    return strength(_as_if_held(sighting), None)


def _as_if_held(new: NewSighting) -> Sighting:
    return Sighting(
        id=0,
        picture=0,
        date=new.date,
        means=new.means,
        how=new.how,
        recorded=datetime.now(UTC),
        source=new.source,
        url=new.url,
        trust=new.trust,
        vouched=new.vouched,
        image_record=new.image_record,
        weak_page=new.weak_page,
        validated=new.validated,
    )


@dataclass(slots=True)
class _Counted:
    count: int = 0
    may: Counter[str] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)


class Outlooker:
    """Counts what passes by; holds ten names a grade, whatever the number of pictures."""

    def __init__(self, lang: str = "en") -> None:
        """Nothing has passed yet; examples give their dates in ``lang``."""
        self._lang = lang
        self._grades = {by: _Counted() for by in ORDER}
        self._refused = self._disagreeing = 0

    def watched(self, foreseen: Iterable[Added]) -> Iterator[Added]:
        """The same, counted on the way."""
        for added in foreseen:
            if added.outcome is AddOutcome.REFUSED:
                self._refused += 1
            else:
                self._count(added)
            yield added

    def seen(self) -> Outlook:
        """What has passed so far."""
        grades = tuple(
            Grade(by, each.count, dict(each.may), tuple(each.examples))
            for by, each in self._grades.items()
            if each.count
        )
        pictures = sum(grade.count for grade in grades)
        return Outlook(pictures, self._refused, self._disagreeing, grades)

    def _count(self, added: Added) -> None:
        by, sighting = best(added)
        grade = self._grades[by]
        grade.count += 1
        self._disagreeing += bool(added.disagreements)
        if sighting:
            grade.may[_may_support(sighting)] += 1
        if len(grade.examples) < EXAMPLES:
            date = say(sighting.date, self._lang) if sighting and sighting.date else None
            grade.examples.append(Example(added.name, date))


def _may_support(sighting: NewSighting) -> str:
    open_ended = sighting.date is not None and sighting.date.latest is None
    return OPEN if open_ended else weigh_new(sighting).value


def best(added: Added) -> tuple[str, NewSighting | None]:
    """The best origin of a date for one input, and the sighting that has it."""
    dated = [(_origin(added, each), each) for each in added.sightings if each.date]
    return min(dated, key=lambda pair: ORDER.index(pair[0]), default=(NOTHING, None))


def _origin(added: Added, sighting: NewSighting) -> str:
    by_table = sighting.how is How.STATED and added.row is not None
    return TABLE if by_table else sighting.how.value
