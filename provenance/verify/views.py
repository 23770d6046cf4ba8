"""The two sides of a proof: the picture that is looked up and the archived one."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.models import Keypoints, Raster


@dataclass(frozen=True, slots=True)
class QueryView:
    """The picture that is looked up: upright size in pixels and what was read from it.

    ``mirrored`` holds the keypoints of the flipped picture (x counted from the right edge),
    ``raster`` is grey with a long side of at most 1024 pixels.
    """

    width: int
    height: int
    keypoints: Keypoints
    mirrored: Keypoints
    raster: Raster


@dataclass(frozen=True, slots=True)
class ArchivedView:
    """An archived picture: upright size in pixels, keypoints, and its proof raster.

    ``raster`` is ``None`` where the pixels were erased or never known.
    """

    width: int
    height: int
    keypoints: Keypoints
    raster: Raster | None
