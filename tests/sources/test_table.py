from __future__ import annotations

import csv
import io
import json
import os
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import MissingColumn, Refused, UnreadableTable
from provenance.fingerprint import parse_hash
from provenance.models import Means, Trust
from provenance.sources import Tally, entries
from provenance.sources.lines import MAX_FIELD, MAX_ROW

from .conftest import PDQ, PHASH, SHA


def problems(found):
    return [(entry.row, entry.problem.reason) for entry in found if entry.problem]


def test_a_row_names_a_file_relative_to_the_table(tmp_path, draw, table):
    (tmp_path / "set/img").mkdir(parents=True)
    (tmp_path / "set/img/a.jpg").touch()
    table("path,date\nimg/a.jpg,2019\n", "set/list.csv")
    (entry,) = draw("set/list.csv")
    assert (entry.name, entry.row) == ("set/img/a.jpg", 1)
    assert os.path.exists(entry.path)
    assert entry.sighting.date.text == "2019"
    assert entry.collection.name == "set/list.csv"


def test_a_row_overrides_the_command_line_word_by_word(draw, table):
    table(
        "path,date,means,source,url,caption,credit,place,trust,collection,vouch\n"
        "a.jpg,2019,captured,agency,https://x.example/,Smoke,AFP,Gaza,partner,wire,by phone\n"
        "b.jpg,,,,,,,,,,\n"
    )
    full, empty = draw("table.csv", date="2012", source="desk", trust="trusted", place="Haifa")
    assert full.sighting.date.text == "2019"
    assert full.sighting.means is Means.CAPTURED
    assert (full.sighting.source, full.sighting.url) == ("agency", "https://x.example/")
    assert (full.sighting.caption, full.sighting.credit) == ("Smoke", "AFP")
    assert (full.sighting.place, full.sighting.vouched) == ("Gaza", "by phone")
    assert (full.sighting.trust, full.trust) == (Trust.PARTNER, Trust.PARTNER)
    assert full.collection.name == "wire"
    assert (empty.sighting.date.text, empty.sighting.source) == ("2012", "desk")
    assert (empty.sighting.trust, empty.sighting.place) == (Trust.TRUSTED, "Haifa")
    assert empty.collection.name == "table.csv"


def test_a_batch_keeps_its_own_source_and_trust_whatever_its_rows_say(draw, table):
    table("path,source,trust\na.jpg,somebody,contested\nb.jpg,,\n")
    for entry in draw("table.csv", source="desk"):
        assert (entry.collection.source, entry.collection.trust) == ("desk", Trust.OWN)


@pytest.mark.parametrize(
    ("column", "text", "field", "value"),
    [
        ("sha256", SHA.upper(), "sha256", SHA),
        ("sha256", f"sha256:{SHA}", "sha256", SHA),
        ("pdq", PDQ, "pdq", PDQ),
        ("phash", PHASH, "phash", PHASH),
        ("hash", f"pdq:{PDQ}", "pdq", PDQ),
        ("hash", PHASH, "phash", PHASH),
    ],
)
def test_a_row_names_a_hash(draw, table, column, text, field, value):
    table(f"{column},date\n{text},2019\n")
    (entry,) = draw("table.csv")
    assert getattr(entry, field) == value
    assert entry.name == f"{field}:{value}"
    assert (entry.path, entry.problem) == (None, None)


def test_several_hashes_of_one_picture(draw, table):
    table(f"sha256,pdq,phash\n{SHA},{PDQ},{PHASH}\n")
    (entry,) = draw("table.csv")
    assert (entry.sha256, entry.pdq, entry.phash) == (SHA, PDQ, PHASH)


def test_bad_rows_are_problems_of_their_own_and_the_batch_goes_on(draw, table):
    rows = [
        "a.jpg,,2019,published,own",
        "b.jpg,,the day before,,",
        "c.jpg,,,seen,",
        "d.jpg,,,,friend",
        f"e.jpg,sha256:{SHA},,,",
        ",,2019,,",
        ",sha256:12,,,",
        f",{SHA},,,",
        "f.jpg,,,,,surplus",
        "g.jpg,,,,,,",
        "h.jpg",
        "https://example.com/i.jpg,,,,",
        r"\\server\share\j.jpg,,,,",
        'k.jpg,,"2019"x,,',
        "l.jpg,,2019,,",
    ]
    table("path,hash,date,means,trust\n" + "\n".join(rows) + "\n")
    found = draw("table.csv")
    assert [entry.row for entry in found] == list(range(1, len(rows) + 1))
    assert problems(found) == [
        (2, "unreadable_date"),
        (3, "unknown_word"),
        (4, "unknown_word"),
        (5, "path_and_hash"),
        (6, "no_picture"),
        (7, "malformed_hash"),
        (8, "malformed_hash"),
        (9, "too_many_fields"),
        (12, "fetch_refused"),
        (13, "bad_path"),
        (14, "malformed_row"),
    ]
    assert {entry.name for entry in found if entry.row in (2, 6, 9)} == {"table.csv"}


def test_every_problem_says_what_and_what_to_do(draw, table):
    table("path,date,trust\n,,\n,2019,\nb.jpg,xx,\nc.jpg,,friend\n")
    for entry in draw("table.csv"):
        assert isinstance(entry.problem, Refused)
        assert entry.problem.message
        assert entry.problem.advice


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("thing,date\na.jpg,2019\n", "thing, date"),
        ("", "it is empty"),
        ("\n\n", "it is empty"),
        ("a.jpg\n", "a.jpg"),
    ],
)
def test_a_table_without_a_column_that_names_pictures_stops_the_call(
    tmp_path, draw, table, text, says
):
    (tmp_path / "a.jpg").touch()
    table(text)
    with pytest.raises(MissingColumn, match=says) as caught:
        entries(["a.jpg", "table.csv"], parse_hash=parse_hash)
    assert caught.value.exit_code == 2


def test_in_a_stream_of_names_a_bad_table_is_a_problem_of_its_own(tmp_path, draw, table):
    (tmp_path / "a.jpg").touch()
    table("thing\na.jpg\n")
    bad, good = entries(iter(["table.csv", "a.jpg"]), parse_hash=parse_hash)
    assert (bad.name, bad.problem.reason) == ("table.csv", "missing_column")
    assert good.name == "a.jpg"


def test_a_table_with_a_header_alone_is_said(draw, table):
    table("path,date\n")
    tally = Tally()
    assert draw("table.csv", tally=tally) == []
    assert tally.sentences() == ["table.csv: nothing in it to take"]


def test_columns_nobody_reads_are_said(draw, table):
    table("Path , DATE,dtae,notes\na.jpg,2019,,\n")
    tally = Tally()
    (entry,) = draw("table.csv", tally=tally)
    assert entry.sighting.date.text == "2019"
    assert tally.sentences() == ["table.csv: not used: dtae, notes"]


def test_a_column_twice_is_refused_whole(draw, table):
    table("path,date,Date\na.jpg,2019,2020\n")
    with pytest.raises(UnreadableTable, match='two columns called "date"'):
        draw("table.csv")


@pytest.mark.parametrize(
    "data",
    [
        "path,caption\na.jpg,Rauch über Gaza\n".encode(),
        "path,caption\na.jpg,Rauch über Gaza\n".encode("utf-8-sig"),
        "path,caption\r\na.jpg,Rauch über Gaza\r\n".encode("utf-16"),
        b"\xfe\xff" + "path,caption\na.jpg,Rauch über Gaza".encode("utf-16-be"),
        "path;caption\ra.jpg;Rauch über Gaza\r".encode(),
        "path\tcaption\na.jpg\tRauch über Gaza\n".encode(),
        '"path";"caption"\n"a.jpg";"Rauch über Gaza"\n\n'.encode(),
    ],
)
def test_encodings_and_delimiters(draw, table, data):
    table(data)
    (entry,) = draw("table.csv")
    assert (entry.name, entry.sighting.caption) == ("a.jpg", "Rauch über Gaza")


def test_utf16_may_be_json_or_tabs_as_well(draw, table):
    table("path\tcaption\na.jpg\tصورة أرشيفية\n".encode("utf-16"), "t.tsv")
    table('{"path": "a.jpg", "caption": "صورة أرشيفية"}'.encode("utf-16"), "t.jsonl")
    for entry in draw("t.tsv", "t.jsonl"):
        assert entry.sighting.caption == "صورة أرشيفية"


@pytest.mark.parametrize(
    "data", ["path\na.jpg\n".encode("utf-32"), b"PK\x03\x04\0\0", "path\n".encode("utf-16-le")]
)
def test_what_is_no_text_is_refused_whole(draw, table, data):
    table(data)
    with pytest.raises(UnreadableTable, match="UTF-8"):
        draw("table.csv")


def test_latin_1_spoils_the_rows_that_hold_it_and_no_other(draw, table):
    table("path,caption\na.jpg,plain\nb.jpg,über\nc.jpg,plain\n".encode("latin-1"))
    assert problems(draw("table.csv")) == [(2, "not_text")]


def test_a_utf16_table_that_breaks_off(draw, table):
    table("path\na.jpg\nb.jpg\n".encode("utf-16") + b"c")
    found = draw("table.csv")
    assert [entry.problem is None for entry in found] == [True, True, False]
    assert problems(found) == [(3, "not_text")]


@pytest.mark.parametrize("data", [b"\xfe\xff\n", "path".encode("utf-16") + b"c"])
def test_a_utf16_table_that_breaks_off_in_its_header_has_no_columns(draw, table, data):
    table(data)
    with pytest.raises(MissingColumn):
        draw("table.csv")


def test_a_quotation_mark_that_is_never_closed_is_said(draw, table):
    table('path,caption\na.jpg,x\nb.jpg,"never closed\nc.jpg,x\n')
    found = draw("table.csv")
    assert found[0].problem is None
    assert problems(found) == [(2, "malformed_row")]


def test_a_row_may_hold_line_breaks(draw, table):
    table('path,caption\na.jpg,"one\ntwo, ""three"""\nb.jpg,x\n')
    first, second = draw("table.csv")
    assert first.sighting.caption == 'one\ntwo, "three"'
    assert second.name == "b.jpg"


@pytest.mark.parametrize("long", ["x" * (MAX_FIELD + 1), ",".join(["xy"] * (MAX_ROW // 3 + 1))])
def test_rows_and_fields_have_bounds_and_the_rest_is_read(draw, table, long):
    table(f"path,caption\na.jpg,x\nb.jpg,{long}\nc.jpg,x\n")
    found = draw("table.csv")
    assert [entry.row for entry in found] == [1, 2, 3]
    assert [entry.problem is not None for entry in found] == [False, True, False]


def test_memory_does_not_grow_with_a_line_that_never_ends(tmp_path, draw):
    with open(tmp_path / "t.csv", "wb") as file:
        file.write(b"path\n" + b"a.jpg\n" * 1000)
        file.truncate(32 << 20)
    tracemalloc.start()
    found = draw("t.csv")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert problems(found) == [(1001, "row_too_long")]
    assert peak < 16 << 20


def test_blank_rows_are_counted_and_left_out(draw, table):
    table("path,date\n\na.jpg,\n,\nb.jpg,\n")
    assert [(entry.name, entry.row) for entry in draw("table.csv")] == [("a.jpg", 2), ("b.jpg", 4)]


def test_json_lines(draw, table):
    rows = [
        {"Path": "a.jpg", "DATE": 2019, "caption": None, "other": [1]},
        {"sha256": SHA, "trust": "partner"},
        [],
        {"path": "b.jpg", "date": {"y": 1}},
        {"path": "c\ud800.jpg"},
    ]
    lines = [json.dumps(row) for row in rows] + ["not json", "", "[" * 100_000, '{"path": "z.jpg"}']
    table("\n".join(lines), "t.jsonl")
    found = draw("t.jsonl")
    assert (found[0].name, found[0].sighting.date.text) == ("a.jpg", "2019")
    assert (found[1].sha256, found[1].trust) == (SHA, Trust.PARTNER)
    assert problems(found) == [
        (3, "malformed_row"),
        (4, "unreadable_date"),
        (5, "not_text"),
        (6, "malformed_row"),
        (8, "malformed_row"),
    ]
    assert (found[-1].name, found[-1].row) == ("z.jpg", 9)


def test_json_lines_without_the_keys_stop_the_call(draw, table):
    table('{"thing": "a.jpg"}\n' * 5, "t.jsonl")
    with pytest.raises(MissingColumn, match="its columns are: thing"):
        draw("t.jsonl")


def test_rows_that_leave_the_folder_are_taken_and_counted(tmp_path, draw, table):
    (tmp_path / "set").mkdir()
    table(f"path\n../a.jpg\n{tmp_path}/b.jpg\nx/../c.jpg\n", "set/t.csv")
    tally = Tally()
    found = draw("set/t.csv", tally=tally)
    assert [entry.name for entry in found] == [
        "set/../a.jpg",
        f"{tmp_path}/b.jpg",
        "set/x/../c.jpg",
    ]
    assert tally.sentences() == ["2 table rows name files outside the folder of the table"]


def test_a_table_is_no_link_and_no_pipe(tmp_path, draw, table):
    table("path\na.jpg\n")
    (tmp_path / "link.csv").symlink_to("table.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    for name in ("link.csv", "pipe.csv"):
        (entry,) = draw(name)
        assert (entry.name, entry.problem.reason) == (name, "not_a_file")


def test_a_folder_called_like_a_table_is_a_folder(tmp_path, draw):
    (tmp_path / "d.csv").mkdir()
    (tmp_path / "d.csv/a.jpg").touch()
    assert [entry.name for entry in draw("d.csv")] == ["d.csv/a.jpg"]


CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


@given(rows=st.lists(st.tuples(CELL, CELL), max_size=8), delimiter=st.sampled_from(",;\t"))
def test_whatever_the_csv_module_writes_is_read_back(tmp_path_factory, rows, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([("hash", "caption"), *rows])
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes(text.getvalue().encode())
    found = list(entries([str(path)], parse_hash=parse_hash))
    said = [cells for cells in rows if any(cell.strip() for cell in cells)]
    assert len(found) == len(said)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_end_in_anything_but_an_answer(tmp_path_factory, data):
    for name in ("t.csv", "t.tsv", "t.jsonl"):
        path = tmp_path_factory.mktemp("t") / name
        path.write_bytes(b"path,date\n" + data if name != "t.jsonl" else b'{"path": "a"}\n' + data)
        # Given one by one, so that even a table that is refused whole is one entry.
        for entry in entries(iter([str(path)]), parse_hash=parse_hash):
            assert entry.name
            assert (entry.path is None) != (entry.problem is None)


def test_addresses_in_a_table_are_fetched_only_where_that_was_asked_for(draw, table):
    table(
        "path,url,date\n"
        "https://example.com/a.jpg,https://example.com/page,2019\n"
        "HTTP://example.com/b.jpg,,\n"
        ",https://example.com/c.jpg,2020\n"
        "d.jpg,https://example.com/page,\n"
    )
    refused = draw("table.csv")
    assert problems(refused) == [(1, "fetch_refused"), (2, "fetch_refused"), (3, "fetch_refused")]
    assert "--fetch" in str(refused[0].problem)
    found = draw("table.csv", fetch=True)
    assert [(entry.row, entry.address, entry.sighting.url) for entry in found[:3]] == [
        (1, "https://example.com/a.jpg", "https://example.com/page"),
        (2, "HTTP://example.com/b.jpg", "HTTP://example.com/b.jpg"),
        (3, "https://example.com/c.jpg", "https://example.com/c.jpg"),
    ]
    assert [entry.sighting.date and entry.sighting.date.text for entry in found[:3]] == [
        "2019",
        None,
        "2020",
    ]
    assert (found[3].path, found[3].address) == ("d.jpg", None)


def test_in_a_table_of_addresses_alone_every_row_says_what_to_ask_for(draw, table):
    table("url;date\nhttps://example.com/a.jpg;2019\n")
    (refused,) = draw("table.csv")
    assert (refused.row, refused.problem.reason) == (1, "fetch_refused")
    assert "--fetch" in refused.problem.advice
    (entry,) = draw("table.csv", fetch=True)
    assert (entry.address, entry.sighting.date.text) == ("https://example.com/a.jpg", "2019")


def test_what_stands_under_url_and_is_no_web_address_is_refused(draw, table):
    table("url\nexample.com/a.jpg\nfile:///etc/hostname\n")
    found = draw("table.csv", fetch=True)
    assert problems(found) == [(1, "no_picture"), (2, "no_picture")]
