"""The file others may read, and files written by earlier versions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from provenance.archive import Archive, describe, schema
from provenance.models import AddOutcome, Trust

HERE = Path(__file__).parent
PUBLIC = {
    "pictures",
    "sightings",
    "claims",
    "checks",
    "matches",
    "collections",
    "reviews",
    "events",
}


@pytest.fixture
def plain(archive, path, intake, sighting):
    archive.add([intake(1, sighting(2019))])
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def tables(connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    return {name: sql for name, sql in rows if not name.startswith("sqlite_")}


def test_tables_are_public_or_begin_with_an_underscore(plain):
    assert {name for name in tables(plain) if not name.startswith("_")} == PUBLIC
    for name in PUBLIC:
        columns = plain.execute(f"PRAGMA table_info({name})").fetchall()
        assert columns[0][1:3] == ("id", "INTEGER")
        assert all(column[1] == column[1].lower() for column in columns)


def test_tables_are_strict(plain):
    ours = set(tables(plain)) - {"_sqlite_migrations"}
    strict = {row[1] for row in plain.execute("PRAGMA table_list") if row[5]}
    assert ours <= strict


def test_the_header_says_whose_it_is(archive, path):
    assert path.read_bytes()[68:72] == b"PROV"
    assert archive._row("PRAGMA user_version")[0] == schema.newest()
    assert archive._row("PRAGMA journal_mode")[0] == "wal"
    assert archive._row("PRAGMA synchronous")[0] == 2
    assert archive._row("PRAGMA foreign_keys")[0] == 1
    assert archive._row("PRAGMA secure_delete")[0] == 1


def test_every_foreign_key_has_an_index(plain):
    for table in tables(plain):
        for key in plain.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            plan = plain.execute(
                f"EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {key[3]} = 1"
            ).fetchall()
            assert all("SEARCH" in step[3] for step in plan), (table, key[3])


def test_sqlite_utils_opens_it(archive, path, intake, sighting):
    archive.add([intake(1, sighting(2019))])
    db = sqlite_utils.Database(path)
    assert set(db.table_names()) >= PUBLIC
    (row,) = db.query("SELECT date, earliest, latest FROM sightings WHERE source = 'agency'")
    assert row == {
        "date": "2019",
        "earliest": "2018-12-31T10:00:00Z",
        "latest": "2020-01-01T11:59:59Z",
    }
    assert db["pictures"].count == 1
    db.conn.close()


def test_the_documentation_is_current():
    shown = HERE.parents[1] / "docs" / "schema.md"
    assert shown.read_text("utf-8") == describe.page(), (
        "run: python -m provenance.archive.describe > docs/schema.md"
    )


def test_every_table_and_doubtful_column_is_explained():
    page = describe.page()
    for name in PUBLIC:
        assert f"### `{name}`\n\n" in page


def test_an_archive_of_the_first_schema(path, intake, sighting):
    """Written when schema 1 was released: every later version opens it and goes on."""
    with closing(sqlite3.connect(path)) as old:
        old.executescript((HERE / "schema_1.sql").read_text("utf-8"))
    with Archive.open(path) as archive:
        report = archive.verify_chain()
        assert report.whole, report.problems
        coverage = archive.coverage()
        assert (coverage.pictures, coverage.sightings, coverage.sources) == (3, 5, 1)
        (first, *_) = archive.sightings_of([2])[2]
        assert (first.date.text, first.trust, first.collections) == (
            "2016",
            Trust.TRUSTED,
            ("first", "second"),
        )
        assert [check["check"] for check in archive.checks()] == [1]
        assert [e.kind for e in archive.events_of(3)][-1] == "picture_erased"
        (known,) = archive.add([intake(0, sighting(2015))])
        assert known.outcome is AddOutcome.KNOWN
        (back,) = archive.add([intake("revoked", sighting(2001))])
        assert back.outcome is AddOutcome.ADDED
        assert archive.raster(2) is None
        assert {row["licence"] for row in archive.collections()} == {None}
        assert not first.validated
        assert archive._row("PRAGMA user_version")[0] == schema.newest()
        assert archive.verify_chain().whole


def test_decisions_that_another_program_wrote_are_kept(path):
    with closing(sqlite3.connect(path)) as old:
        old.executescript((HERE / "schema_1.sql").read_text("utf-8"))
        old.execute(
            "INSERT INTO reviews (check_id, sighting_id, decision, note, made_by, made)"
            " VALUES (1, 2, 'confirmed', 'seen', 'Mona', '2026-11-01T10:00:00Z')"
        )
        old.commit()
    with Archive.open(path) as archive:
        (review,) = archive.reviews_of(1)
        assert (review.decision, review.sighting, review.by) == ("sighting_confirmed", 2, "Mona")
        assert review.stands
