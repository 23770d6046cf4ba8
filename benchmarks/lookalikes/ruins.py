"""Before and after: one facade or street, later with a part of it destroyed."""

from __future__ import annotations

import copy
from dataclasses import replace

import cv2
import numpy as np

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of
from benchmarks.lookalikes.photographs import blob, exposed, filling, one, pasted, seen_from
from provenance.demo import hour, light, places, stand
from provenance.demo.camera import look
from provenance.demo.film import Film, develop
from provenance.demo.site import Site
from provenance.demo.sky import sky
from provenance.demo.surface import surface
from provenance.demo.world import rubble

VARIANTS = (
    "facade, a corner gone",
    "facade, half gone",
    "facade, windows broken and soot",
    "facade, a corner gone, another stand",
    "street, another hour",
    "street, another hour, rubble",
)
SIZE = (720, 480)


def before_after(number: int, random: Random, photos: Photos) -> Pair:
    """The place whole, and what was left."""
    variant = variant_of(VARIANTS, number)
    if variant.startswith("street"):
        before, after = _street(random, destroyed=variant.endswith("rubble"))
        return finished(after, before, variant, random)
    wall = again(random)
    before = _facade(wall(), photos)
    after = _damaged(before, variant, random, photos)
    if variant.endswith("stand"):
        shift = random.uniform(-30, 30, 2)
        after = seen_from(after, (float(shift[0]), float(shift[1])), random.uniform(1.02, 1.12))
    lit = [exposed(each, random, 0.12, random.uniform(2, 5)) for each in (after, before)]
    return finished(lit[0], lit[1], variant, random)


def _facade(wall: Random, photos: Photos) -> Rgb:
    """Plaster with the grain of a photograph, rows of windows that differ a little."""
    width, height = SIZE
    grain = filling(one(photos, wall), width, height).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), 1.2) - cv2.GaussianBlur(grain, (0, 0), 20)
    scene = np.clip(wall.uniform(120, 205, 3) + grain * 0.5, 0, 255)
    wide, high = int(wall.integers(56, 90)), int(wall.integers(76, 110))
    for top in range(24, height - high, high):
        for left in range(20, width - wide, wide):
            glass = wall.uniform(20, 110, 3)
            x, y = left + int(0.42 * wide), top + int(0.6 * high)
            scene[top - 4 : y + 4, left - 4 : x + 4] = wall.uniform(200, 245)
            scene[top:y, left:x] = glass
            scene[top:y, left + (x - left) // 2 : left + (x - left) // 2 + 3] = 225
            if wall.random() < 0.4:
                drop = int(wall.uniform(0.1, 0.8) * (y - top))
                scene[top : top + drop, left:x] = wall.uniform(150, 230, 3)
    return np.asarray(scene, np.uint8)


def _damaged(before: Rgb, variant: str, random: Random, photos: Photos) -> Rgb:
    width, height = SIZE
    after = before
    if "windows" in variant:
        for _ in range(int(random.integers(5, 10))):
            wide, high = (int(v) for v in random.integers(40, 110, 2))
            mask = blob(random, wide, high) * np.float32(random.uniform(0.6, 1))
            place = random.uniform(0, 1, 2) * (width - wide, height - high)
            soot = (random.normal(25, 12, (high, wide, 3))).clip(0, 255).astype(np.uint8)
            after = pasted(after, soot, mask, *place)
        return after
    share = 0.75 if "half" in variant else 0.45
    wide, high = int(width * share), int(height * (share + 0.1))
    mask = blob(random, wide, high)
    left = random.choice([-0.15 * wide, width - 0.85 * wide])
    stones = filling(one(photos, random), wide, high)
    stones = np.asarray(stones * 0.5 + random.normal(60, 25, stones.shape), np.float64)
    return pasted(
        after, np.clip(stones, 0, 255).astype(np.uint8), mask, left, 0.95 * (height - high)
    )


def _street(random: Random, *, destroyed: bool) -> tuple[Rgb, Rgb]:
    """A drawn street by two lights; the second time with rubble in it."""
    world = places.town(random)
    camera = stand.in_street(random, world)
    hours = [hour.day(random, camera.yaw), hour.any_day(random, camera.yaw)]
    later = copy.deepcopy(world)
    if destroyed:
        for _ in range(10):
            away, aside = random.uniform(14, 50), random.uniform(-16, 10)
            x = camera.x + away * np.sin(camera.yaw) + aside * np.cos(camera.yaw)
            y = camera.y + away * np.cos(camera.yaw) - aside * np.sin(camera.yaw)
            rubble(later, random, x, y, random.uniform(6, 14))
    film = Film(random.uniform(0.6, 0.75), 0.0, 1.05, 1.0, 2.5, 0.2)
    return (
        _shot(Site(world, camera, hours[0], SIZE), film, random),
        _shot(
            Site(later, replace(camera, x=camera.x + random.uniform(-0.3, 0.3)), hours[1], SIZE),
            film,
            random,
        ),
    )


def _shot(site: Site, film: Film, random: Random) -> Rgb:
    view = look(site.world, site.camera, *site.size)
    lit = light.shade(site.world, view, site.hour, [], surface(site.world, view, site.hour, random))
    air = light.air(lit, view, site.hour, sky(view, site.camera, site.hour, random))
    return np.asarray(develop(air, film, random), np.uint8)
