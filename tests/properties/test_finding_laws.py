"""Laws of findings, for any claim and any sightings at all."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import dates
from provenance.finding import judge, strength
from provenance.models import (
    Alteration,
    AlterationKind,
    Claim,
    Comparison,
    Coverage,
    Finding,
    FindingKind,
    How,
    Lookup,
    Match,
    Means,
    Outcome,
    Picture,
    Proof,
    Query,
    Relation,
    Sighting,
    Strength,
    Trust,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
COVERAGE = Coverage(7, 9, 2, NOW - timedelta(days=900), NOW)
SUPPORTING = {Strength.DOCUMENTED, Strength.REPORTED}
FLAGS = ("confirmed", "rejected", "revoked", "image_record", "weak_page", "validated")
FORBIDDEN = re.compile(
    r"\b(fake\w*|forge\w*|authentic\w*|re-?used?|old(er|est)?|mis-?used?|original\w*|poster"
    r"|ge?fälscht\w*|fälschung\w*|echt\w*|authentisch\w*|wiederverwendet\w*|alt|alte[rsnm]?"
    r"|älter\w*|missbr\w*|account\w*|somebody)\b",
    re.IGNORECASE,
)

KNOWN = [
    dates.parse(text)
    for text in [
        "2019",
        "2019-11-15",
        "2023-10-23",
        "2023",
        "2013/2020",
        "../2016",
        "2024/..",
        "2024-05~",
        "201X",
        "2019?",
        "2014-22",
        "2023-10-22T23:00Z",
        "2023-10-24T01:30+03:00",
        "2023-10-23T12:00",
        "2030",
    ]
]
IN_NUMBERS = {
    "kept": 0.5,
    "lost": ["left"],
    "share": 0.2,
    "where": "top",
    "degrees": 90,
    "factor": 0.5,
    "what": ["grey"],
}
MISSES = [Outcome.NOT_IN_ARCHIVE, Outcome.CANNOT_JUDGE, Outcome.UNREADABLE]


def a_sighting(random: Random, number: int) -> Sighting:
    return Sighting(
        number,
        1,
        random.choice([None, *KNOWN]),
        random.choice(list(Means)),
        random.choice(list(How)),
        random.choice([NOW, NOW - timedelta(days=2000)]),
        source=random.choice([None, " ", "agency", "wire"]),
        url=random.choice([None, "https://example.com/1", "https://t.me/somebody/5"]),
        caption=random.choice([None, "Smoke", "Archivbild"]),
        trust=random.choice(list(Trust)),
        vouched=random.choice([None, "by hand"]),
        **{flag: random.randrange(6) == 5 for flag in FLAGS},
    )


def a_match(random: Random, number: int) -> Match:
    picture = Picture(
        number,
        None,
        "a",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        has_raster=False,
        added=NOW,
    )
    told = [
        Alteration(random.choice(list(AlterationKind)), random.choice([{}, IN_NUMBERS]))
        for _ in range(random.randrange(3))
    ]
    compared = Comparison(
        random.choice([Relation.SAME_PICTURE, Relation.IDENTICAL_FILE, Relation.SIMILAR_SCENE]),
        Proof(random.choice(["pixels", "geometry", "hash", "sha256"])),
        None,
        None,
        random.choice([None, 0.05, 0.9]),
        tuple(told),
    )
    seen = [a_sighting(random, 10 * number + n) for n in range(random.randrange(5))]
    return Match(picture, compared, tuple(seen))


def a_lookup(random: Random) -> Lookup:
    matches = tuple(a_match(random, number) for number in range(1, 1 + random.randrange(4)))
    outcome = Outcome.MATCHED if matches else random.choice(MISSES)
    return Lookup(Query("q"), outcome, COVERAGE, matches=matches)


def a_claim(random: Random) -> Claim:
    when, posted = (random.choice([None, *KNOWN]) for _ in range(2))
    return Claim(date=when, posted=posted, url=random.choice([None, "http://www.example.com/1"]))


CLAIMS = st.builds(a_claim, st.randoms(use_true_random=False))
LOOKUPS = st.builds(a_lookup, st.randoms(use_true_random=False))
SIGHTINGS = st.builds(a_sighting, st.randoms(use_true_random=False), st.just(1000))


def counting(claim: Claim, lookup: Lookup) -> list[tuple[Sighting, Strength]]:
    return [
        (s, strength(s, claim, by_hash_alone=m.comparison.proof.method == "hash"))
        for m in lookup.matches
        if m.comparison.relation is not Relation.SIMILAR_SCENE
        for s in m.sightings
    ]


@pytest.mark.parametrize("lang", ["en", "de"])
def test_thousands_of_sentences_are_decent(lang: str) -> None:
    random = Random(20231023)
    for _ in range(3000):
        said = judge(a_claim(random), a_lookup(random), lang=lang).sentence
        assert said[-1] == "."
        assert not FORBIDDEN.search(said), said
        assert not re.search(r"[{}]|  |None|\.\.(?!\.)", said), said


@given(CLAIMS, LOOKUPS)
def test_the_language_changes_words_only(claim: Claim, lookup: Lookup) -> None:
    english, german = (judge(claim, lookup, lang=lang) for lang in ("en", "de"))
    assert replace(english, sentence="") == replace(german, sentence="")


@given(CLAIMS, LOOKUPS)
def test_before_needs_support_that_ends_before(claim: Claim, lookup: Lookup) -> None:
    finding = judge(claim, lookup)
    if finding.kind is not FindingKind.SEEN_BEFORE_CLAIM:
        return
    reference = claim.date or claim.posted
    assert reference is not None
    assert finding.support is not None
    assert finding.support.strength in SUPPORTING
    assert finding.support.no_later_than < reference.earliest  # type: ignore[operator]
    rests = [s for s, given in counting(claim, lookup) if s.id in finding.support.rests_on]
    assert any(s.date and s.date.latest == finding.support.no_later_than for s in rests)


@given(CLAIMS, LOOKUPS)
def test_after_needs_a_day_on_which_it_was_taken(claim: Claim, lookup: Lookup) -> None:
    finding = judge(claim, lookup)
    if finding.kind is FindingKind.SEEN_AFTER_CLAIM:
        assert finding.support is not None
        found = [
            s
            for s, g in counting(claim, lookup)
            if s.id in finding.support.rests_on and g in SUPPORTING
        ]
        assert any(s.means is Means.CAPTURED for s in found)


@given(CLAIMS, LOOKUPS)
def test_a_lead_is_given_only_before_and_its_bounds_agree(claim: Claim, lookup: Lookup) -> None:
    finding = judge(claim, lookup)
    assert (finding.lead is not None) == (finding.kind is FindingKind.SEEN_BEFORE_CLAIM)
    lead = finding.lead
    if lead is None:
        return
    assert lead.at_least is not None
    assert lead.at_least >= 0
    assert lead.at_most is None or lead.at_most >= lead.at_least
    assert (lead.at_least_minutes is not None) == (lead.at_least < 2)


@given(CLAIMS, LOOKUPS, SIGHTINGS)
def test_what_supports_nothing_changes_nothing_that_is_supported(
    claim: Claim, lookup: Lookup, extra: Sighting
) -> None:
    """An indication, or a contested date, never makes or unmakes "seen before"."""
    extra = replace(extra, trust=Trust.CONTESTED)
    finding = judge(claim, lookup)
    more = judge(claim, _with(lookup, extra))
    before = FindingKind.SEEN_BEFORE_CLAIM
    assert (finding.kind is before) == (more.kind is before)
    if finding.kind is before:
        assert (finding.support, finding.lead) == (more.support, more.lead)


@given(CLAIMS, LOOKUPS, SIGHTINGS)
def test_more_evidence_never_takes_back_that_it_was_seen_before(
    claim: Claim, lookup: Lookup, extra: Sighting
) -> None:
    if extra.means in {Means.HELD, Means.CRAWLED}:
        return  # a record of its bytes may contradict a day on which it was said to be taken
    finding, more = judge(claim, lookup), judge(claim, _with(lookup, extra))
    if finding.kind is FindingKind.SEEN_BEFORE_CLAIM:
        assert more.kind is FindingKind.SEEN_BEFORE_CLAIM
        assert _least(more) >= _least(finding)


@given(CLAIMS, LOOKUPS, st.randoms())
def test_the_order_in_which_sightings_come_changes_nothing(
    claim: Claim, lookup: Lookup, random: Any
) -> None:
    shuffled = tuple(
        replace(m, sightings=tuple(random.sample(m.sightings, len(m.sightings))))
        for m in lookup.matches
    )
    one, other = judge(claim, lookup), judge(claim, replace(lookup, matches=shuffled))
    assert replace(one, sentence="") == replace(other, sentence="")


@given(SIGHTINGS, CLAIMS)
def test_fingerprints_alone_support_nothing(sighting: Sighting, claim: Claim) -> None:
    assert strength(sighting, claim, by_hash_alone=True) not in SUPPORTING


@given(SIGHTINGS, CLAIMS)
def test_what_never_supports(sighting: Sighting, claim: Claim) -> None:
    given = strength(sighting, claim)
    if sighting.revoked or sighting.rejected or sighting.trust is Trust.CONTESTED:
        assert given is Strength.NONE
    if sighting.how in {How.EXIF, How.XMP, How.IPTC} and not (
        sighting.vouched or sighting.confirmed
    ):
        assert given not in SUPPORTING


def _least(finding: Finding) -> int:
    assert finding.lead is not None
    assert finding.lead.at_least is not None
    return finding.lead.at_least


def _with(lookup: Lookup, extra: Sighting) -> Lookup:
    """The same look-up with one more sighting of its first match."""
    if not lookup.matches:
        return lookup
    first, *others = lookup.matches
    return replace(lookup, matches=(replace(first, sightings=(*first.sightings, extra)), *others))
