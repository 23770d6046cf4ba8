"""Night flashes: a near-black skyline with noise, and a flash or a tracer somewhere."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of

VARIANTS = (
    "same skyline, another flash",
    "same skyline, flash elsewhere and tracers",
    "other skyline, same flash",
    "same skyline, before and during",
)
SIZE = (720, 480)
Light = NDArray[np.float32]


def night_flashes(number: int, random: Random, _photos: Photos) -> Pair:
    """Two exposures of a dark town."""
    variant, town, flash = variant_of(VARIANTS, number), again(random), again(random)
    if variant == "other skyline, same flash":
        scenes = [_flash(_skyline(random, random), flash()) for _ in range(2)]
    elif variant.endswith("tracers"):
        scenes = [_tracers(_flash(_skyline(town(), random), random), random) for _ in range(2)]
    elif variant.endswith("during"):
        scenes = [_flash(_skyline(town(), random), random), _skyline(town(), random)]
    else:
        scenes = [_flash(_skyline(town(), random), random) for _ in range(2)]
    one, other = (_developed(scene, random) for scene in scenes)
    return finished(one, other, variant, random)


def _skyline(town: Random, random: Random) -> Light:
    """Houses a shade darker than the sky, some windows lit, a few of them changed."""
    width, height = SIZE
    fall = np.linspace(town.uniform(4, 9), town.uniform(9, 18), height)
    light = np.repeat(np.repeat(fall[:, None, None], width, 1), 3, 2) * (0.8, 0.9, 1.2)
    x = 0
    while x < width:
        wide, high = int(town.integers(30, 110)), int(town.integers(60, 240))
        light[height - high :, x : x + wide] = town.uniform(1, 5)
        for row in range(height - high + 8, height - 8, 14):
            for column in range(x + 5, min(x + wide, width) - 7, 11):
                lit, bright = town.random() < 0.13, town.uniform(0.3, 1)
                if lit ^ (random.random() < 0.01):
                    light[row : row + 7, column : column + 5] = bright * np.array([150, 120, 60])
        x += wide + int(town.integers(0, 24))
    return np.asarray(light, np.float32)


def _flash(light: Light, random: Random) -> Light:
    """A white core and a wide warm glow that also lights what stands around."""
    width, height = SIZE
    x, y = random.uniform(0.1, 0.9) * width, random.uniform(0.25, 0.75) * height
    core, glow = random.uniform(6, 28), random.uniform(50, 160)
    rows, columns = np.mgrid[:height, :width]
    away = (columns - x) ** 2 + ((rows - y) * random.uniform(0.8, 1.4)) ** 2
    bright = 400 * np.exp(-away / (2 * core**2)) + random.uniform(60, 150) * np.exp(
        -away / (2 * glow**2)
    )
    return np.asarray(light + bright[..., None] * (1, 0.8, 0.5), np.float32)


def _tracers(light: Light, random: Random) -> Light:
    """Bright streaks through the sky."""
    drawn = light.copy()
    for _ in range(int(random.integers(2, 7))):
        ends = [(int(random.integers(SIZE[0])), int(random.integers(SIZE[1]))) for _ in range(2)]
        cv2.line(drawn, ends[0], ends[1], (230, 160, 110), int(random.integers(1, 4)), cv2.LINE_AA)
    return drawn


def _developed(light: Light, random: Random) -> Rgb:
    """A slow lens and a noisy sensor."""
    grain = cv2.GaussianBlur(random.normal(0, 9, light.shape).astype(np.float32), (0, 0), 0.6)
    value = cv2.GaussianBlur(light, (0, 0), 0.8) * random.uniform(0.85, 1.2) + grain
    return np.asarray(np.clip(value, 0, 255), np.uint8)
