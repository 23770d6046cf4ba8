"""Laws of the memory: the order of adding and repetition change nothing that can be asked."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.archive import Archive
from provenance.dates import Date, Precision
from provenance.models import (
    Examined,
    Fingerprint,
    How,
    Intake,
    Means,
    NewCollection,
    NewSighting,
    Trust,
)

# Each example makes a file, so there are few of them and they may take their time.
few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def archive() -> Iterator[Archive]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder) / "archive.db", create=True) as opened,
    ):
        yield opened


def day(number: int) -> Date:
    instant = datetime(2019, 1, number, tzinfo=UTC)
    return Date(f"2019-01-{number:02d}", instant, instant, Precision.DAY)


def file(number: int) -> Examined:
    digest = hashlib.sha256(bytes([number])).digest()
    prints = (Fingerprint("pdq_v1", digest, 90), Fingerprint("phash_v1", digest[:8]))
    return Examined(digest.hex(), 1, "PNG", 1, 10, 10, "none", prints, raster=digest)


dates = st.none() | st.integers(1, 3).map(day)
words = st.sampled_from([None, "", "a", " a ", "b", "e\u0301", "\u00e9"])

sightings = st.builds(
    NewSighting,
    date=dates,
    means=st.sampled_from([Means.PUBLISHED, Means.CAPTURED]),
    how=st.just(How.STATED),
    source=words,
    place=words,
)


@st.composite
def intakes(draw: st.DrawFn, **fixed: str) -> Intake:
    """A file, its hash alone, or a picture hash alone; few enough that they meet."""
    number = draw(st.integers(0, 3))
    known = file(number)
    hashes: dict[str, object] = draw(
        st.sampled_from(
            [
                {"examined": known},
                {"sha256": known.sha256},
                {"pdq": known.fingerprints[0].value.hex()},
                {"phash": known.fingerprints[1].value.hex()},
            ]
        )
    )
    collection = fixed.get("collection") or draw(st.sampled_from("xyz"))
    stated = draw(st.lists(sightings, max_size=2))
    return Intake(
        f"{number}.png",
        NewCollection(collection),
        sightings=tuple(stated),
        **hashes,  # type: ignore[arg-type]
    )


def contents(opened: Archive, *, held_dates: bool = True) -> list[object]:
    """Everything that can be asked, in an order that does not depend on ids."""
    found = []
    for picture, _ in opened.pictures():
        stated = opened.sightings_of([picture.id])[picture.id]
        dates_of = [s for s in stated if held_dates or s.means is not Means.HELD]
        found.append(
            (
                (picture.sha256, picture.pdq, picture.phash, picture.width, picture.has_raster),
                sorted(
                    repr((s.date, s.means, s.how, s.source, s.place, s.trust, s.collections))
                    for s in dates_of
                ),
            )
        )
    return sorted(found, key=repr)


@few
@given(st.lists(intakes(), max_size=8), st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_of_adding_changes_nothing(batch, dice, size):
    shuffled = list(batch)
    dice.shuffle(shuffled)
    with archive() as one, archive() as other:
        one.add(batch)
        for start in range(0, len(shuffled), size):
            other.add(shuffled[start : start + size])
        assert contents(one, held_dates=False) == contents(other, held_dates=False)
        assert one.coverage() == other.coverage()


@few
@given(st.lists(intakes(), max_size=6), st.integers(1, 3))
def test_repetition_changes_nothing(batch, times):
    with archive() as opened:
        opened.add(batch)
        before, version = contents(opened), opened.version()
        for _ in range(times):
            again = opened.add(batch)
            assert all(added.new == () for added in again)
        assert contents(opened) == before
        assert opened.version() == version


@few
@given(st.lists(intakes(), max_size=6), st.lists(intakes(collection="taken back"), max_size=6))
def test_revoking_undoes_adding(kept, taken_back):
    with archive() as one, archive() as other:
        one.add(kept)
        # What a revoked file taught about a hash stays known, so both learn it.
        other.add([*kept, *taken_back])
        if taken_back:
            other.revoke("taken back", "a mistake")
        assert stated(other) == stated(one)
        assert other.coverage() == one.coverage()
        assert other.verify_chain().whole


def stated(opened: Archive) -> set[str]:
    """The stated sightings, by what their picture is known by."""
    return {
        repr((p.sha256 or p.pdq or p.phash, s.date, s.means, s.source, s.place, s.collections))
        for p, _ in opened.pictures()
        for s in opened.sightings_of([p.id])[p.id]
        if s.means is not Means.HELD
    }


@few
@given(st.lists(intakes(), min_size=1, max_size=5), st.data())
def test_whatever_is_done_the_chain_is_whole(batch, data):
    with archive() as opened:
        for intake in batch:
            opened.add([intake])
            action = data.draw(st.sampled_from(["nothing", "revoke", "forget", "drop"]))
            live = sorted(opened.live_pictures())
            if action == "revoke" and live:
                opened.revoke(intake.collection.name, "drawn")
            elif action == "forget" and live:
                opened.forget(data.draw(st.sampled_from(live)), "drawn", sweep=False)
            elif action == "drop" and live:
                opened.drop_pixels(data.draw(st.sampled_from(live)), "drawn", sweep=False)
        report = opened.verify_chain()
        assert report.whole, report.problems
        assert opened.coverage().pictures == len(list(opened.pictures()))


@few
@given(st.lists(st.sampled_from(list(Trust)), min_size=1, max_size=5), st.integers(0, 4))
def test_the_last_word_of_those_not_revoked_counts(trusts, revoked):
    names = [str(number) for number in range(len(trusts))]
    with archive() as opened:
        for name, trust in zip(names, trusts, strict=True):
            said = NewSighting(day(1), Means.PUBLISHED, How.STATED, source="a", trust=trust)
            opened.add([Intake("a", NewCollection(name), examined=file(1), sightings=(said,))])
        remaining = trusts
        if revoked < len(trusts):
            opened.revoke(names[revoked], "drawn")
            remaining = trusts[:revoked] + trusts[revoked + 1 :]
        found = [s for s in opened.sightings_of([1])[1] if s.source]
        assert [s.trust for s in found] == remaining[-1:]
