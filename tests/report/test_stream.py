from __future__ import annotations

import csv
import io
import json

import pytest

from provenance.models import Query
from provenance.report import stream
from provenance.report.record import lookup_record
from provenance.report.text import lookup_text

from .models_by_hand import match, matched, missed, unreadable, weigh


def record(lookup):
    return lookup_record(lookup, strength=weigh)


RECORDS = [record(matched(matches=(match(), match()))), record(missed()), record(unreadable())]


def written(shape, records, out=None):
    out = out or io.StringIO()
    stream.write(iter(records), out, shape, stream.LOOKUPS, lookup_text)
    return out.getvalue()


@pytest.mark.parametrize("records", [[], RECORDS[:1], RECORDS])
def test_json_is_an_array(records):
    assert json.loads(written("json", records)) == records


def test_nl_is_one_object_a_line():
    lines = written("nl", RECORDS).splitlines()
    assert [json.loads(line) for line in lines] == RECORDS


def test_csv_has_a_header_and_a_row_per_match():
    rows = list(csv.DictReader(io.StringIO(written("csv", RECORDS))))
    assert [row["outcome"] for row in rows] == [
        "matched",
        "matched",
        "not_in_archive",
        "unreadable",
    ]
    assert rows[2]["picture"] == ""
    assert written("csv", []).startswith("name,outcome,")


def test_a_table_sets_columns_under_each_other():
    lines = written("table", RECORDS).splitlines()
    assert lines[0].split()[:3] == ["name", "outcome", "reason"]
    assert len(lines) == 6


def test_a_table_takes_no_hash_for_a_number():
    shown = written("table", [record(missed(query=Query("1e5")))])
    assert "1e5" in shown


def test_text_has_a_blank_line_between_answers():
    assert written(None, RECORDS[1:]) == (
        f"{lookup_text(RECORDS[1])}\n\n{lookup_text(RECORDS[2])}\n"
    )


class Flushed(io.StringIO):
    """Remembers what had been written at every flush."""

    def __init__(self):
        super().__init__()
        self.flushes = []

    def flush(self):
        self.flushes.append(self.getvalue())


@pytest.mark.parametrize("shape", ["json", "nl", "csv", None])
def test_every_answer_is_out_before_the_next_is_asked_for(shape):
    out = Flushed()

    def asked():
        for number, each in enumerate(RECORDS):
            if number:
                name = RECORDS[number - 1]["query"]["name"]
                assert name in out.flushes[-1]
            yield each

    stream.write(asked(), out, shape, stream.LOOKUPS, lookup_text)


@pytest.mark.parametrize("shape", ["json", "nl", "csv", "table", None])
def test_a_closed_pipe_is_not_swallowed_here(shape):
    class Closed(io.StringIO):
        def write(self, _text):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        written(shape, RECORDS, Closed())


@pytest.mark.parametrize("shape", ["json", "nl", "csv", "table", None])
def test_no_shape_lets_an_escape_code_through(shape):
    name = "\x1b[2J\u202e\x9b\u2028.jpg"
    shown = written(shape, [record(missed(query=Query(name)))])
    assert not {"\x1b", "\u202e", "\x9b", "\u2028"} & set(shown)
    if shape in ("json", "nl"):
        found = json.loads(shown)
        assert (found[0] if shape == "json" else found)["query"]["name"] == name


def test_an_output_that_is_no_unicode_gets_plain_ascii_json():
    out = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    name = "صورة\x85.jpg"
    stream.write([record(missed(query=Query(name)))], out, "nl", stream.LOOKUPS, lookup_text)
    out.seek(0)
    assert json.loads(out.buffer.getvalue().decode("ascii"))["query"]["name"] == name
