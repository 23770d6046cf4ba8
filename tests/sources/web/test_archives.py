"""WARC and WACZ files, sound, odd and broken: each picture its entry, each trouble its line."""

from __future__ import annotations

import gzip
import importlib.util
import io
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest

from fixtures.pages import (
    SITE,
    Kept,
    article,
    figure,
    kept_page,
    meta,
    news,
    picture,
    revisit,
    wacz,
    warc,
)
from provenance.models import Means, Trust
from provenance.sources import Tally
from provenance.sources.web import containers, reading, records

SOON, LATER = "2019-06-20T09:00:00Z", "2019-06-21T09:00:00Z"
URL, IMG = f"{SITE}/2019/fire", f"{SITE}/img/market.jpg"
PAGE = kept_page(URL, article(figure("/img/market.jpg")), SOON)
IMAGE = Kept(IMG, picture(1), SOON)
BOTH = warc([PAGE, IMAGE])


def reasons(found):
    return [str(entry.problem.reason) if entry.problem else None for entry in found]


def names(found):
    return [entry.name.partition("/")[2] for entry in found]


# --------------------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.warc.gz", BOTH),
        ("a.WARC.GZ", BOTH),
        ("a.warc", warc([PAGE, IMAGE], packed=False)),
        ("one-member.warc.gz", gzip.compress(warc([PAGE, IMAGE], packed=False))),
        ("packed-without-saying.warc", BOTH),
        ("a.wacz", wacz(BOTH)),
        ("several.wacz", wacz(warc([IMAGE]), warc([PAGE]))),
        ("image-first.warc.gz", warc([IMAGE, PAGE])),
        (
            "http-and-https.warc.gz",
            warc([PAGE, Kept(IMG.replace("https", "http"), picture(1), SOON)]),
        ),
        ("blank-lines.warc", b"\r\n\r\n" + warc([PAGE, IMAGE], packed=False) + b"\r\n"),
        ("resource.warc", warc([PAGE, Kept(IMG, picture(1), SOON, kind="resource")])),
    ],
)
def test_a_picture_finds_its_page(take, name, content):
    (entry,) = take(content, name)
    assert entry.problem is None
    assert entry.content == picture(1)
    assert entry.sighting.date.text == "2019-06-14T10:00:00Z"
    assert entry.sighting.url == URL
    assert entry.sighting.trust is entry.trust is entry.collection.trust is Trust.UNREVIEWED
    assert [each.means for each in entry.more] == [Means.CRAWLED]


def test_the_html_may_be_packed_and_in_chunks(take):
    body = gzip.compress(PAGE.body)
    parts = [body[at : at + 100] for at in range(0, len(body), 100)]
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    headers = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    (entry,) = take(warc([Kept(URL, chunks, SOON, "text/html", headers=headers), IMAGE]))
    assert entry.sighting.url == URL


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity"])
def test_a_body_is_unpacked_as_the_server_packed_it(take, encoding):
    import brotli

    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}
    headers = [("Content-Encoding", encoding)]
    packed = pack.get(encoding, bytes)
    records = [
        Kept(URL, packed(PAGE.body), SOON, "text/html", headers=headers),
        Kept(IMG, packed(IMAGE.body), SOON, headers=headers),
    ]
    (entry,) = take(warc(records))
    assert entry.content == picture(1)
    assert entry.sighting.url == URL


def test_pages_in_old_encodings_keep_their_letters(take):
    html = article(figure("/img/market.jpg", "Дым над рынком", alt="")).encode("cp1251")
    kept = Kept(URL, html, SOON, "text/html; charset=windows-1251")
    (entry,) = take(warc([kept, IMAGE]))
    assert entry.sighting.caption == "Дым над рынком"


def test_every_record_of_a_picture_is_an_entry(take):
    again = Kept(IMG, picture(1), LATER)
    found = take(warc([PAGE, IMAGE, again]))
    assert [entry.more[0].date.text for entry in found] == [SOON, LATER]


def test_a_crawl_far_from_its_page_is_told_by_its_own_address(take):
    (entry,) = take(warc([PAGE, Kept(IMG, picture(1), "2023-05-03T09:00:00Z")]))
    assert entry.sighting.weak_page
    assert (entry.sighting.url, entry.more[0].url) == (URL, IMG)


def test_a_picture_on_no_page_has_its_crawl(take):
    (entry,) = take(warc([IMAGE]))
    assert (entry.sighting.means, entry.sighting.url) == (Means.CRAWLED, IMG)
    assert entry.sighting.caption is None


def test_a_picture_on_every_page_is_told_twenty_times_earliest_first(take):
    pages = [
        kept_page(
            f"{SITE}/{day}",
            article(figure("/img/market.jpg"), news(datePublished=f"2019-06-{day:02}")),
            "2019-07-01T00:00:00Z",
        )
        for day in range(28, 0, -1)
    ]
    (entry,) = take(warc([*pages, Kept(IMG, picture(1), "2019-07-01T00:00:00Z")]))
    told = [each for each in (entry.sighting, *entry.more) if each.means is Means.PUBLISHED]
    assert len(told) == 20
    assert [each.date.text for each in told[:2]] == ["2019-06-01", "2019-06-02"]


def test_pictures_in_the_page_itself_come_in(take):
    import base64

    text = base64.b64encode(picture(7)).decode()
    html = article(figure(f"data:image/jpeg;base64,{text}"))
    (entry,) = take(warc([kept_page(URL, html, SOON)]))
    assert entry.content == picture(7)
    assert entry.name.endswith(f"{URL}#1")
    assert not entry.sighting.weak_page
    assert entry.more[0].image_record


def test_what_is_stated_stands_beside_what_the_page_says(take):
    (entry,) = take(BOTH, date="2018", source="an agency", trust="partner", vouch="courier")
    assert (entry.sighting.date.text, entry.sighting.source) == ("2018", "an agency")
    page, crawl = entry.more
    assert page.source == crawl.source == "an agency"
    assert (page.trust, crawl.trust, entry.vouched) == (Trust.PARTNER, Trust.PARTNER, "courier")


def test_a_stated_date_is_the_desks_own_word(take):
    (entry,) = take(BOTH, date="2018", source="an agency")
    assert entry.sighting.trust is Trust.OWN
    assert entry.more[0].trust is Trust.UNREVIEWED


def test_how_the_date_is_known_is_said(take):
    (entry,) = take(BOTH)
    assert entry.read_as == (
        "published 14 June 2019, 10:00:00 UTC (JSON-LD “2019-06-14T10:00:00Z”); "
        "crawled 20 June 2019, 09:00:00 UTC"
    )
    (entry,) = take(
        warc(
            [
                kept_page(URL, article("", None, "<aside><img src=/img/market.jpg></aside>"), SOON),
                IMAGE,
            ]
        )
    )
    assert "(an indication: the picture stands outside the article)" in entry.read_as


def test_a_date_after_the_crawl_is_shown_and_not_used(take):
    html = article(figure("/img/market.jpg"), meta("article:published_time", "2020-01-01T10:00Z"))
    (entry,) = take(warc([kept_page(URL, html, SOON), IMAGE]))
    assert [each.means for each in (entry.sighting, *entry.more)] == [Means.CRAWLED]
    assert "lies after its own crawl and is not used" in entry.read_as


# -------------------------------------------------------------------------------- revisits


def test_a_visit_with_the_same_bytes_is_a_crawl_of_them(take):
    (entry,) = take(warc([revisit(IMAGE, LATER), IMAGE]))
    assert [(s.date.text, s.image_record) for s in (entry.sighting, *entry.more)] == [
        (SOON, True),
        (LATER, True),
    ]


def test_a_visit_that_brought_no_bytes_is_the_servers_word(take):
    later = revisit(IMAGE, LATER, profile="server-not-modified")
    (entry,) = take(warc([IMAGE, later]))
    assert [s.image_record for s in (entry.sighting, *entry.more)] == [True, False]


def test_a_visit_whose_bytes_are_elsewhere_has_its_line(take):
    found = take(warc([revisit(IMAGE, LATER)]))
    assert reasons(found) == ["bytes_elsewhere"]
    assert names(found) == [IMG]


# ---------------------------------------------------------------------- what is passed over


def test_furniture_is_passed_over_and_counted(take):
    tally = Tally()
    records = [
        IMAGE,
        Kept(f"{SITE}/1.png", picture(2, (63, 300), "PNG"), SOON, "image/png"),
        Kept(f"{SITE}/2.gif", picture(2, (300, 1), "GIF"), SOON, "image/gif"),
        Kept(f"{SITE}/3.jpg", picture(2, (40, 40)), SOON),
        Kept(f"{SITE}/4.webp", picture(2, (40, 40), "WEBP"), SOON, "image/webp"),
        Kept(f"{SITE}/5.svg", b"<svg/>", SOON, "image/svg+xml"),
        Kept(f"{SITE}/style", b"body{}", SOON, "text/css"),
        Kept(f"{SITE}/data", b"mere bytes", SOON, "application/octet-stream"),
        Kept(f"{SITE}/gone.jpg", picture(2), SOON, status="404 Not Found"),
    ]
    assert names(take(warc(records), tally=tally)) == [IMG]
    assert (tally.furniture, tally.drawings) == (4, 1)
    assert tally.sentences() == [
        "passed over: 4 pictures on pages under 64 pixels and 1 icon or drawing"
    ]


def test_what_calls_itself_a_picture_is_left_to_the_reader(take):
    (entry,) = take(warc([Kept(IMG, b"<html>not found</html>", SOON)]))
    assert entry.content == b"<html>not found</html>"


def test_an_archive_without_pictures_says_so(take):
    tally = Tally()
    assert take(warc([PAGE]), tally=tally) == []
    assert tally.empty == ["crawl.warc.gz"]


# ----------------------------------------------------------------------------------- broken


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.warc", b"", "damaged_archive"),
        ("text.warc", b"hello\n" * 100, "damaged_archive"),
        ("noise.warc.gz", bytes(range(256)) * 400, "damaged_archive"),
        ("endless-line.warc", b"WARC/1.0\r\nX: " + b"a" * (1 << 20), "damaged_archive"),
        ("endless-headers.warc", b"WARC/1.0\r\n" + b"X: y\r\n" * 200_000, "damaged_archive"),
        ("no-length.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\nabc", "damaged_archive"),
        ("no-zip.wacz", b"PK\x03\x04 and nothing more", "damaged_archive"),
        ("gzip.wacz", b"\x1f\x8b\x08nonsense", "damaged_archive"),
    ],
)
def test_what_is_no_archive_is_one_line(take, name, content, reason):
    found = take(content, name)
    assert reasons(found) == [reason]
    assert found[0].problem.advice


@pytest.mark.parametrize("packed", [True, False])
def test_what_stands_before_the_damage_is_taken(take, packed):
    whole = warc([PAGE, IMAGE, Kept(f"{SITE}/2.jpg", picture(2), SOON)], packed=packed)
    found = take(whole[:-3000])
    assert reasons(found) == [None, "damaged_archive"]
    assert found[0].sighting.url == URL


def test_a_damaged_page_spoils_itself_alone(take):
    broken = Kept(
        f"{SITE}/broken",
        b"\x1f\x8bnot gzip",
        SOON,
        "text/html",
        headers=[("Content-Encoding", "gzip")],
    )
    found = take(warc([broken, PAGE, IMAGE]))
    assert reasons(found) == [None, "truncated"]
    assert names(found) == [IMG, f"{SITE}/broken"]


def test_a_page_that_holds_its_reader_for_minutes_is_stopped(take, monkeypatch):
    soon = replace(reading.PAGE_LIMITS, wall_seconds=1.5)
    monkeypatch.setattr(reading, "PAGE_LIMITS", soon)
    nested = Kept(f"{SITE}/nested", b"<div>" * 300_000, SOON, "text/html")
    assert reasons(take(warc([nested, PAGE, IMAGE]))) == [None, "too_slow"]


def test_a_page_that_unpacks_to_gigabytes_is_refused(take):
    bomb = gzip.compress(b"\0" * (80 << 20))
    page = Kept(f"{SITE}/bomb", bomb, SOON, "text/html", headers=[("Content-Encoding", "gzip")])
    assert reasons(take(warc([page, IMAGE]))) == [None, "too_big"]


def test_a_picture_too_large_to_hold_is_refused(take, monkeypatch):
    monkeypatch.setattr(records, "MOST_BODY", 1000)
    assert reasons(take(warc([IMAGE]))) == ["too_big"]


def test_an_archive_that_unpacks_to_a_hundred_times_its_size_is_left(take, monkeypatch):
    monkeypatch.setattr(containers, "ALWAYS_READ", 0)
    bomb = Kept(f"{SITE}/zeros", b"\0" * (4 << 20), SOON, "video/mp4")
    assert reasons(take(warc([IMAGE, bomb, bomb]))) == [None, "too_big"]


def test_a_list_of_files_that_would_fill_the_memory_is_not_read(take):
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 0xFFFFFFF0, 0, 0)
    assert reasons(take(b"PK" + bytes(100) + end, "huge.wacz")) == ["too_big"]


def test_a_wacz_without_warc_files_says_so(take):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("pages/pages.jsonl", "")
    assert reasons(take(stream.getvalue(), "empty.wacz")) == ["no_warc"]


def test_a_missing_library_says_what_to_install(take, monkeypatch):
    monkeypatch.setattr("provenance.sources.web.failures.find_spec", lambda _: None)
    (entry,) = take(BOTH)
    assert entry.problem.reason == "not_installed"
    assert 'pip install "image-provenance[web]"' in str(entry.problem)
    assert importlib.util.find_spec("warcio")


def test_a_link_is_not_followed(take, tmp_path):
    (tmp_path / "link.warc.gz").symlink_to(tmp_path / "crawl.warc.gz")
    from provenance.fingerprint import parse_hash
    from provenance.sources import entries

    take(BOTH)
    (entry,) = entries(["link.warc.gz"], parse_hash=parse_hash)
    assert entry.problem.reason == "not_a_file"
