"""The sky above a place: colours, clouds, the glare of the sun, far ridges."""

# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

from dataclasses import fields

import numpy as np

from provenance.demo.camera import Camera, View
from provenance.demo.hour import Hour
from provenance.demo.noise import Picture, fractal, sample
from provenance.demo.world import rgb


def sky(view: View, camera: Camera, hour: Hour, rng: np.random.Generator) -> Picture:
    """Colours from horizon to zenith, clouds on a level sheet, far ridges, the sun's glare.

    Only the rows that show any sky are worked out.
    """
    rows = int(view.sky.any(axis=1).sum())
    painted = np.zeros((*view.sky.shape, 3), np.float32)
    if rows:
        seen = View(*(getattr(view, field.name)[:rows] for field in fields(view)))
        painted[:rows] = _sky_rows(seen, camera, hour, rng)
    return painted


def _sky_rows(view: View, camera: Camera, hour: Hour, rng: np.random.Generator) -> Picture:
    height = np.clip(view.rise, 0, None)
    blend = (1 - np.exp(-height * np.float32(2.6)))[..., None]
    base = rgb(hour.horizon) * (1 - blend) + rgb(hour.zenith) * blend
    base = base + _glare(view, camera, hour)
    clouded = _clouds(base, view, camera, hour, rng)
    return _ridges(clouded, view, camera, hour, rng)


def _glare(view: View, camera: Camera, hour: Hour) -> Picture:
    azimuth = np.arctan(view.aside) + np.float32(camera.yaw - hour.azimuth)
    away = 2 - 2 * np.cos(azimuth) + (np.arctan(view.rise) - np.float32(hour.altitude)) ** 2
    glare = np.float32(0.35) * np.exp(-away * 6) + np.float32(0.9) * np.exp(-away * 90)
    return np.asarray(glare[..., None] * rgb(hour.sun), dtype=np.float32)


def _clouds(
    base: Picture, view: View, camera: Camera, hour: Hour, rng: np.random.Generator
) -> Picture:
    sheet = fractal(rng, 512, coarse=4, falloff=0.56)
    reach = 34 / (np.clip(view.rise, 0, None) + np.float32(0.09))
    turned = np.arctan(view.aside) + np.float32(camera.yaw)
    x, y = reach * np.sin(turned), reach * np.cos(turned)
    here = sample(sheet, x, y)
    sunward = sample(sheet, x + 6 * np.float32(np.sin(hour.azimuth)), y + 6)
    cover = np.clip((here + np.float32(3.0 * hour.cloud - 1.7)) * 0.75, 0, 1)
    cover *= np.clip(view.rise * 14, 0, 1)
    relief = np.clip(0.78 + 0.2 * (here - sunward) - 0.12 * here, 0.35, 1.3)[..., None]
    body = rgb(hour.sun) * 0.34 + rgb(hour.horizon) * 0.62
    return np.asarray(base * (1 - cover[..., None]) + body * relief * cover[..., None])


def _ridges(
    base: Picture, view: View, camera: Camera, hour: Hour, rng: np.random.Generator
) -> Picture:
    picture = base
    low = int((view.rise[:, 0] > np.float32(0.14)).sum())
    turned = np.arctan(view.aside[:1]) + np.float32(camera.yaw)
    for far in (0.82, 0.66, 0.5):
        line = fractal(rng, 128, coarse=4, falloff=0.55)
        crest = 0.018 + 0.02 * (1.2 - far) * sample(line, turned * 30, np.zeros_like(turned))
        body = rgb(hour.horizon) * far + rgb(hour.ambient) * (1 - far) * 0.22
        covered = np.clip((crest - view.rise[low:]) * 900, 0, 1)[..., None]
        picture[low:] = picture[low:] * (1 - covered) + body * covered
    return np.asarray(picture, dtype=np.float32)
