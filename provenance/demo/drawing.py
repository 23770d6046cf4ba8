"""Photo-like pictures of places, drawn from a seed; no two seeds show the same place.

Every picture is rendered from a small world of its own (`world`, `places`), seen by a
camera (`camera`, `stand`), at an hour of the day (`hour`, `sky`, `surface`, `light`), with
fire and smoke where something burns (`fire`, `smoke`), and developed on film (`film`). The
same seed, scene and size give the same picture with the same NumPy and OpenCV.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from provenance.demo import fire, hour, light, places, stand
from provenance.demo.camera import Camera, look
from provenance.demo.film import Film, develop
from provenance.demo.hour import Hour
from provenance.demo.site import Site
from provenance.demo.sky import sky
from provenance.demo.smoke import rise
from provenance.demo.surface import surface
from provenance.demo.world import World

SIZE: Final = (960, 640)
"""Width and height of a picture when nobody asks for another."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A kind of picture: what is built, where the camera stands, when, what burns.

    ``plumes`` is the smallest number of fires and the first that is too many.
    """

    build: places.Builder
    stand: Callable[[np.random.Generator, World], Camera]
    hour: Callable[[np.random.Generator, float], Hour]
    plumes: tuple[int, int]
    flash: bool = False
    dust: bool = False


SCENES: Final[dict[str, Scene]] = {
    "street": Scene(places.town, stand.in_street, hour.any_day, (0, 3)),
    "camp": Scene(places.base, stand.before_camp, hour.any_day, (1, 4)),
    "hills": Scene(places.hills, stand.on_hill, hour.any_day, (0, 3)),
    "night": Scene(places.town, stand.on_roof, hour.night, (1, 3), flash=True),
    "harbour": Scene(places.harbour, stand.over_water, hour.any_day, (0, 3)),
    "drone": Scene(places.village, stand.from_drone, hour.any_day, (0, 3), dust=True),
    "roofs": Scene(places.town, stand.on_roof, hour.any_day, (1, 4)),
}


def draw(seed: int, scene: str | None = None, size: tuple[int, int] = SIZE) -> NDArray[np.uint8]:
    """A picture of shape (height, width, 3), 8-bit RGB.

    ``scene`` is one of :data:`SCENES`; without it the seed chooses. ``size`` is width and
    height in pixels.
    """
    names = list(SCENES)
    name = scene or names[seed % len(names)]
    rng = np.random.default_rng([seed, names.index(name)])
    kind = SCENES[name]
    world = kind.build(rng)
    camera = kind.stand(rng, world)
    site = Site(world, camera, kind.hour(rng, camera.yaw), size)
    return _photograph(kind, site, rng)


def _photograph(kind: Scene, site: Site, rng: np.random.Generator) -> NDArray[np.uint8]:
    """One exposure: what is seen, lit, burning, and then developed."""
    view = look(site.world, site.camera, *site.size)
    fires = [fire.place(site, rng) for _ in range(int(rng.integers(*kind.plumes)))]
    glows = fire.glows(site, fires, rng, flash=kind.flash)
    seen = surface(site.world, view, site.hour, rng)
    lit = light.shade(site.world, view, site.hour, glows, seen)
    picture = light.air(lit, view, site.hour, sky(view, site.camera, site.hour, rng))
    for place in sorted(fires, key=site.ahead, reverse=True):
        plume = fire.plume(site, place, rng, dust=kind.dust)
        picture = rise(picture, view.distance, plume, site.sun_side(), rng)
    if kind.flash:
        picture = fire.flash(picture, view, site, fires)
    return develop(picture, _film(site.hour, rng), rng)


def _film(at: Hour, rng: np.random.Generator) -> Film:
    return Film(
        exposure=float(rng.uniform(1.5, 2.2) if at.is_dark else rng.uniform(0.55, 0.75)),
        warmth=float(rng.uniform(-0.6, 0.7)),
        contrast=float(rng.uniform(0.96, 1.12)),
        colour=float(rng.uniform(0.85, 1.2)),
        grain=float(rng.uniform(4, 8) if at.is_dark else rng.uniform(1.5, 3.5)),
        bloom=0.55 if at.is_dark else 0.2,
    )
