"""What is dropped is answered once, beside the picture, and nothing is lost or altered."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from provenance.errors import UsageError
from provenance.watching import Watch, files
from provenance.watching.drops import Drops
from provenance.watching.layout import Layout


def below(root: Path, folder: str) -> set[str]:
    place = root / folder
    return {p.relative_to(place).as_posix() for p in place.rglob("*") if p.is_file()}


def test_answers_lie_beside_the_picture(drain, root, pictures) -> None:
    (root / "in/sub").mkdir()
    (root / "in/sub/a.jpg").write_bytes(pictures["mirrored"])
    (root / "b.txt").write_bytes(pictures["text"])
    records = drain()
    assert below(root, "done") == {"sub/a.jpg", "sub/a.jpg.json", "sub/a.jpg.html"}
    assert below(root, "refused") == {"b.txt", "b.txt.json", "b.txt.html"}
    assert (root / "done/sub/a.jpg").read_bytes() == pictures["mirrored"]
    stored = json.loads((root / "done/sub/a.jpg.json").read_text("utf-8"))
    (said,) = (r for r in records if r["query"]["name"] == "sub/a.jpg")
    assert stored == said
    assert [m["picture"] for m in stored["matches"]] == [1]
    assert stored["watch"]["file"] == "done/sub/a.jpg"
    refused = json.loads((root / "refused/b.txt.json").read_text("utf-8"))
    assert (refused["outcome"], refused["reason"]) == ("unreadable", "not_image")
    assert not below(root, "work")
    assert not below(root, "in")
    assert not list((root / ".provenance/copies").iterdir())


def test_the_same_bytes_twice_are_two_lines_and_one_check(drain, root, desk, pictures) -> None:
    for name in ("a.jpg", "b.jpg"):
        (root / "in" / name).write_bytes(pictures["stranger"])
    records = drain()
    assert len(records) == 2
    assert len({record["check"] for record in records}) == 1
    assert len(list(desk.archive.checks())) == 1


def test_a_name_that_is_taken_gets_a_number(drain, root, pictures) -> None:
    for which in ("stranger", "mirrored"):
        (root / "in/a.jpg").write_bytes(pictures[which])
        drain()
    (root / "in/a (2).jpg.json").write_bytes(b"mine")  # somebody's own file of an answer's name
    drain()
    assert (root / "done/a.jpg").read_bytes() == pictures["stranger"]
    assert (root / "done/a (2).jpg").read_bytes() == pictures["mirrored"]
    assert (root / "refused/a (2).jpg.json").read_bytes() == b"mine"


def test_an_answer_never_replaces_a_file_of_its_name(drain, root, pictures) -> None:
    (root / "refused").mkdir()
    (root / "refused/a.txt.json").write_bytes(b"mine")
    (root / "in/a.txt").write_bytes(pictures["text"])
    drain()
    assert (root / "refused/a.txt.json").read_bytes() == b"mine"
    assert (root / "refused/a (2).txt").read_bytes() == pictures["text"]


def test_what_lies_in_work_is_done_again(drain, root, pictures) -> None:
    drain()
    (root / "work/sub").mkdir()
    (root / "work/sub/a.jpg").write_bytes(pictures["stranger"])
    # An answer without its picture, as a kill leaves it, is not a name that is taken.
    (root / "in/sub").mkdir()
    (record,) = drain()
    os.replace(root / "done/sub/a.jpg", root / "work/a.jpg")
    (root / "work/sub").mkdir()
    os.replace(root / "work/a.jpg", root / "work/sub/a.jpg")
    (again,) = drain()
    assert again["check"] == record["check"]
    assert below(root, "done") == {"sub/a.jpg", "sub/a.jpg.json", "sub/a.jpg.html"}


def test_hidden_files_links_and_downloads_under_way_stay(drain, root, told, pictures) -> None:
    (root / "in/.DS_Store").write_bytes(b"x")
    (root / "in/a.jpg.part").write_bytes(pictures["stranger"][:99])
    (root / "in/link.jpg").symlink_to("/etc/passwd")
    (root / "folder").mkdir()
    assert drain() == []
    assert below(root, "in") == {".DS_Store", "a.jpg.part", "link.jpg"}
    assert {key for key, _ in told} == {"watch.hidden", "watch.link", "watch.folder_at_top"}


@pytest.mark.skipif(sys.platform != "linux", reason="pipes and names that are no UTF-8")
def test_odd_files_have_their_line(drain, root, pictures) -> None:
    os.mkfifo(root / "in/pipe.jpg")
    Path(os.fsdecode(os.fsencode(root / "in") + b"/\xff.jpg")).write_bytes(pictures["stranger"])
    (root / "in" / ("x" * 251 + ".jpg")).write_bytes(pictures["stranger"])
    (root / "in" / "esc\x1b[2J\n.jpg").write_bytes(pictures["stranger"])
    records = {record["query"]["name"]: record for record in drain()}
    assert records["pipe.jpg"]["reason"] == "not_a_file"
    assert records["\\xff.jpg"]["outcome"] == "not_in_archive"
    assert len(records) == 4
    assert len(list((root / "done").iterdir())) == 9


def test_a_file_that_is_written_to_waits(root, pictures, desk) -> None:
    layout = Layout(root)
    drops = Drops(layout, ours=desk.path, settle=0, tell=lambda *_: None)
    slow = Drops(layout, ours=desk.path, settle=3600, tell=lambda *_: None)
    (root / "in/a.jpg").write_bytes(pictures["stranger"][:1000])
    assert [d.relative for d in drops.look().pictures] == ["a.jpg"]
    found = slow.look()
    assert (found.pictures, found.unsettled) == ([], 1)


def test_what_changed_after_it_was_seen_at_rest_is_not_taken_half(drain, root, pictures, desk):
    (root / "in/a.jpg").write_bytes(pictures["stranger"][:1000])
    with Watch(desk, root, settle=0) as watch:
        (drop,) = watch._drops.look().pictures
        (root / "in/a.jpg").write_bytes(pictures["stranger"])
        assert list(watch._claimed([drop])) == []
    (record,) = drain()
    assert record["outcome"] == "not_in_archive"


def test_a_second_watcher_is_refused(root, desk, drain) -> None:
    with Watch(desk, root), pytest.raises(UsageError, match="watched already"):
        drain()
    assert drain() == []


def test_places_that_nobody_wants_watched(root, desk, monkeypatch) -> None:
    for place in (Path("/"), Path.home()):
        with pytest.raises(UsageError), Watch(desk, place):
            pass
    with Watch(desk, root), pytest.raises(UsageError, match="inside"), Watch(desk, root / "in/x"):
        pass


def test_the_archive_may_lie_in_the_folder(pictures, tmp_path) -> None:
    from provenance.desk import Desk

    root = tmp_path / "drop"
    with Desk(root / "archive.db", create=True) as desk, Watch(desk, root, settle=0) as watch:
        (root / "a.jpg").write_bytes(pictures["stranger"])
        assert [a.record["query"]["name"] for a in watch.drained()] == ["a.jpg"]
    assert (root / "archive.db").exists()


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a second file system")
def test_a_rename_across_file_systems_is_refused(tmp_path) -> None:
    if os.stat("/dev/shm").st_dev == os.stat(tmp_path).st_dev:
        pytest.skip("one file system")
    elsewhere = Path("/dev/shm") / f"provenance-{os.getpid()}.jpg"
    elsewhere.write_bytes(b"x")
    try:
        with pytest.raises(OSError, match="cross-device"):
            files.moved(elsewhere, tmp_path / "a.jpg")
        assert elsewhere.read_bytes() == b"x"
    finally:
        elsewhere.unlink()


def test_what_systems_leave_and_hidden_files_are_passed_over_with_a_line(root, desk) -> None:
    layout = Layout(root)
    for name in (".DS_Store", "Thumbs.db", "Desktop.INI", ".a.jpg", "a.jpg"):
        (root / "in" / name).write_bytes(b"bytes")
    (root / "in/__MACOSX").mkdir()
    (root / "in/__MACOSX/b.jpg").write_bytes(b"bytes")
    said: list[tuple[str, str]] = []
    drops = Drops(
        layout, ours=desk.path, settle=0, tell=lambda k, n: said.append((k, Path(n).name))
    )
    assert [drop.name for drop in drops.look().pictures] == ["a.jpg"]
    assert sorted(said) == [
        ("watch.hidden", ".DS_Store"),
        ("watch.hidden", ".a.jpg"),
        ("watch.left_by_system", "Desktop.INI"),
        ("watch.left_by_system", "Thumbs.db"),
        ("watch.left_by_system", "__MACOSX"),
    ]
