from __future__ import annotations

import os
import sys

import pytest

from provenance.guard.beside import MOST, marks

ZONE = b"[ZoneTransfer]\r\nZoneId=3\r\n"


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "a.jpg"
    path.touch()
    return path


@pytest.fixture
def attribute(picture):
    """Set an extended attribute of the picture; skipped where that cannot be done."""
    if sys.platform != "linux":
        pytest.skip("extended attributes are set through Linux's calls here")

    def set_(name: str, value: bytes) -> None:
        try:
            os.setxattr(picture, name, value)
        except OSError as error:
            pytest.skip(f"this file system keeps no extended attributes ({error})")

    return set_


def test_a_file_without_marks(picture):
    assert marks(picture) == {}
    assert marks(bytes(picture)) == {}


def test_a_mark_beside_the_file(picture, tmp_path):
    (tmp_path / "a.jpg:Zone.Identifier").write_bytes(ZONE)
    assert marks(str(picture)) == {"zone_identifier": ZONE}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("user.Zone.Identifier", "zone_identifier"),
        ("user.com.apple.metadata:kMDItemWhereFroms", "where_froms"),
        ("user.xdg.origin.url", "origin_url"),
        ("user.xdg.referrer.url", "referrer_url"),
    ],
)
def test_a_mark_in_an_attribute(picture, attribute, name, kind):
    attribute(name, b"something")
    assert marks(picture) == {kind: b"something"}


def test_a_mark_is_read_up_to_a_cap(picture, tmp_path):
    (tmp_path / "a.jpg:Zone.Identifier").write_bytes(b"x" * (MOST + 1))
    assert len(marks(picture)["zone_identifier"]) == MOST


def test_a_mark_is_no_way_to_elsewhere(picture, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / "a.jpg:Zone.Identifier").symlink_to(tmp_path / "secret")
    assert marks(picture) == {}


def test_a_pipe_does_not_hold_the_reader(picture, tmp_path):
    os.mkfifo(tmp_path / "a.jpg:Zone.Identifier")
    assert marks(picture) == {}


@pytest.mark.parametrize("path", [b"", b"a\0b", b"nowhere/at/all.jpg", "x" * 5000])
def test_names_that_are_no_file(path):
    assert marks(path) == {}
