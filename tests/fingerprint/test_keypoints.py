"""Keypoints: stored form, mirror image, spread, determinism."""

from __future__ import annotations

import hashlib

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from provenance.fingerprint import keypoints
from provenance.models import Keypoints, Pixels

Rgb = NDArray[np.uint8]


def pixels(rgb: Rgb) -> Pixels:
    return Pixels(np.ascontiguousarray(rgb), "RGB")


@pytest.fixture(scope="module")
def photo() -> Rgb:
    random = np.random.default_rng(4)
    canvas = np.zeros((300, 400, 3), np.float32)
    for cells, strength in ((4, 60), (12, 40), (50, 20)):
        grid = random.normal(0, strength, (cells, cells, 3)).astype(np.float32)
        canvas += cv2.resize(grid, (400, 300), interpolation=cv2.INTER_CUBIC)
    picture = np.clip(canvas + 120, 0, 255).astype(np.uint8)
    for _ in range(80):
        corners = random.uniform(0, 1, 2) * (400, 300) + random.normal(0, 14, (4, 2))
        cv2.fillPoly(picture, [corners.astype(np.int32)], random.integers(0, 256, 3).tolist())
    return picture


def test_an_archived_picture_costs_less_than_16_kilobytes(photo: Rgb) -> None:
    found = keypoints.compute(pixels(photo))
    assert len(found) == 420
    assert len(keypoints.pack(found, 400, 300)) == 420 * 38 <= 16 * 1024 - 40


def test_the_stored_form_keeps_what_matters(photo: Rgb) -> None:
    found = keypoints.compute(pixels(photo))
    back = keypoints.unpack(keypoints.pack(found, 400, 300), 400, 300)
    assert np.abs(back.points - found.points).max() <= 400 / 65535
    assert np.abs(back.sizes / found.sizes - 1).max() < 0.015
    turned = np.abs((back.angles - found.angles + 180) % 360 - 180)
    assert turned.max() <= 360 / 256 / 2 + 1e-3
    assert np.array_equal(back.descriptors, found.descriptors)


@given(st.binary(max_size=38 * 3), st.integers(1, 5000), st.integers(1, 5000))
def test_whole_records_come_back_as_they_were(value: bytes, width: int, height: int) -> None:
    if len(value) % 38:
        with pytest.raises(ValueError, match="no keypoints"):
            keypoints.unpack(value, width, height)
        return
    found = keypoints.unpack(value, width, height)
    assert len(found) == len(value) // 38
    assert np.isfinite(found.points).all()
    assert np.isfinite(found.sizes).all()
    assert (found.points >= 0).all()
    assert (found.points <= np.array([width, height]) * (1 + 1e-6)).all()
    assert keypoints.pack(found, width, height) == value


@pytest.mark.parametrize(
    ("value", "width", "height"),
    [(b"x", 10, 10), (bytes(38 * 421), 10, 10), (b"", 0, 10), (b"", 10, -1)],
)
def test_what_is_no_stored_form_is_refused(value: bytes, width: int, height: int) -> None:
    with pytest.raises(ValueError, match=r"keypoints"):
        keypoints.unpack(value, width, height)


def test_the_same_pixels_give_the_same_bytes(photo: Rgb) -> None:
    packed = {keypoints.pack(keypoints.compute(pixels(photo)), 400, 300) for _ in range(2)}
    assert len(packed) == 1


def test_a_picture_whose_bytes_are_known() -> None:
    """Pins OpenCV, the parameters and the order; a change here needs a new kind."""
    rows, columns = np.mgrid[:240, :320]
    grey = ((rows // 17 * 37 + columns // 23 * 91) * 57 % 256).astype(np.uint8)
    found = keypoints.compute(pixels(np.dstack([grey] * 3)))
    assert found.kind == keypoints.KIND == "orb_cv5_v1"
    digest = hashlib.sha256(keypoints.pack(found, 320, 240)).hexdigest()
    assert digest == "04734c45bbc9c0f0b977f26e9ca0aa082dba0e57ea0ddfa5fd8c1cba98105608"


def test_the_mirror_image_is_described_as_if_it_had_been_flipped(photo: Rgb) -> None:
    _, mirrored = keypoints.compute_query(pixels(photo))
    flipped, _ = keypoints.compute_query(pixels(photo[:, ::-1]))
    apart = np.abs(mirrored.points[:, None] - flipped.points[None]).sum(axis=2)
    same = apart.min(axis=1) < 1.0
    assert same.mean() > 0.7
    pairs = mirrored.descriptors[same] ^ flipped.descriptors[apart.argmin(axis=1)[same]]
    assert np.median(np.bitwise_count(pairs).sum(axis=1)) <= 4


def test_points_are_spread_over_the_picture(photo: Rgb) -> None:
    """A page of text beside a photograph does not take its points."""
    page = np.full((600, 800, 3), 255, np.uint8)
    for line in range(20, 600, 22):
        text = "the quick brown fox jumps over it"
        cv2.putText(page, text, (5, line), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 0, 0), 1)
    page[150:450, 420:780] = cv2.resize(photo, (360, 300))
    found = keypoints.compute(pixels(page)).points
    inside = (found > (420, 150)).all(axis=1) & (found < (780, 450)).all(axis=1)
    assert inside.mean() > 0.15


@given(st.integers(1, 40), st.integers(1, 40))
def test_tiny_and_flat_pictures_have_few_or_none(width: int, height: int) -> None:
    flat = pixels(np.full((height, width, 3), 90, np.uint8))
    assert len(keypoints.compute(flat)) == 0
    assert keypoints.pack(keypoints.compute(flat), width, height) == b""
    plain, mirrored = keypoints.compute_query(flat)
    assert isinstance(plain, Keypoints)
    assert len(plain) == len(mirrored) == 0


def test_large_pictures_are_read_large(photo: Rgb) -> None:
    page = np.zeros((1800, 2400, 3), np.uint8)
    page[600:825, 900:1200] = cv2.resize(photo, (300, 225), interpolation=cv2.INTER_AREA)
    plain, _ = keypoints.compute_query(pixels(page))
    inside = (plain.points > (900, 600)).all(axis=1) & (plain.points < (1200, 825)).all(axis=1)
    assert inside.sum() > 150


def test_an_index_gets_the_same_of_a_picture_and_of_its_stored_form(photo: Rgb) -> None:
    """But for one common factor of all sizes, which no index minds."""
    found = keypoints.compute(pixels(photo))
    asked = keypoints.codes(found)
    stored = keypoints.stored_codes(keypoints.pack(found, 400, 300))
    assert asked.shape == stored.shape == (420, 34)
    assert np.array_equal(asked[:, :33], stored[:, :33])
    assert np.ptp(asked[:, 33].astype(int) - stored[:, 33]) <= 1


def test_a_picture_without_points_asks_an_index_nothing() -> None:
    flat = keypoints.compute(pixels(np.full((90, 90, 3), 90, np.uint8)))
    assert keypoints.codes(flat).shape == (0, 34)
    assert keypoints.stored_codes(b"").shape == (0, 34)
