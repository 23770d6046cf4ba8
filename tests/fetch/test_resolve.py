from __future__ import annotations

import threading

import pytest

from provenance.errors import Unreadable
from provenance.fetch import EVERYWHERE
from provenance.fetch.fetching import fetch
from provenance.fetch.limits import Limits
from provenance.fetch.resolve import system

from .conftest import PICTURE, Site, ok, served


def refused_by(resolver, url="http://pictures.example/", **limits) -> str:
    with pytest.raises(Unreadable) as caught:
        fetch(url, reach=EVERYWHERE, resolver=resolver, limits=Limits(**limits))
    assert caught.value.reason == "fetch_failed"
    return str(caught.value)


def test_a_name_that_nobody_has():
    def nobody(_host, _port):
        raise OSError

    assert "no site of this name" in refused_by(nobody)
    assert "no site of this name" in refused_by(lambda _host, _port: [])


def test_a_resolver_that_never_answers_is_not_waited_for():
    never = threading.Event()
    says = refused_by(lambda _host, _port: never.wait() and [], resolve_seconds=0.2)
    assert "could not be found out in time" in says
    never.set()


def test_the_next_address_is_tried_where_one_is_dead():
    with served(Site("127.0.0.1")) as site:
        site.answers["/a"] = ok(PICTURE)
        content = fetch(
            site.url("/a", "pictures.example"),
            reach=EVERYWHERE,
            resolver=lambda _host, _port: ["::1", "127.0.0.1"],
        )
    assert content == PICTURE


def test_no_more_addresses_than_the_limit_are_tried(attempts):
    with served(Site("127.0.0.1")) as site:
        dead = site.port
    url = f"http://many.example:{dead}/"
    refused_by(lambda _host, _port: ["127.0.0.1"] * 9, url, addresses=2)
    assert len(attempts) == 2


def test_the_system_is_asked_as_every_program_asks_it():
    assert "127.0.0.1" in system("localhost", 80)
    assert system("192.0.2.7", 80) == ["192.0.2.7"]
