"""Laws of deciding: whoever decides in whatever order, one decision stands, and undo undoes."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance import dates
from provenance.archive import Archive
from provenance.check import check
from provenance.errors import ProvenanceError
from provenance.lookup import Looked, after_decisions
from provenance.models import (
    Claim,
    Comparison,
    Decision,
    Examined,
    Fingerprint,
    How,
    Intake,
    Lookup,
    Match,
    Means,
    NewCollection,
    NewReview,
    NewSighting,
    Outcome,
    Proof,
    Query,
    Rating,
    Relation,
    Review,
    Trust,
)
from provenance.reviewing import review, take_back

few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

CLAIMS = (
    Claim(text="the first", date=dates.parse("2023-10-23")),
    Claim(text="the second", date=dates.parse("2024-01-05")),
)
PEOPLE = ("Adler", "Beck")


def file(name: str) -> Examined:
    digest = hashlib.sha256(name.encode()).digest()
    prints = (Fingerprint("pdq_v1", digest, 90), Fingerprint("phash_v1", digest[:8]))
    return Examined(digest.hex(), 1, "PNG", 1, 10, 10, "none", prints)


def dated(picture: int) -> NewSighting:
    year = dates.parse(str(2017 + picture))
    return NewSighting(year, Means.PUBLISHED, How.STATED, source="wire", trust=Trust.OWN)


def intake(picture: int) -> Intake:
    return Intake(
        name=f"{picture}.png",
        collection=NewCollection("wire"),
        examined=file(f"archived {picture}"),
        sightings=(dated(picture),),
    )


def looked(archive: Archive) -> Looked:
    """A file that is proved to hold both pictures, looked up now."""
    asked, kept = file("asked"), archive.sightings_of([1, 2])
    proof = Proof("pixels", inliers=90, pixels_compared=True, agreement=0.97)
    proved = Comparison(Relation.SAME_PICTURE, proof, None, 1.0, 1.0)
    matches = tuple(Match(archive.picture(n), proved, kept[n]) for n in (1, 2))
    lookup = Lookup(
        Query("asked.png", asked.sha256, width=10, height=10),
        Outcome.MATCHED,
        archive.coverage(),
        ("sha256",),
        matches=matches,
    )
    return Looked(after_decisions(archive, lookup, lambda: None), asked)


@contextmanager
def desks() -> Iterator[dict[str, Archive]]:
    """One archive with two checks of one file, open at two desks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        with (
            Archive.open(path, create=True, actor=PEOPLE[0]) as one,
            Archive.open(path, actor=PEOPLE[1]) as other,
        ):
            one.add([intake(1), intake(2)])
            for claim in CLAIMS:
                check(one, looked(one), claim)
            yield dict(zip(PEOPLE, (one, other), strict=True))


def answers(archive: Archive) -> list[dict[str, Any]]:
    """What every check says, but for the decisions that are told beside it."""
    return [{**record, "earlier_checks": None} for record in archive.checks()]


pairs = st.sampled_from([Decision.CONFIRMED, Decision.NOT_SAME, Decision.NO_OBJECTION])
pictures = st.integers(1, 2)
new = st.one_of(
    st.builds(NewReview, pairs, st.just("because"), picture=pictures),
    st.builds(
        NewReview,
        st.sampled_from([Decision.SIGHTING_CONFIRMED, Decision.SIGHTING_REJECTED]),
        st.just("because"),
        sighting=st.sampled_from([2, 4]),
    ),
    st.builds(
        NewReview, st.just(Decision.RATED), st.just("so"), rating=st.sampled_from(list(Rating))
    ),
    st.builds(NewReview, st.just(Decision.NOTED), st.just("a word")),
)
steps = st.tuples(st.sampled_from(PEOPLE), st.integers(1, 2), new | st.none(), st.booleans())


def take(step: tuple[Any, ...], at: dict[str, Archive]) -> Review | None:
    """One step of one person; ``None`` where it is refused."""
    who, number, decision, overturn = step
    try:
        if decision is None:
            return take_back(at[who], number, "no", overturn=overturn)
        return review(at[who], number, decision, overturn=overturn)
    except ProvenanceError:
        return None


def slot(each: Review) -> tuple[Any, ...]:
    if each.sighting is not None:
        return ("sighting", each.sighting)
    if each.decision is Decision.RATED:
        return ("rating", each.check)
    if each.decision is Decision.NOTED:
        return ("note", each.id)
    return ("pair", each.check, each.picture)


@few
@given(st.lists(steps, max_size=6), new, st.sampled_from(PEOPLE), st.integers(1, 2))
def test_undo_restores_everything(
    before: list[tuple[Any, ...]], last: NewReview, who: str, number: int
) -> None:
    with desks() as at:
        for step in before:
            take(step, at)
        was = answers(at[who])
        if take((who, number, last, True), at) is not None:
            take_back(at[who], number, "wrong line", sighting=last.sighting, picture=last.picture)
        assert answers(at[who]) == was
        assert at[who].verify_chain().whole


@few
@given(st.lists(steps, max_size=8))
def test_one_decision_stands_and_nobody_is_contradicted_in_silence(
    taken: list[tuple[Any, ...]],
) -> None:
    with desks() as at:
        for step in taken:
            standing = {r.id: r for n in (1, 2) for r in at["Adler"].reviews_of(n) if r.stands}
            take(step, at)
            now = {r.id: r for n in (1, 2) for r in at["Adler"].reviews_of(n) if r.stands}
            gone = [standing[number] for number in standing.keys() - now.keys()]
            assert step[3] or {each.by for each in gone} <= {step[0]}
            assert len({slot(each) for each in now.values()}) == len(now)
            rejected = {r.picture for r in now.values() if r.decision is Decision.NOT_SAME}
            for record in at["Beck"].checks():
                assert {m["picture"] for m in record["matches"]} == {1, 2} - rejected


@few
@given(st.lists(steps, max_size=6))
def test_looking_again_and_coming_in_again_change_nothing(taken: list[tuple[Any, ...]]) -> None:
    with desks() as at:
        for step in taken:
            take(step, at)
        archive = at["Adler"]
        was = answers(archive)
        for claim in CLAIMS:
            check(archive, looked(archive), claim)
        assert answers(archive) == was
        archive.revoke("wire", "a mistake")
        archive.add([intake(1), intake(2)])
        for claim in CLAIMS:
            check(archive, looked(archive), claim)
        assert [_shown(each) for each in answers(archive)] == [_shown(each) for each in was]


def _shown(record: dict[str, Any]) -> Any:
    matches = [(each["picture"], each["decisions"]) for each in record["matches"]]
    return record["finding"]["kind"], record["finding"]["support"], matches, record["review"]
