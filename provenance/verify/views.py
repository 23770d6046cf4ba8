"""The two sides of a proof: the picture that is looked up and the archived one."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.models import Keypoints, Raster


@dataclass(frozen=True, slots=True)
class QueryView:
    """The picture that is looked up: upright size in pixels and what was read from it.

    ``mirrored`` holds the keypoints of the flipped picture (x counted from the right edge),
    ``raster`` is grey with a long side of at most 1024 pixels; ``quality`` is that of the
    strongest JPEG compression that the full-size pixels show (1..100), ``None`` without.
    """

    width: int
    height: int
    keypoints: Keypoints
    mirrored: Keypoints
    raster: Raster
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class ArchivedView:
    """An archived picture: upright size in pixels, keypoints, and its proof raster.

    ``raster`` is ``None`` where the pixels were erased or never known.
    """

    width: int
    height: int
    keypoints: Keypoints
    raster: Raster | None


@dataclass(frozen=True, slots=True)
class Hint:
    """Why a candidate is worth proving, so that only what was proposed is tried.

    ``plain`` and ``mirrored``: read the query as it is, or its mirror image; ``whole``: lay the
    pictures over each other as a whole where keypoints do not say how; ``thorough``: look at all
    keypoints even where half of them say nothing.
    """

    plain: bool = True
    mirrored: bool = True
    whole: bool = True
    thorough: bool = True


EVERYTHING = Hint()
