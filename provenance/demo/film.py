"""From linear light to the picture a camera would have saved: lens, tone, grain."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.demo.noise import Picture
from provenance.demo.world import rgb


@dataclass(frozen=True, slots=True)
class Film:
    """``exposure`` a factor, ``warmth`` -1..1, ``contrast`` about 1, ``grain`` in levels."""

    exposure: float
    warmth: float
    contrast: float
    colour: float
    grain: float
    bloom: float


def develop(light: Picture, film: Film, rng: np.random.Generator) -> NDArray[np.uint8]:
    """8-bit RGB of linear light: bloom, fall-off to the corners, tone curve, grain."""
    picture = _bloom(light, film.bloom) * np.float32(film.exposure)
    picture *= _corners(light.shape[0], light.shape[1])
    picture = _tone(picture * _balance(film.warmth), film.contrast)
    picture = _saturate(picture, film.colour)
    picture = cv2.GaussianBlur(picture, (0, 0), 0.55) + _grain(picture, film.grain, rng)
    return np.asarray(np.clip(picture * 255 + 0.5, 0, 255), dtype=np.uint8)


def _bloom(light: Picture, strength: float) -> Picture:
    """Bright lights spread over their surroundings, as they do in every real lens."""
    bright = np.clip(light - np.float32(1.0), 0, 8)
    small = cv2.resize(bright, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    spread = cv2.GaussianBlur(small, (0, 0), 3) + 0.5 * cv2.GaussianBlur(small, (0, 0), 14)
    large = cv2.resize(spread, (light.shape[1], light.shape[0]))
    return np.asarray(light + np.float32(strength) * large, dtype=np.float32)


def _corners(height: int, width: int) -> Picture:
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    return np.asarray(1 - 0.14 * (across**2 + down**2)[..., None], dtype=np.float32)


def _balance(warmth: float) -> Picture:
    return rgb((1 + 0.09 * warmth, 1.0, 1 - 0.12 * warmth))


def _tone(picture: Picture, contrast: float) -> Picture:
    """A filmic curve: straight shadows, shoulder toward white (Hable/Narkowicz form)."""
    x = np.maximum(picture, 0)
    curve = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
    shown = cv2.pow(np.clip(curve, 0, 1), 1 / 1.9)
    return np.asarray(np.clip((shown - 0.5) * np.float32(contrast) + 0.5, 0, 1), np.float32)


def _saturate(picture: Picture, colour: float) -> Picture:
    grey = np.asarray(picture @ rgb((0.299, 0.587, 0.114)))
    return np.asarray(grey[..., None] + (picture - grey[..., None]) * np.float32(colour))


def _grain(picture: Picture, levels: float, rng: np.random.Generator) -> Picture:
    raw = rng.random(picture.shape[:2], dtype=np.float32) - np.float32(0.5)
    soft = cv2.GaussianBlur(raw, (0, 0), 0.7)
    return np.asarray(soft[..., None] * np.float32(levels * 7.2 / 255), dtype=np.float32)
