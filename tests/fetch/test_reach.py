from __future__ import annotations

import ipaddress

import pytest

from provenance.errors import Unreadable
from provenance.fetch import EVERYWHERE, PUBLIC, Reach
from provenance.fetch.fetching import fetch
from provenance.fetch.reach import is_public

from .conftest import PICTURE, Site, ok, redirect, served


@pytest.mark.parametrize(
    "text", ["1.1.1.1", "9.255.255.255", "172.32.0.1", "223.255.255.255", "2606:4700::1111"]
)
def test_public_addresses(text):
    assert PUBLIC.allows(ipaddress.ip_address(text))


@pytest.mark.parametrize("port", [22, 25, 6379, 0, 65_536])
def test_ports_of_other_services_are_refused_before_anything_is_asked(port):
    with pytest.raises(Unreadable, match=f"Port {port} is none") as caught:
        fetch(f"http://1.1.1.1:{port}/")
    assert caught.value.reason == "fetch_refused"


def test_private_networks_can_be_named_one_by_one():
    house = Reach((ipaddress.ip_network("10.1.0.0/16"),))
    assert house.allows(ipaddress.ip_address("10.1.2.3"))
    assert not house.allows(ipaddress.ip_address("10.2.0.1"))
    assert not house.allows(ipaddress.ip_address("::1"))


def test_allow_private_allows_the_address_that_was_given():
    with served(Site("127.0.0.1")) as site:
        site.answers["/a"] = redirect("/b")
        site.answers["/b"] = ok(PICTURE)
        assert fetch(site.url("/a"), reach=EVERYWHERE) == PICTURE


def test_a_public_site_leads_into_no_private_network_even_then():
    public, private = ipaddress.ip_address("1.1.1.1"), ipaddress.ip_address("10.0.0.1")
    assert is_public(public)
    assert not EVERYWHERE.from_there(public).allows(private)
    assert EVERYWHERE.from_there(private).allows(private)
