from __future__ import annotations

import pytest

from provenance.errors import MissingColumn, UnknownWord
from provenance.fingerprint import parse_hash
from provenance.models import How, Means
from provenance.sources import Tally, entries, parsed_map
from provenance.sources.column_names import FIELDS, NAMES
from provenance.sources.columns import plain, read_columns


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (("path", "date"), {"path": "path", "date": "date"}),
        (("filename", "agency"), {"filename": "path", "agency": "source"}),
        (
            ("datei", "aufnahmedatum", "quelle", "bildunterschrift", "ort", "fotograf"),
            {
                "datei": "path",
                "aufnahmedatum": "captured",
                "quelle": "source",
                "bildunterschrift": "caption",
                "ort": "place",
                "fotograf": "credit",
            },
        ),
        (
            ("nom du fichier", "date de publication", "légende", "crédit photo", "lien"),
            {
                "nom du fichier": "path",
                "date de publication": "published",
                "légende": "caption",
                "crédit photo": "credit",
                "lien": "url",
            },
        ),
        (
            ("اسم الملف", "تاريخ النشر", "المصدر", "الوصف", "المكان", "الرابط"),
            {
                "اسم الملف": "path",
                "تاريخ النشر": "published",
                "المصدر": "source",
                "الوصف": "caption",
                "المكان": "place",
                "الرابط": "url",
            },
        ),
        (("file_path", "sha-256 hash"), {"file_path": "path", "sha-256 hash": "sha256"}),
        (("date (utc)", "image file:"), {"date (utc)": "date", "image file:": "path"}),
        # The earlier name counts, and our own name before all others.
        (("bild", "dateiname"), {"dateiname": "path"}),
        (("filename", "path"), {"path": "path"}),
        # Beside a plain date no other column is taken for one.
        (("path", "date", "publication date"), {"path": "path", "date": "date"}),
        (
            ("path", "taken", "published on"),
            {"path": "path", "taken": "captured", "published on": "published"},
        ),
        # Words that mean something else as often.
        (("path", "tag", "page", "address", "title"), {"path": "path"}),
    ],
)
def test_what_people_call_a_column(header, fields):
    columns = read_columns(header, {})
    assert columns.fields == fields
    assert columns.unused == tuple(name for name in header if name not in fields)


def test_no_name_stands_for_two_fields():
    names = [plain(name) for field in FIELDS for name in NAMES[field].split("|")]
    assert len(names) == len(set(names))


def test_a_column_can_be_said(draw, table):
    table("Fundstelle,Was,Wann,date\nhttps://example.com,a.jpg,2019,2020\n")
    given = parsed_map(("Was=path", "wann=captured", "Fundstelle=url", "date=-"))
    tally = Tally()
    (entry,) = entries(["table.csv"], parse_hash=parse_hash, columns=given, tally=tally)
    assert (entry.name, entry.sighting.date.text, entry.sighting.means) == (
        "a.jpg",
        "2019",
        Means.CAPTURED,
    )
    assert entry.sighting.url == "https://example.com"
    assert entry.more == ()
    assert tally.sentences() == []


@pytest.mark.parametrize("text", ["path", "=path", "file=", "file=nothing", ""])
def test_what_is_no_column_and_field(text):
    with pytest.raises(UnknownWord) as caught:
        parsed_map((text,))
    assert caught.value.exit_code == 2
    assert "COLUMN=FIELD" in str(caught.value)


def test_a_column_that_is_said_and_not_there_stops_the_call(draw, table):
    table("path,date\na.jpg,2019\n")
    with pytest.raises(MissingColumn, match="no column “Wann”; its columns are: path, date"):
        entries(["table.csv"], parse_hash=parse_hash, columns={"Wann": "date"})


def test_how_columns_were_read_is_said(draw, table):
    table("Datei,Datum,Notiz\na.jpg,2019,\n")
    tally = Tally()
    draw("table.csv", tally=tally)
    assert tally.sentences() == [
        "table.csv: read datei as path, datum as date (say otherwise with --map COLUMN=FIELD)",
        "table.csv: not used: notiz",
    ]


def test_each_date_of_a_row_is_a_sighting_of_its_own(draw, table):
    table("file,taken,published,posted,source\na.jpg,May 2019,2019-06,unknown,A\nb.jpg,,,,A\n")
    dated, undated = draw("table.csv")
    told = [dated.sighting, *dated.more]
    assert [(each.means, each.date.text) for each in told] == [
        (Means.CAPTURED, "2019-05"),
        (Means.PUBLISHED, "2019-06"),
    ]
    assert {(each.how, each.source) for each in told} == {(How.STATED, "A")}
    assert undated.sighting.date is None


@pytest.mark.parametrize("word", ["unknown", "n/a", "-", "k. A.", "not enough information", "؟"])
def test_a_date_that_says_there_is_none(draw, table, word):
    table(f"path,date\na.jpg,{word}\n")
    (entry,) = draw("table.csv")
    if word == "؟":
        assert entry.problem.reason == "unreadable_date"
    else:
        assert (entry.sighting, entry.read_as) == (None, "undated")


def test_a_row_that_names_its_picture_by_its_address_alone(draw, table):
    table("url,date\nhttps://example.com/a.jpg,2019\nno address,2019\n,2019\n")
    found = draw("table.csv")
    assert [entry.problem.reason for entry in found] == [
        "fetch_refused",
        "no_picture",
        "no_picture",
    ]
