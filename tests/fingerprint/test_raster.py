from __future__ import annotations

import contextlib
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.conformance import drawings
from provenance.errors import Refused
from provenance.fingerprint import raster
from provenance.models import Pixels, Raster


def pixels(height: int, width: int, number: int = 0) -> Pixels:
    return Pixels(np.resize(drawings.picture(number), (height, width, 3)), "drawn")


def same(one: Raster, other: Raster) -> bool:
    return (
        one.kind == other.kind
        and np.array_equal(one.grey, other.grey)
        and (one.chroma is None) == (other.chroma is None)
        and (one.chroma is None or np.array_equal(one.chroma, other.chroma))
    )


@pytest.mark.parametrize(
    ("height", "width", "proof", "query"),
    [
        (1000, 2000, (192, 384), (512, 1024)),
        (2000, 1000, (384, 192), (1024, 512)),
        (300, 200, (300, 200), (300, 200)),
        (384, 384, (384, 384), (384, 384)),
        (1, 5000, (1, 384), (1, 1024)),
        (1, 1, (1, 1), (1, 1)),
    ],
)
def test_sizes(height: int, width: int, proof: tuple[int, int], query: tuple[int, int]) -> None:
    picture = pixels(height, width)
    for made, size, coarser in (
        (raster.proof_raster(picture), proof, 8),
        (raster.query_raster(picture), query, 2),
    ):
        assert made.grey.shape == size
        assert made.chroma is not None
        assert made.chroma.shape == (-(-size[0] // coarser), -(-size[1] // coarser), 2)


def test_colour_and_grey_mean_what_they_say() -> None:
    made = raster.proof_raster(Pixels(np.full((80, 80, 3), (255, 0, 0), np.uint8), "drawn"))
    assert made.chroma is not None
    assert made.grey[0, 0] == 76  # 0.299 * 255
    blue_difference, red_difference = made.chroma[0, 0]
    assert blue_difference < 128 < red_difference
    grey = raster.proof_raster(Pixels(np.full((80, 80, 3), 90, np.uint8), "drawn"))
    assert grey.chroma is not None
    assert np.all(grey.chroma == 128)
    assert np.all(grey.grey == 90)


def test_reducing_averages_instead_of_picking() -> None:
    stripes = np.zeros((1536, 1536, 3), np.uint8)
    stripes[:, ::2] = 255
    made = raster.proof_raster(Pixels(stripes, "drawn"))
    assert np.all(np.abs(made.grey.astype(int) - 128) <= 1)


def test_the_picture_is_left_as_it_is() -> None:
    picture = pixels(600, 500)
    before = picture.rgb.copy()
    picture.rgb.flags.writeable = False
    raster.proof_raster(picture)
    raster.query_raster(picture)
    assert np.array_equal(before, picture.rgb)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 60), st.booleans())
def test_packing_loses_nothing(height: int, width: int, number: int, coloured: bool) -> None:
    made = raster.proof_raster(pixels(height, width, number))
    kept = made if coloured else Raster(made.kind, made.grey)
    assert same(raster.unpack(raster.pack(kept)), kept)


def test_both_kinds_survive_packing() -> None:
    for make in (raster.proof_raster, raster.query_raster):
        made = make(pixels(700, 1100, 9))
        assert same(raster.unpack(raster.pack(made)), made)


def test_the_packed_form_is_the_documented_one() -> None:
    grey = np.array([[10, 12], [11, 14]], np.uint8)
    header = b"PRR1" + struct.pack(">BBHH", 1, 0, 2, 2)
    assert raster.pack(Raster("proof_v1", grey))[:10] == header
    # 10; 12-10; 11-10; (14-11)-(12-10)
    packed = header + zlib.compress(bytes([10, 2, 1, 1]))
    assert np.array_equal(raster.unpack(packed).grey, grey)


def head(kind: int = 1, colours: int = 0, width: int = 2, height: int = 2) -> bytes:
    return b"PRR1" + struct.pack(">BBHH", kind, colours, width, height)


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"PRR1",
        b"PNG!" + head()[4:] + zlib.compress(bytes(4)),
        head(kind=3) + zlib.compress(bytes(4)),
        head(colours=1) + zlib.compress(bytes(4)),
        head(width=385) + zlib.compress(bytes(770)),
        head(width=0) + zlib.compress(b""),
        head(kind=2, width=65535, height=65535) + zlib.compress(bytes(99)),
        head() + zlib.compress(bytes(3)),
        head() + zlib.compress(bytes(5)),
        head() + zlib.compress(bytes(50_000_000)),
        head() + zlib.compress(bytes(4))[:-1],
        head() + zlib.compress(bytes(4)) + b"more",
        head() + b"not zlib",
        head(),
    ],
)
def test_bytes_of_a_stranger_are_refused_with_a_reason(packed: bytes) -> None:
    with pytest.raises(Refused, match="A stored proof raster cannot be read") as caught:
        raster.unpack(packed)
    assert caught.value.reason == "malformed_raster"


@given(st.binary(max_size=60))
def test_any_bytes_are_a_raster_or_refused(tail: bytes) -> None:
    for packed in (tail, b"PRR1" + tail, head() + tail):
        with contextlib.suppress(Refused):
            assert raster.unpack(packed).grey.size > 0
