"""What comes in, what is the same, and what is new."""

from __future__ import annotations

import unicodedata

import pytest

from provenance.archive import Archive
from provenance.models import AddOutcome, How, Intake, Means, NewCollection, Trust


def test_a_picture_with_what_was_stated(archive, intake, sighting):
    (added,) = archive.add([intake(1, sighting(2019, caption="smoke"))])
    assert (added.outcome, added.new) == (AddOutcome.ADDED, ("picture", "sighting"))
    assert (added.name, added.collection) == ("drop/1.jpg", "first")
    picture = archive.picture(added.picture)
    assert (picture.name, picture.path) == ("drop/1.jpg", "/data/drop/1.jpg")
    assert (picture.width, picture.height, picture.has_raster) == (500, 400, True)
    assert picture.pdq == archive.fingerprint(picture.id, "pdq_v1").value.hex()
    assert picture.phash == archive.fingerprint(picture.id, "phash_v1").value.hex()
    stated, held = archive.sightings_of([picture.id])[picture.id]
    assert stated.id == added.sighting
    assert (stated.date.text, stated.caption, stated.trust) == ("2019", "smoke", Trust.OWN)
    assert stated.collections == held.collections == ("first",)


def test_the_held_sighting_is_the_instant_of_its_event(archive, intake):
    (added,) = archive.add([intake(1)])
    (held,) = archive.sightings_of([added.picture])[added.picture]
    assert held.id == added.sighting
    assert (held.means, held.how, held.trust) == (Means.HELD, How.ARCHIVE_LOG, Trust.OWN)
    event = next(e for e in archive.events_of(added.picture) if e.kind == "picture_added")
    assert held.date.earliest == held.date.latest == event.at
    assert event.details["by"] == "Mona"


def test_the_same_again_changes_nothing(archive, intake, sighting):
    batch = [intake(n, sighting(2019), sighting(None, url="https://example.com")) for n in "abc"]
    first = archive.add(batch)
    version, coverage = archive.version(), archive.coverage()
    again = archive.add(batch)
    assert {a.outcome for a in again} == {AddOutcome.KNOWN}
    assert {a.new for a in again} == {()}
    assert [(a.picture, a.sighting) for a in again] == [(a.picture, a.sighting) for a in first]
    assert (archive.version(), archive.coverage()) == (version, coverage)


def test_the_same_twice_in_one_batch(archive, intake, sighting):
    one, two = archive.add([intake(1, sighting()), intake(1, sighting())])
    assert (one.outcome, two.outcome) == (AddOutcome.ADDED, AddOutcome.KNOWN)
    assert archive.coverage().pictures == 1


def test_spelling_does_not_make_a_sighting(archive, intake, sighting):
    composed = unicodedata.normalize("NFC", "Rüstung")
    split = unicodedata.normalize("NFD", composed)
    archive.add([intake(1, sighting(source=composed, place="Gaza", url=None))])
    (added,) = archive.add([intake(1, sighting(source=f" {split}\n", place="Gaza ", url=" "))])
    assert added.outcome is AddOutcome.KNOWN


@pytest.mark.parametrize(
    "change",
    [
        {"number": 2018},
        {"number": None},
        {"means": Means.POSTED},
        {"how": How.PAGE},
        {"source": "other"},
        {"url": "https://example.com/1"},
        {"place": "Homs"},
    ],
)
def test_what_makes_another_sighting(archive, intake, sighting, change):
    archive.add([intake(1, sighting(2019))])
    (added,) = archive.add([intake(1, sighting(**({"number": 2019} | change)))])
    assert added.new == ("sighting",)
    assert len(archive.sightings_of([added.picture])[added.picture]) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"caption": "Archivbild"},
        {"credit": "A. Name"},
        {"trust": Trust.CONTESTED},
        {"vouched": "by phone"},
        {"weak_page": True},
    ],
)
def test_what_updates_a_sighting_and_is_recorded(archive, intake, sighting, change):
    (first,) = archive.add([intake(1, sighting(2019, caption="before"))])
    (added,) = archive.add([intake(1, sighting(2019, **change))])
    assert (added.outcome, added.sighting) == (AddOutcome.KNOWN, first.sighting)
    stored = archive.sightings_of([added.picture])[added.picture][0]
    ((name, value),) = change.items()
    assert getattr(stored, name) == value
    event = archive.events_of(added.picture)[-1]
    assert event.kind == "sighting_updated"
    assert set(event.details["changed"]) == {name}


def test_silence_takes_nothing_back(archive, intake, sighting):
    archive.add([intake(1, sighting(caption="smoke", credit="A. Name"))])
    (added,) = archive.add([intake(1, sighting())])
    stored = archive.sightings_of([added.picture])[added.picture][0]
    assert (stored.caption, stored.credit) == ("smoke", "A. Name")


def test_a_file_completes_what_was_known_by_its_hash(archive, intake, examined):
    file = examined(1)
    by_hash = Intake("row 1", NewCollection("hashes"), row=1, sha256=file.sha256.upper())
    (known,) = archive.add([by_hash])
    assert archive.picture(known.picture).width is None
    assert not archive.picture(known.picture).has_raster
    (added,) = archive.add([intake(1)])
    assert (added.picture, added.new) == (known.picture, ())
    assert "hash alone" in added.detail
    picture = archive.picture(known.picture)
    assert (picture.width, picture.has_raster, picture.name) == (500, True, "row 1")
    assert archive.material(picture.id).keypoints == file.keypoints.value
    assert archive.verify_chain().whole


def test_what_was_measured_replaces_what_was_stated(archive, intake, examined):
    file = examined(1)
    stated = Intake("row", NewCollection("hashes"), sha256=file.sha256, pdq="ab" * 32)
    (known,) = archive.add([stated])
    archive.add([intake(1)])
    assert archive.fingerprint(known.picture, "pdq_v1") == file.fingerprint("pdq_v1")
    assert [e.kind for e in archive.erased_since(0)] == ["pdq_v1"]
    assert [r.value for r in archive.fingerprints_after("pdq_v1")] == [file.fingerprints[0].value]


def test_hashes_alone(archive):
    def by(**hashes):
        return archive.add([Intake("row", NewCollection("hashes"), **hashes)])[0].picture

    pdq = by(pdq="ab" * 32)
    assert by(pdq="AB" * 32, phash="cd" * 8) == pdq
    assert archive.picture(pdq).phash == "cd" * 8
    phash = by(phash="cd" * 8)
    assert phash != pdq
    assert by(phash="cd" * 8) == phash
    sha256 = by(sha256="ef" * 32, pdq="ab" * 32)
    assert sha256 not in {pdq, phash}
    assert archive.coverage().pictures == 3
    with pytest.raises(ValueError, match="a file or a hash"):
        by()


def test_a_newer_program_brings_its_fingerprints_to_a_known_picture(archive, intake, examined):
    old = examined(1, pixels=False)
    (added,) = archive.add([intake(1, examined=old)])
    assert archive.material(added.picture).keypoints is None
    (again,) = archive.add([intake(1)])
    assert again.outcome is AddOutcome.KNOWN
    assert archive.material(added.picture).keypoints is not None
    assert archive.picture(added.picture).has_raster


def test_a_batch_is_whole_or_nothing(archive, intake):
    nameless = Intake("bad", NewCollection("first"))
    with pytest.raises(ValueError, match="a file or a hash"):
        archive.add([intake(1), intake(2), nameless])
    assert archive.coverage().pictures == 0
    assert archive.verify_chain().whole


def test_nothing_to_add_writes_nothing(archive):
    version = archive.version()
    assert archive.add([]) == []
    assert archive.version() == version


@pytest.mark.parametrize(
    "name", ["\udcff.jpg", "a\ud800b", "a\x00b", "é" * 5000, "'; DROP TABLE x"]
)
def test_any_text_can_be_stored(archive, intake, sighting, name):
    one = intake(1, sighting(caption=name))
    archive.add(
        [
            Intake(
                name, NewCollection(name), path=name, examined=one.examined, sightings=one.sightings
            )
        ]
    )
    ((picture, _),) = archive.pictures()
    assert picture.name == name.replace("\udcff", "\\xff").replace("\ud800", "\\ud800")
    assert archive.verify_chain().whole


def test_foreseeing_needs_only_to_read(archive, path, intake, sighting):
    archive.add([intake(1, sighting(2019))])
    batch = [intake(1, sighting(2018)), intake(2)]
    with Archive.open(path, readonly=True) as reader:
        assert [reader.foresee(each) for each in batch] == [archive.foresee(each) for each in batch]


def test_foreseeing_says_the_same_and_writes_nothing(archive, intake, sighting):
    archive.add([intake(1, sighting(2019))])
    archive.add([intake(2, sighting(2019), collection="second")])
    archive.revoke("second", "a mistake")
    version = archive.version()
    batch = [intake(1, sighting(2019)), intake(1, sighting(2018)), intake(2), intake(3, sighting())]
    foreseen = [archive.foresee(each) for each in batch]
    assert archive.version() == version
    done = archive.add(batch)
    assert [(f.outcome, f.new) for f in foreseen] == [(d.outcome, d.new) for d in done]
    assert (foreseen[0].picture, foreseen[0].sighting) == (done[0].picture, done[0].sighting)
    assert (foreseen[3].picture, foreseen[3].sighting) == (None, None)
