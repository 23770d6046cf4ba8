"""Where the camera stands: one function for each kind of place."""

# ruff: noqa: PLR2004
# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

import numpy as np

from provenance.demo.camera import Camera
from provenance.demo.world import World


def in_street(rng: np.random.Generator, world: World) -> Camera:
    """In the middle of a street, looking along it."""
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


def on_roof(rng: np.random.Generator, world: World) -> Camera:
    """On a roof, a little above the highest nearby."""
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


def before_camp(rng: np.random.Generator, world: World) -> Camera:
    """Outside the camp, looking in."""
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


def on_hill(rng: np.random.Generator, world: World) -> Camera:
    """On high ground."""
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


def over_water(rng: np.random.Generator, world: World) -> Camera:
    """Above the water, looking at the quay."""
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


def from_drone(rng: np.random.Generator, world: World) -> Camera:
    """High above, looking down."""
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
