"""A piece of ground with everything that stands on it, as maps seen from above.

A world is a square of cells that repeats endlessly. Heights are metres, albedo is the
share of light given back (red, green, blue, 0..1). Whatever is built is a raised block of
cells: seen from the side its walls are drawn by the camera, with windows where the block
is a house.
"""

# ruff: noqa: PLR2004
# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.demo.noise import Plane, fractal

SIDE = 768
"""Cells across a world."""

Colour = tuple[float, float, float]


def rgb(colour: Colour) -> Plane:
    """A colour as an array of shape (3,), to be laid over pictures."""
    return np.array(colour, dtype=np.float32)


class Kind(IntEnum):
    """What a cell is made of."""

    GROUND = 0
    ROAD = 1
    HOUSE = 2
    BLOCK = 3
    GREEN = 4
    WATER = 5


@dataclass(frozen=True, slots=True)
class Climate:
    """The colours of a place: bare earth, what grows on it, streets, walls of houses."""

    earth: Colour
    growth: Colour
    street: Colour
    walls: tuple[Colour, ...]
    lushness: float


CLIMATES = (
    Climate(
        (0.56, 0.46, 0.33),
        (0.36, 0.35, 0.20),
        (0.34, 0.32, 0.30),
        ((0.66, 0.58, 0.46), (0.72, 0.66, 0.56), (0.58, 0.49, 0.38), (0.63, 0.60, 0.56)),
        0.25,
    ),
    Climate(
        (0.38, 0.31, 0.22),
        (0.22, 0.29, 0.12),
        (0.24, 0.24, 0.25),
        ((0.62, 0.57, 0.50), (0.55, 0.34, 0.27), (0.70, 0.69, 0.66), (0.50, 0.50, 0.48)),
        0.75,
    ),
    Climate(
        (0.44, 0.42, 0.39),
        (0.27, 0.28, 0.20),
        (0.28, 0.28, 0.29),
        ((0.56, 0.56, 0.55), (0.48, 0.47, 0.46), (0.66, 0.62, 0.55), (0.42, 0.45, 0.48)),
        0.45,
    ),
    Climate(
        (0.62, 0.38, 0.25),
        (0.33, 0.30, 0.15),
        (0.36, 0.30, 0.26),
        ((0.74, 0.66, 0.55), (0.62, 0.44, 0.33), (0.70, 0.52, 0.38), (0.76, 0.74, 0.70)),
        0.35,
    ),
)

VEHICLES: tuple[Colour, ...] = (
    (0.72, 0.72, 0.70),
    (0.12, 0.13, 0.15),
    (0.42, 0.10, 0.09),
    (0.16, 0.22, 0.36),
    (0.48, 0.45, 0.36),
    (0.30, 0.33, 0.24),
)


@dataclass(slots=True)
class World:
    """The maps, all (SIDE, SIDE); ``ident`` numbers the houses, 0 elsewhere."""

    cell: float
    climate: Climate
    height: Plane
    albedo: NDArray[np.floating]
    kind: NDArray[np.uint8]
    ident: NDArray[np.int32]
    base: Plane
    lamps: list[tuple[float, float, float]] = field(default_factory=list)
    houses: int = 0

    def cells(self, metres: float) -> int:
        """How many cells a length takes, at least one."""
        return max(1, round(metres / self.cell))

    def ground_at(self, x: float, y: float) -> float:
        """Height of the bare ground at a place in metres."""
        return float(self.base[self._cell(y), self._cell(x)])

    def wet_at(self, x: float, y: float) -> bool:
        """Whether there is water at a place."""
        return bool(self.kind[self._cell(y), self._cell(x)] == Kind.WATER)

    def street_at(self, x: float, y: float) -> bool:
        """Whether a place lies on a roadway."""
        return bool(self.kind[self._cell(y), self._cell(x)] == Kind.ROAD)

    def built_at(self, x: float, y: float) -> bool:
        """Whether something already stands within two metres of a place."""
        return self.top_at(x, y, 2.0) - self.ground_at(x, y) > 0.5

    def top_at(self, x: float, y: float, reach: float) -> float:
        """Greatest height within ``reach`` metres of a place."""
        span = np.arange(-self.cells(reach), self.cells(reach) + 1)
        rows, columns = (self._cell(y) + span) % SIDE, (self._cell(x) + span) % SIDE
        return float(self.height[np.ix_(rows, columns)].max())

    def block(self, x: float, y: float, size: tuple[float, float, float], colour: Colour) -> None:
        """Set a block of (width, depth, height) metres with its corner at x, y on the ground."""
        rows, columns = self._area(x, y, size[0], size[1])
        area = np.ix_(rows, columns)
        self.height[area] = self.height[area].max() + size[2]
        self.albedo[area] = colour
        self.kind[area] = Kind.BLOCK
        self.ident[area] = 0

    def house(self, x: float, y: float, size: tuple[float, float, float], colour: Colour) -> None:
        """Set a house with a low rim round its flat roof; walls get windows when drawn."""
        self.houses += 1
        rows, columns = self._area(x, y, size[0], size[1])
        area = np.ix_(rows, columns)
        roof = self.base[area].mean() + size[2]
        self.height[area] = roof + 0.7
        self.height[np.ix_(rows[2:-2], columns[2:-2])] = roof
        self.albedo[area] = tuple(0.55 * channel + 0.17 for channel in colour)
        self.kind[area] = Kind.HOUSE
        self.ident[area] = self.houses

    def paint(
        self, x: float, y: float, size: tuple[float, float], colour: Colour, kind: Kind
    ) -> None:
        """Colour a rectangle of (width, depth) metres without raising it."""
        area = np.ix_(*self._area(x, y, size[0], size[1]))
        self.albedo[area] = self.albedo[area] * 0.15 + np.float32(0.85) * rgb(colour)
        self.kind[area] = kind

    def _area(self, x: float, y: float, width: float, depth: float) -> tuple[Any, Any]:
        rows = (self._cell(y) + np.arange(self.cells(depth))) % SIDE
        columns = (self._cell(x) + np.arange(self.cells(width))) % SIDE
        return rows, columns

    def _cell(self, metres: float) -> int:
        return int(metres / self.cell) % SIDE


def bare(rng: np.random.Generator, *, cell: float, relief: float, climate: Climate) -> World:
    """Open ground with ``relief`` metres of deviation, growth in patches, stones and grit."""
    relief_map = _enlarged(fractal(rng, SIDE // 4, coarse=3, falloff=0.42)) * np.float32(relief)
    grit = fractal(rng, SIDE, coarse=6, falloff=0.78)
    patches = _enlarged(fractal(rng, SIDE // 4, coarse=6, falloff=0.62))
    grown = _smooth_step(patches + np.float32(2.2 * climate.lushness - 1.1))[..., None]
    albedo = rgb(climate.earth) * (1 - grown) + rgb(climate.growth) * grown
    albedo = albedo * (1 + np.float32(0.16) * grit[..., None])
    return World(
        cell=cell,
        climate=climate,
        height=relief_map.copy(),
        albedo=np.clip(albedo, 0.02, 0.95).astype(np.float32),
        kind=np.zeros((SIDE, SIDE), np.uint8),
        ident=np.zeros((SIDE, SIDE), np.int32),
        base=relief_map,
    )


def _enlarged(field: Plane) -> Plane:
    """A quarter-size field that joins at its edges, brought to the size of a world."""
    padded = cv2.copyMakeBorder(field, 2, 2, 2, 2, cv2.BORDER_WRAP)
    large = cv2.resize(padded, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    return np.ascontiguousarray(large[8:-8, 8:-8])


def _smooth_step(values: Plane) -> Plane:
    share = np.clip(values * np.float32(0.9) + np.float32(0.5), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), dtype=np.float32)


def rubble(world: World, rng: np.random.Generator, x: float, y: float, reach: float) -> None:
    """Heap broken stone over a place: a rough mound of ``reach`` metres across."""
    side = world.cells(reach)
    rows = (int(y / world.cell) + np.arange(side)) % SIDE
    columns = (int(x / world.cell) + np.arange(side)) % SIDE
    mound = cv2.getGaussianKernel(side, side / 5.0) @ cv2.getGaussianKernel(side, side / 5.0).T
    mound = (mound / mound.max()).astype(np.float32)
    stones = cv2.resize(rng.random((side // 2 + 1,) * 2, dtype=np.float32), (side, side))
    area = np.ix_(rows, columns)
    world.height[area] += mound * (0.4 + 2.2 * stones) * np.float32(min(2.0, reach / 8))
    tone = rgb((0.46, 0.43, 0.39)) * (0.5 + stones[..., None])
    share = np.clip(mound * 1.6, 0, 1)[..., None]
    world.albedo[area] = world.albedo[area] * (1 - share) + tone * share


def crater(world: World, x: float, y: float, reach: float) -> None:
    """Sink a hole of ``reach`` metres across with a scorched rim."""
    side = world.cells(reach)
    rows = (int(y / world.cell) + np.arange(side)) % SIDE
    columns = (int(x / world.cell) + np.arange(side)) % SIDE
    across = np.linspace(-1, 1, side, dtype=np.float32)
    distance = np.hypot(across[:, None], across[None, :])
    area = np.ix_(rows, columns)
    bowl = np.where(distance < 0.6, (distance / 0.6) ** 2 - 1, 0.45 * np.maximum(0, 1 - distance))
    world.height[area] += (bowl * np.float32(reach * 0.16)).astype(np.float32)
    scorch = np.float32(0.75) * np.clip(1.15 - distance, 0, 1)[..., None]
    world.albedo[area] *= 1 - scorch


def vehicle(world: World, rng: np.random.Generator, x: float, y: float, *, along_x: bool) -> None:
    """Park a box of a car or lorry with its cabin; ``along_x`` says which way it stands."""
    colour = VEHICLES[int(rng.integers(len(VEHICLES)))]
    long, wide, tall = (7.5, 2.5, 1.5) if rng.random() < 0.3 else (4.3, 1.9, 0.95)
    inset = long * rng.uniform(0.15, 0.4)
    body = (long, wide, tall) if along_x else (wide, long, tall)
    world.block(x, y, body, colour)
    dark: Colour = (0.08, 0.09, 0.10)
    if along_x:
        world.block(x + inset, y + 0.2, (long * 0.42, wide - 0.4, tall * 0.7), dark)
    else:
        world.block(x + 0.2, y + inset, (wide - 0.4, long * 0.42, tall * 0.7), dark)


def bush(world: World, rng: np.random.Generator, x: float, y: float, size: float) -> None:
    """Grow a round, ragged crown of ``size`` metres across."""
    side = world.cells(size)
    rows = (int(y / world.cell) + np.arange(side)) % SIDE
    columns = (int(x / world.cell) + np.arange(side)) % SIDE
    across = np.linspace(-1, 1, side, dtype=np.float32)
    round_ = np.sqrt(np.maximum(0, 1 - across[:, None] ** 2 - across[None, :] ** 2))
    ragged = round_ * (0.55 + 0.6 * rng.random((side, side), dtype=np.float32))
    area = np.ix_(rows, columns)
    grown = round_ > 0.2
    crown = (world.base[area] + ragged * np.float32(size * 0.9))[grown]
    world.height[area] = _put(world.height[area], grown, crown)
    shade = rng.uniform(0.7, 1.2) * (0.6 + 0.5 * ragged[grown])[:, None]
    world.albedo[area] = _put(world.albedo[area], grown, rgb(world.climate.growth) * shade)
    world.kind[area] = _put(world.kind[area], grown, np.uint8(Kind.GREEN))


def _put(values: NDArray[Any], where: NDArray[np.bool_], new: Any) -> NDArray[Any]:
    changed = values.copy()
    changed[where] = new
    return changed
