"""A world with a camera in it at an hour: all that decides a picture but chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from provenance.demo.camera import Camera, project
from provenance.demo.hour import Hour
from provenance.demo.world import World

Place = tuple[float, float, float]
"""East, north and height in metres."""


@dataclass(frozen=True, slots=True)
class Site:
    """``size`` is width and height of the picture in pixels."""

    world: World
    camera: Camera
    hour: Hour
    size: tuple[int, int]

    def seen_at(self, place: Place) -> tuple[float, float, float]:
        """Column, row and distance of a place in the picture."""
        column, row, ahead = (float(value) for value in project(self.camera, place, *self.size))
        return column, row, ahead

    def ahead(self, place: Place) -> float:
        """Metres from the camera to a place, along its axis."""
        return self.seen_at(place)[2]

    def sun_side(self) -> float:
        """From which side the sun shines: -1 left, 1 right."""
        return float(np.sin(self.hour.azimuth - self.camera.yaw))
