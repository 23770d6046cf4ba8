"""Laws of addresses: one plain reading or none, and nothing but the public internet."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable

from hypothesis import example, given
from hypothesis import strategies as st

from provenance.errors import Unreadable
from provenance.fetch import PUBLIC
from provenance.fetch.address import Address, read

PIECES = ["http", "https", ":", "/", "//", "\\", "@", "#", "?", "[", "]", ".", "%", "0x", "\t"]
PIECES += [
    "127.0.0.1",
    "::1",
    "example.com",
    "::ffff:",
    "\u3002",
    "\uff0f",
    "\uff20",
    "\u2460",
    " ",
]
TEXT = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
HOST = re.compile(r"[a-z0-9_.:-]+")


def tried(call: Callable[[], Address]) -> Address | Unreadable:
    try:
        return call()
    except Unreadable as problem:
        return problem


@given(TEXT.map(lambda rest: f"http://{rest}") | TEXT)
@example("http://127.0.0.1\\@example.com")
def test_an_address_has_one_plain_reading_or_is_refused(url: str) -> None:
    found = tried(lambda: read(url))
    if isinstance(found, Unreadable):
        assert found.reason == "fetch_refused"
        assert found.advice
    else:
        assert HOST.fullmatch(found.host)
        assert re.fullmatch(r"/[!-~]*", found.target)
        assert "#" not in found.target
        assert read(found.url) == found


@given(TEXT)
def test_a_redirect_is_read_as_strictly(location: str) -> None:
    found = tried(lambda: read("http://example.com/a").leading_to(location))
    if isinstance(found, Unreadable):
        assert found.reason == "fetch_refused"
    else:
        assert read(found.url) == found


@given(st.ip_addresses())
def test_what_is_public_to_us_is_public_to_python(ip: ipaddress.IPv4Address) -> None:
    if PUBLIC.allows(ip):
        assert ip.is_global
        assert not any((ip.is_multicast, ip.is_reserved, ip.is_unspecified, ip.is_link_local))


@given(st.ip_addresses(v=4))
def test_no_ip4_address_in_disguise_is_public(ip: ipaddress.IPv4Address) -> None:
    bits = int(ip)
    disguises = [
        bits,  # ::a.b.c.d
        0xFFFF << 32 | bits,  # mapped
        0xFFFF << 48 | bits,  # translated
        0x64FF9B << 96 | bits,  # NAT64
        0x64FF9B0001 << 80 | bits,  # NAT64 of one's own network
        0x2002 << 112 | bits << 80,  # 6to4
        0x20010000 << 96 | bits ^ 0xFFFFFFFF,  # Teredo
        0xFE80 << 112 | 0x5EFE << 32 | bits,  # ISATAP
    ]
    assert not any(PUBLIC.allows(ipaddress.IPv6Address(each)) for each in disguises)
