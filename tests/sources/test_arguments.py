from __future__ import annotations

import os

import pytest

from provenance.errors import Refused, UnknownWord, Unreadable, UnreadableDate
from provenance.fingerprint import parse_hash
from provenance.models import How, Means, Trust
from provenance.sources import Stated, entries

from .conftest import PDQ, SHA


def test_a_file_is_named_as_typed(tmp_path, draw):
    (tmp_path / "a.jpg").touch()
    (entry,) = draw("./a.jpg")
    assert (entry.name, entry.path, entry.row) == ("./a.jpg", "./a.jpg", None)
    assert entry.sighting is None
    assert entry.collection.name == "single files"
    assert entry.collection.trust is Trust.OWN


def test_what_is_stated_comes_with_every_file(tmp_path, draw):
    (tmp_path / "a.jpg").touch()
    (entry,) = draw("a.jpg", date="June 2019", source=" agency ", vouch="their courier", place="")
    sighting = entry.sighting
    assert sighting.date.text == "2019-06"
    assert (sighting.means, sighting.how) == (Means.PUBLISHED, How.STATED)
    assert (sighting.source, sighting.place) == ("agency", None)
    assert (sighting.trust, sighting.vouched) == (Trust.OWN, "their courier")
    assert entry.vouched == "their courier"
    assert entry.collection.source == "agency"


def test_a_trust_or_a_voucher_alone_is_no_sighting_but_is_kept(tmp_path, draw):
    (tmp_path / "a.jpg").touch()
    (entry,) = draw("a.jpg", trust="partner", vouch="their courier", means="captured")
    assert entry.sighting is None
    assert (entry.trust, entry.vouched) == (Trust.PARTNER, "their courier")
    assert entry.collection.trust is Trust.PARTNER


@pytest.mark.parametrize(
    ("stated", "error", "says"),
    [
        ({"date": "yesterweek"}, UnreadableDate, "yesterweek"),
        ({"trust": "friend"}, UnknownWord, "own, trusted, partner, unreviewed, contested"),
        ({"means": "seen"}, UnknownWord, "captured, published, posted, crawled, asserted"),
        ({"means": "held"}, UnknownWord, "held"),
    ],
)
def test_what_cannot_be_understood_stops_the_call_before_any_entry(draw, stated, error, says):
    with pytest.raises(error, match=says) as caught:
        entries(["a.jpg"], Stated(**stated), parse_hash=parse_hash)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("url", ["https://example.com/a.jpg", "HTTP://example.com"])
def test_an_address_is_where_a_picture_was_seen_undated(draw, url):
    (entry,) = draw(url, trust="partner")
    assert (entry.name, entry.address, entry.path, entry.problem) == (url, url, None, None)
    assert entry.sighting.url == url
    assert (entry.sighting.date, entry.sighting.trust) == (None, Trust.PARTNER)
    assert entry.collection.name == "single files"


def test_what_is_stated_about_an_address_stands(draw):
    page = "https://example.com/page"
    (entry,) = draw("https://example.com/a.jpg", date="2019", source="agency", url=page)
    assert entry.sighting.url == page
    assert (entry.sighting.date.text, entry.sighting.source) == ("2019", "agency")


@pytest.mark.parametrize(
    "name", ["set.zip", "pictures.tar.gz", "list.xls", "list.ods", "a.pdf", "data.json"]
)
def test_kinds_that_are_not_built_say_what_to_do_instead(tmp_path, draw, name):
    (tmp_path / name).touch()
    (entry,) = draw(name)
    assert isinstance(entry.problem, Refused)
    assert entry.problem.reason == "unsupported_source"
    assert entry.problem.advice


@pytest.mark.parametrize("name", ["nowhere.jpg", "nowhere.csv", "nowhere.zip", "", "a\0b"])
def test_a_name_that_is_nothing_is_one_problem(draw, name):
    (entry,) = draw(name)
    assert isinstance(entry.problem, Unreadable)
    assert entry.problem.reason == "not_a_file"
    assert entry.name == name


@pytest.mark.parametrize("text", [f"sha256:{SHA}", f"pdq:{PDQ}", SHA, "sha256:12"])
def test_a_hash_belongs_into_a_table(draw, text):
    (entry,) = draw(text)
    assert entry.problem.reason == "unsupported_source"
    assert "table" in str(entry.problem)


def test_a_file_named_like_a_hash_is_a_file(tmp_path, draw):
    (tmp_path / SHA).touch()
    (entry,) = draw(SHA)
    assert entry.path == SHA


def test_bytes_that_are_no_utf8_come_from_the_shell_as_surrogates(tmp_path, draw):
    with open(os.fsencode(tmp_path) + b"/\xff.jpg", "wb"):
        pass
    for typed in (b"\xff.jpg", os.fsdecode(b"\xff.jpg")):
        (entry,) = draw(typed)
        assert (entry.name, entry.name_bytes) == (r"\xff.jpg", b"\xff.jpg")
        assert entry.path == b"\xff.jpg"


def test_many_arguments_keep_their_order(tmp_path, draw):
    for name in ("d/z.jpg", "b.jpg", "a.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [e.name for e in draw("b.jpg", "d", "a.jpg")] == ["b.jpg", "d/z.jpg", "a.jpg"]
