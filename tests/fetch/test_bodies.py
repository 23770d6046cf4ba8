"""What servers send that is slow, endless, packed or broken: one line each, never a hang.

Limits are short here; ``benchmarks/fetching.py`` measures the real ones.
"""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from provenance.errors import Unreadable
from provenance.fetch import EVERYWHERE
from provenance.fetch.fetching import fetch
from provenance.fetch.limits import Limits

from .conftest import PICTURE, Site, ok, redirect, served

SMALL = Limits(body_bytes=100_000)
SHORT = replace(SMALL, total_seconds=1.0)
HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def here() -> Iterator[Site]:
    with served(Site("127.0.0.1")) as site:
        yield site


def got(site: Site, path: str = "/x", limits: Limits = SMALL) -> bytes:
    return fetch(site.url(path), reach=EVERYWHERE, limits=limits)


def refusal(site: Site, answer, limits: Limits = SMALL) -> Unreadable:
    site.answers["/x"] = answer
    with pytest.raises(Unreadable) as caught:
        got(site, limits=limits)
    assert caught.value.advice
    assert caught.value.name == site.url("/x")
    return caught.value


def forever(piece: bytes, pause: float = 0.0):
    def answer(out):
        while True:
            out.write(piece)
            out.flush()
            time.sleep(pause)

    return answer


def after(head: bytes, rest):
    def answer(out):
        out.write(head)
        rest(out)

    return answer


def bomb(out):
    """Zeros without end, a thousandth of their size on the way."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    while True:
        out.write(packer.compress(b"\0" * 1_000_000))


DRIP = 0.1


@pytest.mark.parametrize(
    "answer",
    [
        lambda _out: time.sleep(3),
        forever(b"H", DRIP),
        after(HEAD, forever(b"X", DRIP)),
        after(HEAD, forever(b"A: b\r\n", DRIP)),
        after(HEAD + b"\r\n", forever(b"x", DRIP)),
        after(HEAD + b"Content-Length: 50000\r\n\r\n", forever(b"x", DRIP)),
        after(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", forever(b"1\r\nx\r\n", DRIP)),
        after(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", forever(b"A: b\r\n", DRIP)),
        forever(b"HTTP/1.1 100 Continue\r\n\r\n", DRIP),
        forever(b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=[
        "silent",
        "status drips",
        "header drips",
        "headers drip",
        "body drips",
        "body drips towards its length",
        "chunks drip",
        "trailers drip",
        "continues drip",
        "continues without end",
    ],
)
def test_what_is_slow_is_stopped(here, answer):
    problem = refusal(here, answer, SHORT)
    assert problem.reason == "fetch_failed"
    assert "was not done after 1 seconds" in str(problem)


@pytest.mark.parametrize(
    "answer",
    [
        after(HEAD + b"\r\n", forever(b"x" * 65_536)),
        after(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
            forever(b"400\r\n" + b"x" * 1024 + b"\r\n"),
        ),
        HEAD + b"Content-Length: 100001\r\n\r\n",
        HEAD + b"Content-Length: 99999999999999999999\r\n\r\n",
        after(HEAD + b"Content-Encoding: gzip\r\n\r\n", bomb),
        after(HEAD + b"Content-Encoding: deflate\r\n\r\n", bomb),
        ok(gzip.compress(bytes(100_001)), "Content-Encoding: gzip"),
    ],
    ids=[
        "endless",
        "endless chunks",
        "said to be too long",
        "said to be without bound",
        "bomb",
        "bomb by another name",
        "one byte too many",
    ],
)
def test_what_is_too_big_is_stopped(here, answer):
    assert refusal(here, answer).reason == "too_big"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 999999 What\r\n\r\n",
        HEAD + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
        HEAD + b"A: b\r\n" * 200 + b"\r\n",
        HEAD + b"Content-Length: 100\r\n\r\nshort",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n400\r\nshort",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nshort",
        ok(gzip.compress(PICTURE)[:-9], "Content-Encoding: gzip"),
        ok(b"no gzip", "Content-Encoding: gzip"),
        ok(PICTURE, "Content-Encoding: br"),
        ok(PICTURE, "Content-Encoding: gzip, gzip"),
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\nLocation: /y\r\n\r\n",
        b"HTTP/1.1 403 Forbidden\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\n\r\n",
        b"HTTP/1.1 418 Teapot\r\n\r\n",
        b"HTTP/1.1 500 Oh\r\n\r\n",
    ],
    ids=lambda answer: ascii(answer[:60]),
)
def test_what_is_no_picture_is_said(here, answer):
    assert refusal(here, answer).reason == "fetch_failed"


def test_bytes_come_as_they_were_sent(here):
    here.answers["/x"] = ok(PICTURE)
    assert got(here) == PICTURE
    here.answers["/x"] = HEAD + b"\r\n" + PICTURE
    assert got(here) == PICTURE
    here.answers["/x"] = HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\n\xff\xd8\xff\r\n0\r\n\r\n"
    assert got(here) == PICTURE[:3]


@pytest.mark.parametrize(("packing", "bits"), [("gzip", 31), ("X-Gzip", 31), ("deflate", 15)])
def test_what_a_server_packs_unasked_is_unpacked_once(here, packing, bits):
    packer = zlib.compressobj(wbits=bits)
    packed = packer.compress(PICTURE * 1000) + packer.flush()
    here.answers["/x"] = ok(packed, f"Content-Encoding: {packing}")
    assert got(here) == PICTURE * 1000


def test_what_the_server_calls_it_is_not_believed(here):
    here.answers["/x"] = ok(PICTURE, "Content-Type: text/html")
    assert got(here) == PICTURE


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html>",
        b"\xef\xbb\xbf\n <html lang=de>",
        b"<?xml version='1.0'?><!doctype HTML>",
        b"<!-- saved --><head>",
        b"<script>location='/y'</script>",
    ],
)
def test_a_page_is_no_picture_and_the_advice_says_what_to_give(here, page):
    problem = refusal(here, ok(page, "Content-Type: image/jpeg"))
    assert problem.reason == "not_image"
    assert "picture's own address" in str(problem)


def test_three_redirects_and_no_more(here):
    for step in range(5):
        here.answers[f"/{step}"] = redirect(f"/{step + 1}")
    here.answers["/5"] = here.answers["/x"] = ok(PICTURE)
    assert got(here, "/2") == PICTURE
    with pytest.raises(Unreadable, match="more than 3 times") as caught:
        got(here, "/1")
    assert caught.value.reason == "fetch_refused"
    assert len(here.heads) == 4 + 4


def test_a_circle_of_redirects_ends(here):
    assert refusal(here, redirect("/x")).reason == "fetch_refused"


def test_all_redirects_share_one_deadline(here):
    def slow(location: bytes):
        def answer(out):
            time.sleep(0.6)
            out.write(redirect(location.decode()))

        return answer

    here.answers["/y"] = slow(b"/z")
    assert "1 seconds" in str(refusal(here, slow(b"/y"), SHORT))
