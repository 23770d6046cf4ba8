"""No spelling, no redirect and no change of mind in DNS leads into a private network.

Every trick is tried given directly, as a redirect from a site outside, and as what DNS says
the second time it is asked. Ears at every address of this machine must hear nothing, and no
connection may even be tried except to the site outside.
"""

from __future__ import annotations

import pytest

from provenance.errors import Unreadable
from provenance.fetch.fetching import fetch

from .conftest import OUTSIDE, OUTSIDE_ONLY, PICTURE, ok, redirect
from .tricks import TRICKS

EACH = pytest.mark.parametrize(("url", "means"), TRICKS, ids=[ascii(url) for url, _ in TRICKS])


@pytest.fixture
def untouched(listener, attempts):
    """The port somebody listens at; afterwards nobody must have come."""
    yield listener.port
    assert {where[0] for where in attempts} <= {OUTSIDE}
    assert listener.heard == []


@EACH
def test_given_directly(untouched, url, means):
    with pytest.raises(Unreadable) as caught:
        fetch(url.format(port=untouched), reach=OUTSIDE_ONLY, resolver=lambda _host, _port: [means])
    assert caught.value.reason == "fetch_refused"
    assert caught.value.advice


@EACH
def test_as_a_redirect(untouched, site, url, means):
    site.answers["/x.jpg"] = redirect(url.format(port=untouched))
    with pytest.raises(Unreadable) as caught:
        fetch(site.url("/x.jpg"), reach=OUTSIDE_ONLY, resolver=lambda _host, _port: [means])
    assert caught.value.reason in {"fetch_refused", "fetch_failed"}
    assert site.heads


@EACH
def test_when_dns_changes_its_mind(untouched, site, url, means):
    answers = iter([[OUTSIDE], [means]])
    site.answers["/a"] = redirect(f"http://changing.example:{untouched}/b")
    with pytest.raises(Unreadable) as caught:
        fetch(
            f"http://changing.example:{site.port}/a",
            reach=OUTSIDE_ONLY,
            resolver=lambda _host, _port: next(answers),
        )
    assert caught.value.reason == "fetch_refused"
    assert next(answers, None) is None  # asked twice, once for each hop


def test_one_private_address_among_others_is_enough(untouched):
    with pytest.raises(Unreadable) as caught:
        fetch(
            f"http://mixed.example:{untouched}/",
            reach=OUTSIDE_ONLY,
            resolver=lambda _host, _port: [OUTSIDE, "127.0.0.1"],
        )
    assert caught.value.reason == "fetch_refused"


def test_a_name_is_asked_for_once_and_the_connection_goes_to_the_answer(site, attempts):
    answers = iter([[OUTSIDE]])
    site.answers["/a"] = ok(PICTURE)
    content = fetch(
        f"http://once.example:{site.port}/a",
        reach=OUTSIDE_ONLY,
        resolver=lambda _host, _port: next(answers),
    )
    assert content == PICTURE
    assert attempts == [(OUTSIDE, site.port)]
    assert f"Host: once.example:{site.port}\r\n".encode() in site.heads[0]


def test_the_listener_hears(listener, attempts):
    """Without the check of addresses every one of these tests would fail."""
    from provenance.fetch import EVERYWHERE

    with pytest.raises(Unreadable) as caught:
        fetch(f"http://127.0.0.1:{listener.port}/", reach=EVERYWHERE)
    assert caught.value.reason == "fetch_failed"
    assert attempts == [("127.0.0.1", listener.port)]
    assert len(listener.heard) == 1
    listener.heard.clear()


def test_there_are_enough_tricks():
    assert len({url for url, _ in TRICKS}) >= 60
