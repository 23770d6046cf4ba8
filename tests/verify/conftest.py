"""Photo-like pictures, drawn: blobs at every scale, polygons, lines, grain."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from provenance.fingerprint import keypoints, raster
from provenance.models import Pixels
from provenance.verify import ArchivedView, QueryView

Rgb = NDArray[np.uint8]


def drawn(seed: int, width: int = 480, height: int = 360) -> Rgb:
    random = np.random.default_rng(seed)
    canvas = np.zeros((height, width, 3), np.float32)
    for cells, strength in ((3, 70), (8, 40), (24, 25), (70, 14)):
        grid = random.normal(0, strength, (cells * height // width + 2, cells + 2, 3))
        size = (width, height)
        canvas += cv2.resize(grid.astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    picture = np.clip(canvas + 120, 0, 255).astype(np.uint8)
    for _ in range(60):
        centre = random.uniform(0, 1, 2) * (width, height)
        corners = centre + random.normal(0, random.uniform(4, 45), (random.integers(3, 7), 2))
        colour = tuple(int(c) for c in random.integers(0, 256, 3))
        cv2.fillPoly(picture, [corners.astype(np.int32)], colour, cv2.LINE_AA)
    grain = random.normal(0, 3, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def as_archived(rgb: Rgb, *, pixels_kept: bool = True) -> ArchivedView:
    pixels = Pixels(np.ascontiguousarray(rgb), "RGB")
    packed = keypoints.pack(keypoints.compute(pixels), pixels.width, pixels.height)
    stored = keypoints.unpack(packed, pixels.width, pixels.height)
    kept = raster.proof_raster(pixels) if pixels_kept else None
    return ArchivedView(pixels.width, pixels.height, stored, kept)


def as_query(rgb: Rgb) -> QueryView:
    pixels = Pixels(np.ascontiguousarray(rgb), "RGB")
    plain, mirrored = keypoints.compute_query(pixels)
    return QueryView(pixels.width, pixels.height, plain, mirrored, raster.query_raster(pixels))


def with_figure(rgb: Rgb, other: Rgb) -> Rgb:
    """A figure with the tones of another photograph, a sixth of the width."""
    mask = np.zeros(rgb.shape[:2], np.uint8)
    cv2.ellipse(mask, (220, 180), (34, 76), 0, 0, 360, 1, -1)
    cv2.circle(mask, (220, 95), 22, 1, -1)
    return np.where(mask[..., None] > 0, other, rgb).astype(np.uint8)


@pytest.fixture(scope="session")
def with_somebody() -> Callable[[Rgb, Rgb], Rgb]:
    return with_figure


@pytest.fixture(scope="session")
def photo() -> Rgb:
    return drawn(11)


@pytest.fixture(scope="session")
def archived(photo: Rgb) -> ArchivedView:
    return as_archived(photo)


@pytest.fixture(scope="session")
def draw() -> Callable[..., Rgb]:
    return drawn


@pytest.fixture(scope="session")
def archive_view() -> Callable[..., ArchivedView]:
    return as_archived


@pytest.fixture(scope="session")
def query_view() -> Callable[..., QueryView]:
    return as_query
