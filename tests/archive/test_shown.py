"""What was taken back is shown as such: from the archive to the words on a terminal."""

from __future__ import annotations

import pytest

from provenance.check import weigh
from provenance.report.page import Look
from provenance.report.record import picture_record, status_record
from provenance.report.text import picture_text, status_text

TAKEN_BACK = {
    "en": ("revoked", "Every collection that brought it is taken back"),
    "de": ("zurückgezogen", "Jede Sammlung, aus der es kam, ist zurückgezogen"),
}


WIDE = Look(width=1000)


def shown(archive, picture: int, lang: str = "en") -> str:
    sightings = archive.sightings_of([picture], revoked=True)[picture]
    events = archive.events_of(picture)
    record = picture_record(archive.picture(picture), sightings, strength=weigh, events=events)
    return picture_text(record, Look(width=1000, lang=lang))


@pytest.mark.parametrize("lang", TAKEN_BACK)
def test_a_picture_whose_collections_are_all_revoked(archive, intake, sighting, lang):
    archive.add([intake(1, sighting(2001), collection="bad")])
    archive.revoke("bad", "invented dates")
    word, sentence = TAKEN_BACK[lang]
    text = shown(archive, 1, lang)
    assert sentence in text
    (stated,) = [line for line in text.splitlines() if "2001 (" in line]
    assert stated.endswith(f", {word}")
    assert "earliest in this archive" not in text
    assert "collection revoked" in text
    assert "reason: invented dates" in text


def test_a_picture_that_another_collection_still_holds(archive, intake, sighting):
    archive.add([intake(1, sighting(2001), collection="bad")])
    archive.add([intake(1, sighting(2019))])
    archive.revoke("bad", "invented dates")
    text = shown(archive, 1)
    assert "is taken back" not in text
    assert [line.endswith(", revoked") for line in text.splitlines() if "2001 (" in line] == [True]
    assert "earliest in this archive: 2019" in text
    assert "reason: invented dates" in text


def test_a_picture_of_which_nothing_was_revoked(archive, intake, sighting):
    archive.add([intake(1, sighting(2001))])
    assert "revoked" not in shown(archive, 1)


def test_status_has_a_line_for_each_collection(archive, intake):
    archive.add([intake(1), intake(2, collection="bad")])
    archive.revoke("bad", "invented dates")
    lines = status_text(status_record({"archive": archive.status()}), WIDE).splitlines()
    start = lines.index("  newest collections:")
    bad, first, more = lines[start + 1 : start + 4]
    assert bad.startswith("    name: bad; pictures: 1; sightings: 1; trust: own; made: ")
    assert "; revoked: " in bad
    assert first.startswith("    name: first; pictures: 1; sightings: 1; trust: own; made: ")
    assert "revoked" not in first
    assert more == "  more collections: 0"
