"""A table in a folder that names the pictures beside it."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from provenance.models import Trust
from provenance.sources import Tally


@pytest.fixture
def folder(tmp_path, table):
    (tmp_path / "d/sub").mkdir(parents=True)
    for name in ("d/a.jpg", "d/b.jpg", "d/sub/c.jpg", "d/z.jpg", "other.jpg"):
        (tmp_path / name).touch()
    table("file,date,source\na.jpg,2019,A\n./sub/c.jpg,2020,A\nsub/../a.jpg,2018,A\n", "d/list.csv")


def test_its_rows_stand_in_its_place_and_no_file_comes_twice(draw, folder):
    tally = Tally()
    found = draw("d", tally=tally)
    told = [(e.name, e.row, e.sighting and e.sighting.date.text) for e in found]
    assert told == [
        ("d/b.jpg", None, None),
        ("d/a.jpg", 1, "2019"),
        ("d/./sub/c.jpg", 2, "2020"),
        ("d/sub/../a.jpg", 3, "2018"),
        ("d/z.jpg", None, None),
    ]
    assert {entry.collection.name for entry in found} == {"d"}
    assert tally.sentences()[0] == "d/list.csv: says something about 2 files beside it"


def test_a_row_that_names_a_missing_file_keeps_its_line(draw, folder, table):
    table("file,date\na.jpg,2019\nnone.jpg,2019\nb.jpg,whenever\n,\n", "d/list.csv")
    found = {entry.row: entry for entry in draw("d") if entry.row}
    assert sorted(found) == [1, 2, 3]
    assert found[2].name == "d/none.jpg"
    assert found[3].problem.reason == "unreadable_date"


def test_it_may_lower_the_trust_and_never_raise_it(draw, folder, table):
    table(
        "file,source,trust,vouch\na.jpg,A,own,me\nb.jpg,A,contested,\nz.jpg,A,friend,\n",
        "d/list.csv",
    )
    named = [entry for entry in draw("d", trust="partner") if entry.row]
    assert [entry.trust for entry in named] == [Trust.PARTNER, Trust.CONTESTED, Trust.PARTNER]
    assert {entry.vouched for entry in named} == {None}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n1,2\n", "missing_column"),
        ("file,date\nnone.jpg,2019\n", "unsupported_source"),
        ("file,date\n../other.jpg,2019\n", "unsupported_source"),
        ("", "missing_column"),
    ],
)
def test_a_table_about_something_else_is_one_line(draw, folder, table, text, reason):
    table(text, "d/list.csv")
    found = draw("d")
    refused = [entry for entry in found if entry.problem]
    assert [(entry.name, entry.problem.reason) for entry in refused] == [("d/list.csv", reason)]
    assert refused[0].problem.advice
    assert len(found) == 5


def test_files_of_a_folder_bring_the_time_of_their_last_change(tmp_path, draw, folder):
    os.utime(tmp_path / "d/b.jpg", (1_500_000_000, 1_500_000_000))
    by_name = {entry.name: entry for entry in draw("d")}
    assert by_name["d/b.jpg"].file_time == datetime(2017, 7, 14, 2, 40, tzinfo=UTC)
    assert draw("d/b.jpg")[0].file_time is None
