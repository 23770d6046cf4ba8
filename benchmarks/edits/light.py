"""Light edits: what every upload does, and one filter."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from benchmarks.edits.edited import Edited, Rgb, fitted, jpeg, resized

Random = np.random.Generator
Others = Sequence[Rgb]


def recompressed(picture: Edited, _random: Random, _others: Others) -> Edited:
    """JPEG at quality 20."""
    return jpeg(picture, 20).named("recompressed")


def small(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Long side 320."""
    return jpeg(fitted(picture, 320), 80)


def thumbnail(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Long side 128."""
    return jpeg(fitted(picture, 128), 80).maybe("blurred")


def grey(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Without colour."""
    luma = cv2.cvtColor(picture.rgb, cv2.COLOR_RGB2GRAY)
    made = jpeg(picture.painted(np.dstack([luma] * 3)), 85)
    # Who would see it in a photograph that had no colour to lose?
    return made.named("recoloured") if _colourful(picture.rgb) else made.maybe("recoloured")


def _colourful(rgb: Rgb) -> bool:
    """Whether the channels differ by more than compression makes them."""
    return float(np.ptp(rgb.astype(np.int16), axis=2).mean()) > 8


def strong_filter(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Warm, faded and contrasty at once."""
    value = picture.rgb.astype(np.float32) / 255
    curve = np.clip((value - 0.5) * 1.5 + 0.5, 0, 1) ** np.array([0.75, 1.0, 1.4], np.float32)
    return jpeg(picture.painted((30 + curve * 215).astype(np.uint8)), 85).named("recoloured")


def darker(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Gamma 2.2 and a third less light."""
    value = (picture.rgb.astype(np.float32) / 255) ** 1.8 * 0.7
    return jpeg(picture.painted((value * 255).astype(np.uint8)), 85).named("recoloured")


def brighter(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Half as much light again, highlights cut off."""
    value = np.minimum(picture.rgb.astype(np.float32) * 1.5 + 15, 255)
    return jpeg(picture.painted(value.astype(np.uint8)), 85).named("recoloured")


def blur(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Gaussian, sigma 0.6 % of the long side."""
    sigma = 0.006 * max(picture.width, picture.height)
    return jpeg(picture.painted(cv2.GaussianBlur(picture.rgb, (0, 0), sigma)), 85).named("blurred")


def noise(picture: Edited, random: Random, _others: Others) -> Edited:
    """Sensor noise, sigma 18."""
    value = picture.rgb + random.normal(0, 18, picture.rgb.shape)
    return jpeg(picture.painted(np.clip(value, 0, 255).astype(np.uint8)), 85)


def squashed(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Forced into a square of 400."""
    return jpeg(resized(picture, 400, 400), 85)


def pixelated(picture: Edited, _random: Random, _others: Others) -> Edited:
    """Blocks of 1 % of the long side."""
    block = max(picture.width, picture.height) / 100
    size = (round(picture.width / block), round(picture.height / block))
    coarse = cv2.resize(picture.rgb, size, interpolation=cv2.INTER_AREA)
    full = (picture.width, picture.height)
    blocky = picture.painted(cv2.resize(coarse, full, interpolation=cv2.INTER_NEAREST))
    return jpeg(blocky, 85).named("blurred")
