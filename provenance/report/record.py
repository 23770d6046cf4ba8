"""Answers as data: the JSON of the contract, key for key.

Every key is always there, ``None`` or ``[]`` where nothing is known; ids are integers,
instants end in Z, polygons are lists. Sightings come in the order given, which is that of
the archive: by latest instant, undated last. How far a sighting's date carries is decided
elsewhere, under a claim or without one; a record is given the answer as a function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from provenance import wording
from provenance.dates import Date, instant_text
from provenance.models import (
    Added,
    Alteration,
    Block,
    Claim,
    Coverage,
    Credentials,
    Direction,
    Earlier,
    Fact,
    Finding,
    Lead,
    Lookup,
    Match,
    NewSighting,
    Part,
    Picture,
    Polygon,
    Proof,
    Proved,
    Query,
    Sighting,
    Strength,
    Support,
)
from provenance.report.decision import review_record
from provenance.report.given import (
    Event,
    Forgotten,
    ForgottenCheck,
    Revoked,
    Weigh,
    WeighNew,
)

Record = dict[str, Any]

ENGLISH = "en"


def lookup_record(lookup: Lookup, *, strength: Weigh, lang: str = ENGLISH) -> Record:
    """One answer of ``lookup``; ``lang`` is the language of the descriptions."""
    return {
        "query": query_record(lookup.query),
        "outcome": lookup.outcome.value,
        "reason": word(lookup.reason),
        "detail": lookup.detail,
        "compared": list(lookup.compared),
        "archive": coverage_record(lookup.coverage),
        "matches": [match_record(match, strength, lang) for match in lookup.matches],
        "similar_scenes": [match_record(match, strength, lang) for match in lookup.similar_scenes],
        "candidates": [_candidate(*candidate) for candidate in lookup.hash_candidates],
        "parts": [_part(part) for part in lookup.parts],
        "proved": _proved(lookup.proved),
    }


def check_record(
    lookup: Lookup,
    claim: Claim,
    finding: Finding,
    *,
    strength: Weigh,
    lang: str = ENGLISH,
    check: int | None = None,
    earlier_checks: Iterable[int] = (),
) -> Record:
    """One answer of ``check``: the look-up, then claim, finding and metadata.

    ``check`` is its number once it is stored; the flow adds what people decided (``review``).
    """
    return lookup_record(lookup, strength=strength, lang=lang) | {
        "parts": [_judged_part(*each) for each in _by_part(lookup, finding)],
        "claim": claim_record(claim),
        "finding": finding_record(finding),
        "metadata": metadata_record(lookup, lang),
        "earlier_checks": list(earlier_checks),
        "check": check,
        "lang": lang,
        "review": None,
    }


def added_record(added: Added, *, strength: WeighNew | None = None) -> Record:
    """What became of one input of ``add``; ``dates`` are those that came with it."""
    return {
        "input": {"name": added.name, "row": added.row},
        "outcome": added.outcome.value,
        "picture": added.picture,
        "sighting": added.sighting,
        "new": list(added.new),
        "collection": added.collection,
        "reason": word(added.reason),
        "detail": added.detail,
        "read_as": added.read_as,
        "dates": [_new_date(each, strength) for each in added.sightings if each.date],
        "contradictions": list(added.disagreements),
    }


def _new_date(sighting: NewSighting, strength: WeighNew | None) -> Record:
    return {
        **_date(sighting.date),
        "means": sighting.means.value,
        "how": sighting.how.value,
        "strength": strength(sighting).value if strength else None,
    }


def picture_record(
    picture: Picture,
    sightings: Sequence[Sighting],
    *,
    strength: Weigh,
    events: Iterable[Event] | None = None,
    collections: Iterable[Mapping[str, Any]] = (),
) -> Record:
    """One picture with all that is known of it; ``events`` are null where not asked for.

    ``collections``: those that brought it, with source, trust and licence as stated.
    """
    shown = [sighting_record(each, strength, by_hash_alone=False) for each in sightings]
    return {
        "picture": picture.id,
        "sha256": picture.sha256,
        "name": picture.name,
        "path": picture.path,
        "width": picture.width,
        "height": picture.height,
        "format": picture.format,
        "frames": picture.frames,
        "phash": picture.phash,
        "pdq": picture.pdq,
        "pdq_quality": picture.pdq_quality,
        "has_raster": picture.has_raster,
        "added": instant(picture.added),
        "earliest_sighting": _earliest(shown),
        "sightings": shown,
        "collections": [dict(each) for each in collections],
        "events": None if events is None else [_event(event) for event in events],
    }


def status_record(status: Mapping[str, Any]) -> Record:
    """The state of things, with instants as text and every sequence a list."""
    return {key: _plain(value) for key, value in status.items()}


def revoked_record(revoked: Revoked) -> Record:
    """What a revocation took away, as JSON."""
    return {
        "collection": revoked.collection,
        "pictures": revoked.pictures,
        "sightings": revoked.sightings,
        "checks": list(revoked.checks),
        "rejudged": [
            {
                "check": each.check,
                "name": each.name,
                "changed": each.changed,
                "before": dict(each.before),
                "after": dict(each.after),
            }
            for each in revoked.rejudged
        ],
    }


def forgotten_record(forgotten: Forgotten, *, pixels_only: bool = False) -> Record:
    """What an erasure left, as JSON; ``pixels_only``: fingerprints and text stay."""
    return {
        "picture": forgotten.picture,
        "check": None,
        "pixels_only": pixels_only,
        "commitment": forgotten.commitment,
        "receipt": forgotten.receipt,
        "checks": list(forgotten.checks),
        "clean": forgotten.clean,
    }


def forgotten_check_record(forgotten: ForgottenCheck) -> Record:
    """What the erasure of a check left, as JSON; ``checks`` still hold the same file."""
    return {
        "picture": None,
        "check": forgotten.check,
        "pixels_only": False,
        "commitment": forgotten.commitment,
        "receipt": forgotten.receipt,
        "checks": list(forgotten.others),
        "clean": forgotten.clean,
    }


# --------------------------------------------------------------------------- the parts


def query_record(query: Query) -> Record:
    """What was looked up; ``name_bytes`` is hex, and only there where the name lies."""
    return {
        "name": query.name,
        "sha256": query.sha256,
        "phash": query.phash,
        "pdq": query.pdq,
        "pdq_quality": query.pdq_quality,
        "width": query.width,
        "height": query.height,
        "format": query.format,
        "frames": query.frames,
        "name_bytes": query.name_bytes.hex() if query.name_bytes is not None else None,
    }


def coverage_record(coverage: Coverage | None) -> Record | None:
    """What the archive covers."""
    if coverage is None:
        return None
    return {
        "pictures": coverage.pictures,
        "sightings": coverage.sightings,
        "sources": coverage.sources,
        "earliest": instant(coverage.earliest),
        "latest": instant(coverage.latest),
    }


def match_record(match: Match, strength: Weigh, lang: str = ENGLISH) -> Record:
    """One archive picture, how it is related to the query, and where it was seen."""
    found = match.comparison
    planted = found.earlier is not None and not found.earlier.proved
    by_hash_alone = found.proof.method == "hash" or planted
    sightings = [
        sighting_record(each, strength, by_hash_alone=by_hash_alone) for each in match.sightings
    ]
    return {
        "picture": match.picture.id,
        "sha256": match.picture.sha256,
        "name": match.picture.name,
        "relation": found.relation.value,
        "proof": _proof(found.proof),
        "region": _polygon(found.region),
        "covers": _rounded(found.covers),
        "alterations": [_alteration(alteration) for alteration in found.alterations],
        "description": wording.description(found, lang),
        "earliest_sighting": _earliest(sightings),
        "sightings": sightings,
        "share_of_query": _rounded(found.share_of_query),
        "direction": _direction(found.direction),
        "common": word(found.common),
        "through": _earlier(found.earlier),
        "proved_as": (match.proved_as or found.relation).value,
        "decisions": [review_record(each) for each in match.decisions],
    }


def sighting_record(sighting: Sighting, strength: Weigh, *, by_hash_alone: bool = False) -> Record:
    """One appearance of a picture: the keys of the contract, then the rest of the words."""
    return {
        "id": sighting.id,
        **_date(sighting.date),
        "means": sighting.means.value,
        "how": sighting.how.value,
        "source": sighting.source,
        "url": sighting.url,
        "trust": sighting.trust.value,
        "strength": strength(sighting, by_hash_alone=by_hash_alone).value,
        "place": sighting.place,
        "caption": sighting.caption,
        "credit": sighting.credit,
        "collections": list(sighting.collections),
        "vouched": sighting.vouched,
        "confirmed": sighting.confirmed,
        "rejected": sighting.rejected,
        "revoked": sighting.revoked,
        "recorded": instant(sighting.recorded),
    }


def claim_record(claim: Claim) -> Record:
    """What is asserted with the picture."""
    date = _date(claim.date)
    return {
        "text": claim.text,
        "date": date["date"],
        "earliest": date["earliest"],
        "latest": date["latest"],
        "posted": claim.posted.text if claim.posted else None,
        "place": claim.place,
        "url": claim.url,
        "language": claim.language,
    }


def finding_record(finding: Finding) -> Record:
    """What the machine says, and what it rests on."""
    return {
        "kind": finding.kind.value,
        "reason": finding.reason,
        "support": _support(finding.support),
        "lead_days": _bounds(finding.lead, "at_least", "at_most"),
        "lead_minutes": _bounds(finding.lead, "at_least_minutes", "at_most_minutes"),
        "sentence": finding.sentence,
    }


def metadata_record(lookup: Lookup, lang: str = ENGLISH) -> Record:
    """What the file says of itself, and what became of each kind of data in it."""
    return {
        "facts": [_fact(fact, lang) for fact in lookup.facts],
        "contradictions": list(lookup.contradictions),
        "c2pa": _credentials(lookup.credentials),
        "blocks": {kind: _block(block, lang) for kind, block in lookup.blocks.items()},
    }


def instant(moment: datetime | None) -> str | None:
    """An instant to the second in UTC: ``2018-12-31T10:00:00Z``."""
    return None if moment is None else instant_text(moment)


def word(reason: str | None) -> str | None:
    """A reason as plain text, whichever list it comes from."""
    return None if reason is None else str(reason)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return status_record(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return instant(value) if isinstance(value, datetime) else value


def _date(date: Date | None) -> Record:
    if date is None:
        return dict.fromkeys(("date", "earliest", "latest", "zone", "precision"))
    return {
        "date": date.text,
        "earliest": instant(date.earliest),
        "latest": instant(date.latest),
        "zone": date.zone,
        "precision": date.precision.value,
    }


def _earliest(sightings: Sequence[Record]) -> Record | None:
    """The first that may be called the earliest: dated, and not ruled out."""
    carried = (each for each in sightings if each["date"] and each["strength"] != Strength.NONE)
    return next(carried, None)


def _proof(proof: Proof) -> Record:
    return {
        "method": proof.method,
        "distance": proof.distance,
        "inliers": proof.inliers,
        "pixels_compared": proof.pixels_compared,
        "false_alarms": proof.false_alarms,
        "agreement": _rounded(proof.agreement),
    }


def _alteration(alteration: Alteration) -> Record:
    numbers = {name: _rounded(number) for name, number in alteration.numbers.items()}
    return {"kind": alteration.kind.value, **numbers}


def _direction(direction: Direction) -> Record:
    """Which picture is likely nearer the source, and why: for a desk, not for publishing."""
    return {"nearer_source": direction.nearer, "reasons": list(direction.reasons)}


def _candidate(picture: Picture, distance: int) -> Record:
    return {
        "picture": picture.id,
        "sha256": picture.sha256,
        "name": picture.name,
        "distance": distance,
    }


def _part(part: Part) -> Record:
    return {"region": _polygon(part.region), "matches": list(part.matches)}


def _proved(proved: Proved | None) -> Record | None:
    """What proof alone said, by numbers of pictures."""
    if proved is None:
        return None
    return {"matches": list(proved.pictures), "parts": [_part(part) for part in proved.parts]}


def _by_part(lookup: Lookup, finding: Finding) -> Iterator[tuple[Part, Finding | None]]:
    """Each region with its own finding, where the image was judged by regions."""
    yield from zip_longest(lookup.parts, finding.parts[: len(lookup.parts)])


def _judged_part(part: Part, finding: Finding | None) -> Record:
    return _part(part) | {"finding": finding_record(finding) if finding else None}


def _polygon(polygon: Polygon | None) -> list[list[float]] | None:
    """Corners in pixels, to a tenth."""
    if polygon is None:
        return None
    return [[round(float(x), 1), round(float(y), 1)] for x, y in polygon]


def _rounded(number: Any) -> Any:
    """A share or a factor to a thousandth; anything else as it is."""
    return round(number, 3) if isinstance(number, float) else number


def _support(support: Support | None) -> Record:
    if support is None:
        return {"strength": None, "compared_with": None, "no_later_than": None, "rests_on": []}
    return {
        "strength": support.strength.value,
        "compared_with": support.compared_with,
        "no_later_than": instant(support.no_later_than),
        "rests_on": list(support.rests_on),
    }


def _bounds(lead: Lead | None, at_least: str, at_most: str) -> Record:
    return {
        "at_least": getattr(lead, at_least, None),
        "at_most": getattr(lead, at_most, None),
    }


def _fact(fact: Fact, lang: str) -> Record:
    date = _date(fact.date)
    return {
        "what": fact.what,
        "value": fact.value,
        "how": fact.how.value,
        **date,
        "problem": word(fact.problem),
        "problem_in_words": wording.problem_words(fact.problem, lang),
    }


def _block(block: Block, lang: str) -> Record:
    words = wording.block_words(block.state, block.reason, lang)
    return {"state": block.state.value, "reason": block.reason, "words": words}


def _credentials(credentials: Credentials) -> Record:
    return {
        "state": word(credentials.state),
        "reason": credentials.reason,
        "generator": credentials.generator,
        "signer": credentials.signer,
        "time": credentials.time,
        "actions": list(credentials.actions),
        "source_types": list(credentials.source_types),
        "ingredients": [
            {"title": each.title, "relationship": each.relationship}
            for each in credentials.ingredients
        ],
    }


def _earlier(through: Earlier | None) -> Record | None:
    """The small picture through which a match was made, on either side."""
    if through is None:
        return None
    sides = {"query": word(through.query), "archive": word(through.archive)}
    return {**sides, "proved": through.proved}


def _event(event: Event) -> Record:
    return {
        "id": event.id,
        "at": instant(event.at),
        "kind": event.kind,
        "sighting": event.sighting,
        "collection": event.collection,
        "check": event.check,
        "details": dict(event.details) if event.details is not None else None,
    }
