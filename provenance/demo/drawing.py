"""Photo-like pictures of places, drawn from a seed; no two seeds show the same place.

Every picture is rendered from a small world of its own (`world`, `places`), seen by a
camera (`camera`), lit by an hour of the day (`light`), with smoke where something burns
(`smoke`), and developed on film (`film`). The same seed and size give the same picture
with the same versions of NumPy and OpenCV.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provenance.demo import light, places
from provenance.demo.camera import Camera, View, look, project
from provenance.demo.film import Film, develop
from provenance.demo.light import Glow, Hour, Picture
from provenance.demo.smoke import Plume, rise
from provenance.demo.world import Colour, World

SIZE: Final = (960, 640)
"""Width and height of a picture when nobody asks for another."""

Stand = Callable[[np.random.Generator, World], Camera]
Light = Callable[[np.random.Generator, float], Hour]


@dataclass(frozen=True, slots=True)
class Scene:
    """A kind of picture: what is built, where the camera stands, when, what burns."""

    build: places.Builder
    stand: Stand
    hour: Light
    plumes: tuple[int, int]
    flash: bool = False
    dust: bool = False


def draw(seed: int, scene: str | None = None, size: tuple[int, int] = SIZE) -> NDArray[np.uint8]:
    """A picture of shape (height, width, 3), 8-bit RGB.

    ``scene`` is one of :data:`SCENES`; without it the seed chooses. ``size`` is width and
    height in pixels.
    """
    names = list(SCENES)
    name = scene or names[seed % len(names)]
    kind = SCENES[name]
    rng = np.random.default_rng([seed, names.index(name)])
    world = kind.build(rng)
    camera = kind.stand(rng, world)
    hour = kind.hour(rng, camera.yaw)
    return _photograph(kind, world, camera, hour, rng, size)


def _photograph(
    kind: Scene,
    world: World,
    camera: Camera,
    hour: Hour,
    rng: np.random.Generator,
    size: tuple[int, int],
) -> NDArray[np.uint8]:
    width, height = size
    view = look(world, camera, width, height)
    fires = [_fire_place(world, camera, rng) for _ in range(int(rng.integers(*kind.plumes)))]
    glows = _glows(world, camera, hour, fires, rng, flash=kind.flash)
    lit = light.shade(world, view, hour, rng, glows)
    picture = light.air(lit, view, hour, light.sky(view, camera, hour, rng))
    for place in sorted(fires, key=lambda spot: -_ahead(camera, spot)):
        plume = _plume(camera, hour, place, rng, size, dust=kind.dust)
        picture = rise(picture, view.distance, plume, _sun_side(camera, hour), rng)
    if kind.flash:
        picture = _flash(picture, view, camera, fires, size)
    return develop(picture, _film(rng, hour), rng)


# ------------------------------------------------------------------- where one stands


def _in_street(rng: np.random.Generator, world: World) -> Camera:
    return Camera(
        x=rng.uniform(-3.5, 3.5),
        y=rng.uniform(0, 300),
        eye=world.ground_at(0, 0) + rng.uniform(4.0, 10.0),
        yaw=rng.uniform(-0.12, 0.12) + (np.pi if rng.random() < 0.5 else 0.0),
        focal=rng.uniform(0.8, 1.5),
        horizon=rng.uniform(0.42, 0.6),
        near=2.0,
        far=420,
    )


def _on_roof(rng: np.random.Generator, world: World) -> Camera:
    x, y = rng.uniform(0, 300, 2)
    return Camera(
        x=x,
        y=y,
        eye=world.top_at(x, y, 12) + rng.uniform(9, 20),
        yaw=rng.uniform(0, 2 * np.pi),
        focal=rng.uniform(0.9, 1.6),
        horizon=rng.uniform(0.22, 0.42),
        near=6.0,
        far=900,
    )


def _before_camp(rng: np.random.Generator, world: World) -> Camera:
    side = rng.uniform(0, 2 * np.pi)
    x, y = 180 - 135 * np.sin(side), 180 - 135 * np.cos(side)
    return Camera(
        x=x,
        y=y,
        eye=world.top_at(x, y, 8) + rng.uniform(9, 34),
        yaw=side + rng.uniform(-0.25, 0.25),
        focal=rng.uniform(0.9, 1.5),
        horizon=rng.uniform(0.2, 0.4),
        near=6.0,
        far=900,
    )


def _on_hill(rng: np.random.Generator, world: World) -> Camera:
    x, y = rng.uniform(0, 500, 2)
    return Camera(
        x=x,
        y=y,
        eye=world.top_at(x, y, 14) + rng.uniform(12, 30),
        yaw=rng.uniform(0, 2 * np.pi),
        focal=rng.uniform(0.9, 1.6),
        horizon=rng.uniform(0.28, 0.46),
        near=6.0,
        far=1100,
    )


def _over_water(rng: np.random.Generator, world: World) -> Camera:
    return Camera(
        x=rng.uniform(0, 400),
        y=rng.uniform(-30, 20),
        eye=world.ground_at(0, 0) + rng.uniform(14, 46),
        yaw=rng.uniform(-0.6, 0.6),
        focal=rng.uniform(0.9, 1.5),
        horizon=rng.uniform(0.22, 0.4),
        near=8.0,
        far=800,
    )


def _from_drone(rng: np.random.Generator, world: World) -> Camera:
    x, y = rng.uniform(0, 400, 2)
    return Camera(
        x=x,
        y=y,
        eye=world.top_at(x, y, 20) + rng.uniform(60, 120),
        yaw=rng.uniform(0, 2 * np.pi),
        focal=rng.uniform(1.0, 1.5),
        horizon=rng.uniform(-0.5, -0.1),
        near=25.0,
        far=900,
    )


# ------------------------------------------------------------------------ what hour it is


def _day(rng: np.random.Generator, yaw: float) -> Hour:
    low = rng.random() < 0.45
    altitude = rng.uniform(0.16, 0.35) if low else rng.uniform(0.5, 1.05)
    warm = 0.55 if low else 0.12
    cloud = rng.uniform(0.15, 0.75)
    return Hour(
        azimuth=yaw + rng.choice([-1, 1]) * rng.uniform(0.7, 2.5),
        altitude=float(altitude),
        sun=_mix((2.0, 1.95, 1.85), (2.3, 1.6, 0.95), warm),
        ambient=_mix((0.44, 0.51, 0.64), (0.36, 0.38, 0.47), warm),
        zenith=_mix((0.22, 0.40, 0.72), (0.30, 0.42, 0.62), rng.random()),
        horizon=_mix((0.72, 0.78, 0.84), (0.95, 0.76, 0.55), warm),
        haze=float(rng.uniform(500, 1800)),
        cloud=float(cloud),
        lit=0.0,
    )


def _dull(rng: np.random.Generator, yaw: float) -> Hour:
    tone = rng.uniform(0.6, 0.85)
    return Hour(
        azimuth=yaw + rng.uniform(-2.5, 2.5),
        altitude=0.9,
        sun=(0.5, 0.5, 0.5),
        ambient=(0.95, 0.98, 1.02),
        zenith=(0.55 * tone, 0.60 * tone, 0.68 * tone),
        horizon=(0.86 * tone, 0.88 * tone, 0.90 * tone),
        haze=float(rng.uniform(300, 900)),
        cloud=0.85,
        lit=0.05,
    )


def _any_day(rng: np.random.Generator, yaw: float) -> Hour:
    return _dull(rng, yaw) if rng.random() < 0.3 else _day(rng, yaw)


def _night(rng: np.random.Generator, yaw: float) -> Hour:
    dusk = rng.random()
    return Hour(
        azimuth=yaw + rng.uniform(0.8, 2.4),
        altitude=0.7,
        sun=(0.035, 0.045, 0.07),
        ambient=(0.035 + 0.05 * dusk, 0.045 + 0.06 * dusk, 0.075 + 0.1 * dusk),
        zenith=(0.008 + 0.02 * dusk, 0.014 + 0.04 * dusk, 0.035 + 0.09 * dusk),
        horizon=(0.05 + 0.10 * dusk, 0.05 + 0.07 * dusk, 0.07 + 0.08 * dusk),
        haze=float(rng.uniform(400, 900)),
        cloud=float(rng.uniform(0.2, 0.6)),
        lit=float(rng.uniform(0.18, 0.42)),
    )


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(one, other, strict=True))
    return (red, green, blue)


# --------------------------------------------------------------------------- what burns


def _fire_place(
    world: World, camera: Camera, rng: np.random.Generator
) -> tuple[float, float, float]:
    for _ in range(8):
        ahead = rng.uniform(65, 190) + max(0.0, -camera.horizon) * camera.eye * 0.8
        aside = rng.uniform(-0.34, 0.34) * ahead / camera.focal
        x = camera.x + ahead * np.sin(camera.yaw) + aside * np.cos(camera.yaw)
        y = camera.y + ahead * np.cos(camera.yaw) - aside * np.sin(camera.yaw)
        if not world.wet_at(float(x), float(y)):
            break
    return (float(x), float(y), world.top_at(float(x), float(y), 1.5))


def _ahead(camera: Camera, place: tuple[float, float, float]) -> float:
    return float(project(camera, place, 3, 2)[2])


def _sun_side(camera: Camera, hour: Hour) -> float:
    return float(np.sin(hour.azimuth - camera.yaw))


def _plume(
    camera: Camera,
    hour: Hour,
    place: tuple[float, float, float],
    rng: np.random.Generator,
    size: tuple[int, int],
    *,
    dust: bool,
) -> Plume:
    column, row, ahead = (float(v) for v in project(camera, place, *size))
    tone = rng.uniform(0.1, 0.55)
    colour: Colour = (0.72, 0.60, 0.45) if dust else (tone * 1.04, tone, tone * 0.97)
    lit = _mix(hour.ambient, hour.sun, 0.5)
    scale = size[1] / 640
    return Plume(
        foot=(column, row, ahead),
        tall=float(rng.uniform(150, 420)) * scale * (0.45 if dust else 1.0),
        wide=float(rng.uniform(60, 130)) * scale * (1.7 if dust else 1.0),
        lean=float(rng.uniform(-0.7, 0.7)),
        colour=colour,
        lit=(lit[0] + 0.02, lit[1] + 0.02, lit[2] + 0.02),
        thick=0.9,
        fire=0.1 if dust else float(rng.uniform(0.3, 1.0)),
    )


def _glows(
    world: World,
    camera: Camera,
    hour: Hour,
    fires: list[tuple[float, float, float]],
    rng: np.random.Generator,
    *,
    flash: bool,
) -> list[Glow]:
    strength = 1.5 if flash else 0.5
    glows = [Glow((x, y, up + 5), (1.0, 0.55, 0.22), strength, 16.0) for x, y, up in fires]
    if hour.lit > 0.1:
        glows += _lamps(world, camera, rng)
    return glows


def _lamps(world: World, camera: Camera, rng: np.random.Generator) -> list[Glow]:
    """The street lamps nearest to the camera's aim that burn; more would cost too much."""
    aim = (camera.x + 70 * np.sin(camera.yaw), camera.y + 70 * np.cos(camera.yaw))
    near = sorted(world.lamps, key=lambda p: (p[0] - aim[0]) ** 2 + (p[1] - aim[1]) ** 2)
    return [Glow(p, (1.0, 0.62, 0.28), 1.3, 3.4) for p in near[:14] if rng.random() < 0.8]


def _flash(
    picture: Picture,
    view: View,
    camera: Camera,
    fires: list[tuple[float, float, float]],
    size: tuple[int, int],
) -> Picture:
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    for place in fires:
        column, row, ahead = (float(v) for v in project(camera, place, *size))
        radius = size[1] * 5.2 / max(ahead, 20) * camera.focal
        away = np.hypot(columns - column, (rows - row + radius * 0.6) * 1.1) / radius
        shown = 0.35 + 0.65 * (view.distance > ahead)
        heat = (3.4 * np.exp(-(away**2)) + 0.5 / (1 + away**2)) * shown
        picture = picture + heat[..., None] * np.float32((1.0, 0.66, 0.3))
    return np.asarray(picture, dtype=np.float32)


def _film(rng: np.random.Generator, hour: Hour) -> Film:
    dark = hour.lit > 0.1
    return Film(
        exposure=float(rng.uniform(1.5, 2.2) if dark else rng.uniform(0.55, 0.75)),
        warmth=float(rng.uniform(-0.6, 0.7)),
        contrast=float(rng.uniform(0.96, 1.12)),
        colour=float(rng.uniform(0.85, 1.2)),
        grain=float(rng.uniform(4, 8) if dark else rng.uniform(1.5, 3.5)),
        bloom=0.55 if dark else 0.2,
    )


SCENES: Final[dict[str, Scene]] = {
    "street": Scene(places.town, _in_street, _any_day, (0, 3)),
    "camp": Scene(places.base, _before_camp, _any_day, (1, 4)),
    "hills": Scene(places.hills, _on_hill, _any_day, (0, 3)),
    "night": Scene(places.town, _on_roof, _night, (1, 3), flash=True),
    "harbour": Scene(places.harbour, _over_water, _any_day, (0, 3)),
    "drone": Scene(places.village, _from_drone, _any_day, (0, 3), dust=True),
    "roofs": Scene(places.town, _on_roof, _any_day, (1, 4)),
}
