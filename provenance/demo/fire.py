"""What burns at a site: where, how it smokes, what it lights up, how it flashes at night."""

# ruff: noqa: PLR2004
# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

import numpy as np

from provenance.demo.camera import View
from provenance.demo.hour import mix
from provenance.demo.light import Glow
from provenance.demo.noise import Picture
from provenance.demo.site import Place, Site
from provenance.demo.smoke import Plume
from provenance.demo.world import Colour, rgb

_FLAME: Colour = (1.0, 0.55, 0.22)
_LAMP: Colour = (1.0, 0.62, 0.28)
_FLASH: Colour = (1.0, 0.66, 0.3)
_DUST: Colour = (0.72, 0.60, 0.45)
_LAMPS = 14
"""So many street lamps shine, the nearest to what the camera aims at; each costs a pass."""


def place(site: Site, rng: np.random.Generator) -> Place:
    """Somewhere in front of the camera, on dry ground if a few tries find any."""
    for _ in range(8):
        east, north = _before(site, rng)
        if not site.world.wet_at(east, north):
            break
    return (east, north, site.world.top_at(east, north, 1.5))


def _before(site: Site, rng: np.random.Generator) -> tuple[float, float]:
    camera = site.camera
    ahead = rng.uniform(65, 190) + max(0.0, -camera.horizon) * camera.eye * 0.8
    aside = rng.uniform(-0.34, 0.34) * ahead / camera.focal
    east = camera.x + ahead * np.sin(camera.yaw) + aside * np.cos(camera.yaw)
    north = camera.y + ahead * np.cos(camera.yaw) - aside * np.sin(camera.yaw)
    return float(east), float(north)


def plume(site: Site, at: Place, rng: np.random.Generator, *, dust: bool) -> Plume:
    """The smoke, or the dust, that rises from a place."""
    tone = rng.uniform(0.1, 0.55)
    red, green, blue = mix(site.hour.ambient, site.hour.sun, 0.5)
    scale = site.size[1] / 640
    return Plume(
        foot=site.seen_at(at),
        tall=float(rng.uniform(150, 420)) * scale * (0.45 if dust else 1.0),
        wide=float(rng.uniform(60, 130)) * scale * (1.7 if dust else 1.0),
        lean=float(rng.uniform(-0.7, 0.7)),
        colour=_DUST if dust else (tone * 1.04, tone, tone * 0.97),
        lit=(red + 0.02, green + 0.02, blue + 0.02),
        thick=0.9,
        fire=0.1 if dust else float(rng.uniform(0.3, 1.0)),
    )


def glows(site: Site, fires: list[Place], rng: np.random.Generator, *, flash: bool) -> list[Glow]:
    """What shines on its surroundings: fires, and at night street lamps."""
    strength = 1.5 if flash else 0.5
    burning = [Glow((x, y, up + 5), _FLAME, strength, 16.0) for x, y, up in fires]
    return burning + (_lamps(site, rng) if site.hour.is_dark else [])


def _lamps(site: Site, rng: np.random.Generator) -> list[Glow]:
    camera = site.camera
    aim = (camera.x + 70 * np.sin(camera.yaw), camera.y + 70 * np.cos(camera.yaw))
    near = sorted(site.world.lamps, key=lambda p: (p[0] - aim[0]) ** 2 + (p[1] - aim[1]) ** 2)
    return [Glow(lamp, _LAMP, 1.3, 3.4) for lamp in near[:_LAMPS] if rng.random() < 0.8]


def flash(picture: Picture, view: View, site: Site, fires: list[Place]) -> Picture:
    """A ball of light over every fire, dimmed where something stands before it."""
    width, height = site.size
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    for at in fires:
        column, row, ahead = site.seen_at(at)
        radius = height * 5.2 / max(ahead, 20) * site.camera.focal
        away = np.hypot(columns - column, (rows - row + radius * 0.6) * 1.1) / radius
        shown = 0.35 + 0.65 * (view.distance > ahead)
        heat = (3.4 * np.exp(-(away**2)) + 0.5 / (1 + away**2)) * shown
        picture = picture + heat[..., None] * rgb(_FLASH)
    return np.asarray(picture, dtype=np.float32)
