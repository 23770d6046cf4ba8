"""The main job: look-up -> finding.

Each picture is looked up, judged under the claim, and stored as a check with what was read
from it, apart from the pictures of the archive: a picture somebody asked about is not "in
the archive" tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from provenance.archive import Archive
from provenance.finding import judge, strength
from provenance.ingest import take_in_examined
from provenance.lookup import Looked
from provenance.models import (
    Added,
    Claim,
    Entry,
    Finding,
    How,
    Means,
    NewCollection,
    NewSighting,
    Outcome,
    Sighting,
    Strength,
    Trust,
)
from provenance.report.record import check_record

KEPT = "checked"
"""The collection of pictures that ``check --keep`` took in."""


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
    finding = judge(claim, looked.lookup, lang=lang)
    record = check_record(
        looked.lookup, claim, finding, strength=partial(weigh, claim=claim), lang=lang
    )
    if looked.examined is None:
        return Checked(looked, claim, finding, record)
    saved = archive.save_check(looked.lookup, looked.examined, claim, finding, record)
    return Checked(looked, claim, finding, saved.record, saved.id)


def weigh(sighting: Sighting, *, by_hash_alone: bool, claim: Claim | None = None) -> Strength:
    """How far a sighting's date carries under a claim, or without one."""
    return strength(sighting, claim, by_hash_alone=by_hash_alone)


def keep(archive: Archive, looked: Looked, claim: Claim) -> Added | None:
    """Add a checked picture to the archive, as seen with this claim.

    A date asserted in a claim is an indication at most, so that no claim proves another.
    """
    if looked.examined is None:
        return None
    entry = Entry(
        name=looked.lookup.query.name,
        name_bytes=looked.lookup.query.name_bytes,
        sighting=_as_claimed(claim),
        collection=NewCollection(KEPT, trust=Trust.UNREVIEWED),
        trust=Trust.UNREVIEWED,
    )
    return take_in_examined(archive, entry, looked.examined)


def _as_claimed(claim: Claim) -> NewSighting | None:
    if not (claim.url or claim.text or claim.posted or claim.date):
        return None
    return NewSighting(
        date=claim.posted or claim.date,
        means=Means.ASSERTED,
        how=How.STATED,
        url=claim.url,
        caption=claim.text,
        place=claim.place,
        trust=Trust.UNREVIEWED,
    )
