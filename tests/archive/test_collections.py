"""Taking a collection back, and getting things again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from provenance.archive import connection
from provenance.archive.collections import LISTED
from provenance.errors import UnknownName
from provenance.models import AddOutcome, How, Means, NewCollection, Trust


def trusts(archive, picture):
    return [s.trust for s in archive.sightings_of([picture])[picture] if s.source]


def test_what_no_other_holds_is_gone_from_every_answer(archive, intake, sighting, examined):
    archive.add([intake("mine", sighting(2018, source="ours"))])
    (added,) = archive.add([intake("bad", sighting(2001, source="x"), collection="bad")])
    revoked = archive.revoke("bad", "invented dates")
    assert (revoked.pictures, revoked.sightings, revoked.checks) == (1, 2, ())
    coverage = archive.coverage()
    assert (coverage.pictures, coverage.sightings, coverage.sources) == (1, 2, 1)
    assert coverage.earliest.year == 2017
    assert archive.picture_by_sha256(examined("bad").sha256) is None
    assert [picture.id for picture, _ in archive.pictures()] == [1]
    assert archive.live_pictures() == {1} == archive.are_live([1, added.picture, 99])
    assert archive.sightings_of([added.picture]) == {added.picture: ()}
    assert archive.verify_chain().whole


def test_what_is_revoked_can_still_be_shown(archive, intake, sighting):
    (added,) = archive.add([intake(1, sighting(2001), collection="bad")])
    archive.revoke("bad", "invented dates")
    shown = archive.sightings_of([added.picture], revoked=True)[added.picture]
    assert [s.revoked for s in shown] == [True, True]
    assert {s.collections for s in shown} == {("bad",)}
    assert archive.find_picture(str(added.picture)).id == added.picture


def test_what_another_holds_stays(archive, intake, sighting):
    (added,) = archive.add([intake(1, sighting(2019))])
    archive.add([intake(1, sighting(2019), sighting(2018), collection="second")])
    revoked = archive.revoke("second", "a mistake")
    assert (revoked.pictures, revoked.sightings) == (0, 1)
    kept = archive.sightings_of([added.picture])[added.picture]
    assert [s.date.text for s in kept if s.source] == ["2019"]
    assert {s.collections for s in kept} == {("first",)}


def test_what_only_the_revoked_had_said_is_taken_back(archive, intake, sighting):
    (added,) = archive.add([intake(1, sighting(2019, trust=Trust.UNREVIEWED, caption="smoke"))])
    archive.add([intake(1, sighting(2019, trust=Trust.OWN, caption="fire"), collection="second")])
    assert trusts(archive, added.picture) == [Trust.OWN]
    archive.revoke("second", "it was not ours")
    (kept, _) = archive.sightings_of([added.picture])[added.picture]
    assert (kept.trust, kept.caption) == (Trust.UNREVIEWED, "smoke")


@pytest.mark.parametrize("name", ["bad", "another"])
def test_it_can_come_again(archive, intake, sighting, name):
    (first,) = archive.add([intake(1, sighting(2001, caption="smoke"), collection="bad")])
    archive.revoke("bad", "invented dates")
    (again,) = archive.add([intake(1, sighting(2001), collection=name)])
    assert again.outcome is AddOutcome.ADDED
    assert again.new == ("picture", "sighting")
    assert "revoked" in again.detail
    assert (again.picture, again.sighting) == (first.picture, first.sighting)
    assert archive.coverage().pictures == 1
    (stated, _) = archive.sightings_of([again.picture])[again.picture]
    assert stated.caption is None
    assert stated.collections == (name,)
    assert archive.add([intake(1, sighting(2001), collection=name)])[0].new == ()


def test_only_what_comes_again_lives_again(archive, intake, sighting):
    (added,) = archive.add([intake(1, sighting(2001), sighting(2002), collection="bad")])
    archive.revoke("bad", "invented dates")
    archive.add([intake(1, sighting(2002))])
    stored = archive.sightings_of([added.picture])[added.picture]
    assert [s.date.text for s in stored if s.source] == ["2002"]


def test_nobody_knows_that_collection(archive, intake):
    with pytest.raises(UnknownName, match="no collection bad"):
        archive.revoke("bad", "x")


def test_a_collection_is_taken_back_once(archive, intake, monkeypatch):
    archive.add([intake(1, collection="bad")])
    taken_back = datetime(2026, 5, 3, 23, 30, tzinfo=UTC)
    with monkeypatch.context() as patch:
        patch.setattr(connection, "now", lambda: taken_back)
        archive.revoke("bad", "x")
    with pytest.raises(UnknownName) as error:
        archive.revoke(" bad", "x")
    assert str(error.value) == (
        "The collection bad is already taken back, since 3 May 2026. See: provenance status"
    )
    assert error.value.exit_code == 2


def test_the_revocation_is_among_the_events_of_its_pictures(archive, intake, sighting):
    archive.add([intake(1, sighting(2001), collection="bad")])
    archive.add([intake(2, sighting(2001)), intake(1, sighting(2001))])
    archive.add([intake(3, sighting(2001), collection="fine")])
    archive.revoke("bad", "invented dates")
    archive.revoke("fine", "another reason")
    kinds = {n: [e.kind for e in archive.events_of(n)] for n in (1, 2, 3)}
    assert kinds[1][-1] == kinds[3][-1] == "collection_revoked"
    assert "collection_revoked" not in kinds[2]
    *_, event = archive.events_of(1)
    assert (event.details["name"], event.details["reason"]) == ("bad", "invented dates")
    ids = [event.id for event in archive.events_of(1)]
    assert ids == sorted(set(ids))


def test_status_lists_the_newest(archive, intake, sighting):
    archive.add([intake(1, sighting(2001), sighting(2002)), intake(2)])
    archive.add([intake(2, sighting(2001), collection="bad")])
    archive.revoke("bad", "invented dates")
    status = archive.status()
    (bad, first) = status["newest_collections"]
    assert (first["name"], first["pictures"], first["sightings"]) == ("first", 2, 4)
    assert first["revoked"] is None
    assert (bad["name"], bad["pictures"], bad["sightings"]) == ("bad", 1, 2)
    assert bad["revoked"] >= bad["made"]
    assert status["more_collections"] == 0


def test_status_says_how_many_more_there_are(archive, intake):
    archive.add([intake(n, collection=f"batch {n}") for n in range(LISTED + 3)])
    status = archive.status()
    assert [row["name"] for row in status["newest_collections"]] == [
        f"batch {n}" for n in range(LISTED + 2, 2, -1)
    ]
    assert status["more_collections"] == 3


def test_the_first_words_about_a_collection_stay(archive, intake):
    archive.add([intake(1)])
    archive.add([intake(2)])
    (only,) = archive.collections()
    assert (only["name"], only["trust"], only["revoked"], only["sightings"]) == (
        "first",
        "own",
        None,
        2,
    )


def test_the_reason_is_in_the_log(archive, intake):
    archive.add([intake(1)])
    archive.revoke("first", "invented dates")
    *_, event = archive.events()
    assert event.kind == "collection_revoked"
    assert (event.details["by"], event.details["reason"]) == ("Mona", "invented dates")


def licensed(archive, intake, licence, name="wire"):
    collection = NewCollection(name, "Example Agency", Trust.PARTNER, licence)
    return archive.add([replace(intake(1), collection=collection)])


def test_a_collection_has_a_licence(archive, intake):
    licensed(archive, intake, " CC BY 4.0\n")
    licensed(archive, intake, None)
    (shown,) = archive.collections_of(1)
    assert shown == {
        "name": "wire",
        "source": "Example Agency",
        "trust": "partner",
        "licence": "CC BY 4.0",
        "revoked": None,
    }
    assert archive.status()["newest_collections"][0]["licence"] == "CC BY 4.0"


def test_a_later_licence_replaces_it_and_is_logged(archive, intake):
    licensed(archive, intake, None)
    licensed(archive, intake, "CC BY 4.0")
    version = archive.version()
    licensed(archive, intake, "CC BY 4.0")
    assert archive.version() == version
    (row,) = archive.collections()
    assert row["licence"] == "CC BY 4.0"
    event = archive._row("SELECT kind, collection_id FROM events ORDER BY id DESC LIMIT 1")
    assert tuple(event) == ("collection_updated", row["id"])


def test_a_time_stamp_stays_validated_only_while_who_validated_it_stands(archive, intake, sighting):
    stamped = sighting(2019, how=How.C2PA_TIMESTAMP, means=Means.CAPTURED)
    (added,) = archive.add([intake(1, stamped)])
    archive.add([intake(1, replace(stamped, validated=True), collection="checked")])

    def validated() -> bool:
        (first, _) = archive.sightings_of([added.picture])[added.picture]
        return first.validated

    assert validated()
    archive.revoke("checked", "the trust list was the wrong one")
    assert not validated()
