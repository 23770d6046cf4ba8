from __future__ import annotations

import plistlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.metadata import download_mark
from provenance.models import How

FILE, PAGE = "https://cdn.example/a.jpg", "https://page.example/story"


def told(**marks: bytes) -> dict[str, str]:
    facts = download_mark.read(marks)
    assert all(fact.how is How.DOWNLOAD_MARK and fact.date is None for fact in facts)
    return {fact.what: fact.value for fact in facts}


def zone(*lines: str) -> bytes:
    return "\r\n".join(["[ZoneTransfer]", "ZoneId=3", *lines, ""]).encode()


def plist(value: object) -> bytes:
    return plistlib.dumps(value, fmt=plistlib.FMT_BINARY)


def test_windows():
    mark = zone(f"ReferrerUrl={PAGE}", f"HostUrl={FILE}")
    assert told(zone_identifier=mark) == {"downloaded_from": FILE, "downloaded_on": PAGE}
    assert told(zone_identifier=mark.decode().encode("utf-16")) == {
        "downloaded_from": FILE,
        "downloaded_on": PAGE,
    }


def test_macos():
    assert told(where_froms=plist([FILE, PAGE])) == {
        "downloaded_from": FILE,
        "downloaded_on": PAGE,
    }
    assert told(where_froms=plist([FILE])) == {"downloaded_from": FILE}
    assert told(where_froms=plist(["", PAGE])) == {"downloaded_on": PAGE}


def test_linux():
    assert told(origin_url=FILE.encode(), referrer_url=PAGE.encode()) == {
        "downloaded_from": FILE,
        "downloaded_on": PAGE,
    }


@pytest.mark.parametrize(
    "address",
    [
        "about:internet",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:image/png;base64,AA",
        "https://",
        "http://[::1",
        "https://example.com/a b",
        "https://example.com/\x1b[31m",
        "https://example.com/\u202egpj",
        "https://example.com/" + "x" * 3000,
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_no_fact(address):
    assert told(zone_identifier=zone(f"HostUrl={address}")) == {}
    assert told(where_froms=plist([address])) == {}
    assert told(origin_url=address.encode()) == {}


def test_names_and_passwords_in_an_address_are_not_kept():
    assert told(origin_url=b"https://erika:secret@example.com:8443/a?x=1#y") == {
        "downloaded_from": "https://example.com:8443/a?x=1#y"
    }


@pytest.mark.parametrize("value", [{"a": FILE}, FILE, 7, [7, b"x"], [[FILE]], [], [True]])
def test_another_property_list_says_nothing(value):
    assert told(where_froms=plist(value)) == {}


def test_a_property_list_in_xml_is_not_read():
    assert told(where_froms=plistlib.dumps([FILE])) == {}


def test_a_list_that_holds_itself_ends():
    # One list whose only member is the list: bplist00, array of one reference to object 0.
    body = b"bplist00" + b"\xa1\x00" + b"\x08"
    trailer = bytes(6) + b"\x01\x01" + (1).to_bytes(8, "big") + bytes(8) + (10).to_bytes(8, "big")
    assert told(where_froms=body + trailer) == {}


@given(st.binary(max_size=200))
def test_noise_never_raises(noise):
    told(zone_identifier=noise, where_froms=noise, origin_url=noise, referrer_url=noise)
    told(where_froms=b"bplist00" + noise)


@given(st.data())
def test_a_mutated_property_list_never_raises(data):
    good = bytearray(plist([FILE, PAGE]))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(8, len(good) - 1))] = data.draw(st.integers(0, 255))
    told(where_froms=bytes(good))
