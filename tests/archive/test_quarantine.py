"""Files that are turned away: only their SHA-256 and a reason stay."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from provenance.errors import UnknownName, UsageError
from provenance.models import AddOutcome

SHA = "ab" * 32


def test_only_hash_and_reason_are_kept(archive, path, intake, sighting, asked):
    (added,) = archive.add([intake(1, sighting(2019))])
    sha256 = archive.picture(added.picture).sha256
    asked(archive, 1, added.picture).save(archive)
    kept = archive.quarantine(sha256, "must not be kept")
    assert (kept.new, kept.pictures, kept.checks) == (True, (added.picture,), (1,))
    assert kept.clean
    with closing(sqlite3.connect(path)) as plain:
        (row,) = plain.execute("SELECT * FROM _quarantine").fetchall()
        assert row == (sha256, "must not be kept", row[2], "Mona")
        for table in ("_thumbnails", "_rasters", "_fingerprints", "_check_thumbnails"):
            assert plain.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    content = path.read_bytes()
    assert b"thumbnail" + bytes.fromhex(sha256) not in content
    assert b"drop/1.jpg" not in content
    assert archive.verify_chain().whole


def test_a_check_of_a_file_that_was_never_a_picture_goes_too(archive, intake, asked):
    (other,) = archive.add([intake(2)])
    query = asked(archive, 1, other.picture)
    query.save(archive)
    kept = archive.quarantine(query.examined.sha256, "x")
    assert (kept.pictures, kept.checks) == ((), (1,))
    assert archive.picture(other.picture)
    assert archive.verify_chain().whole


def test_it_is_turned_away_and_others_in_the_batch_are_not(archive, intake):
    first = intake(1)
    archive.quarantine(first.examined.sha256, "x")
    assert archive.foresee(first).outcome is AddOutcome.REFUSED
    away, other = archive.add([first, intake(2)])
    assert (away.outcome, away.reason) == (AddOutcome.REFUSED, "quarantined")
    assert other.outcome is AddOutcome.ADDED
    assert archive.picture_by_sha256(first.examined.sha256) is None


def test_twice_is_once_and_the_first_reason_stays(archive):
    assert archive.quarantine(SHA.upper(), " first ").new
    again = archive.quarantine(SHA, "second")
    assert (again.new, again.reason) == (False, "first")
    assert [each.sha256 for each in archive.quarantine_list()] == [SHA]
    assert len(list(archive.events())) == 2


def test_a_release_lets_it_in_again(archive, intake):
    first = intake(1)
    archive.quarantine(first.examined.sha256, "x")
    archive.release(first.examined.sha256, "a mistake")
    assert archive.add([first])[0].outcome is AddOutcome.ADDED
    with pytest.raises(UnknownName):
        archive.release(SHA, "y")
    assert archive.verify_chain().whole


@pytest.mark.parametrize("reason", ["", "  "])
def test_there_is_always_a_reason(archive, reason):
    with pytest.raises(UsageError):
        archive.quarantine(SHA, reason)
    assert archive.quarantine_list() == ()
