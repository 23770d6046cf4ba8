"""Every way to open an archive, and every way in which that fails with one clear line."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from provenance.archive import Archive, connection, schema
from provenance.errors import (
    ArchiveBusy,
    ArchiveError,
    BrokenArchive,
    NewerSchema,
    NoArchive,
    NotAnArchive,
    OlderSchema,
    UnwritableArchive,
)


def beside(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


def test_none_there(path):
    with pytest.raises(NoArchive) as error:
        Archive.open(path)
    assert str(path) in str(error.value)
    assert "provenance add" in str(error.value)
    assert "\n" not in str(error.value)
    assert not path.exists()


@pytest.mark.parametrize("readonly", [True, False])
def test_reading_makes_no_archive(path, readonly):
    with pytest.raises(NoArchive):
        Archive.open(path, readonly=readonly)
    assert beside(path) == set()


def test_made_with_the_folders_above_it(tmp_path):
    deep = tmp_path / "data" / "of mine #1?" / "a%20b.db"
    Archive.open(deep, create=True).close()
    assert beside(deep) == {"a%20b.db"}
    with Archive.open(deep) as archive:
        assert archive.coverage().pictures == 0


def test_an_empty_file_can_become_one(path):
    path.touch()
    with pytest.raises(NoArchive):
        Archive.open(path)
    Archive.open(path, create=True).close()
    Archive.open(path).close()


def text_file(path: Path) -> None:
    path.write_text("name,date\n" * 100)


def short_file(path: Path) -> None:
    path.write_bytes(b"SQLite")


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE pictures (id INTEGER PRIMARY KEY, sha256 TEXT)")
    other.close()


def other_database_in_use(path: Path) -> None:
    other_database(path)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode = WAL")
    other.close()


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    "thing", [text_file, short_file, other_database, other_database_in_use, folder]
)
@pytest.mark.parametrize("options", [{}, {"create": True}, {"readonly": True}])
def test_something_else_is_recognised_and_left_alone(path, thing, options):
    thing(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(NotAnArchive) as error:
        Archive.open(path, **options)
    assert "\n" not in str(error.value)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert beside(path) == {path.name}


@pytest.mark.parametrize("readonly", [True, False])
def test_a_newer_schema_is_refused(path, readonly):
    Archive.open(path, create=True).close()
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {schema.newest() + 1}")
    newer.close()
    with pytest.raises(NewerSchema, match="newer version"):
        Archive.open(path, readonly=readonly)


def test_an_older_schema_is_upgraded_with_all_it_holds(path, intake, sighting, monkeypatch):
    with Archive.open(path, create=True) as archive:
        archive.add([intake(1, sighting(2019))])

    def a_later_wish(db):
        db.conn.execute("ALTER TABLE pictures ADD COLUMN later TEXT")

    monkeypatch.setattr(schema, "STEPS", [*schema.STEPS, a_later_wish])
    with pytest.raises(OlderSchema, match="earlier version"):
        Archive.open(path, readonly=True)
    with Archive.open(path) as archive:
        assert archive.coverage().pictures == 1
        assert archive.verify_chain().whole
        kinds = [event.kind for event in archive.events()]
        assert (kinds[0], kinds[-1]) == ("archive_made", "schema_upgraded")
    with sqlite3.connect(path) as plain:
        assert plain.execute("SELECT later FROM pictures").fetchall() == [(None,)]
    plain.close()


def test_a_failing_step_leaves_the_file_as_it_was(path, monkeypatch):
    Archive.open(path, create=True).close()

    def a_mistake(db):
        db.conn.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
        raise RuntimeError("a mistake")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", [*schema.STEPS, a_mistake])
        with pytest.raises(RuntimeError):
            Archive.open(path)
    with Archive.open(path) as archive:
        assert archive.verify_chain().whole
        names = {row["name"] for row in archive._rows("SELECT name FROM sqlite_master")}
    assert "half" not in names


def test_damage_is_told(path, intake):
    with Archive.open(path, create=True) as archive:
        archive.add([intake(n) for n in range(50)])
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(BrokenArchive, match="backup"), Archive.open(path) as archive:
        archive.coverage()


def test_a_reader_leaves_no_trace(path, intake):
    with Archive.open(path, create=True) as archive:
        archive.add([intake(1)])
    before = path.read_bytes()
    with Archive.open(path, readonly=True) as reader:
        assert reader.coverage().pictures == 1
        with pytest.raises(UnwritableArchive):
            reader.add([intake(2)])
    assert path.read_bytes() == before
    assert beside(path) == {path.name}


def test_a_reader_sees_what_was_acknowledged_while_the_writer_is_open(path, intake):
    with Archive.open(path, create=True) as writer:
        with Archive.open(path, readonly=True) as reader:
            for number in range(5):
                writer.add([intake(number)])
                assert reader.coverage().pictures == number + 1
        with Archive.open(path, readonly=True) as reader:
            assert reader.coverage().pictures == 5


def test_reading_goes_on_while_another_is_in_the_middle_of_writing(path, intake):
    with Archive.open(path, create=True) as archive:
        archive.add([intake(1)])
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE pictures SET live = 0")
    with Archive.open(path, readonly=True) as reader:
        assert reader.coverage().pictures == 1
    writer.execute("ROLLBACK")
    writer.close()


def test_a_writer_gives_up_with_one_line(path, intake):
    Archive.open(path, create=True).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        Archive.open(path, wait_seconds=0.05) as archive,
        pytest.raises(ArchiveBusy, match="another program") as error,
    ):
        archive.add([intake(1)])
    assert "\n" not in str(error.value)
    other.execute("ROLLBACK")
    other.close()


def test_too_little_sqlite_is_said_without_judging(path, monkeypatch):
    monkeypatch.setattr(connection.sqlite3, "sqlite_version_info", (3, 36, 0))
    monkeypatch.setattr(connection.sqlite3, "sqlite_version", "3.36.0")
    with pytest.raises(ArchiveError, match=r"SQLite 3\.36\.0; archives need 3\.37\.0") as error:
        Archive.open(path, create=True)
    assert "old" not in str(error.value).split()
    assert not path.exists()


READ_AS_NOBODY = """
import os, sys
from provenance.archive import Archive
from provenance.errors import UnwritableArchive
from provenance.models import Intake, NewCollection
if os.getuid() == 0:
    os.setuid(65534)
with Archive.open(sys.argv[1], readonly=True) as archive:
    print(archive.coverage().pictures)
    print(archive.foresee(Intake("row", NewCollection("new"), pdq="ab" * 32)).outcome)
try:
    Archive.open(sys.argv[1])
except UnwritableArchive as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work differently there")
def test_an_archive_where_nothing_may_be_written_can_be_read(intake):
    # Not below tmp_path, whose parents only their owner may enter.
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "archive.db"
        with Archive.open(path, create=True) as archive:
            archive.add([intake(1)])
        path.chmod(0o444)
        path.parent.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_AS_NOBODY, str(path)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        )
        assert beside(path) == {path.name}
        path.parent.chmod(0o755)
    said = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert said[:2] == ["1", "added"]
    assert "may only be read" in said[2]
