"""The walls of houses: plaster, windows, ledges, lights; all from the numbers of the house."""

# ruff: noqa: PLR2004
# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.demo.camera import View
from provenance.demo.hour import Hour
from provenance.demo.noise import Plane, hashed
from provenance.demo.world import World, rgb

FLOOR_HEIGHT = 3.1
WINDOW_WIDTH = 2.7

Colours = NDArray[np.floating]
"""n colours, (n, 3)."""


@dataclass(frozen=True, slots=True)
class Walls:
    """The n pixels that show the wall of a house.

    ``number`` of the house; ``u``, ``v`` (0..1) where in its bay and floor a pixel lies;
    ``lot`` a number in [0, 1) that all pixels of one bay and floor share; ``paints`` the
    colours of walls in this climate.
    """

    number: NDArray[np.int64]
    u: Plane
    v: Plane
    lot: Plane
    paints: Colours


def walls_of(world: World, view: View, where: NDArray[np.bool_]) -> Walls:
    """Bays and floors of the walls seen ``where`` (height, width)."""
    number = world.ident[view.row, view.column][where].astype(np.int64)
    sideways = faces_x(world)[view.row, view.column][where]
    along = np.where(sideways, view.y[where], view.x[where])
    above = view.up[where] - world.base[view.row, view.column][where]
    pitch = WINDOW_WIDTH * (0.8 + 0.7 * hashed(number, 11))
    bay, level = np.floor(along / pitch), np.floor(above / FLOOR_HEIGHT)
    lot = hashed(number, bay.astype(np.int64), level.astype(np.int64), sideways.astype(np.int64))
    paints = np.array(world.climate.walls, np.float32)
    return Walls(number, along / pitch - bay, above / FLOOR_HEIGHT - level, lot, paints)


def paint(walls: Walls, hour: Hour, grain: Plane) -> tuple[Colours, Colours]:
    """Albedo and own light of walls, each (n, 3)."""
    glass = _within(walls, 0.2, 0.26)
    frame = _within(walls, 0.25, 0.31) & ~glass
    ledge = (walls.v < 0.09) & (hashed(walls.number, 9) < 0.6)
    shade = np.where(ledge, 0.72, 1.0) * np.where(frame, 1.18, 1.0)
    pane = rgb((0.05, 0.06, 0.075)) + np.float32(0.16) * (walls.lot[:, None] > 0.8)
    is_pane = (glass & (walls.lot < 0.92))[:, None]
    albedo = np.where(is_pane, pane, _plaster(walls, grain) * shade[:, None])
    return albedo.astype(np.float32), _shine(walls, hour, glass).astype(np.float32)


def faces_x(world: World) -> NDArray[np.bool_]:
    """Whether the side of a block at a cell looks along x (else along y)."""
    padded = cv2.copyMakeBorder(world.height, 1, 1, 1, 1, cv2.BORDER_WRAP)
    in_x = np.abs(padded[1:-1, 2:] - padded[1:-1, :-2])
    in_y = np.abs(padded[2:, 1:-1] - padded[:-2, 1:-1])
    return np.asarray(in_x > in_y)


def _within(walls: Walls, half_width: float, half_height: float) -> NDArray[np.bool_]:
    wide = np.abs(walls.u - 0.5) < half_width + 0.12 * hashed(walls.number, 5)
    return np.asarray(wide & (np.abs(walls.v - 0.55) < half_height))


def _plaster(walls: Walls, grain: Plane) -> Colours:
    chosen = (hashed(walls.number, 3) * len(walls.paints)).astype(np.intp)
    tint = 0.8 + 0.4 * hashed(walls.number, 7)
    return np.asarray(walls.paints[chosen] * (tint * (1 + 1.3 * grain))[:, None])


def _shine(walls: Walls, hour: Hour, glass: NDArray[np.bool_]) -> Colours:
    """Lit rooms, and the sky in the panes of dark ones."""
    burns = glass & (walls.lot < hour.lit)
    power = 0.25 + 1.1 * hashed((walls.lot * 4096).astype(np.int64))
    warmth = rgb((1.0, 0.72, 0.38)) * power[:, None]
    sheen = (0.05 + 0.2 * walls.v) * (0.4 + walls.lot)
    mirrored = rgb(hour.zenith) * 0.5 + rgb(hour.horizon) * 0.35
    reflection = (glass & ~burns)[:, None] * mirrored * sheen[:, None]
    return np.asarray(burns[:, None] * warmth + reflection)
