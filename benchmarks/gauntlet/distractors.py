"""Generated pictures that fill an archive up: pieces of photographs, bent and blended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from benchmarks.edits.edited import Rgb

LONG, SHORT = 400, 300


def distractor(number: int, photos: Sequence[Rgb], seed: int) -> Rgb:
    """The picture of this number: two pieces of photographs, each bent, one over the other.

    Its corners and textures are those of photographs, so it draws votes; no piece is shown
    plainly, so it is a copy of nothing.
    """
    random = np.random.default_rng([seed, number, 77])
    size = (LONG, SHORT) if random.random() < 0.7 else (SHORT, LONG)
    below, above = (_piece(photos, random, size) for _ in range(2))
    share = _patches(random, size)
    mixed = below * (1 - share) + above * share
    tone = random.uniform(0.7, 1.3, 3) * mixed + random.uniform(-20, 20)
    return np.asarray(np.clip(tone, 0, 255), np.uint8)


def distractors(count: int, photos: Sequence[Rgb], seed: int) -> Iterator[Rgb]:
    """So many, one after the other: 20,000 need no memory."""
    for number in range(count):
        yield distractor(number, photos, seed)


def _piece(photos: Sequence[Rgb], random: np.random.Generator, size: tuple[int, int]) -> Rgb:
    """A quadrangle of a photograph, at any turn, pulled to the full size."""
    rgb = photos[int(random.integers(len(photos)))]
    height, width = rgb.shape[:2]
    reach = random.uniform(0.25, 0.5) * min(width, height)
    centre = (random.uniform(reach, width - reach), random.uniform(reach, height - reach))
    angles = random.uniform(0, 2 * np.pi) + np.arange(4) * np.pi / 2 + random.uniform(-0.3, 0.3, 4)
    corners = np.stack([np.cos(angles), np.sin(angles)], axis=1) * reach + centre
    if random.random() < 0.5:
        corners = corners[::-1]
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    step = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    bent = cv2.warpPerspective(rgb, step, size, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(bent, np.uint8)


def _patches(random: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """Where the upper piece shows: soft islands."""
    coarse = cv2.resize(
        random.random((5, 6)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC
    )
    return np.asarray(np.clip((coarse - 0.5) * 6 + 0.5, 0, 1)[..., None])
