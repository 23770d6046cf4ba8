"""Finding pictures, listing them, and the one order of sightings."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from provenance.archive import STORED_QUERIES, Archive, Erasure, schema
from provenance.archive.coverage import _COVERAGE
from provenance.dates import Date, Precision
from provenance.errors import UnknownName, UsageError
from provenance.models import Fingerprint, Means, Trust


def span(text, earliest, latest):
    def at(number):
        return datetime(number, 1, 1, tzinfo=UTC) if number else None

    return Date(text, at(earliest), at(latest), Precision.INTERVAL)


def test_by_number_by_sha256_and_by_its_beginning(archive, intake, examined):
    archive.add([intake(n) for n in range(3)])
    sha256 = examined(1).sha256
    for reference in ("2", sha256, sha256[:8], sha256[:20].upper(), f"sha256:{sha256}", " 2 "):
        assert archive.find_picture(reference).id == 2
    assert archive.picture_by_sha256(sha256.upper()).id == 2


@pytest.mark.parametrize(
    "reference", ["0", "9", "-1", "", "abc", "0" * 64, "9" * 30, "drop/1.jpg", "²"]
)
def test_unknown_pictures(archive, intake, reference):
    archive.add([intake(1)])
    with pytest.raises(UnknownName, match="provenance list"):
        archive.find_picture(reference)
    with pytest.raises(UnknownName):
        archive.picture(9)


def test_a_beginning_that_fits_several(archive, intake):
    from provenance.models import Intake, NewCollection

    for end in ("0", "1"):
        archive.add([Intake("row", NewCollection("c"), sha256="abcdef01" + end * 56)])
    with pytest.raises(UnknownName, match="Several"):
        archive.find_picture("abcdef01")
    assert archive.find_picture("abcdef010").id == 1


def test_the_order_of_sightings(archive, intake, sighting):
    in_order = [
        span("a", None, 2001),
        span("b", 2000, 2001),
        span("c", 2001, 2001),
        span("d", 1990, 2005),
        span("e", 1980, None),
        span("f", 1985, None),
        None,
    ]
    for number, shuffled in enumerate(list(permutations(in_order))[::701]):
        stated = [sighting(date=date) for date in shuffled]
        (added,) = archive.add([intake(number, *stated)])
        found = archive.sightings_of([added.picture])[added.picture]
        assert [s.date and s.date.text for s in found if s.source] == [
            "a",
            "b",
            "c",
            "d",
            "e",
            "f",
            None,
        ]


def test_ties_go_to_the_sighting_recorded_first(archive, intake, sighting):
    (added,) = archive.add([intake(1, sighting(2019, source="b"), sighting(2019, source="a"))])
    found = archive.sightings_of([added.picture])[added.picture]
    assert [s.source for s in found] == ["b", "a", None]


def test_dates_come_back_as_they_went_in(archive, intake, sighting):
    dates = [span("../2016", None, 2016), span("2014/..", 2014, None), None, sighting(2019).date]
    (added,) = archive.add([intake(1, *(sighting(date=date) for date in dates))])
    found = [s.date for s in archive.sightings_of([added.picture])[added.picture] if s.source]
    assert sorted(map(repr, found)) == sorted(map(repr, dates))


def test_fractions_of_a_second_only_widen(archive, intake, sighting):
    moment = datetime(2023, 11, 5, 23, 10, 7, 500_000, tzinfo=UTC)
    date = Date("2023-11-05T23:10:07.5Z", moment, moment, Precision.SECOND, "utc")
    (added,) = archive.add([intake(1, sighting(date=date))])
    stored = archive.sightings_of([added.picture])[added.picture][0].date
    assert (stored.earliest.second, stored.latest.second) == (7, 8)


def test_listing(archive, intake, sighting):
    archive.add([intake("c", sighting(2020)), intake("a", sighting(2018)), intake("b")])
    names = {
        order: [picture.name for picture, _ in archive.pictures(order=order)]
        for order in ("id", "name", "date")
    }
    assert names["id"] == ["drop/c.jpg", "drop/a.jpg", "drop/b.jpg"]
    assert names["name"] == ["drop/a.jpg", "drop/b.jpg", "drop/c.jpg"]
    assert names["date"] == ["drop/a.jpg", "drop/c.jpg", "drop/b.jpg"]
    ((picture, earliest),) = archive.pictures(limit=1, offset=1, order="date")
    assert (picture.name, earliest.date.text, earliest.collections) == (
        "drop/c.jpg",
        "2020",
        ("first",),
    )
    with pytest.raises(UsageError):
        list(archive.pictures(order="size; DROP TABLE pictures"))


def test_an_index_catches_up_and_never_sees_a_number_twice(archive, intake, examined):
    archive.add([intake(n) for n in range(3)])
    seen = list(archive.fingerprints_after("pdq_v1"))
    assert [row.picture for row in seen] == [1, 2, 3]
    assert [row.value for row in seen] == [
        examined(n).fingerprint("pdq_v1").value for n in range(3)
    ]
    assert {row.quality for row in seen} == {90}
    last = seen[-1].sequence
    assert list(archive.fingerprints_after("pdq_v1", last)) == []
    archive.forget(3, "asked")
    assert [e.picture for e in archive.erased_since(0) if e.kind == "pdq_v1"] == [3]
    archive.add([intake(3)])
    (new,) = archive.fingerprints_after("pdq_v1", last)
    assert new.sequence > archive.last_sequence() - 3 >= last
    *_, erasure = archive.erased_since(0)
    assert isinstance(erasure, Erasure)
    assert list(archive.erased_since(erasure.mark)) == []


def test_every_archive_is_another_one(tmp_path):
    ids = set()
    for name in ("a.db", "b.db"):
        with Archive.open(tmp_path / name, create=True) as archive:
            ids.add(archive.archive_id)
            assert len(archive.archive_id) == 32
    assert len(ids) == 2


def test_material_for_proof(archive, intake, examined):
    archive.add([intake(1), intake(2, examined=examined(2, pixels=False))])
    file = examined(1)
    material = archive.material(1)
    assert (material.width, material.height) == (500, 400)
    assert (material.keypoint_kind, material.keypoints) == ("orb_cv5_v1", file.keypoints.value)
    assert material.raster == file.raster == archive.raster(1)
    assert archive.material(1, "orb_cv9_v1").keypoints is None
    assert archive.thumbnail(1) == file.thumbnail
    assert archive.fingerprint(1, "pdq_v1") == Fingerprint("pdq_v1", file.fingerprints[0].value, 90)
    bare = archive.material(2)
    assert (bare.keypoints, bare.raster, archive.thumbnail(2)) == (None, None, None)
    assert archive.material(99).width is None


def test_coverage_counts_sources_and_spans_stated_dates(archive, intake, sighting):
    empty = archive.coverage()
    assert (empty.pictures, empty.sightings, empty.sources, empty.earliest) == (0, 0, 0, None)
    archive.add(
        [
            intake(
                1,
                sighting(2012, source="a"),
                sighting(2024, source="b"),
                sighting(None, source=None),
            )
        ]
    )
    archive.add([intake(2, sighting(2013, source="a"))])
    coverage = archive.coverage()
    assert (coverage.pictures, coverage.sightings, coverage.sources) == (2, 6, 2)
    assert (coverage.earliest.isoformat(), coverage.latest.isoformat()) == (
        "2011-12-31T10:00:00+00:00",
        "2025-01-01T11:59:59+00:00",
    )


@pytest.mark.parametrize(
    "ruled_out",
    [
        {"date": span("2050", 2050, 2051)},
        {"date": span("1900", 1900, 1901), "means": Means.ASSERTED},
        {"date": span("1900", 1900, 1901), "trust": Trust.CONTESTED},
    ],
)
def test_what_supports_nothing_does_not_widen_coverage(archive, intake, sighting, ruled_out):
    archive.add([intake(1, sighting(2019))])
    before = archive.coverage()
    archive.add([intake(2, sighting(**ruled_out))])
    after = archive.coverage()
    assert (after.earliest, after.latest) == (before.earliest, before.latest)
    assert after.sightings == before.sightings + 2


def test_what_a_person_rejected_does_not_widen_coverage(archive, intake, sighting):
    (added,) = archive.add([intake(1, sighting(2001))])
    archive._connection.execute("UPDATE sightings SET rejected = 1 WHERE id = ?", (added.sighting,))
    assert (archive.coverage().earliest, archive.coverage().latest) == (None, None)


def test_an_open_beginning_still_has_an_end(archive, intake, sighting):
    archive.add([intake(1, sighting(date=span("../2016", None, 2016)))])
    coverage = archive.coverage()
    assert (coverage.earliest, coverage.latest.year) == (None, 2016)


def test_coverage_looks_for_its_ends_in_the_indexes(archive):
    asked = {"version": 0}
    plan = [row["detail"] for row in archive._rows(f"EXPLAIN QUERY PLAN {_COVERAGE}", asked)]
    for index in ("sightings_earliest", "sightings_latest", "sightings_source"):
        assert f"SEARCH sightings USING INDEX {index}" in " ".join(plan)


def test_the_first_of_a_million_earliest_sightings_are_read_from_an_index(archive):
    _, sql = STORED_QUERIES["earliest_sighting"]
    plan = " ".join(row["detail"] for row in archive._rows(f"EXPLAIN QUERY PLAN {sql}"))
    assert "SCAN s USING INDEX sightings_latest" in plan or "sightings_latest (latest>" in plan
    assert "TEMP B-TREE" not in plan


def test_coverage_counted_on_is_coverage_counted_anew(archive, intake, sighting):
    changes = (
        lambda: archive.add([intake(1, sighting(source="a")), intake(2, sighting(source="b"))]),
        lambda: archive.add([intake(1, sighting(source="c", date=span("2014", 2014, 2015)))]),
        lambda: archive.add([intake(3, collection="second")]),
        lambda: archive.revoke("second", "taken back"),
        lambda: archive.add([intake(3, collection="third")]),
        lambda: archive.add([intake(2, sighting(source="b", trust=Trust.CONTESTED))]),
        lambda: archive.forget(1, "asked for"),
        lambda: archive.add([intake(4, sighting(source="a"))]),
    )
    with Archive.open(archive.path, readonly=True) as reader:
        for change in changes:
            change()
            with Archive.open(archive.path, readonly=True) as fresh:
                assert reader.coverage() == archive.coverage() == fresh.coverage()


def test_status(archive, intake, sighting):
    archive.add([intake(1, sighting())])
    status = archive.status()
    assert (status["pictures"], status["collections"], status["schema"]) == (1, 1, schema.newest())
    assert status["events"] == archive.version()
    assert status["bytes"] > 0
