"""What a camera standing in a world sees: one ray a pixel, all columns at once.

The ground is marched from near to far in steps that grow with the distance, as in the
"voxel space" of NovaLogic's Comanche (1992): for each column of the picture the highest
row covered so far only ever rises, so the first step that covers a pixel is a count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from provenance.demo.noise import Plane
from provenance.demo.world import SIDE, World

_STEPS = 620


@dataclass(frozen=True, slots=True)
class Camera:
    """Where it stands (metres), where it looks (radians, 0 is along y) and its lens.

    ``eye`` is the absolute height of the lens, ``focal`` the focal length in picture
    heights, ``horizon`` the row of the horizon as a share of the height, 0 at the top. The
    march goes from ``near`` to ``far`` metres.
    """

    x: float
    y: float
    eye: float
    yaw: float
    focal: float
    horizon: float
    near: float
    far: float


@dataclass(frozen=True, slots=True)
class View:
    """What every pixel shows; all maps (height, width).

    ``distance`` metres along the axis, infinite for sky; ``x``, ``y`` the place in the
    world; ``up`` its height; ``row``, ``column`` its cell; ``wall`` whether a side of
    something is seen; ``rise`` the slope of the ray above the horizon, ``aside`` its
    slope to the right.
    """

    distance: Plane
    x: Plane
    y: Plane
    up: Plane
    row: NDArray[np.intp]
    column: NDArray[np.intp]
    wall: NDArray[np.bool_]
    sky: NDArray[np.bool_]
    rise: Plane
    aside: Plane


def look(world: World, camera: Camera, width: int, height: int) -> View:
    """March through the world and say for every pixel what it shows."""
    march = _march(world, camera, width, height)
    first = _first_step(march, camera, height)
    sky = first >= _STEPS
    return _view(world, camera, march, np.minimum(first, _STEPS - 1), sky)


def project(camera: Camera, place: tuple[float, float, float], width: int, height: int) -> Plane:
    """Column, row and distance of a place in the world (behind the camera: distance < 0)."""
    east, north = place[0] - camera.x, place[1] - camera.y
    ahead = east * np.sin(camera.yaw) + north * np.cos(camera.yaw)
    right = east * np.cos(camera.yaw) - north * np.sin(camera.yaw)
    depth = max(abs(ahead), 0.1)
    scale = camera.focal * height / depth
    column = width / 2 + right * scale
    row = camera.horizon * height - (place[2] - camera.eye) * scale
    return np.array([column, row, ahead], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _March:
    """``steps`` (n,) metres; ``tops`` (n, width) heights there; slopes of the rays."""

    steps: Plane
    tops: Plane
    rise: Plane
    aside: Plane


def _march(world: World, camera: Camera, width: int, height: int) -> _March:
    steps = np.geomspace(camera.near, camera.far, _STEPS, dtype=np.float32)
    lens = np.float32(camera.focal * height)
    aside = ((np.arange(width, dtype=np.float32) - width / 2) / lens)[None, :]
    level = np.float32(camera.horizon * height)
    rise = ((level - np.arange(height, dtype=np.float32)) / lens)[:, None]
    x, y = _places(camera, steps[:, None], aside)
    return _March(steps, _heights(world, x, y), rise, aside)


def _places(camera: Camera, distance: Plane, aside: Plane) -> tuple[Plane, Plane]:
    sine, cosine = np.float32(np.sin(camera.yaw)), np.float32(np.cos(camera.yaw))
    x = np.float32(camera.x) + distance * (sine + aside * cosine)
    y = np.float32(camera.y) + distance * (cosine - aside * sine)
    return x, y


def _heights(world: World, x: Plane, y: Plane) -> Plane:
    return np.asarray(world.height[_cells(y, world.cell), _cells(x, world.cell)])


def _cells(metres: Plane, cell: float) -> NDArray[np.intp]:
    return np.asarray(np.floor(metres / np.float32(cell)).astype(np.intp) % SIDE)


def _first_step(march: _March, camera: Camera, height: int) -> NDArray[np.intp]:
    """The step at which each pixel is first covered; ``_STEPS`` for sky."""
    scale = (camera.focal * height / march.steps)[:, None].astype(np.float32)
    rows = np.float32(camera.horizon * height) + (np.float32(camera.eye) - march.tops) * scale
    covered = np.clip(np.ceil(rows), 0, height).astype(np.int32)
    covered = np.minimum.accumulate(covered, axis=0)
    width = covered.shape[1]
    flat = (covered * width + np.arange(width, dtype=np.int32)[None, :]).ravel()
    counts = np.bincount(flat, minlength=(height + 1) * width).reshape(height + 1, width)
    return np.asarray(_STEPS - np.cumsum(counts, axis=0)[:height], dtype=np.intp)


def _view(
    world: World,
    camera: Camera,
    march: _March,
    first: NDArray[np.intp],
    sky: NDArray[np.bool_],
) -> View:
    top, distance = np.take_along_axis(march.tops, first, axis=0), march.steps[first]
    up = np.float32(camera.eye) + march.rise * distance
    wall = (top - up > _sunk(march, distance)) & ~sky
    distance = np.where(wall, distance, _settled(world, camera, march, top, distance))
    x, y = _places(camera, distance, march.aside)
    return View(
        distance=np.where(sky, np.float32(np.inf), distance),
        x=x,
        y=y,
        up=np.where(wall, up, top),
        row=_cells(y, world.cell),
        column=_cells(x, world.cell),
        wall=wall,
        sky=sky,
        rise=np.broadcast_to(march.rise, x.shape),
        aside=np.broadcast_to(march.aside, x.shape),
    )


def _sunk(march: _March, distance: Plane) -> Plane:
    """How far below its top a thing may be met before it is a wall: one step's descent."""
    stride = march.steps[1] / march.steps[0] - 1
    descent = np.maximum(np.float32(0.004), stride * -march.rise * np.float32(1.1))
    return np.asarray(np.float32(0.25) + distance * descent)


def _settled(world: World, camera: Camera, march: _March, top: Plane, distance: Plane) -> Plane:
    """Where the ray truly meets level ground: else ground shows the march as bands.

    Where something else stands at that point, the step itself is kept.
    """
    exact = (top - np.float32(camera.eye)) / np.minimum(march.rise, np.float32(-1e-4))
    exact = np.clip(exact, distance * np.float32(0.985), distance)
    there = _heights(world, *_places(camera, exact, march.aside))
    return np.asarray(np.where(np.abs(there - top) > np.float32(0.3), distance, exact))
