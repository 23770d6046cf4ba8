"""Smoke, dust and fire: many small lit balls, heaped up, then frayed by noise."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from provenance.demo.noise import Picture, Plane, fractal
from provenance.demo.world import Colour, rgb


@dataclass(frozen=True, slots=True)
class Plume:
    """A column of smoke in a picture.

    ``foot`` is column, row and distance (metres) of its source; ``tall`` and ``wide`` are
    pixels; ``lean`` how far it drifts sideways per unit of height; ``thick`` 0..1.
    """

    foot: tuple[float, float, float]
    tall: float
    wide: float
    lean: float
    colour: Colour
    lit: Colour
    thick: float
    fire: float

    def half_size(self) -> Plume:
        """The same plume in a picture of half the size: smoke is too soft to need all pixels."""
        column, row, distance = self.foot
        foot = (column / 2, row / 2, distance)
        return replace(self, foot=foot, tall=self.tall / 2, wide=self.wide / 2)


def rise(
    picture: Picture, distance: Plane, plume: Plume, sun_from: float, rng: np.random.Generator
) -> Picture:
    """Lay a plume over a picture, hidden by whatever stands nearer than its foot."""
    height, width = picture.shape[:2]
    half = plume.half_size()
    body = np.zeros(((height + 1) // 2, (width + 1) // 2, 4), np.float32)
    for ball in _balls(half, rng):
        _lay(body, ball, half, sun_from)
    body = cv2.resize(_fray(body, half, rng), (width, height))
    hidden = (distance < np.float32(plume.foot[2] * 0.97)).astype(np.float32)
    alpha = body[..., 3:] * (1 - cv2.GaussianBlur(hidden, (0, 0), 0.8))[..., None]
    return np.asarray(picture * (1 - alpha) + body[..., :3] * alpha, dtype=np.float32)


def _balls(plume: Plume, rng: np.random.Generator) -> Plane:
    """Balls from top to foot: column, row, radius, share of the way up."""
    count = 150
    up = np.sort(rng.random(count).astype(np.float32) ** 1.25)[::-1]
    radius = plume.wide * (0.12 + 0.5 * up**0.75) * rng.uniform(0.5, 1.1, count)
    swirl = 0.28 * plume.wide * np.sin(up * 7 + rng.uniform(0, 6)) * up
    spread = rng.normal(0, 0.36, count) * plume.wide * (0.16 + up)
    column = plume.foot[0] + plume.lean * plume.tall * up**1.5 + swirl + spread
    row = plume.foot[1] - plume.tall * up + rng.normal(0, 0.16, count) * plume.wide * (0.1 + up)
    return np.stack([column, row, radius, up], axis=1).astype(np.float32)


def _lay(body: Picture, ball: Plane, plume: Plume, sun_from: float) -> None:
    column, row, radius, up = (float(value) for value in ball)
    half = int(radius * 1.2) + 2
    left, top = int(column) - half, int(row) - half
    rows = slice(max(0, top), min(body.shape[0], top + 2 * half))
    columns = slice(max(0, left), min(body.shape[1], left + 2 * half))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    down = (np.arange(rows.start, rows.stop, dtype=np.float32)[:, None] - row) / radius
    across = (np.arange(columns.start, columns.stop, dtype=np.float32)[None, :] - column) / radius
    inside = np.clip(1 - across**2 - down**2, 0, 1)
    alpha = (np.sqrt(inside) * plume.thick * (1 - 0.55 * up))[..., None]
    colour = _ball_colour(across, down, plume, up, sun_from)
    area = body[rows, columns]
    area[..., :3] = area[..., :3] * (1 - alpha) + colour * alpha
    area[..., 3:] = area[..., 3:] * (1 - alpha) + alpha


def _ball_colour(across: Plane, down: Plane, plume: Plume, up: float, sun_from: float) -> Picture:
    facing = np.clip(0.42 + 0.5 * (across * np.float32(sun_from) - 0.75 * down), 0.08, 1.1)
    smoke = rgb(plume.colour) * (0.7 + 0.5 * up) * rgb(plume.lit)
    hot = max(0.0, plume.fire * (1 - up * 5.5))
    flame = rgb((1.0, 0.42, 0.09)) * np.float32(2.6 * hot)
    return np.asarray(smoke * facing[..., None] + flame * (0.4 + facing[..., None]))


def _fray(body: Picture, plume: Plume, rng: np.random.Generator) -> Picture:
    height, width = body.shape[:2]
    large = max(height, width)
    noise = [fractal(rng, 256, coarse=16, falloff=0.7) for _ in range(2)]
    shift = [cv2.resize(n, (large, large))[:height, :width] * plume.wide * 0.085 for n in noise]
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    x, y = (columns + shift[0]).astype(np.float32), (rows + shift[1]).astype(np.float32)
    frayed = cv2.remap(body, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    dapple = 1 + 0.07 * cv2.resize(noise[1], (large, large))[:height, :width, None]
    colours = frayed[..., :3] * dapple / np.maximum(frayed[..., 3:], 1e-3)
    return np.concatenate([colours, frayed[..., 3:]], axis=-1, dtype=np.float32)
