from __future__ import annotations

import inspect
import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Unreadable
from provenance.fingerprint import parse_hash
from provenance.sources import Tally, entries, questions
from provenance.sources.folder import walk


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_every_file_is_named_by_the_folder_as_typed_one_slash_and_its_path(tmp_path, draw):
    make(tmp_path, "agency/2019/b.jpg", "agency/a.jpg", "agency/note.txt")
    for typed in ("agency", "agency/", "agency///"):
        names = [entry.name for entry in draw(typed)]
        assert names == ["agency/2019/b.jpg", "agency/a.jpg", "agency/note.txt"]
    assert [e.name for e in draw("./agency/2019")] == ["./agency/2019/b.jpg"]


def test_the_path_opens_the_file(tmp_path, draw):
    make(tmp_path, "d/é.jpg")
    (entry,) = draw("d")
    assert Path(entry.path).read_bytes() == b"x"


def test_the_collection_is_the_folder_as_typed_unless_one_is_named(tmp_path, draw):
    make(tmp_path, "agency/2019/b.jpg")
    assert draw("agency/2019/")[0].collection.name == "agency/2019"
    assert draw("agency/2019", collection="wire")[0].collection.name == "wire"


@given(st.sets(st.binary(min_size=1, max_size=4).map(lambda b: b.hex()), max_size=12), st.data())
def test_order_is_that_of_the_whole_path_in_bytes(tmp_path_factory, names, data):
    root = tmp_path_factory.mktemp("walk")
    endings = st.sampled_from(["", "-a", ".jpg", "/x", "/y/z", " b", "~"])
    for name in names:
        path = root / (name + data.draw(endings))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = [relative for relative, _ in walk(os.fsencode(root), Tally())]
    everything = [p for p in root.rglob("*") if p.is_file()]
    assert found == sorted(os.fsencode(p.relative_to(root)) for p in everything)


def test_hidden_names_and_links_are_skipped_and_counted(tmp_path, draw):
    make(tmp_path, "d/a.jpg", "d/.hidden", "d/.DS_Store", "d/.git/x", "d/.thumbs")
    (tmp_path / "d/link.jpg").symlink_to(tmp_path / "d/a.jpg")
    (tmp_path / "d/loop").symlink_to(tmp_path / "d")
    tally = Tally()
    assert [e.name for e in draw("d", tally=tally)] == ["d/a.jpg"]
    assert tally.skipped() == "3 hidden files, 1 hidden folder and 2 symbolic links skipped"


def test_one_of_each_reads_as_people_say_it():
    assert Tally(hidden_files=3, links=1).skipped() == (
        "3 hidden files and 1 symbolic link skipped"
    )
    assert Tally(hidden_files=1).skipped() == "1 hidden file skipped"
    assert Tally().skipped() is None
    assert Tally().sentences() == []


def test_an_empty_folder_is_said(tmp_path, draw):
    (tmp_path / "d/e").mkdir(parents=True)
    tally = Tally()
    assert draw("d", tally=tally) == []
    assert tally.sentences() == ["d: nothing in it to take"]


def test_a_name_that_is_no_utf8_is_escaped_and_kept_raw(tmp_path, draw):
    folder = os.fsencode(tmp_path) + b"/d"
    os.mkdir(folder)
    with open(folder + b"/caf\xe9.jpg", "wb"):
        pass
    (entry,) = draw("d")
    assert entry.name == r"d/caf\xe9.jpg"
    assert entry.name_bytes == b"d/caf\xe9.jpg"
    assert os.path.exists(entry.path)


def test_a_sub_folder_that_cannot_be_opened_is_one_problem_and_the_walk_goes_on(tmp_path, draw):
    make(tmp_path, "d/a/x.jpg", "d/b/y.jpg", "d/c.jpg")
    drawn = entries(["d"], parse_hash=parse_hash)
    assert next(drawn).name == "d/a/x.jpg"
    shutil.rmtree(tmp_path / "d/b")
    closed, last = drawn
    assert closed.name == "d/b"
    assert isinstance(closed.problem, Unreadable)
    assert str(closed.problem) == (
        "This folder cannot be opened: no such file or directory. Check its permissions."
    )
    assert last.name == "d/c.jpg"


def test_a_deep_tree_does_not_end_in_recursion(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    deep, room = 400, 150
    os.makedirs("d/" * deep)
    open("d/" * deep + "x.jpg", "wb").close()
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + room)
    try:
        (only,) = questions(["."], parse_hash=parse_hash)
    finally:
        sys.setrecursionlimit(limit)
    assert only.name == "./" + "d/" * deep + "x.jpg"


def test_a_path_longer_than_the_system_takes_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    here = os.getcwd()
    for _ in range(25):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    os.chdir(here)
    (only,) = questions(["."], parse_hash=parse_hash)
    assert isinstance(only.problem, Unreadable)
    assert "too long" in only.problem.message


@pytest.mark.parametrize("typed", ["d", "d/"])
def test_a_link_that_somebody_typed_is_walked(tmp_path, draw, typed):
    make(tmp_path, "real/a.jpg")
    (tmp_path / "d").symlink_to("real")
    assert [e.name for e in draw(typed)] == ["d/a.jpg"]


def test_what_systems_leave_behind_is_counted_and_passed_over(tmp_path, draw):
    for name in ("a/Thumbs.db", "a/desktop.ini", "a/.DS_Store", "a/__MACOSX/b.jpg", "a/c.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    tally = Tally()
    assert [entry.name for entry in draw("a", tally=tally)] == ["a/c.jpg"]
    assert tally.skipped() == "1 hidden file and 3 system files skipped"
