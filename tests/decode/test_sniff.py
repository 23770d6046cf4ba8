"""What a file is, told from its bytes."""

from __future__ import annotations

import contextlib

import pytest
from drawing import isobmff, saved, scene
from hypothesis import given
from hypothesis import strategies as st

from provenance.decode import sniff
from provenance.errors import Unreadable, UnreadableReason


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
def test_what_is_read(kind: str) -> None:
    assert sniff(saved(scene(), kind)) == kind


@pytest.mark.parametrize(
    ("brands", "kind"),
    [
        ((b"heic", b"mif1"), "HEIF"),
        ((b"mif1", b"heic"), "HEIF"),
        ((b"avif", b"mif1"), "AVIF"),
        ((b"mif1", b"avif", b"miaf"), "AVIF"),
    ],
)
def test_brands_tell_heif_from_avif(brands: tuple[bytes, ...], kind: str) -> None:
    assert sniff(isobmff(*brands)) == kind


OTHERS = {
    b"%PDF-1.7": "PDF",
    b"%!PS-Adobe-3.0 EPSF-3.0\n": "EPS",
    b"8BPS\0\1": "Photoshop",
    b"<?xml version='1.0'?><svg xmlns=''>": "SVG",
    b"<!DOCTYPE html><title>404</title>": "web page",
    b"\xff\x4f\xff\x51\0\0": "JPEG 2000",
    b"\0\0\0\x0cjP  \r\n\x87\n": "JPEG 2000",
    b"\xff\x0a\0\0": "JPEG XL",
    b"\0\0\0\x0cJXL \r\n\x87\n": "JPEG XL",
    b"\0\0\1\0\1\0": "icon",
    isobmff(b"isom", b"mp42"): "video",
    isobmff(b"qt  "): "video",
    isobmff(b"crx "): "raw camera",
    b"RIFF\0\0\0\0AVI LIST": "video",
    b"\x1aE\xdf\xa3": "video",
    b"PK\x03\x04": "ZIP",
}


@pytest.mark.parametrize(("data", "word"), OTHERS.items(), ids=list(OTHERS.values()))
def test_what_is_recognised_and_not_read(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable) as caught:
        sniff(data + bytes(64))
    assert caught.value.reason == UnreadableReason.UNSUPPORTED
    assert word in caught.value.message
    assert caught.value.advice


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"hello", b"BM", b"BM" + bytes(100), b"RIFF", b"\xff\xd8"]
)
def test_what_is_no_image(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        sniff(data)
    assert caught.value.reason == UnreadableReason.NOT_IMAGE


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(Unreadable, match="empty"):
        sniff(b"")


@given(st.binary(max_size=64))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    with contextlib.suppress(Unreadable):  # anything else is a hole
        assert sniff(data)
