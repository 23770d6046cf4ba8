"""The main job: look-up -> finding.

Each picture is looked up, judged under the claim, and stored as a check with what was read
from it, apart from the pictures of the archive: a picture somebody asked about is not "in
the archive" tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from provenance.archive import Archive
from provenance.deciding import beside, without_objection
from provenance.finding import contradictions, is_flagged, judge, known_date, strength
from provenance.lookup import Looked
from provenance.metadata.contradictions import among
from provenance.models import (
    Claim,
    Finding,
    Lookup,
    Outcome,
    Sighting,
    Strength,
)
from provenance.report.decision import review_state_record
from provenance.report.record import check_record
from provenance.wording import contradiction


@dataclass(frozen=True, slots=True)
class Checked:
    """A look-up under a claim, with its finding; ``record`` is the contract's JSON.

    ``number`` is that of the stored check, ``None`` for what could not be read.
    """

    looked: Looked
    claim: Claim
    finding: Finding
    record: dict[str, Any]
    number: int | None = None

    @property
    def outcome(self) -> Outcome:
        """How the look-up ended."""
        return self.looked.lookup.outcome


def check(
    archive: Archive,
    looked: Looked,
    claim: Claim,
    *,
    lang: str = "en",
    metadata: dict[str, Any] | None = None,
) -> Checked:
    """Judge one look-up under a claim and store it.

    ``metadata`` is what an earlier judgement read from the file, where it is not read again.
    """
    number = archive.check_of(looked.lookup.query.sha256, claim)
    lookup = beside(looked.lookup, number)
    finding = judge(claim, lookup, lang=lang)
    told = (*_of_itself(looked, claim, lang), *contradictions(claim, lookup, lang))
    record = check_record(
        replace(lookup, contradictions=told),
        claim,
        finding,
        strength=partial(weigh, claim=claim),
        lang=lang,
    )
    if metadata is not None:
        said = dict.fromkeys((*metadata["contradictions"], *told))
        record["metadata"] = {**metadata, "contradictions": list(said)}
    record["review"] = reviewed(archive, number, claim, lookup)
    if looked.examined is None:
        return Checked(looked, claim, finding, record)
    saved = archive.save_check(lookup, looked.examined, claim, finding, record)
    return Checked(looked, claim, finding, saved.record, saved.id)


def reviewed(archive: Archive, number: int | None, claim: Claim, lookup: Lookup) -> dict[str, Any]:
    """What people decided on a check; its flag rests on matches to whose use somebody objects."""
    decisions = archive.reviews_of(number) if number is not None else ()
    flagged = is_flagged(judge(claim, without_objection(lookup)))
    return review_state_record(decisions, flagged=flagged)


def _of_itself(looked: Looked, claim: Claim, lang: str) -> Iterator[str]:
    """What the file says of itself that does not fit together, or not with what is known."""
    known = known_date(claim, looked.lookup)
    earlier = looked.examined.earlier if looked.examined else ()
    for each in among(looked.lookup.facts, claim, known, earlier):
        yield contradiction(each, lang)


def weigh(sighting: Sighting, *, by_hash_alone: bool, claim: Claim | None = None) -> Strength:
    """How far a sighting's date carries under a claim, or without one."""
    return strength(sighting, claim, by_hash_alone=by_hash_alone)
