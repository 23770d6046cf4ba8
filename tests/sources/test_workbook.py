"""Workbooks: what a sheet shows is what is read, whatever the cell holds."""

# ruff: noqa: DTZ001 - a sheet knows no time zones

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from provenance.errors import MissingColumn, Unreadable
from provenance.sources import Tally
from provenance.sources.sheets import shown

DAY = dt.datetime(2019, 6, 1, 14, 30)

FORMATS = [
    ("mmm-yy", "2019-06"),
    ("mmmm yyyy", "2019-06"),
    ("yyyy", "2019"),
    ("mm-dd-yy", "2019-06-01"),
    ("d.m.yyyy", "2019-06-01"),
    ("[$-407]dddd, d. mmmm yyyy;@", "2019-06-01"),
    ('d" of "mmmm", "yyyy', "2019-06-01"),
    ("yyyy-mm-dd hh:mm", "2019-06-01T14:30"),
    ("m/d/yy h:mm", "2019-06-01T14:30"),
    ("yyyy\\-mm\\-dd\\Thh:mm:ss", "2019-06-01T14:30:00"),
    # A year that is not shown was guessed by the program that keeps the sheet.
    ("d-mmm", "1 June"),
    ("dddd", "2019-06-01T14:30:00"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "text"), FORMATS)
def test_a_date_is_read_as_it_is_shown(form: str, text: str) -> None:
    if form == "dddd":
        assert shown(DAY, form) not in {"2019-06", "2019-06-01"}
    else:
        assert shown(DAY, form) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (2019, "2019"), (2019.0, "2019"), (0.5, "0.5"), (" x ", "x"), ("a\ud800", "a?")],
)
def test_other_cells(value, text):
    assert shown(value, "General") == text


@pytest.fixture
def workbook(tmp_path):
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["nothing", "about pictures"])
    sheet = book.create_sheet("Bilder")
    sheet.append([])
    sheet.append(["Datei", "Datum", "Quelle"])
    for name, value, form in (
        ("a.jpg", dt.datetime(2019, 6, 1), "mmm-yy"),
        ("b.jpg", dt.datetime(2026, 11, 15), "d-mmm"),
        (None, None, "General"),
        ("c.jpg", "seit 2016", "General"),
        ("d.jpg", 43831, "General"),
    ):
        row = sheet.max_row + 1
        sheet.cell(row, 1, name)
        sheet.cell(row, 2, value).number_format = form
        sheet.cell(row, 3, "A" if name else None)
    book.save(tmp_path / "t.xlsx")
    return "t.xlsx"


def test_the_sheet_that_names_pictures_is_read(draw, workbook):
    tally = Tally()
    found = draw(workbook, tally=tally)
    told = [(e.row, e.name, e.sighting and e.sighting.date.text) for e in found if not e.problem]
    assert told == [(1, "a.jpg", "2019-06"), (4, "c.jpg", "2016/..")]
    assert [(e.row, e.problem.reason) for e in found if e.problem] == [
        (2, "unreadable_date"),
        (5, "unreadable_date"),
    ]
    assert "datei as path" in tally.sentences()[0]


def test_a_workbook_without_pictures_stops_the_call(tmp_path, draw):
    book = Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(MissingColumn, match="its columns are: a, b"):
        draw("t.xlsx")


def bomb() -> bytes:
    """A sheet that is 2 GB of blanks once it is unpacked."""
    held = io.BytesIO()
    packed = zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with packed, packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
        for _ in range(2048):
            part.write(bytes(1 << 20))
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "unsupported"),
        (b"PK\x03\x04 and nothing else", "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported"),
        (None, "too_big"),
    ],
)
def test_what_is_no_workbook_is_one_clear_line(tmp_path, draw, data, reason):
    (tmp_path / "t.xlsx").write_bytes(bomb() if data is None else data)
    (tmp_path / "a.jpg").touch()
    broken, good = draw("t.xlsx", "a.jpg")
    assert isinstance(broken.problem, Unreadable)
    assert (broken.name, broken.problem.reason) == ("t.xlsx", reason)
    assert "workbook" in str(broken.problem)
    assert "csv" in broken.problem.advice
    assert good.name == "a.jpg"


def test_a_sheet_whose_xml_breaks_off(tmp_path, draw, workbook):
    whole = (tmp_path / workbook).read_bytes()
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(held, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part, data[: len(data) * 2 // 3] if "sheet2" in part.filename else data)
    (tmp_path / "t.xlsx").write_bytes(held.getvalue())
    (entry,) = draw("t.xlsx")
    assert entry.problem.reason == "unsupported"
