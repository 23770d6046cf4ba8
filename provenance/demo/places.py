"""The kinds of places that are drawn, each built onto bare ground."""

# ruff: noqa: PLR2004
# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from provenance.demo.facade import FLOOR_HEIGHT
from provenance.demo.world import (
    CLIMATES,
    SIDE,
    Climate,
    Colour,
    Kind,
    World,
    bare,
    bush,
    crater,
    rgb,
    rubble,
    vehicle,
)

Builder = Callable[[np.random.Generator], World]

CONTAINERS: tuple[Colour, ...] = (
    (0.48, 0.16, 0.11),
    (0.15, 0.27, 0.42),
    (0.60, 0.44, 0.12),
    (0.18, 0.34, 0.25),
    (0.62, 0.61, 0.58),
    (0.36, 0.30, 0.27),
)
STREET_WIDTH = 13.0


def town(rng: np.random.Generator) -> World:
    """Streets on a grid, houses of one to nine floors, cars, trees, some rubble."""
    world = bare(rng, cell=0.38, relief=0.25, climate=_climate(rng))
    across = SIDE * world.cell
    blocks = int(rng.integers(4, 6))
    period = across / blocks
    for row in range(blocks):
        for column in range(blocks):
            _city_block(world, rng, column * period, row * period, period)
    _streets(world, rng, blocks, period)
    return world


def base(rng: np.random.Generator) -> World:
    """A walled camp on open ground: tents, containers, vehicles in rows, craters."""
    world = bare(rng, cell=0.45, relief=rng.uniform(0.6, 2.0), climate=_climate(rng))
    _level(world, 90, 90, 190)
    _perimeter(world, 90, 90, 180)
    for row in range(5):
        _camp_row(world, rng, 104, 104 + row * 33)
    for _ in range(int(rng.integers(3, 9))):
        crater(world, rng.uniform(60, 290), rng.uniform(60, 290), rng.uniform(5, 12))
    _scatter_bushes(world, rng, 120)
    return world


def hills(rng: np.random.Generator) -> World:
    """Rolling country with a track, fields, walls and a hamlet."""
    world = bare(rng, cell=0.65, relief=rng.uniform(7, 15), climate=_climate(rng))
    _fields(world, rng)
    for _ in range(int(rng.integers(14, 34))):
        x, y = rng.uniform(120, 400, 2)
        ground = (rng.uniform(7, 15), rng.uniform(7, 13))
        _house(world, rng, x, y, ground, floors=int(rng.integers(1, 4)))
    _scatter_bushes(world, rng, 480)
    return world


def harbour(rng: np.random.Generator) -> World:
    """Water, a quay with stacked containers, sheds, cranes and ships."""
    world = bare(rng, cell=0.52, relief=0.2, climate=_climate(rng))
    across = SIDE * world.cell
    edge = across * rng.uniform(0.34, 0.5)
    world.height[: world.cells(edge)] = world.base[: world.cells(edge)] = -3.0
    world.kind[: world.cells(edge)] = Kind.WATER
    world.paint(0, edge, (across, across - edge), world.climate.street, Kind.ROAD)
    _stacks(world, rng, edge + 16, across)
    for berth in range(3):
        if rng.random() < 0.8:
            _ship(world, rng, berth * 135 + rng.uniform(0, 20), edge - rng.uniform(22, 80))
    return world


def village(rng: np.random.Generator) -> World:
    """Low houses in walled yards along winding tracks; seen from high above."""
    world = bare(rng, cell=0.5, relief=1.2, climate=_climate(rng))
    across = SIDE * world.cell
    step = rng.uniform(24, 34)
    for row in range(int(across / step)):
        for column in range(int(across / step)):
            if rng.random() < 0.72:
                _yard(world, rng, column * step, row * step, step)
    _tracks(world, rng)
    _scatter_bushes(world, rng, 260)
    for _ in range(int(rng.integers(1, 6))):
        crater(world, rng.uniform(0, across), rng.uniform(0, across), rng.uniform(6, 16))
    return world


def _climate(rng: np.random.Generator) -> Climate:
    return CLIMATES[int(rng.integers(len(CLIMATES)))]


def _wall_colour(world: World, rng: np.random.Generator) -> Colour:
    red, green, blue = world.climate.walls[int(rng.integers(len(world.climate.walls)))]
    tint = rng.uniform(0.82, 1.16)
    return (red * tint, green * tint, blue * tint)


def _house(
    world: World,
    rng: np.random.Generator,
    x: float,
    y: float,
    ground: tuple[float, float],
    *,
    floors: int,
) -> None:
    colour = _wall_colour(world, rng)
    width, depth = ground
    world.house(x, y, (width, depth, floors * FLOOR_HEIGHT + 0.4), colour)
    for _ in range(int(rng.integers(1, 5))):
        size = (rng.uniform(0.9, 3.2), rng.uniform(0.9, 3.0), rng.uniform(0.6, 2.4))
        tone = float(rng.uniform(0.25, 0.75))
        at = rng.uniform(0.15, 0.7, 2)
        world.block(x + at[0] * width, y + at[1] * depth, size, (tone, tone, tone * 0.96))


def _city_block(
    world: World, rng: np.random.Generator, left: float, top: float, period: float
) -> None:
    inner = period - STREET_WIDTH - 5
    start = STREET_WIDTH / 2 + 2.5
    share = rng.uniform(0.3, 0.44)
    for row in (0.0, 1 - share):
        along = 0.0
        while along < inner - 9:
            width = min(rng.uniform(10, 22), inner - along)
            spot = (left + start + along, top + start + row * inner + rng.uniform(0, 1.5))
            _plot(world, rng, spot, (width, inner * share))
            along += width + (rng.uniform(2, 6) if rng.random() < 0.22 else 0.0)


def _plot(
    world: World, rng: np.random.Generator, spot: tuple[float, float], size: tuple[float, float]
) -> None:
    luck = rng.random()
    if luck < 0.07:
        rubble(world, rng, spot[0], spot[1], min(size) * 1.1)
    elif luck < 0.13:
        _grove(world, rng, spot, size)
    else:
        _house(world, rng, spot[0], spot[1], size, floors=int(rng.integers(2, 8)))


def _grove(
    world: World, rng: np.random.Generator, spot: tuple[float, float], size: tuple[float, float]
) -> None:
    for _ in range(6):
        x, y = spot[0] + rng.uniform(0, size[0]), spot[1] + rng.uniform(0, size[1])
        bush(world, rng, x, y, rng.uniform(2.5, 5.5))


def _streets(world: World, rng: np.random.Generator, blocks: int, period: float) -> None:
    across = SIDE * world.cell
    for line in range(blocks):
        middle = line * period
        for along_x in (True, False):
            _street(world, middle, across, along_x=along_x)
        for _ in range(int(rng.integers(24, 60))):
            _park(world, rng, middle, rng.uniform(0, across))
        for _ in range(int(rng.integers(10, 45))):
            _pavement(world, rng, middle, rng.uniform(0, across))
        for post in np.arange(9, across, 27):
            aside = middle + STREET_WIDTH / 2 + 0.8
            world.lamps += [(float(post), aside, 5.2), (aside, float(post), 5.2)]


def _street(world: World, middle: float, across: float, *, along_x: bool) -> None:
    half = STREET_WIDTH / 2
    pavement = tuple(0.5 * channel + 0.2 for channel in world.climate.street)
    stripes: list[tuple[float, float, Colour]] = [
        (middle - half - 4, STREET_WIDTH + 8, (pavement[0], pavement[1], pavement[2])),
        (middle - half, STREET_WIDTH, world.climate.street),
        (middle - half + 0.3, 0.3, (0.58, 0.57, 0.52)),
        (middle + half - 0.6, 0.3, (0.58, 0.57, 0.52)),
    ]
    for start, width, colour in stripes:
        spot = (0.0, start) if along_x else (start, 0.0)
        size = (across, width) if along_x else (width, across)
        world.paint(*spot, size, colour, Kind.GROUND if start < middle - half else Kind.ROAD)
    for dash in np.arange(0, across, 7.0):
        spot = (dash, middle) if along_x else (middle, dash)
        world.paint(*spot, (3.0, 0.3) if along_x else (0.3, 3.0), (0.72, 0.71, 0.66), Kind.ROAD)


def _park(world: World, rng: np.random.Generator, middle: float, along: float) -> None:
    side = STREET_WIDTH / 2 - 2.6 if rng.random() < 0.5 else -STREET_WIDTH / 2 + 0.5
    along_x = bool(rng.random() < 0.5)
    spot = (along, middle + side) if along_x else (middle + side, along)
    if not world.built_at(*spot):
        vehicle(world, rng, spot[0], spot[1], along_x=along_x)


def _pavement(world: World, rng: np.random.Generator, middle: float, along: float) -> None:
    """Trees, kiosks and low walls beside a street."""
    away = float(rng.choice([-1, 1])) * (STREET_WIDTH / 2 + rng.uniform(1.6, 3.4))
    spot = (along, middle + away) if rng.random() < 0.5 else (middle + away, along)
    if world.built_at(*spot) or world.street_at(*spot):
        return
    if rng.random() < 0.3 + 0.4 * world.climate.lushness:
        bush(world, rng, spot[0], spot[1], rng.uniform(1.8, 4.2))
    else:
        size = (rng.uniform(0.5, 2.2), rng.uniform(0.5, 2.2), rng.uniform(0.5, 2.6))
        world.block(spot[0], spot[1], size, _wall_colour(world, rng))


def _level(world: World, x: float, y: float, size: float) -> None:
    rows = slice(world.cells(y), world.cells(y + size))
    columns = slice(world.cells(x), world.cells(x + size))
    flat = world.base[rows, columns] * 0.15
    world.base[rows, columns] = flat
    world.height[rows, columns] = flat
    world.albedo[rows, columns] = world.albedo[rows, columns] * 0.6 + rgb(
        world.climate.earth
    ) * np.float32(0.42)


def _perimeter(world: World, x: float, y: float, size: float) -> None:
    earth = tuple(0.85 * channel for channel in world.climate.earth)
    colour: Colour = (earth[0], earth[1], earth[2])
    for step in np.arange(0, size, 3.0):
        gap = abs(step - size / 2) < 6
        for spot in ((x + step, y), (x + step, y + size), (x, y + step), (x + size, y + step)):
            if not (gap and spot[1] == y):
                world.block(*spot, (2.8, 2.8, 2.3), colour)
    for corner in ((x, y), (x + size, y), (x, y + size), (x + size, y + size)):
        world.block(*corner, (3.6, 3.6, 7.5), (0.36, 0.33, 0.28))


def _camp_row(world: World, rng: np.random.Generator, x: float, y: float) -> None:
    along = x
    kind = rng.random()
    while along < x + 145:
        if kind < 0.4:
            along += _tent(world, rng, along, y)
        elif kind < 0.7:
            along += _container(world, rng, along, y, int(rng.integers(1, 3)))
        else:
            vehicle(world, rng, along, y, along_x=False)
            along += rng.uniform(3.2, 6.5)
        along += rng.uniform(0, 9) if rng.random() < 0.15 else 0.0


def _tent(world: World, rng: np.random.Generator, x: float, y: float) -> float:
    tone = float(rng.uniform(0.85, 1.15))
    colour = (0.55 * tone, 0.51 * tone, 0.40 * tone)
    for step, rise in ((0.0, 1.9), (1.0, 0.6), (2.0, 0.6)):
        world.block(x + step, y, (7.0 - 2 * step, 14.0, rise), colour)
    return 9.5


def _container(world: World, rng: np.random.Generator, x: float, y: float, floors: int) -> float:
    for _ in range(floors):
        red, green, blue = CONTAINERS[int(rng.integers(len(CONTAINERS)))]
        world.block(x, y, (2.5, 12.2, 2.6), (red, green, blue))
    return 3.0


def _fields(world: World, rng: np.random.Generator) -> None:
    across = SIDE * world.cell
    for _ in range(26):
        width, depth = rng.uniform(25, 90, 2)
        mix = rng.random()
        colour = tuple(
            float(earth * (1 - mix) + growth * mix) * rng.uniform(0.85, 1.1)
            for earth, growth in zip(world.climate.earth, world.climate.growth, strict=True)
        )
        spot = rng.uniform(0, across, 2)
        _furrows(world, spot[0], spot[1], (width, depth), (colour[0], colour[1], colour[2]))
    world.paint(0, across * 0.5, (across, 4.0), (0.58, 0.52, 0.43), Kind.ROAD)


def _furrows(world: World, x: float, y: float, size: tuple[float, float], colour: Colour) -> None:
    world.paint(x, y, size, colour, Kind.GROUND)
    for furrow in np.arange(0, size[1], 3.0):
        dark = (colour[0] * 0.72, colour[1] * 0.72, colour[2] * 0.72)
        world.paint(x, y + furrow, (size[0], 0.9), dark, Kind.GROUND)


def _scatter_bushes(world: World, rng: np.random.Generator, most: int) -> None:
    across = SIDE * world.cell
    for _ in range(int(most * (0.2 + world.climate.lushness))):
        x, y = rng.uniform(0, across, 2)
        if world.kind[world.cells(y) % SIDE, world.cells(x) % SIDE] == Kind.GROUND:
            bush(world, rng, x, y, rng.uniform(1.5, 6.0))


def _stacks(world: World, rng: np.random.Generator, edge: float, across: float) -> None:
    for row in np.arange(edge, across - 40, 17.0):
        along = 0.0
        while along < across - 20:
            if rng.random() < 0.12:
                along += rng.uniform(6, 20)
            along += _container(world, rng, along, float(row), int(rng.integers(1, 5)))
    for x in np.arange(rng.uniform(20, 60), across, 95):
        for leg in (0.0, 9.0):
            world.block(float(x) + leg, edge + 3, (1.0, 1.0, 24), (0.55, 0.35, 0.12))


def _ship(world: World, rng: np.random.Generator, x: float, y: float) -> None:
    long, wide = rng.uniform(60, 110), rng.uniform(11, 17)
    tone = rng.uniform(0.1, 0.4)
    world.block(x, y, (long, wide, 5.5), (tone * 1.2, tone * 0.8, tone * 0.8))
    world.house(x + long * 0.06, y + 1.5, (long * 0.14, wide - 3, 15.0), (0.75, 0.74, 0.70))
    for spot in np.arange(x + long * 0.26, x + long * 0.9, 6.4):
        tint = CONTAINERS[int(rng.integers(len(CONTAINERS)))]
        world.block(float(spot), y + 1.2, (6.0, wide - 2.4, rng.uniform(1, 8)), tint)


def _yard(world: World, rng: np.random.Generator, left: float, top: float, step: float) -> None:
    x, y = left + rng.uniform(1, 5), top + rng.uniform(1, 5)
    size = step - rng.uniform(8, 12)
    tone = _wall_colour(world, rng)
    for spot, wall in (
        ((x, y), (size, 0.5)),
        ((x, y + size), (size, 0.5)),
        ((x, y), (0.5, size)),
        ((x + size, y), (0.5, size)),
    ):
        world.block(*spot, (*wall, 1.9), tone)
    ground = (rng.uniform(6, size * 0.7), rng.uniform(5, size * 0.6))
    _house(world, rng, x + 0.8, y + 0.8, ground, floors=int(rng.integers(1, 3)))


def _tracks(world: World, rng: np.random.Generator) -> None:
    across = SIDE * world.cell
    for _ in range(3):
        bend, phase, middle = rng.uniform(6, 22), rng.uniform(0, 6), rng.uniform(0, across)
        for x in np.arange(0, across, 1.0):
            y = middle + bend * np.sin(x / across * 2 * np.pi * 2 + phase)
            world.paint(float(x), float(y % across), (1.4, 5.0), (0.55, 0.49, 0.41), Kind.ROAD)
            if rng.random() < 0.02:
                vehicle(world, rng, float(x), float((y + 1) % across), along_x=True)
