"""Sun, shadow, fires, lamps and haze: from what a camera sees to the light it gets."""

# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from provenance.demo.camera import View
from provenance.demo.facade import faces_x
from provenance.demo.hour import Hour
from provenance.demo.noise import Picture, Plane
from provenance.demo.surface import Surface
from provenance.demo.world import SIDE, Colour, Kind, World, rgb


@dataclass(frozen=True, slots=True)
class Glow:
    """A point that shines on its surroundings: place in metres, colour, strength, reach."""

    place: tuple[float, float, float]
    colour: Colour
    strength: float
    reach: float


def shade(world: World, view: View, hour: Hour, glows: list[Glow], seen: Surface) -> Picture:
    """The light that comes from every pixel that is not sky, before the air is added."""
    sun = _sunlight(world, view, hour)[..., None] * rgb(hour.sun)
    open_sky = _openness(world)[view.row, view.column]
    light = sun + np.where(view.wall, np.float32(0.62), open_sky)[..., None] * rgb(hour.ambient)
    for glow in glows:
        light = light + _glow_on(view, glow)
    return np.asarray(seen.albedo * light + seen.shine, dtype=np.float32)


def air(picture: Picture, view: View, hour: Hour, behind: Picture) -> Picture:
    """Haze that grows with the distance, and the sky where nothing stands."""
    clear = np.exp(-np.where(view.sky, 0, view.distance) / np.float32(hour.haze))[..., None]
    hazy = picture * clear + rgb(hour.horizon) * (1 - clear)
    return np.where(view.sky[..., None], behind, hazy)


def _sunlight(world: World, view: View, hour: Hour) -> Plane:
    toward = np.float32(np.sin(hour.azimuth)), np.float32(np.cos(hour.azimuth))
    shadow = _shadow_height(world, hour)
    out = np.float32(1.6 * world.cell)
    row = np.floor((view.y + toward[1] * out) / np.float32(world.cell)).astype(np.intp) % SIDE
    column = np.floor((view.x + toward[0] * out) / np.float32(world.cell)).astype(np.intp) % SIDE
    reached = np.clip((view.up - shadow[row, column]) * 2.5 + 1, 0, 1)
    level = _slope_light(world, hour)[view.row, view.column]
    sideways = faces_x(world)[view.row, view.column]
    side = np.abs(np.where(sideways, toward[0], toward[1])) * np.float32(np.cos(hour.altitude))
    return np.asarray(reached * np.where(view.wall, side, level), dtype=np.float32)


def _slope_light(world: World, hour: Hour) -> Plane:
    """Cosine between the ground's normal and the sun, blocks taken as level."""
    smooth = np.where(world.kind >= Kind.HOUSE, world.base, world.height)
    half = cv2.resize(smooth, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    padded = cv2.copyMakeBorder(half, 1, 1, 1, 1, cv2.BORDER_WRAP)
    in_x = (padded[1:-1, 2:] - padded[1:-1, :-2]) / np.float32(4 * world.cell)
    in_y = (padded[2:, 1:-1] - padded[:-2, 1:-1]) / np.float32(4 * world.cell)
    flat = np.float32(np.cos(hour.altitude))
    facing = -(in_x * np.float32(np.sin(hour.azimuth)) + in_y * np.float32(np.cos(hour.azimuth)))
    cosine = (facing * flat + np.float32(np.sin(hour.altitude))) / np.sqrt(1 + in_x**2 + in_y**2)
    whole = cv2.resize(np.clip(cosine, 0, 1), (SIDE, SIDE))
    return np.asarray(whole, dtype=np.float32)


def _shadow_height(world: World, hour: Hour) -> Plane:
    """Below this height a cell lies in shadow: the highest thing sunward, less the fall.

    Doubling the step each time looks 2^7 cells toward the sun in seven maxima.
    """
    highest = world.height - np.float32(0.5)
    fall = np.tan(hour.altitude) * world.cell
    for power in range(8):
        step = 2**power
        shift = (-round(step * np.cos(hour.azimuth)), -round(step * np.sin(hour.azimuth)))
        moved = np.roll(highest, shift, axis=(0, 1)) - np.float32(step * fall)
        highest = np.maximum(highest, moved)
    return np.asarray(highest, dtype=np.float32)


def _openness(world: World) -> Plane:
    """How much sky a cell sees, 0..1: darker beside what is higher than itself."""
    small = cv2.resize(world.height, (256, 256), interpolation=cv2.INTER_AREA)
    around = cv2.resize(cv2.GaussianBlur(small, (0, 0), 2.2), world.height.shape)
    return np.asarray(np.exp(-0.16 * np.clip(around - world.height, 0, 9)), dtype=np.float32)


def _glow_on(view: View, glow: Glow) -> Picture:
    x, y, up = glow.place
    distance = (view.x - np.float32(x)) ** 2 + (view.y - np.float32(y)) ** 2
    distance += (view.up - np.float32(up)) ** 2
    fall = np.float32(glow.strength) / (1 + distance / np.float32(glow.reach**2))
    return np.asarray(np.where(view.sky, 0, fall)[..., None] * rgb(glow.colour))
