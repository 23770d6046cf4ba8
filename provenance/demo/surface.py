"""What a camera sees of ground, walls and water, and what each does with light."""

# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from provenance.demo.camera import View
from provenance.demo.facade import paint, walls_of
from provenance.demo.hour import Hour
from provenance.demo.noise import Picture, Plane, fractal, sample
from provenance.demo.world import Kind, World, rgb


@dataclass(frozen=True, slots=True)
class Surface:
    """What every pixel does with light: ``albedo`` gives back, ``shine`` adds of its own."""

    albedo: Picture
    shine: Picture


def surface(world: World, view: View, hour: Hour, rng: np.random.Generator) -> Surface:
    """Ground, roofs, walls, windows and water, before any light falls on them."""
    kind = world.kind[view.row, view.column]
    albedo = world.albedo[view.row, view.column]
    open_ground = (~view.wall & (kind <= Kind.ROAD))[..., None]
    albedo = np.where(open_ground, _blended_albedo(world, view), albedo)
    grain = _close_grain(view, rng) * np.where(kind == Kind.GREEN, np.float32(3.2), np.float32(1))
    albedo = np.clip(albedo * (1 + grain[..., None]), 0.01, 0.98)
    seen = Surface(albedo, np.zeros_like(albedo))
    _water(world, view, hour, rng, seen)
    on_house = view.wall & (world.ident[view.row, view.column] > 0)
    if on_house.any():
        walls = walls_of(world, view, on_house)
        seen.albedo[on_house], seen.shine[on_house] = paint(walls, hour, grain[on_house])
    return seen


def _blended_albedo(world: World, view: View) -> Picture:
    x = view.x / np.float32(world.cell) - np.float32(0.5)
    y = view.y / np.float32(world.cell) - np.float32(0.5)
    return np.asarray(
        cv2.remap(world.albedo, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP), np.float32
    )


def _close_grain(view: View, rng: np.random.Generator) -> Plane:
    """Stones, plaster and dirt finer than a cell, fading with distance."""
    fine = fractal(rng, 512, coarse=8, falloff=0.8)
    along = np.where(view.wall, view.x + view.y, view.x)
    across = np.where(view.wall, -view.up, view.y)
    near = sample(fine, along * np.float32(26), across * np.float32(26))
    wide = sample(fine, along * np.float32(5), across * np.float32(3.1))
    fade = np.exp(-np.where(view.sky, 0, view.distance) / np.float32(60))
    return np.asarray(np.float32(0.16) * near * fade + np.float32(0.09) * wide, dtype=np.float32)


def _water(
    world: World,
    view: View,
    hour: Hour,
    rng: np.random.Generator,
    seen: Surface,
) -> None:
    wet = (world.kind[view.row, view.column] == Kind.WATER) & ~view.wall & ~view.sky
    if not wet.any():
        return
    ripples = fractal(rng, 256, coarse=4, falloff=0.66)
    waves = sample(ripples, view.x * np.float32(9), view.y * np.float32(21))
    waves += sample(ripples, view.x * np.float32(2.3), view.y * np.float32(6.1))
    mirror = np.clip(0.3 + 0.1 * waves + 0.0012 * np.minimum(view.distance, 300), 0.04, 1)
    seen.albedo[wet] = (0.05, 0.08, 0.08)
    reflected = 0.6 * rgb(hour.horizon) + 0.4 * rgb(hour.zenith)
    seen.shine[wet] = (mirror[..., None] * reflected)[wet]
