"""The smaller parts: dates, addresses, sizes, notes; and what no archive may bring about."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixtures.pages import SITE, Kept, article, figure, kept_page, picture, revisit, warc
from provenance.sources.web import addresses, dimensions, moments
from provenance.sources.web.reading import checked
from provenance.sources.web.spool import Spool


@pytest.mark.parametrize(
    ("text", "edtf", "zone"),
    [
        ("2019-06-14T10:00:00+0300", "2019-06-14T10:00:00+0300", "+03:00"),
        ("2019-06-14T10:00:00.123Z", "2019-06-14T10:00:00Z", "utc"),
        ("2019-06-14T10:00:00", "2019-06-14T10:00:00", "unknown"),
        ("Fri, 14 Jun 2019 10:00:00 GMT", "2019-06-14T10:00:00Z", "utc"),
        ("June 14, 2019", "2019-06-14", "unknown"),
        ("2019-06-14T00:00:00Z", "2019-06-14", "utc"),
        ("2019-06-14T00:00:00.000+02:00", "2019-06-14", "+02:00"),
        ("2019-06-14 00:00", "2019-06-14", "unknown"),
        ("2019-06-14T10:00:00+03:00[Europe/Kiev]", "2019-06-14T10:00:00+03:00", "+03:00"),
        ("2019", "2019", "unknown"),
        ("yesterday", None, None),
        ("1560506400", None, None),
        ("2019-02-30", None, None),
        ("", None, None),
    ],
)
def test_dates_of_pages(text, edtf, zone):
    date = moments.of_page(text)
    assert (date and date.text, date and date.zone) == (edtf, zone)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2019-06-20T09:00:00Z", "2019-06-20T09:00:00Z"),
        ("2019-06-20T09:00:00.5Z", "2019-06-20T09:00:00Z"),
        ("20190620090000", "2019-06-20T09:00:00Z"),
        ("2019-06", "2019-06"),
        ("1970-01-01T00:00:01Z", None),
        ("1995-12-31", None),
        ("soon", None),
        ("2019-13-01T00:00:00Z", None),
        ("", None),
    ],
)
def test_dates_of_records(text, edtf):
    date = moments.of_record(text)
    assert (date and date.text) == edtf


@pytest.mark.parametrize("text", [None, "", "soon", "Wed, 99 May 2023", "1" * 9999])
def test_headers_that_are_no_dates(text):
    assert moments.of_header(text) is None


@pytest.mark.parametrize(
    ("srcset", "found"),
    [
        ("a.jpg 1x, b.jpg 2x", ["a.jpg", "b.jpg"]),
        ("a,b.jpg 300w,c.jpg 600w", ["a,b.jpg", "c.jpg"]),
        (" a.jpg ", ["a.jpg"]),
        ("a.jpg, b.jpg", ["a.jpg", "b.jpg"]),
        ("", []),
        (None, []),
        (",,,", []),
    ],
)
def test_srcset(srcset, found):
    assert list(addresses.candidates(srcset)) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x y.jpg", "https://A.example:443/x%20y.jpg"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/é.jpg", "https://a.example/%C3%A9.jpg"),
    ],
)
def test_spellings_of_one_address(one, other):
    assert addresses.key(one) == addresses.key(other)


def test_what_differs_stays_apart():
    assert addresses.key("https://a.example/x?w=1") != addresses.key("https://a.example/x?w=2")


@pytest.mark.parametrize(
    "address", ["data:image/png,x", "javascript:x", "http://[x", "", "x" * 9999]
)
def test_what_is_no_address(address):
    assert addresses.whole(address, "") is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("size", [(64, 64), (63, 500), (500, 63), (200, 100)])
def test_sizes_are_told_from_the_first_bytes(kind, size):
    data = picture(1, size, kind)
    assert dimensions.is_picture(data)
    assert dimensions.dimensions(data) == size
    assert dimensions.is_small(data) is (min(size) < 64)


HEADS = [b"\xff\xd8\xff", b"\x89PNG", b"GIF89a", b"RIFFxxxxWEBPVP8X"]


@given(
    st.binary(max_size=60),
    st.sampled_from(HEADS),
)
def test_sizes_of_anything_end(data, head):
    found = dimensions.dimensions(head + data)
    assert found is None or len(found) == 2


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers())))
def test_notes_are_found_as_they_were_put(notes):
    with Spool() as spool:
        for word, number in notes:
            spool.put(word, {"number": number})
        spool.sort()
        for word in "abcdefgh":
            found = [note["number"] for note in spool.under(word)]
            assert found == [number for each, number in notes if each == word]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.binary(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
)


@given(
    st.dictionaries(
        st.sampled_from(["url", "date", "published", "modified", "images", "embedded", "live"]),
        ANYTHING,
    )
)
def test_a_worker_that_was_won_over_says_nothing_odd(answer):
    told = checked(answer)
    assert all(isinstance(each["text"], str) for each in told["published"])
    assert all(isinstance(each["inside"], bool) for each in (*told["images"], *told["embedded"]))


PAGE = kept_page(f"{SITE}/fire", article(figure("/a.jpg")), "2019-06-20T09:00:00Z")
IMAGE = Kept(f"{SITE}/a.jpg", picture(1, (64, 64)), "2019-06-20T09:00:00Z")
SOUND = warc([PAGE, IMAGE, revisit(IMAGE, "2019-07-20T09:00:00Z")], packed=False)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    at=st.integers(0, len(SOUND)),
    cut=st.integers(0, 400),
    instead=st.binary(max_size=40) | st.sampled_from([b"\r\n\r\n", b"WARC/1.0\r\n", b"\n" * 30]),
)
def test_a_mutated_archive_loses_no_line_and_ends(walked, at, cut, instead):
    """The records, not the pages: those are read in a worker."""
    for name, problem in walked(SOUND[:at] + instead + SOUND[at + cut :]):
        assert problem.advice if problem else name.lower().startswith("http")
