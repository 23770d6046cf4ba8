"""What is claimed with a picture, and what is found under that claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from provenance.dates import Date
from provenance.models.words import FindingKind, Strength


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asserted with a picture.

    ``date`` is when the claimed event is said to have happened, ``posted`` when the claim
    was published.
    """

    text: str | None = None
    date: Date | None = None
    posted: Date | None = None
    place: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """What a finding rests on: sighting ids, the strength they carry, the instant."""

    strength: Strength
    compared_with: str | None
    no_later_than: datetime | None
    rests_on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """How far before the claim the picture was known, whole days (and minutes if short).

    ``at_least`` is rounded down, ``at_most`` up; ``None`` where there is no such bound.
    """

    at_least: int | None
    at_most: int | None
    at_least_minutes: int | None = None
    at_most_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the machine says of one picture under one claim. Never a verdict.

    ``parts`` holds a finding for each region where the kind is ``parts``.
    """

    kind: FindingKind
    sentence: str
    reason: str | None = None
    support: Support | None = None
    lead: Lead | None = None
    parts: tuple[Finding, ...] = ()
