"""Files made to hurt: each ends in one typed outcome, before it has cost anything."""

from __future__ import annotations

import contextlib
import dataclasses
import struct
import time
import zlib

import numpy as np
import pytest
from drawing import jpeg_of_size, png, progressive_with, saved, scene
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from provenance.decode import decode
from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import LIMITS

KINDS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert caught.value.advice
    return caught.value.reason


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_off(kind: str, share: float) -> None:
    data = saved(scene(), kind)
    assert reason(data[: int(len(data) * share)]) == UnreadableReason.TRUNCATED


@pytest.mark.parametrize("options", [{}, {"restart_marker_rows": 1}, {"optimize": True}])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_cut_jpeg_with_an_end_marker_put_on(mode: str, options: dict[str, object]) -> None:
    data = saved(scene(400, 300).convert(mode), "JPEG", **options)
    for share in (0.5, 0.8, 0.98):
        assert reason(data[: int(len(data) * share)] + b"\xff\xd9") == UnreadableReason.TRUNCATED


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_picture_that_ends_in_middle_grey_is_whole(mode: str) -> None:
    image = scene(400, 300)
    image.paste((128, 128, 128), (0, 200, 400, 300))
    assert decode(saved(image.convert(mode), "JPEG")).height == 300
    assert decode(saved(image.convert(mode), "JPEG", progressive=True)).height == 300


def test_bytes_after_the_end_of_a_jpeg_do_no_harm() -> None:
    data = saved(scene(), "JPEG")
    assert np.array_equal(decode(data + data).rgb, decode(data).rgb)


def test_a_jpeg_of_five_thousand_scans() -> None:
    data = progressive_with(5000)
    began = time.process_time()
    assert reason(data) == UnreadableReason.TOO_SLOW
    assert time.process_time() - began < 5  # decoders need minutes; the check, milliseconds


def test_an_ordinary_progressive_jpeg() -> None:
    assert decode(progressive_with(30)).width == scene().width


@pytest.mark.parametrize(
    "data",
    [
        jpeg_of_size(65500, 65500),
        png(60000, 60000, (b"IDAT", zlib.compress(b""))),
        png(2_000_000_000, 1, (b"IDAT", zlib.compress(b""))),
        b"BM" + bytes(12) + struct.pack("<IiiHHI", 40, 50000, -50000, 1, 24, 0) + bytes(40),
        b"GIF89a"
        + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0)
        + b",\0\0\0\0"
        + struct.pack("<HHB", 65535, 65535, 0)
        + b"\2\1\0\0;",
        b"II*\0\x08\0\0\0\2\0"
        + struct.pack("<HHIIHHII", 256, 4, 1, 90000, 257, 4, 1, 90000)
        + bytes(4),
        b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0" + bytes(20),
    ],
    ids=["jpeg", "png", "strip", "bmp", "gif", "tiff", "webp"],
)
def test_a_header_that_asks_for_gigabytes(data: bytes) -> None:
    assert reason(data) == UnreadableReason.TOO_BIG


def test_a_text_that_unpacks_to_gigabytes() -> None:
    rows = zlib.compress(bytes(64 * (1 + 3 * 64)))
    bomb = zlib.compress(bytes(100_000_000), 9)
    for name, head in ((b"zTXt", b"a\0\0"), (b"iCCP", b"a\0\0"), (b"iTXt", b"a\0\1\0\0\0")):
        data = png(64, 64, (name, head + bomb), (b"IDAT", rows))
        assert reason(data) == UnreadableReason.TOO_BIG


def test_a_gif_of_many_frames_is_counted_up_to_the_cap() -> None:
    one = saved(Image.new("P", (4, 4)), "GIF")
    start = one.index(b",", 13 + 3 * 2)
    frame = one[start:-1]
    data = one[:-1] + frame * 100_000 + b";"
    assert decode(data).frames == LIMITS.frames


def test_a_tiff_whose_pages_go_in_a_circle() -> None:
    data = bytearray(saved(scene(), "TIFF"))
    first = struct.unpack("<I", data[4:8])[0]
    entries = struct.unpack("<H", data[first : first + 2])[0]
    end = first + 2 + 12 * entries
    data[end : end + 4] = struct.pack("<I", first)
    assert decode(bytes(data)).frames == 1


def test_metadata_beyond_the_cap() -> None:
    limits = dataclasses.replace(LIMITS, metadata_bytes=10_000)
    for kind in ("JPEG", "WEBP"):
        data = saved(scene(), kind, exif=b"Exif\0\0" + bytes(60_000))
        with pytest.raises(Unreadable) as caught:
            decode(data, limits)
        assert caught.value.reason == UnreadableReason.TOO_BIG


def test_a_drawing_named_like_a_photograph() -> None:
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n"
    assert reason(eps) == UnreadableReason.UNSUPPORTED


def test_a_file_that_is_two_things_is_what_its_first_bytes_say() -> None:
    whole = saved(scene(), "JPEG") + b"PK\x03\x04" + b"<script>" + b"%PDF-1.7"
    assert decode(whole).format == "JPEG"
    assert reason(b"%PDF-1.7\n" + saved(scene(), "JPEG")) == UnreadableReason.UNSUPPORTED


def test_a_very_large_jpeg_is_decoded_smaller() -> None:
    limits = dataclasses.replace(LIMITS, jpeg_full_pixels=10_000)
    pixels = decode(saved(scene(400, 300), "JPEG"), limits)
    assert (pixels.width, pixels.height) == (100, 75)
    assert pixels.notes == ("decoded at 1/4 of its 400 x 300 pixels",)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_a_picture_or_a_typed_outcome(kind: str, data: st.DataObject) -> None:
    whole = bytearray(FILES[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Unreadable):  # anything else is a hole
        pixels = decode(bytes(whole))
        assert pixels.rgb.dtype == np.uint8
        assert pixels.rgb.ndim == 3


FILES = {kind: saved(scene(32, 24), kind) for kind in KINDS}
