"""Sun, shadow, windows, lamps and haze: from what a camera sees to colours."""

from __future__ import annotations

from dataclasses import dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.demo.camera import Camera, View
from provenance.demo.noise import Plane, fractal, hashed, sample
from provenance.demo.world import SIDE, Colour, Kind, World

Picture = NDArray[np.float32]
"""Linear light, (height, width, 3) float32, red first; 1 is white paper in sunlight."""

FLOOR_HEIGHT = 3.1
WINDOW_WIDTH = 2.7


@dataclass(frozen=True, slots=True)
class Hour:
    """The light of an hour: where the sun stands and the colours of sun, sky and haze.

    ``azimuth`` and ``altitude`` in radians; ``haze`` metres until two thirds of what is
    seen is air; ``cloud`` 0..1; ``lit`` the share of windows and lamps that burn.
    """

    azimuth: float
    altitude: float
    sun: Colour
    ambient: Colour
    zenith: Colour
    horizon: Colour
    haze: float
    cloud: float
    lit: float


@dataclass(frozen=True, slots=True)
class Glow:
    """A point that shines on its surroundings: place in metres, colour, strength, reach."""

    place: tuple[float, float, float]
    colour: Colour
    strength: float
    reach: float


def shade(
    world: World, view: View, hour: Hour, rng: np.random.Generator, glows: list[Glow]
) -> Picture:
    """The light that comes from every pixel that is not sky, before the air is added."""
    albedo, shine = _surface(world, view, hour, rng)
    sun = _sunlight(world, view, hour)[..., None] * np.float32(hour.sun)
    open_sky = _openness(world)[view.row, view.column]
    ambient = np.where(view.wall, np.float32(0.62), open_sky)[..., None] * np.float32(hour.ambient)
    light = sun + ambient
    for glow in glows:
        light = light + _glow_on(view, glow)
    return np.asarray(albedo * light + shine, dtype=np.float32)


def air(picture: Picture, view: View, hour: Hour, sky: Picture) -> Picture:
    """Haze that grows with the distance, and the sky where nothing stands."""
    clear = np.exp(-np.where(view.sky, 0, view.distance) / np.float32(hour.haze))[..., None]
    hazy = picture * clear + np.float32(hour.horizon) * (1 - clear)
    return np.where(view.sky[..., None], sky, hazy)


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
    base = np.float32(hour.horizon) * (1 - blend) + np.float32(hour.zenith) * blend
    base = base + _glare(view, camera, hour)
    clouded = _clouds(base, view, camera, hour, rng)
    return _ridges(clouded, view, camera, hour, rng)


def _surface(
    world: World, view: View, hour: Hour, rng: np.random.Generator
) -> tuple[Picture, Picture]:
    kind = world.kind[view.row, view.column]
    albedo = world.albedo[view.row, view.column]
    open_ground = (~view.wall & (kind <= Kind.ROAD))[..., None]
    albedo = np.where(open_ground, _blended_albedo(world, view), albedo)
    grain = _close_grain(view, rng) * np.where(kind == Kind.GREEN, np.float32(3.2), np.float32(1))
    albedo = np.clip(albedo * (1 + grain[..., None]), 0.01, 0.98)
    shine = np.zeros_like(albedo)
    _water(world, view, hour, rng, albedo, shine)
    _facades(world, view, hour, grain, albedo, shine)
    return albedo, shine


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
    albedo: Picture,
    shine: Picture,
) -> None:
    wet = (world.kind[view.row, view.column] == Kind.WATER) & ~view.wall & ~view.sky
    if not wet.any():
        return
    ripples = fractal(rng, 256, coarse=4, falloff=0.66)
    waves = sample(ripples, view.x * np.float32(9), view.y * np.float32(21))
    waves += sample(ripples, view.x * np.float32(2.3), view.y * np.float32(6.1))
    mirror = np.clip(0.3 + 0.1 * waves + 0.0012 * np.minimum(view.distance, 300), 0.04, 1)
    albedo[wet] = (0.05, 0.08, 0.08)
    reflected = 0.6 * np.float32(hour.horizon) + 0.4 * np.float32(hour.zenith)
    shine[wet] = (mirror[..., None] * reflected)[wet]


def _facades(
    world: World, view: View, hour: Hour, grain: Plane, albedo: Picture, shine: Picture
) -> None:
    """Windows, shutters, floors and stains on the walls of houses, all from their numbers."""
    ident = world.ident[view.row, view.column]
    on_house = view.wall & (ident > 0)
    if not on_house.any():
        return
    number = ident[on_house].astype(np.int64)
    climate = np.float32(world.climate.walls)
    tint = 0.8 + 0.4 * hashed(number, 7)
    paint = climate[(hashed(number, 3) * len(climate)).astype(np.intp)] * tint[:, None]
    plaster = paint * (1 + 1.3 * grain[on_house])[:, None]
    albedo[on_house], shine[on_house] = _openings(world, view, hour, on_house, number, plaster)


def _openings(
    world: World,
    view: View,
    hour: Hour,
    on_house: NDArray[np.bool_],
    number: NDArray[np.int64],
    plaster: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    faces_x = _faces_x(world)[view.row, view.column][on_house]
    along = np.where(faces_x, view.y[on_house], view.x[on_house])
    above = view.up[on_house] - world.base[view.row, view.column][on_house]
    pitch = WINDOW_WIDTH * (0.8 + 0.7 * hashed(number, 11))
    bay, level = np.floor(along / pitch), np.floor(above / FLOOR_HEIGHT)
    u, v = along / pitch - bay, above / FLOOR_HEIGHT - level
    lot = hashed(number, bay.astype(np.int64), level.astype(np.int64), faces_x.astype(np.int64))
    glass = (abs(u - 0.5) < 0.2 + 0.12 * hashed(number, 5)) & (abs(v - 0.55) < 0.26)
    frame = (abs(u - 0.5) < 0.25 + 0.12 * hashed(number, 5)) & (abs(v - 0.55) < 0.31) & ~glass
    ledge = (v < 0.09) & (hashed(number, 9) < 0.6)
    wall = plaster * np.where(ledge, 0.72, 1.0)[:, None] * np.where(frame, 1.18, 1.0)[:, None]
    pane = np.float32((0.05, 0.06, 0.075)) + np.float32(0.16) * (lot[:, None] > 0.8)
    surface = np.where((glass & (lot < 0.92))[:, None], pane, wall)
    return _with_light(hour, surface, glass, lot, v)


def _with_light(
    hour: Hour, surface: Picture, glass: NDArray[np.bool_], lot: Plane, v: Plane
) -> tuple[Picture, Picture]:
    burns = glass & (lot < hour.lit)
    warmth = np.float32((1.0, 0.72, 0.38)) * (0.25 + 1.1 * hashed((lot * 4096).astype(np.int64)))[:, None]
    sheen = (0.05 + 0.2 * v) * (0.4 + lot)
    mirrored = np.float32(hour.zenith) * 0.5 + np.float32(hour.horizon) * 0.35
    reflection = (glass & ~burns)[:, None] * mirrored * sheen[:, None]
    shine = burns[:, None] * warmth + reflection
    return surface.astype(np.float32), shine.astype(np.float32)


def _faces_x(world: World) -> NDArray[np.bool_]:
    """Whether the side of a block at a cell looks along x (else along y)."""
    padded = cv2.copyMakeBorder(world.height, 1, 1, 1, 1, cv2.BORDER_WRAP)
    in_x = np.abs(padded[1:-1, 2:] - padded[1:-1, :-2])
    in_y = np.abs(padded[2:, 1:-1] - padded[:-2, 1:-1])
    return np.asarray(in_x > in_y)


def _sunlight(world: World, view: View, hour: Hour) -> Plane:
    toward = np.float32((np.sin(hour.azimuth), np.cos(hour.azimuth)))
    shadow = _shadow_height(world, hour)
    out = np.float32(1.6 * world.cell)
    row = np.floor((view.y + toward[1] * out) / np.float32(world.cell)).astype(np.intp) % SIDE
    column = np.floor((view.x + toward[0] * out) / np.float32(world.cell)).astype(np.intp) % SIDE
    reached = np.clip((view.up - shadow[row, column]) * 2.5 + 1, 0, 1)
    level = _slope_light(world, hour)[view.row, view.column]
    faces_x = _faces_x(world)[view.row, view.column]
    side = np.abs(np.where(faces_x, toward[0], toward[1])) * np.float32(np.cos(hour.altitude))
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
    return np.asarray(np.where(view.sky, 0, fall)[..., None] * np.float32(glow.colour))


def _glare(view: View, camera: Camera, hour: Hour) -> Picture:
    azimuth = np.arctan(view.aside) + np.float32(camera.yaw - hour.azimuth)
    away = 2 - 2 * np.cos(azimuth) + (np.arctan(view.rise) - np.float32(hour.altitude)) ** 2
    glare = np.float32(0.35) * np.exp(-away * 6) + np.float32(0.9) * np.exp(-away * 90)
    return np.asarray(glare[..., None] * np.float32(hour.sun), dtype=np.float32)


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
    body = np.float32(hour.sun) * 0.34 + np.float32(hour.horizon) * 0.62
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
        body = np.float32(hour.horizon) * far + np.float32(hour.ambient) * (1 - far) * 0.22
        covered = np.clip((crest - view.rise[low:]) * 900, 0, 1)[..., None]
        picture[low:] = picture[low:] * (1 - covered) + body * covered
    return np.asarray(picture, dtype=np.float32)
