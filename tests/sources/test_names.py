from __future__ import annotations

import io
import os

from hypothesis import given
from hypothesis import strategies as st

from provenance.sources.names import expanded, from_lines, from_nul

NAME = st.binary(min_size=1, max_size=30)


def test_lines_come_without_their_breaks_and_blank_ones_are_nothing():
    stream = io.BytesIO(b"a.jpg\n\n b .jpg\r\n\xff.jpg")
    assert list(from_lines(stream)) == [b"a.jpg", b" b .jpg", b"\xff.jpg"]


@given(st.lists(NAME.filter(lambda name: b"\0" not in name), max_size=20))
def test_nul_keeps_every_name_as_it_is(names):
    stream = io.BytesIO(b"".join(name + b"\0" for name in names))
    assert list(from_nul(stream)) == names


def test_a_last_name_without_its_nul_counts():
    assert list(from_nul(io.BytesIO(b"a\0b"))) == [b"a", b"b"]


def test_each_name_is_handed_on_before_the_next_is_waited_for():
    for read, end in ((from_lines, b"\n"), (from_nul, b"\0")):
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as pipe:
            names = read(stream)
            for name in (b"a.jpg", b"b.jpg"):
                # Nothing else is in the pipe: reading ahead would wait here for ever.
                pipe.write(name + end)
                assert next(names) == name


def test_a_dash_stands_for_standard_input_where_it_was_typed():
    stdin = io.BytesIO(b"x\ny\n")
    assert list(expanded(["a", "-", "b"], stdin)) == ["a", b"x", b"y", "b"]
    assert list(expanded(["-"], io.BytesIO(b"x\0y\0"), nul=True)) == [b"x", b"y"]


def test_without_a_dash_nothing_is_read_and_the_list_stays_a_list():
    stdin = io.BytesIO(b"x\n")
    arguments = ["a", "./-"]
    assert expanded(arguments, stdin, nul=True) is arguments
    assert stdin.read() == b"x\n"
