from __future__ import annotations

from provenance.conformance.sources import check_source
from provenance.models import How, Means, Trust
from provenance.sources.check_export import CheckExport

from .conftest import PDQ, SHA

HEADER = (
    "Claim,Item page URL,Status,Created by,Submitted at,Social Media Posted at,"
    "Report Published at,Number of media,Tags"
)
ITEM = (
    "A port burns,https://checkmedia.org/team/media/7,Unstarted,Erika Mustermann,"
    "2023-10-24 08:00:00,2023-10-23 14:00:00,,1,fire"
)


def write(tmp_path, *rows, header=HEADER):
    (tmp_path / "check.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return "check.csv"


def test_an_item_names_no_picture_and_says_so(tmp_path, draw):
    (entry,) = draw(write(tmp_path, ITEM))
    assert (entry.row, entry.problem.reason) == (1, "no_picture")
    assert "https://checkmedia.org/team/media/7" in str(entry.problem)
    assert "column path" in str(entry.problem)


def test_with_a_picture_beside_it_an_item_has_its_dates(tmp_path, draw):
    (tmp_path / "a.jpg").touch()
    name = write(
        tmp_path,
        f"{ITEM},a.jpg,,",
        f"{ITEM},,{SHA},{PDQ}",
        header=f"{HEADER},path,sha256,pdq",
    )
    file, hashes = draw(name)
    assert (file.name, file.sha256) == ("a.jpg", None)
    assert (hashes.sha256, hashes.pdq) == (SHA, PDQ)
    for entry in (file, hashes):
        assert entry.sighting.date.text == "2023-10-23T14:00:00"
        assert entry.sighting.date.zone == "unknown"
        assert (entry.sighting.means, entry.sighting.how) == (Means.POSTED, How.PLATFORM)
        assert (entry.sighting.source, entry.sighting.caption) == (None, "A port burns")
        (submitted,) = entry.more
        assert (submitted.means, submitted.date.text) == (Means.ASSERTED, "2023-10-24T08:00:00")
        assert entry.trust is Trust.UNREVIEWED
        assert "Mustermann" not in f"{entry}"


def test_bad_rows_are_problems_of_their_own(tmp_path, draw):
    name = write(
        tmp_path,
        f"{ITEM},../x.jpg,",
        f"{ITEM},,12",
        ITEM.replace("2023-10-23 14:00:00", "some day") + f",,{SHA}",
        "too,many,fields," * 9,
        f"{ITEM},,{SHA}",
        header=f"{HEADER},path,sha256",
    )
    found = draw(name)
    assert [(e.row, e.problem.reason) for e in found if e.problem] == [
        (1, "bad_path"),
        (2, "malformed_hash"),
        (3, "unreadable_date"),
        (4, "too_many_fields"),
    ]
    assert found[-1].sha256 == SHA


def test_the_kit(tmp_path):
    write(tmp_path, f"{ITEM},{SHA}", f"{ITEM},", header=f"{HEADER},sha256")
    check_source(CheckExport(), str(tmp_path / "check.csv"))
