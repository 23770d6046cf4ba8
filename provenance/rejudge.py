"""A stored check judged anew after the archive changed, without its picture.

What was proved then stays proved; which of those pictures are still in the archive, and what
is known of them, is asked again. Nothing is searched: pictures that came in meanwhile are
found by checking the file again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from provenance.archive import Archive, JudgedAgain
from provenance.check import reviewed, weigh
from provenance.deciding import beside
from provenance.finding import contradictions, judge, known_date, sighting_order
from provenance.lookup import after_decisions, outcome_of
from provenance.metadata.contradictions import among
from provenance.models import Claim, Coverage, Lookup, Match, Outcome
from provenance.report.record import check_record
from provenance.report.stored import as_proved, comparison_of, facts_of, parts_of, query_of
from provenance.wording import contradiction

Record = dict[str, Any]
Stored = Sequence[Mapping[str, Any]]

ENGLISH = "en"
"""Of records that do not say their language: the first release made most in English."""


def judge_again(archive: Archive, check: int, *, lang: str | None = None) -> JudgedAgain:
    """The finding of a check as the archive is now, in the language in which it was made.

    In another ``lang`` it is only to be shown: what the file contradicts in itself was said
    in the first one and stays so.
    """
    record, claim = archive.check(check), archive.claim_of(check)
    lookup = beside(_looked_up_again(archive, check, record), check)
    lang = lang or record.get("lang", ENGLISH)
    told = _contradictions(archive, record, claim, lookup, lang)
    finding = judge(claim, lookup, lang=lang)
    made = check_record(
        replace(lookup, contradictions=told),
        claim,
        finding,
        strength=partial(weigh, claim=claim),
        lang=lang,
        check=check,
        earlier_checks=record["earlier_checks"],
    )
    made["metadata"] = record["metadata"] | {"contradictions": list(told)}
    made["review"] = reviewed(archive, check, claim, lookup)
    return JudgedAgain(lookup, finding, made)


def _looked_up_again(archive: Archive, check: int, record: Record) -> Lookup:
    """The look-up of a stored check over what the archive holds now."""
    coverage = archive.coverage()
    proved, scenes, parts = as_proved(record)
    found = dict(_still_there(archive, proved))
    kept = {old: new for new, old in enumerate(found)}
    matches = tuple(found.values())
    outcome, reason = _outcome(archive, check, record, matches, coverage)
    lookup = Lookup(
        query=query_of(record),
        outcome=outcome,
        reason=reason,
        detail=record["detail"],
        coverage=coverage,
        compared=tuple(record["compared"]) if coverage.pictures else (),
        matches=matches,
        similar_scenes=tuple(dict(_still_there(archive, scenes)).values()),
        parts=parts_of(parts, kept),
        facts=facts_of(record),
    )
    return after_decisions(archive, lookup, lambda: _too_little_detail(archive, check))


def _still_there(archive: Archive, stored: Stored) -> Iterator[tuple[int, Match]]:
    """The matches whose pictures are live, by their old number, with the sightings of now."""
    live = archive.are_live([match["picture"] for match in stored])
    sightings = archive.sightings_of(live)
    for number, match in enumerate(stored):
        picture = match["picture"]
        if picture in live:
            seen = tuple(sorted(sightings[picture], key=sighting_order))
            yield number, Match(archive.picture(picture), comparison_of(match), seen)


def _outcome(
    archive: Archive, check: int, record: Record, matches: Sequence[Match], coverage: Coverage
) -> tuple[Outcome, str | None]:
    """As a look-up ends; what had no match before is as hard to judge as it was."""
    if matches:
        return outcome_of(matches, coverage)
    if record["outcome"] == Outcome.MATCHED:
        return outcome_of(matches, coverage, _too_little_detail(archive, check))
    hard = record["outcome"] == Outcome.CANNOT_JUDGE
    return outcome_of(matches, coverage, record["reason"] if hard else None)


def _too_little_detail(archive: Archive, check: int) -> str | None:
    """Why pixels could not tell, by the raster that is kept of what was checked."""
    from provenance.fingerprint import raster
    from provenance.verify.judging.detail import too_little_detail_in

    packed = archive.check_raster(check)
    return too_little_detail_in(raster.unpack(packed).grey) if packed else None


# ---------------------------------------------------------------------- contradictions


def _contradictions(
    archive: Archive, record: Record, claim: Claim, lookup: Lookup, lang: str
) -> tuple[str, ...]:
    """Those between a file and itself stay; those with sightings are the ones of now."""
    stored, first = record["metadata"]["contradictions"], record.get("lang", ENGLISH)
    before = _with_sightings(claim, _everything(archive, record, lookup), first)
    now = _with_sightings(claim, lookup, lang)
    stay = [each for each in stored if each in now or each not in before]
    return tuple(dict.fromkeys([*stay, *now]))


def _with_sightings(claim: Claim, lookup: Lookup, lang: str) -> list[str]:
    """What does not fit together, but for small pictures inside the file, which are not kept."""
    of_itself = among(lookup.facts, claim, known_date(claim, lookup), ())
    words = [contradiction(each, lang) for each in of_itself]
    return [*words, *contradictions(claim, lookup, lang)]


def _everything(archive: Archive, record: Record, lookup: Lookup) -> Lookup:
    """The look-up with every sighting there ever was, taken back or not."""
    sightings = archive.sightings_of([m["picture"] for m in record["matches"]], revoked=True)
    matches = tuple(
        Match(
            archive.picture(match["picture"]),
            comparison_of(match),
            tuple(replace(each, revoked=False) for each in sightings[match["picture"]]),
        )
        for match in record["matches"]
    )
    return replace(lookup, matches=matches)
