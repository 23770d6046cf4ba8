"""Other days over one place: the same roofs and roads, other shadows, cars, clouds, ruins."""

from __future__ import annotations

import copy
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.edits.edited import Rgb
from benchmarks.lookalikes.pair import Pair, Photos, Random, again, finished, variant_of
from benchmarks.lookalikes.photographs import exposed, seen_from
from provenance.demo import places
from provenance.demo.noise import fractal
from provenance.demo.world import SIDE, Kind, World, crater, rubble, vehicle

VARIANTS = (
    "another hour",
    "minutes later",
    "another season",
    "some houses destroyed",
    "clouds between",
    "another flight, another hour",
    "minutes later, one house destroyed",
)
SUNLIT, SHADED = 1.0, 0.42
BUILDERS = (places.town, places.village, places.base, places.harbour)


@dataclass(frozen=True)
class Day:
    """Where the sun stands (radians; ``height`` is the tangent of its altitude), and the tone."""

    azimuth: float
    height: float
    tone: tuple[float, float, float] = (1.0, 1.0, 1.0)


def other_days(number: int, random: Random, _photos: Photos) -> Pair:
    """One place from above, twice."""
    variant = variant_of(VARIANTS, number)
    first = BUILDERS[int(random.integers(len(BUILDERS)))](random)
    then = copy.deepcopy(first)
    parked = again(random)
    cars = int(random.integers(10, 30))
    _traffic(first, random, cars, parked())
    _traffic(then, random, cars, parked())
    if "destroyed" in variant:
        _struck(then, random, 1 if "one house" in variant else int(random.integers(3, 9)))
    day = Day(random.uniform(0, 6.28), random.uniform(0.5, 1.5))
    other = _later(day, random, variant)
    area = random.integers(0, SIDE - 460, 2)
    one, second = (_seen(world, sun, area) for world, sun in ((first, day), (then, other)))
    if variant.startswith("clouds"):
        second = _clouded(second, random)
    if "another flight" in variant:
        shift = random.uniform(-20, 20, 2)
        second = seen_from(
            second,
            (float(shift[0]), float(shift[1])),
            random.uniform(1, 1.08),
            random.uniform(-9, 9),
        )
    lit = [exposed(each, random, 0.05, 3) for each in (one, second)]
    return finished(lit[0], lit[1], variant, random)


def _later(day: Day, random: Random, variant: str) -> Day:
    """Minutes turn the sun by a degree or two, hours by a lot."""
    if variant.startswith("minutes"):
        return Day(
            day.azimuth + random.uniform(0.01, 0.05), day.height * random.uniform(0.96, 1.04)
        )
    tone = (1.0, 1.0, 1.0)
    if variant.endswith("season"):
        red, green, blue = random.uniform(0.7, 1.25, 3)
        tone = (float(red), float(green), float(blue))
    return Day(day.azimuth + random.uniform(0.3, 2.5), random.uniform(0.4, 1.6), tone)


def _traffic(world: World, random: Random, moving: int, parked: Random) -> None:
    """Cars: some stand where they stood, others are other cars elsewhere."""
    for source, count in ((parked, moving // 2), (random, moving)):
        roads = np.argwhere(world.kind == Kind.ROAD)
        if not len(roads):
            roads = np.argwhere(world.kind == Kind.GROUND)
        for row, column in roads[source.integers(len(roads), size=count)]:
            along = bool(source.random() < 0.5)
            vehicle(world, source, column * world.cell, row * world.cell, along_x=along)


def _struck(world: World, random: Random, count: int) -> None:
    """Houses that stand no more."""
    built = np.argwhere(world.height - world.base > 2.0)
    for row, column in built[random.integers(len(built), size=count)]:
        x, y = column * world.cell, row * world.cell
        reach = random.uniform(14, 26)
        area = np.ix_(*((np.arange(-14, 15) + at) % SIDE for at in (row, column)))
        world.height[area] = world.base[area]
        crater(world, x - reach / 2, y - reach / 2, reach)
        rubble(world, random, x - reach / 2, y - reach / 2, reach)


def _seen(world: World, day: Day, area: np.ndarray) -> Rgb:
    """From straight above: colour times light, shadows cast by what is higher."""
    height = world.height.astype(np.float32)
    step = np.array([np.cos(day.azimuth), np.sin(day.azimuth)])
    lit = np.ones_like(height)
    for reach in range(1, 46):
        moved = cv2.warpAffine(
            height,
            np.array([[1, 0, step[0] * reach], [0, 1, step[1] * reach]]),
            (SIDE, SIDE),
            borderMode=cv2.BORDER_WRAP,
        )
        lit[moved - reach * world.cell * day.height > height + 0.15] = SHADED
    slope = np.gradient(height)[1] * step[0] + np.gradient(height)[0] * step[1]
    shine = np.clip(1 - 0.35 * slope / world.cell, 0.6, 1.3)
    light = cv2.GaussianBlur(lit, (0, 0), 0.7) * shine
    colour = world.albedo * light[..., None] * np.array(day.tone) * 1.5
    top, left = (int(v) for v in area)
    view = np.clip(colour, 0, 1)[top : top + 460, left : left + 460] ** (1 / 1.9) * 255
    return np.asarray(cv2.resize(view.astype(np.uint8), (640, 640), interpolation=cv2.INTER_CUBIC))


def _clouded(view: Rgb, random: Random) -> Rgb:
    """Thin cloud over a fifth to a third."""
    field = fractal(random, 1024, coarse=4, falloff=0.45)[:640, :640]
    share = np.clip((field - 0.5) * 0.8, 0, 0.85)[..., None]
    return np.asarray(view * (1 - share) + 235 * share, np.uint8)
