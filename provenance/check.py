"""The main job: look-up -> finding.

Each picture is looked up, judged under the claim, and stored as a check with what was read
from it, apart from the pictures of the archive: a picture somebody asked about is not "in
the archive" tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from provenance.archive import Archive
from provenance.finding import contradictions, judge, strength
from provenance.lookup import Looked
from provenance.models import (
    Claim,
    Finding,
    Outcome,
    Sighting,
    Strength,
)
from provenance.report.record import check_record


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


def check(archive: Archive, looked: Looked, claim: Claim, *, lang: str = "en") -> Checked:
    """Judge one look-up under a claim and store it."""
    lookup = looked.lookup
    finding = judge(claim, lookup, lang=lang)
    told = (*lookup.contradictions, *contradictions(claim, lookup, lang))
    record = check_record(
        replace(lookup, contradictions=told),
        claim,
        finding,
        strength=partial(weigh, claim=claim),
        lang=lang,
    )
    if looked.examined is None:
        return Checked(looked, claim, finding, record)
    saved = archive.save_check(lookup, looked.examined, claim, finding, record)
    return Checked(looked, claim, finding, saved.record, saved.id)


def weigh(sighting: Sighting, *, by_hash_alone: bool, claim: Claim | None = None) -> Strength:
    """How far a sighting's date carries under a claim, or without one."""
    return strength(sighting, claim, by_hash_alone=by_hash_alone)
