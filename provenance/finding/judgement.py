"""The rules, top to bottom: the first that applies is the finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from provenance.dates import Date, whole_days_between, whole_minutes_between
from provenance.finding import sentences
from provenance.finding.evidence import COUNTING, Case, Item, case_of
from provenance.models import (
    Claim,
    Finding,
    FindingKind,
    How,
    Lead,
    Lookup,
    Match,
    Means,
    Outcome,
    Strength,
    Support,
)
from provenance.wording import cannot_judge

ARCHIVE_EMPTY: Final = "archive_empty"
NO_CLAIM_DATE: Final = "no_claim_date"
DATE_NOT_SUPPORTED: Final = "date_not_supported"

OF_THE_FILE: Final = frozenset({How.EXIF, How.XMP, How.IPTC, How.FILE_NAME, How.FILE_TIME})

# Under two days, whole days say too little and minutes are given as well.
_SHORT: Final = timedelta(days=2)
_SEVERAL: Final = 2


def judge(claim: Claim | None, lookup: Lookup, *, lang: str = "en") -> Finding:
    """What follows from a look-up for a picture under a claim; never a verdict.

    Args:
        claim: What is asserted; without one, dates are told and compared with nothing.
        lookup: The answer of one look-up, with the sightings of each match.
        lang: The language of the sentence, ``en``, ``de``, ``fr`` or ``ar``.
    """
    if lookup.outcome is Outcome.UNREADABLE:
        reason = str(lookup.reason) if lookup.reason else None
        return Finding(FindingKind.UNREADABLE, sentences.unreadable(lookup, lang), reason)
    if lookup.outcome is Outcome.CANNOT_JUDGE:
        sentence = cannot_judge(lookup.reason, lang)
        return Finding(FindingKind.CANNOT_JUDGE, sentence, lookup.reason)
    matches = [m for m in lookup.matches if m.comparison.relation in COUNTING]
    if lookup.outcome is Outcome.NOT_IN_ARCHIVE or not matches:
        return _not_in_archive(lookup, lang)
    return _parts(claim, lookup, lang) or _judged(claim, matches, lookup, lang)


def contradictions(claim: Claim | None, lookup: Lookup, lang: str = "en") -> tuple[str, ...]:
    """Dates of the matches that cannot be, in words: later than the moment we learnt of them."""
    return tuple(sentences.contradictions(case_of(claim, lookup.matches), lang))


def known_date(claim: Claim | None, lookup: Lookup) -> Date | None:
    """The earliest date of the same photograph that somebody else than a file gives."""
    items = case_of(claim, lookup.matches).items
    dated = (item for item in items if item.sighting.how not in OF_THE_FILE)
    return next((i.date for i in dated if i.weight.strength is not Strength.NONE), None)


def _not_in_archive(lookup: Lookup, lang: str) -> Finding:
    kind = FindingKind.NOT_IN_ARCHIVE
    if lookup.reason == ARCHIVE_EMPTY or not lookup.coverage or not lookup.coverage.pictures:
        return Finding(kind, sentences.archive_empty(lang), ARCHIVE_EMPTY)
    return Finding(kind, sentences.not_in_archive(lookup.coverage, lang), lookup.reason)


def _parts(claim: Claim | None, lookup: Lookup, lang: str) -> Finding | None:
    """A finding for each region, where the image is several pictures side by side.

    A match that lies in no region is the whole image; then the image is judged as one.
    """
    regions = [part for part in lookup.parts if part.matches]
    placed = {number for part in regions for number in part.matches}
    if len(regions) < _SEVERAL or placed != set(range(len(lookup.matches))):
        return None
    found = tuple(
        _judged(claim, [lookup.matches[n] for n in part.matches], lookup, lang) for part in regions
    )
    return Finding(FindingKind.PARTS, sentences.parts(found, lang), parts=found)


def _judged(claim: Claim | None, matches: Sequence[Match], lookup: Lookup, lang: str) -> Finding:
    case = case_of(claim, matches)
    rule, basis = next((rule, basis) for rule in RULES if (basis := rule.applies(case)) is not None)
    return Finding(
        kind=rule.kind,
        sentence=sentences.matched(rule.pattern, case, basis, lang, lookup.facts),
        reason=rule.reason,
        support=_support(case, basis),
        lead=_lead(case, basis) if rule.kind is FindingKind.SEEN_BEFORE_CLAIM else None,
    )


# ------------------------------------------------------------------------------- rules
# Each answers with the evidence that it rests on, best first, or None if it does not apply.


def _no_claim_date(case: Case) -> list[Item] | None:
    if case.reference is not None:
        return None
    return case.grounds[:1] or case.indications


def _ends_before(case: Case) -> list[Item] | None:
    """Only the smallest ``latest`` is asked: if that is not before, none is."""
    return [i for i in case.supporting[:1] if case.before(i)] or None


def _nothing_supported(case: Case) -> list[Item] | None:
    return None if case.grounds else case.indications


def _overlaps(case: Case) -> list[Item] | None:
    return [i for i in case.grounds if case.meets(i)][:1] or None


def _taken_after(case: Case) -> list[Item] | None:
    """Only a day on which it was taken, known from both ends, makes a picture younger."""
    taken = [i for i in case.grounds if i.sighting.means is Means.CAPTURED and i.date.latest]
    return [i for i in taken if case.after(i)][:1] or None


def _all_later(case: Case) -> list[Item]:
    return case.grounds[:1]


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: FindingKind
    reason: str | None
    pattern: str
    applies: Callable[[Case], list[Item] | None]


RULES: Final = (
    _Rule(FindingKind.SEEN, NO_CLAIM_DATE, sentences.NO_CLAIM_DATE, _no_claim_date),
    _Rule(FindingKind.SEEN_BEFORE_CLAIM, None, sentences.BEFORE, _ends_before),
    _Rule(FindingKind.SEEN, DATE_NOT_SUPPORTED, sentences.UNSUPPORTED, _nothing_supported),
    _Rule(FindingKind.OVERLAPS_CLAIM, None, sentences.OVERLAPS, _overlaps),
    _Rule(FindingKind.SEEN_AFTER_CLAIM, None, sentences.AFTER, _taken_after),
    _Rule(FindingKind.OVERLAPS_CLAIM, None, sentences.ALL_LATER, _all_later),
)


# ------------------------------------------------------------------------ what it carries


def _support(case: Case, basis: Sequence[Item]) -> Support:
    """An indication proves no instant; so it has no ``no_later_than``."""
    strength = basis[0].weight.strength if basis else Strength.NONE
    proved = bool(basis) and strength is not Strength.INDICATION
    return Support(
        strength=strength,
        compared_with=case.compared_with,
        no_later_than=basis[0].date.latest if proved else None,
        rests_on=tuple(item.sighting.id for item in basis),
    )


def _lead(case: Case, basis: Sequence[Item]) -> Lead:
    """Of a finding that rests on ``basis[0]`` ending before the claimed date begins."""
    known, claimed = basis[0].date.latest, _claimed(case).earliest
    assert known is not None
    assert claimed is not None
    longest = _longest(case, claimed - known)
    short = claimed - known < _SHORT
    return Lead(
        at_least=whole_days_between(known, claimed),
        at_most=whole_days_between(*longest, up=True) if longest else None,
        at_least_minutes=whole_minutes_between(known, claimed) if short else None,
        at_most_minutes=whole_minutes_between(*longest, up=True) if short and longest else None,
    )


def _longest(case: Case, shortest: timedelta) -> tuple[datetime, datetime] | None:
    """From the first instant at which it can have been taken to the last claimed one.

    ``None`` where that is open, or where sources contradict each other so that it would
    be shorter than what is certain.
    """
    end = _claimed(case).latest
    taken = [i.date.earliest for i in case.supporting if i.sighting.means is Means.CAPTURED]
    known = [instant for instant in taken if instant is not None]
    if end is None or not known or len(known) < len(taken):
        return None
    return (min(known), end) if end - min(known) >= shortest else None


def _claimed(case: Case) -> Date:
    assert case.reference is not None
    return case.reference
