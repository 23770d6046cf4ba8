from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from provenance.conformance import drawings
from provenance.conformance.fingerprints import known_answers
from provenance.fingerprint import hamming, pdq
from provenance.models import Pixels

# What ThreatExchange's command line prints for its own pictures
# (facebook/ThreatExchange, pdq/cpp/reg_test/expected/out).
PRINTED = {
    "bridge-1-original": "d8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22",
    "bridge-2-rotate-90": "30a10efdf1c83f429013d48d0ffffc52e34e0e35ada952a9d29605215aa9e5af",
    "bridge-3-rotate-180": "2dad5a64b1a142e7d362a09857da895ae63b8c7fc23794b766b319361fc93188",
    "bridge-4-rotate-270": "a5f0a457248995e8c9065c275aaa5498b61ba4bdf8fcf80387c32f8b5bfc4f05",
    "bridge-5-flipx": "d8f80f33e0f417b20e37f5cd028f980fb36ed02a9662c1e233e64c634e9c64dd",
    "bridge-6-flipy": "2da9259bb1a1bd1a5362576552da32a5e63b7380c2774b4866b346c91b89ce77",
    "bridge-7-flip-plus-1": "f0a1e10271ccc0bd90530b720fff038de34ef1e8ada9a956d6967ade5ea91a50",
    "bridge-8-flip-minus-1": "2df05aa8a4896a17c14682da5aaaab07b61b5b42f8fc07fc87c3d0741bfcb0fa",
}
# The same tool with --dihedral on bridge-1-original; it counts rotations the other way.
PRINTED_TURNED = pdq.Orientations(
    upright="d8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22",
    rotated_90="a5f0b457248995e8c1065c275aaa56d8b61ba4bdf8fcfc0383c32f8b0bfc4f05",
    rotated_180="adad5a64b5a102e55b62a88052dacd5ae63b847fc337b4b766b399361bc93188",
    rotated_270="f0a10efd51c83d429053d48d0fffbc52e34e0e17ada956a9d29685211ea9e58f",
    mirrored="8dada49991a1bd1a5362577742da32a5e63b7b80c2364b4866b346c91bc9ce77",
    flipped="d8f80f31e0f457b00637f5d5038f980fb36ed12a9662c1e233e64c634e9c64dd",
    transposed="f0a1e10271ccc0bd90530b720fff038de34ef1e8ada9a956d6967ade5ea91a50",
    transversed="a5f44ba8a4996a17cd06a1d85aaaa927b61b5b42f8fc03fc83c3d0740bfcb0fa",
)
# What ThreatExchange's Python services print for bridge-1-original at full size.
PRINTED_FULL_SIZE = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"

TURNS = {
    "upright": lambda rgb: rgb,
    "rotated_90": lambda rgb: np.rot90(rgb, -1),
    "rotated_180": lambda rgb: np.rot90(rgb, 2),
    "rotated_270": lambda rgb: np.rot90(rgb, 1),
    "mirrored": lambda rgb: rgb[:, ::-1],
    "flipped": lambda rgb: rgb[::-1],
    "transposed": lambda rgb: rgb.transpose(1, 0, 2),
    "transversed": lambda rgb: np.rot90(rgb, 2).transpose(1, 0, 2),
}


def pixels(rgb: np.ndarray) -> Pixels:
    return Pixels(np.ascontiguousarray(rgb), "drawn")


def photo(shared_data: Path, name: str) -> np.ndarray:
    path = shared_data / "pairs" / "pdq_threatexchange" / f"{name}.jpg"
    return np.asarray(Image.open(path).convert("RGB"))


def as_the_command_line_reduces(rgb: np.ndarray) -> np.ndarray:
    """To 512 x 512 by taking the nearest pixel, whatever the proportions."""
    height, width = rgb.shape[:2]
    return rgb[np.arange(512) * height // 512][:, np.arange(512) * width // 512]


def test_all_orientations_are_those_of_the_reference() -> None:
    turned = [answer for answer in known_answers("pdq_v1") if answer.turned]
    assert len(turned) > 100
    for answer in turned:
        got = [value.hex() for value in pdq.dihedral(answer.pixels)]
        assert got == [answer.hash, *answer.turned], answer.picture


@pytest.mark.parametrize("name", PRINTED)
def test_published_hashes_to_the_bit(shared_data: Path, name: str) -> None:
    reduced = as_the_command_line_reduces(photo(shared_data, name))
    got = pdq.compute(pixels(reduced))
    assert (got.value.hex(), got.quality) == (PRINTED[name], 100)


def test_published_orientations_to_the_bit(shared_data: Path) -> None:
    reduced = as_the_command_line_reduces(photo(shared_data, "bridge-1-original"))
    got = pdq.dihedral(pixels(reduced))
    assert {name: value.hex() for name, value in got._asdict().items()} == PRINTED_TURNED._asdict()


def test_published_hash_at_full_size(shared_data: Path) -> None:
    got = pdq.compute(pixels(photo(shared_data, "bridge-1-original")))
    assert got.value.hex() == PRINTED_FULL_SIZE


@pytest.mark.parametrize("name", PRINTED)
def test_full_size_stays_near_the_published_hash(shared_data: Path, name: str) -> None:
    got = pdq.compute(pixels(photo(shared_data, name)))
    assert hamming(got.value, bytes.fromhex(PRINTED[name])) <= 8


@pytest.mark.parametrize("name", TURNS)
def test_an_orientation_is_that_of_the_turned_picture(name: str) -> None:
    for number in (0, 10, 32, 76):  # under 128 pixels, where the filter is symmetrical
        rgb = drawings.picture(number)
        derived = getattr(pdq.dihedral(pixels(rgb)), name)
        direct = pdq.compute(pixels(TURNS[name](rgb))).value
        assert hamming(derived, direct) <= 2


@settings(max_examples=20, deadline=None)
@given(st.integers(0, drawings.COUNT - 1))
def test_the_first_orientation_is_the_hash(number: int) -> None:
    picture = pixels(drawings.picture(number))
    assert pdq.dihedral(picture).upright == pdq.compute(picture).value


def test_half_of_the_bits_are_set_where_there_is_anything_to_see() -> None:
    got = pdq.compute(pixels(drawings.picture(0)))
    assert int.from_bytes(got.value).bit_count() == 128


def test_less_than_five_pixels_have_no_hash() -> None:
    got = pdq.compute(pixels(np.full((4, 900, 3), 7, np.uint8)))
    assert (got.value, got.quality) == (bytes(32), 0)
    assert set(pdq.dihedral(pixels(np.zeros((4, 4, 3), np.uint8)))) == {bytes(32)}


def test_grey_is_the_correctly_rounded_luma_of_every_colour() -> None:
    # Every value of one colour beside a spread of the others, against doubles.
    red, green, blue = np.meshgrid(np.arange(256), np.arange(0, 256, 3), np.arange(0, 256, 5))
    rgb = np.stack([red, green, blue], axis=-1).reshape(1, -1, 3).astype(np.uint8)
    doubles = rgb[:, :, 0] * 0.299 + rgb[:, :, 1] * 0.587 + rgb[:, :, 2] * 0.114
    assert np.array_equal(pdq._grey(rgb), doubles.astype(np.float32))
