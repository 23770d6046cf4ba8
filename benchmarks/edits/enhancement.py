"""Details brought out, as phones and apps do it: "enhance", "clarity", "HDR", "structure"."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.edits.edited import Edited, jpeg
from benchmarks.edits.light import Others, Random

Rgb = NDArray[np.uint8]
Plane = NDArray[np.uint8]
Filter = Callable[[Rgb, Random], Rgb]


def enhanced(picture: Edited, random: Random, _others: Others) -> Edited:
    """By one of five filters."""
    chosen = FILTERS[int(random.integers(len(FILTERS)))]
    rgb = chosen(picture.rgb, random)
    quality = int(random.integers(60, 93))
    return jpeg(picture.painted(rgb), quality).maybe("recoloured")


def enhanced_twice(picture: Edited, random: Random, _others: Others) -> Edited:
    """By two of them, and of more contrast."""
    rgb = bright_details(clarity(picture.rgb, random), random).astype(np.float32)
    rgb = (rgb - 128) * random.uniform(1.1, 1.4) + 128 - random.uniform(0, 20)
    return jpeg(picture.painted(_bytes(rgb)), 85).maybe("recoloured")


def clarity(rgb: Rgb, random: Random) -> Rgb:
    """What stands out from a wide blur added, most where it is neither dark nor light."""
    sigma = max(rgb.shape) * random.uniform(0.015, 0.05)
    strength = random.uniform(0.7, 1.8)

    def filtered(grey: Plane) -> Plane:
        value = grey.astype(np.float32)
        middling = 1 - (np.abs(value - 128) / 128) ** 2
        stands_out = value - cv2.GaussianBlur(value, (0, 0), sigma)
        return _bytes(value + strength * middling * stands_out)

    return _on_lightness(rgb, filtered)


def bright_details(rgb: Rgb, random: Random) -> Rgb:
    """OpenCV's detail enhancement: Gastal and Oliveira, Domain transform, SIGGRAPH 2011."""
    wide, strong = random.uniform(8, 40), random.uniform(0.12, 0.4)
    found = cv2.detailEnhance(np.ascontiguousarray(rgb), sigma_s=wide, sigma_r=strong)
    return np.asarray(found, np.uint8)


def equalised(rgb: Rgb, random: Random) -> Rgb:
    """Its lightness in 3 x 3 to 16 x 16 tiles."""
    tiles = int(random.choice([3, 4, 6, 8, 12, 16]))
    equal = cv2.createCLAHE(random.uniform(1.5, 5), (tiles, tiles))
    return _on_lightness(rgb, lambda grey: np.asarray(equal.apply(grey), np.uint8))


def equalised_by_channel(rgb: Rgb, random: Random) -> Rgb:
    """Red, green and blue alone."""
    equal = cv2.createCLAHE(random.uniform(1.5, 4), (8, 8))
    return np.dstack([equal.apply(np.ascontiguousarray(rgb[..., n])) for n in range(3)])


def lifted_shadows(rgb: Rgb, random: Random) -> Rgb:
    """Dark places lighter, light ones darker, by what lies around them."""
    sigma = max(rgb.shape) * random.uniform(0.01, 0.06)
    lift, lower = random.uniform(0.5, 1), random.uniform(0, 0.6)

    def filtered(grey: Plane) -> Plane:
        value = grey.astype(np.float32) / 255
        around = cv2.GaussianBlur(value, (0, 0), sigma)
        dark, light = np.clip(1 - 2 * around, 0, 1), np.clip(2 * around - 1, 0, 1)
        lifted = lift * dark * (np.sqrt(value) - value)
        lowered = lower * light * (value**1.8 - value)
        return _bytes((255 * (value + lifted + lowered)).astype(np.float32))

    return _on_lightness(rgb, filtered)


FILTERS: tuple[Filter, ...] = (
    clarity,
    bright_details,
    equalised,
    equalised_by_channel,
    lifted_shadows,
)


def _on_lightness(rgb: Rgb, filtered: Callable[[Plane], Plane]) -> Rgb:
    lab = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2LAB)
    lab[..., 0] = filtered(np.ascontiguousarray(lab[..., 0]))
    return np.asarray(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB), np.uint8)


def _bytes(value: NDArray[np.float32]) -> Plane:
    return np.asarray(np.clip(value, 0, 255), np.uint8)
