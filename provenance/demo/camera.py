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
    steps = np.geomspace(camera.near, camera.far, _STEPS, dtype=np.float32)
    aside = ((np.arange(width, dtype=np.float32) - width / 2) / (camera.focal * height))[None, :]
    rise = ((camera.horizon * height - np.arange(height)) / (camera.focal * height))[:, None]
    tops = _tops(world, camera, steps, aside)
    first = _first_step(tops, steps, camera, height)
    sky = first >= _STEPS
    first = np.minimum(first, _STEPS - 1)
    return _view(world, camera, steps, tops, first, sky, rise.astype(np.float32), aside)


def project(camera: Camera, place: tuple[float, float, float], width: int, height: int) -> Plane:
    """Column, row and distance of a place in the world (behind the camera: distance < 0)."""
    east, north = place[0] - camera.x, place[1] - camera.y
    ahead = east * np.sin(camera.yaw) + north * np.cos(camera.yaw)
    right = east * np.cos(camera.yaw) - north * np.sin(camera.yaw)
    depth = ahead if abs(ahead) > 0.1 else 0.1
    scale = camera.focal * height / depth
    column = width / 2 + right * scale
    row = camera.horizon * height - (place[2] - camera.eye) * scale
    return np.array([column, row, ahead], dtype=np.float32)


def _tops(world: World, camera: Camera, steps: Plane, aside: Plane) -> Plane:
    x, y = _places(camera, steps[:, None], aside)
    return world.height[_cells(y, world.cell), _cells(x, world.cell)]


def _places(camera: Camera, distance: Plane, aside: Plane) -> tuple[Plane, Plane]:
    sine, cosine = np.float32(np.sin(camera.yaw)), np.float32(np.cos(camera.yaw))
    x = np.float32(camera.x) + distance * (sine + aside * cosine)
    y = np.float32(camera.y) + distance * (cosine - aside * sine)
    return x, y


def _cells(metres: Plane, cell: float) -> NDArray[np.intp]:
    return np.floor(metres / np.float32(cell)).astype(np.intp) % SIDE


def _first_step(tops: Plane, steps: Plane, camera: Camera, height: int) -> NDArray[np.intp]:
    scale = (camera.focal * height / steps)[:, None].astype(np.float32)
    rows = np.float32(camera.horizon * height) + (np.float32(camera.eye) - tops) * scale
    covered = np.clip(np.ceil(rows), 0, height).astype(np.int32)
    covered = np.minimum.accumulate(covered, axis=0)
    columns = np.arange(covered.shape[1], dtype=np.int32)[None, :]
    flat = (covered * covered.shape[1] + columns).ravel()
    counts = np.bincount(flat, minlength=(height + 1) * covered.shape[1])
    reached = np.cumsum(counts.reshape(height + 1, -1), axis=0)[:height]
    return np.asarray(_STEPS - reached, dtype=np.intp)


def _view(
    world: World,
    camera: Camera,
    steps: Plane,
    tops: Plane,
    first: NDArray[np.intp],
    sky: NDArray[np.bool_],
    rise: Plane,
    aside: Plane,
) -> View:
    top = np.take_along_axis(tops, first, axis=0)
    distance = steps[first]
    up = np.float32(camera.eye) + rise * distance
    stride = steps[1] / steps[0] - 1
    sunk = distance * np.maximum(np.float32(0.004), stride * -rise * np.float32(1.1))
    wall = (top - up > np.float32(0.25) + sunk) & ~sky
    exact = _to_surface(top, camera, rise, distance)
    x, y = _places(camera, exact, aside)
    there = world.height[_cells(y, world.cell), _cells(x, world.cell)]
    distance = np.where(wall | (np.abs(there - top) > np.float32(0.3)), distance, exact)
    x, y = _places(camera, distance, aside)
    return View(
        distance=np.where(sky, np.float32(np.inf), distance),
        x=x,
        y=y,
        up=np.where(wall, up, top),
        row=_cells(y, world.cell),
        column=_cells(x, world.cell),
        wall=wall,
        sky=sky,
        rise=np.broadcast_to(rise, x.shape),
        aside=np.broadcast_to(aside, x.shape),
    )


def _to_surface(top: Plane, camera: Camera, rise: Plane, distance: Plane) -> Plane:
    """Where the ray truly meets a level surface: else ground shows the march as bands."""
    exact = (top - np.float32(camera.eye)) / np.minimum(rise, np.float32(-1e-4))
    return np.asarray(np.clip(exact, distance * np.float32(0.985), distance))
