"""Rows of a table: put in together, met again, counted once. The short way is the long way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.archive import Archive
from provenance.models import AddOutcome, Intake, NewCollection, NewSighting, Trust

WIRE = NewCollection("wire", "Example Agency")


def row_of(number: int, *sightings: NewSighting, **hashes: str | None) -> Intake:
    given = {"sha256": f"{number:064x}", "pdq": f"{number + 7:064x}", "phash": f"{number:016x}"}
    return Intake(f"row {number}", WIRE, row=number, **(given | hashes), sightings=sightings)


@pytest.fixture
def rows(sighting) -> list[Intake]:
    return [row_of(n, sighting(2000 + n)) for n in range(1, 9)]


def test_what_is_met_again_is_known_and_nothing_is_written(archive, rows):
    first = archive.add(rows)
    version = archive.version()
    again = archive.add(rows)
    assert archive.version() == version
    assert [(a.picture, a.sighting) for a in again] == [(a.picture, a.sighting) for a in first]
    assert {(a.outcome, a.new, a.detail) for a in again} == {(AddOutcome.KNOWN, (), None)}


def test_without_a_sighting_the_held_one_is_meant(archive):
    (first,) = archive.add([row_of(1)])
    (again,) = archive.add([row_of(1)])
    assert (again.outcome, again.sighting) == (AddOutcome.KNOWN, first.sighting)


CHANGES = {
    "caption": {"caption": "smoke"},
    "trust": {"trust": Trust.CONTESTED},
    "credit": {"credit": "Mona"},
    "image_record": {"image_record": True},
    "validated": {"validated": True},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_stated_anew_is_taken(archive, rows, sighting, change):
    archive.add(rows)
    (added,) = archive.add([row_of(3, sighting(2003, **change))])
    assert added.outcome is AddOutcome.KNOWN
    (stated, _) = archive.sightings_of([added.picture])[added.picture]
    assert {name: getattr(stated, name) for name in change} == change
    assert [e.kind for e in archive.events_of(added.picture)][-1] == "sighting_updated"


@pytest.mark.parametrize("change", ["place", "url", "source"])
def test_another_place_is_another_sighting(archive, rows, sighting, change):
    archive.add(rows)
    (added,) = archive.add([row_of(3, sighting(2003, **{change: "elsewhere"}))])
    assert added.new == ("sighting",)


def test_another_collection_joins(archive, rows):
    archive.add(rows)
    other = replace(rows[2], collection=NewCollection("other"))
    (added,) = archive.add([other])
    assert added.outcome is AddOutcome.KNOWN
    stored = archive.sightings_of([added.picture])[added.picture]
    assert {s.collections for s in stored} == {("other", "wire")}


@pytest.mark.parametrize("lacking", ["pdq", "phash"])
def test_a_hash_that_was_lacking_completes_it(archive, sighting, lacking):
    (first,) = archive.add([row_of(1, sighting(2001), **{lacking: None})])
    (added,) = archive.add([row_of(1, sighting(2001))])
    assert added.picture == first.picture
    assert getattr(archive.picture(first.picture), lacking) == getattr(row_of(1), lacking)
    assert archive.fingerprint(first.picture, f"{lacking}_v1") is not None


def test_the_second_row_of_a_picture_in_one_batch(archive, sighting):
    one, two, three = archive.add(
        [row_of(1, sighting(2001)), row_of(1, sighting(2002)), row_of(1, sighting(2001))]
    )
    assert (one.new, two.new, three.new) == (("picture", "sighting"), ("sighting",), ())
    assert one.picture == two.picture == three.picture
    assert one.sighting == three.sighting != two.sighting


def test_a_row_restated_twice_in_one_batch_of_known_rows(archive, rows, sighting):
    archive.add(rows)
    archive.add([row_of(3, sighting(2003, caption="smoke")), row_of(3, sighting(2003))])
    (stated, _) = archive.sightings_of([3])[3]
    assert stated.caption == "smoke"


def test_what_was_taken_back_lives_again(archive, rows):
    archive.add(rows)
    archive.revoke("wire", "a mistake")
    again = archive.add(rows)
    assert {a.new for a in again} == {("picture", "sighting")}
    assert all("revoked" in a.detail for a in again)


def test_new_and_known_rows_side_by_side_keep_their_order(archive, rows, sighting):
    archive.add(rows[::2])
    more = archive.add([*rows, row_of(99, sighting(1999))])
    assert [bool(a.new) for a in more] == [False, True] * 4 + [True]
    assert [a.row for a in more] == [*range(1, 9), 99]
    assert archive.verify_chain().whole


def test_ids_are_never_given_twice(archive, rows, sighting):
    archive.add(rows)
    archive.forget(8, "asked")
    (added,) = archive.add([row_of(9, sighting(2009))])
    seen = [row["sighting_id"] for row in archive._rows("SELECT sighting_id FROM events")]
    given = [number for number in seen if number is not None]
    assert len(given) == len(set(given))
    assert added.sighting == max(given)


def test_an_answer_counts_when_it_was_waited_for(archive, path, rows):
    landing = archive.adding(rows)
    added = landing.wait()
    with Archive.open(path, readonly=True) as other:
        assert other.coverage().pictures == len(added) == 8
    version = archive.version()
    assert archive.adding(rows).wait()[0].outcome is AddOutcome.KNOWN
    assert archive.version() == version


def test_a_commit_that_fails_is_said_where_it_is_waited_for(archive, path, rows):
    archive._connection.execute("PRAGMA max_page_count = 1")  # no page more than there are
    with pytest.raises(Exception, match="full") as failed:
        archive.adding([row_of(n) for n in range(1000)]).wait()
    assert failed.value.exit_code
    archive._connection.execute("PRAGMA max_page_count = 1000000")
    assert not archive._connection.in_transaction
    assert archive.add(rows)[0].outcome is AddOutcome.ADDED
