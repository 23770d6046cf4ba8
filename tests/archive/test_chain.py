"""Nobody changes what happened without being noticed."""

from __future__ import annotations

import hashlib
import json
import sqlite3

import pytest

from provenance.archive import Archive


@pytest.fixture
def filled(archive, path, intake, sighting):
    archive.add([intake(n, sighting(2019)) for n in range(3)])
    archive.close()
    return path


def tampered(path, *statements: str):
    """The report on an archive after somebody with a plain SQLite was at it."""
    plain = sqlite3.connect(path, isolation_level=None)
    for trigger in ("changed", "deleted"):
        plain.execute(f"DROP TRIGGER events_are_not_{trigger}")
    for statement in statements:
        plain.execute(statement)
    plain.close()
    with Archive.open(path) as archive:
        return archive.verify_chain()


def test_whole(archive, intake):
    assert archive.verify_chain().whole
    archive.add([intake(1)])
    report = archive.verify_chain()
    assert report.whole
    assert report.events == archive.version()
    assert report.head == archive.event_hash(report.events)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET at = '2001-01-01T00:00:00Z' WHERE id = 3",
        "DELETE FROM events WHERE id = 3",
        "INSERT OR REPLACE INTO events SELECT * FROM events WHERE id = 3",
        "INSERT INTO events SELECT 9, at, kind, 1, 1, 1, 1, 1, hash, previous, hash FROM events",
    ],
)
def test_events_are_append_only_even_for_plain_sqlite(filled, statement):
    plain = sqlite3.connect(filled, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|follow each other"):
        plain.execute(statement)
    plain.close()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE events SET at = '2001-01-01T00:00:00Z' WHERE id = 3", "event 3 was changed"),
        ("DELETE FROM events WHERE id = 4", "event 5 does not follow"),
        ("DELETE FROM events WHERE id = 8", "event 8 was written"),
        (
            "UPDATE _event_details SET payload = '{}' WHERE event_id = 3",
            "event 3 has other details",
        ),
        ("DELETE FROM _event_details WHERE event_id = 3", "nothing was erased (3)"),
        ("UPDATE sightings SET date = '2001' WHERE means = 'held'", "a held date"),
        ("UPDATE sightings SET latest = '2001-01-01T00:00:00Z' WHERE id = 2", "a sighting is not"),
        ("UPDATE sightings SET source = 'police' WHERE id = 2", "a sighting is not"),
        (
            "UPDATE pictures SET sha256 = replace(hex(zeroblob(32)), '00', 'aa') WHERE id = 2",
            "a picture",
        ),
        ("DELETE FROM pictures WHERE id = 2", "SQLite: sightings"),
    ],
)
def test_tampering_is_found(filled, statement, problem):
    report = tampered(filled, "PRAGMA foreign_keys = OFF", statement)
    assert not report.whole
    assert any(problem in found for found in report.problems), report.problems


def test_a_stranger_can_recompute_it(filled):
    """As written in the documentation, without our code."""
    plain = sqlite3.connect(filled)
    previous = "0" * 64
    rows = plain.execute(
        "SELECT e.id, at, kind, picture_id, sighting_id, collection_id, check_id, review_id,"
        " commitment, previous, hash, salt, payload FROM events e"
        " JOIN _event_details ON event_id = e.id ORDER BY e.id"
    ).fetchall()
    plain.close()
    assert len(rows) == 8
    for *columns, hashed, salt, payload in rows:
        assert columns[-1] == previous
        text = json.dumps(columns, separators=(",", ":"))
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert previous == hashed
        assert columns[-2] == hashlib.sha256(salt + payload.encode()).hexdigest()


def test_events_hold_no_text(archive, intake, sighting):
    archive.add([intake("Somebody", sighting(source="Someone", caption="about somebody"))])
    archive.revoke("first", "Somebody complained")
    columns = [row["name"] for row in archive._rows("PRAGMA table_info(events)")]
    for row in archive._rows("SELECT * FROM events"):
        texts = {c: row[c] for c in columns if isinstance(row[c], str)}
        assert set(texts) == {"at", "kind", "commitment", "previous", "hash"}
        assert texts["kind"].replace("_", "").isalpha()
        assert "somebody" not in " ".join(texts.values()).lower()
