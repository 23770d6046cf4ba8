"""The sheet follows: what a check no longer says, what is erased, another archive, two at once."""

from __future__ import annotations

import shutil

from provenance.archive import Archive
from provenance.archive.sheet import Selection, Sheet, Turn
from provenance.archive.sheet.tables import FILE
from provenance.dates import parse
from provenance.models import Claim


def shown(sheet: Sheet, **headings: str) -> list[int]:
    return [item.picture for item in sheet.page(Selection(headings)).items]


def searched(sheet: Sheet, words: str) -> list[int]:
    return [item.picture for item in sheet.page(Selection(words=words)).items]


def test_a_picture_leaves_a_finding_when_the_check_no_longer_matches_it(
    archive, intake, asked
) -> None:
    archive.add([intake(n) for n in range(3)])
    with Sheet(archive) as sheet:
        asked(archive, "query", 1, 2, claim=Claim(text="Smoke over Odesa")).save(archive)
        sheet.follow()
        assert shown(sheet, finding="seen_before_claim") == [1, 2]
        assert searched(sheet, "odesa") == [1, 2]
        asked(archive, "query", 2, claim=Claim(text="Smoke over Odesa")).save(archive)
        sheet.follow()
        assert shown(sheet, finding="seen_before_claim") == [2]
        assert searched(sheet, "odesa") == [2]


def test_revoked_and_added_again(archive, intake, sighting) -> None:
    brought = [intake(n, sighting(2010 + n), collection="batch") for n in range(3)]
    archive.add(brought)
    with Sheet(archive) as sheet:
        sheet.follow()
        archive.revoke("batch", "taken back")
        assert sheet.behind() == 1
        sheet.follow()
        assert shown(sheet) == []
        assert sheet.reach().years == ()
        archive.add(brought)
        sheet.follow()
        assert shown(sheet) == [1, 2, 3]


def test_nothing_erased_is_left_in_its_file(archive, path, intake, sighting) -> None:
    folder = path.parent / "kept"
    archive.add([intake(n, sighting(2019, caption=f"caption {n}")) for n in range(50)])
    archive.add([intake("x", sighting(2019, caption="unmistakable", source="Somebody"))])
    with Sheet(archive, folder) as sheet:
        sheet.follow()
        assert len(searched(sheet, "unmistakable")) == 1
        archive.forget(51, "asked for")
        # Nobody told the sheet: it learns from the log.
        sheet.follow()
        assert len(shown(sheet)) == 48
        assert sheet.overview(Selection()).pictures == 50
    left = b"".join(each.read_bytes() for each in folder.iterdir())
    assert b"caption" in left
    assert b"unmistakable" not in left
    assert b"Somebody" not in left
    assert b"somebody" not in left


def test_purged_at_once(archive, path, intake, sighting) -> None:
    folder = path.parent / "kept"
    archive.add([intake("x", sighting(2019, caption="unmistakable"))])
    with Sheet(archive, folder) as sheet:
        sheet.follow()
        assert b"unmistakable" in b"".join(each.read_bytes() for each in folder.iterdir())
        assert sheet.purge()
        assert b"unmistakable" not in b"".join(each.read_bytes() for each in folder.iterdir())
        sheet.follow()
        assert searched(sheet, "unmistakable") == [1]


def test_a_sheet_of_another_archive_is_made_anew(archive, path, intake) -> None:
    folder = path.parent / "kept"
    archive.add([intake(n) for n in range(3)])
    with Sheet(archive, folder) as sheet:
        sheet.follow()
    with Archive.open(path.parent / "other.db", create=True) as other:
        other.add([intake("only")])
        with Sheet(other, folder) as sheet:
            assert sheet.follow() == 0
            assert shown(sheet) == [1]


def test_a_sheet_of_a_later_state_is_made_anew(archive, path, intake) -> None:
    folder, before = path.parent / "kept", path.parent / "backup.db"
    archive.add([intake(1)])
    archive._connection.execute("VACUUM INTO ?", (str(before),))
    archive.add([intake(2), intake(3)])
    with Sheet(archive, folder) as sheet:
        sheet.follow()
    with Archive.open(before) as restored, Sheet(restored, folder) as sheet:
        sheet.follow()
        assert shown(sheet) == [1]


def test_a_damaged_sheet_is_made_anew(archive, path, intake) -> None:
    folder = path.parent / "kept"
    archive.add([intake(1)])
    with Sheet(archive, folder) as sheet:
        sheet.follow()
    (folder / FILE).write_bytes(b"no database at all, but long enough to look at" * 100)
    with Sheet(archive, folder) as sheet:
        sheet.follow()
        assert shown(sheet) == [1]


def test_where_nothing_can_be_kept_it_works_all_the_same(archive, path, intake) -> None:
    archive.add([intake(1)])
    blocked = path.parent / "a file"
    blocked.write_text("in the way")
    with Sheet(archive, blocked / "kept") as sheet:
        assert sheet.follow() == 0
        assert shown(sheet) == [1]


def test_two_follow_one_file(archive, path, intake) -> None:
    folder = path.parent / "kept"
    archive.add([intake(n) for n in range(20)])
    with Sheet(archive, folder) as first, Sheet(archive, folder) as second:
        first._sheet.execute("BEGIN IMMEDIATE")
        # Whoever waits for a page does not wait for whoever is at it.
        assert second.follow(0.1) > 0
        first._sheet.execute("ROLLBACK")
        assert second.follow() == 0
        assert shown(first) == shown(second) == list(range(1, 21))


def test_it_can_be_deleted(archive, path, intake) -> None:
    folder = path.parent / "kept"
    archive.add([intake(1)])
    for _ in range(2):
        with Sheet(archive, folder) as sheet:
            sheet.follow()
            assert shown(sheet) == [1]
        shutil.rmtree(folder)


def test_a_piece_at_a_time(archive, intake) -> None:
    for first in range(0, 500, 100):
        archive.add([intake(n) for n in range(first, first + 100)])
    with Sheet(archive) as sheet:
        left = [sheet.follow(0) for _ in range(5)]
        assert left == [500, 300, 100, 0, 0]
        assert sheet.overview(Selection()).pictures == 500


def test_the_first_date_is_the_one_that_ends_first(archive, intake, sighting) -> None:
    archive.add(
        [
            intake("a", sighting(date=parse("2019"))),
            intake("b", sighting(date=parse("2013/2015")), sighting(date=parse("2016-05"))),
            intake("c", sighting(date=parse("2016-05-02"))),
        ]
    )
    with Sheet(archive) as sheet:
        sheet.follow()
        page = sheet.page(Selection(), Turn())
        assert [(item.picture, item.sighting, item.sightings) for item in page.items] == [
            (2, 4, 3),
            (3, 7, 2),
            (1, 2, 2),
        ]
