"""The evidence of one case: every dated appearance that counts, weighed and in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from provenance.dates import Date, date_order, ends_before, overlaps
from provenance.finding.order import sighting_order
from provenance.finding.strength import Weighed, Weight, weigh
from provenance.models import Claim, Match, Means, Relation, Sighting, Strength

COUNTING: Final = frozenset({Relation.IDENTICAL_FILE, Relation.SAME_PICTURE})
SUPPORTING: Final = frozenset({Strength.DOCUMENTED, Strength.REPORTED})
_WITHDRAWN: Final = frozenset({"revoked", "rejected"})


@dataclass(frozen=True, slots=True)
class Item:
    """One sighting of one matched picture, and what its date may support."""

    match: Match
    sighting: Sighting
    weight: Weight

    @property
    def date(self) -> Date:
        """The date of a sighting that is known to have one."""
        assert self.sighting.date is not None
        return self.sighting.date


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: the claimed date to compare with, and the evidence in order.

    ``compared_with`` is ``event`` or ``post``; ``None``, with ``reference``, where the
    claim has no date at all. ``matches`` are those of the same photograph, best proof first.
    """

    reference: Date | None
    compared_with: str | None
    items: tuple[Item, ...]
    matches: tuple[Match, ...]

    @property
    def supporting(self) -> list[Item]:
        """Documented and reported, smallest ``latest`` first."""
        return [i for i in self.items if i.weight.strength in SUPPORTING]

    @property
    def grounds(self) -> list[Item]:
        """What supports a comparison with the claim.

        Every picture is held since some day, and mostly since a day after the claim. Where
        anything else is known of it, that day says nothing about the picture: it must not
        turn an unsupported date into "all known copies are later".
        """
        return [i for i in self.supporting if not self._idle(i)]

    @property
    def indications(self) -> list[Item]:
        """Dates that support nothing by themselves."""
        found = [i for i in self.items if i.weight.strength is Strength.INDICATION]
        return [i for i in found if i.sighting.means is not Means.HELD] or found

    @property
    def unusable(self) -> list[Item]:
        """Dated sightings whose date supports nothing at all."""
        live = (i for i in self.items if i.weight.why not in _WITHDRAWN)
        return [i for i in live if i.weight.strength is Strength.NONE and i.sighting.date]

    @property
    def contradicted(self) -> list[Item]:
        """Dates later than the moment at which they were recorded."""
        return [i for i in self.items if i.weight.why == "dated_after_recording"]

    def before(self, item: Item) -> bool:
        """Does the date of ``item`` end before the claimed date begins?"""
        return self.reference is not None and ends_before(item.date, self.reference)

    def after(self, item: Item) -> bool:
        """Does the date of ``item`` begin after the claimed date ends?"""
        return self.reference is not None and ends_before(self.reference, item.date)

    def meets(self, item: Item) -> bool:
        """Can the date of ``item`` be the claimed one?"""
        return self.reference is not None and overlaps(item.date, self.reference)

    def _idle(self, item: Item) -> bool:
        """Does the day of taking in say nothing beside the other evidence?"""
        if item.sighting.means is not Means.HELD:
            return False
        others = [i for i in self.items if _is_other(i)]
        if self.reference is None:
            return any(date_order(i.sighting.date) < date_order(item.date) for i in others)
        return bool(others) and self.after(item)


def _is_other(item: Item) -> bool:
    return item.sighting.means is not Means.HELD and item.weight.why not in _WITHDRAWN


def case_of(claim: Claim | None, matches: Iterable[Match]) -> Case:
    """Weigh every sighting of every match that is the same photograph."""
    reference, compared_with = _reference(claim)
    counting = tuple(m for m in matches if m.comparison.relation in COUNTING)
    items = [item for match in counting for item in _weighed(match, claim)]
    ordered = sorted(items, key=lambda item: sighting_order(item.sighting))
    return Case(reference, compared_with, tuple(ordered), counting)


def _reference(claim: Claim | None) -> tuple[Date | None, str | None]:
    if claim is not None and claim.date is not None:
        return claim.date, "event"
    if claim is not None and claim.posted is not None:
        return claim.posted, "post"
    return None, None


def _weighed(match: Match, claim: Claim | None) -> Sequence[Item]:
    by_hash_alone = match.comparison.proof.method == "hash"
    through = match.comparison.earlier
    planted = through is not None and not through.proved
    known_by = _known_by(match.sightings)
    return [
        Item(match, sighting, weigh(Weighed(sighting, claim, by_hash_alone, known_by, planted)))
        for sighting in match.sightings
    ]


def _known_by(sightings: Iterable[Sighting]) -> datetime | None:
    """When the picture was certainly there: the first time it was held, or its bytes crawled."""
    certain = (s for s in sightings if s.means in {Means.HELD, Means.CRAWLED})
    documented = (s for s in certain if weigh(Weighed(s)).strength is Strength.DOCUMENTED)
    return min((s.date.latest for s in documented if s.date and s.date.latest), default=None)
