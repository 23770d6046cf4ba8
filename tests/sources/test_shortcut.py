from __future__ import annotations

import plistlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.fingerprint import parse_hash
from provenance.sources import questions, shortcut

ADDRESS = "https://a.example/b.jpg?x=1&y=2"
LONG = "https://a.example/" + "b" * 200
FILES = {
    "windows.url": f"[InternetShortcut]\r\nURL={ADDRESS}\r\n".encode(),
    "linux.desktop": f"[Desktop Entry]\nType=Link\nURL={ADDRESS}\n".encode(),
    "mac.webloc": plistlib.dumps({"URL": ADDRESS}),
    "mac_binary.webloc": plistlib.dumps({"URL": ADDRESS}, fmt=plistlib.FMT_BINARY),
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_nothing_is_fetched_unless_asked_for(tmp_path, draw, name):
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / name).write_bytes(FILES[name])
    (refused,) = draw("drop")
    assert refused.problem.reason == "fetch_refused"
    assert refused.address is None
    (asked,) = draw(f"drop/{name}", fetch=True)
    assert (asked.name, asked.address) == (f"drop/{name}", ADDRESS)
    assert asked.sighting.url == ADDRESS
    (entry,) = questions([f"drop/{name}"], parse_hash=parse_hash)
    assert entry.problem.reason == "fetch_refused"


def test_a_long_address_in_a_binary_list(tmp_path, draw):
    (tmp_path / "a.webloc").write_bytes(plistlib.dumps({"URL": LONG}, fmt=plistlib.FMT_BINARY))
    assert draw("a.webloc", fetch=True)[0].address == LONG


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"URL=file:///etc/passwd",
        b"URL=javascript:alert(1)",
        b"URL=\\\\server\\share",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><key>URL</key><string>&b;</string>',
        b"bplist00\xd1\x01\x02SURL\x5f\x10\xff",
    ],
)
def test_what_names_no_address_of_the_web(tmp_path, draw, data):
    (tmp_path / "a.url").write_bytes(data)
    (entry,) = draw("a.url", fetch=True)
    assert (entry.address, entry.problem.reason) == (None, "not_image")


def test_a_link_named_like_a_shortcut_is_not_followed(tmp_path, draw):
    (tmp_path / "a.url").symlink_to("/etc/passwd")
    assert draw("a.url", fetch=True)[0].problem.reason == "not_a_file"


@given(st.binary(max_size=200), st.sampled_from([b"", b"bplist00", b"<key>URL</key>", b"URL="]))
def test_noise_never_raises(noise, head):
    shortcut._named(head + noise)


def test_a_huge_shortcut_costs_nothing():
    assert shortcut._named((b"<key>URL</key> " * 5000)[: shortcut.MOST]) == b""
