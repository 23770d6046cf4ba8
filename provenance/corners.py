"""Where a checked picture and an archived one agree, read anew from what is kept of both.

A check keeps how many corners agreed, not which. Its proof raster is small, so fewer are found
again than the whole file had; they are shown to people and prove nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from provenance.archive import Archive
from provenance.errors import UnknownName
from provenance.fingerprint import keypoints, raster
from provenance.models import Keypoints, Polygon
from provenance.rechecking import enlarged, grey_pixels
from provenance.verify.locating.agreeing import agreeing

MOST_SHOWN: Final = 40
"""More lines than that hide the pictures."""

LEAST_SHOWN: Final = 4
"""As many as fix where a picture lies; fewer say nothing."""

_CORNERS: Final = 4

Point = tuple[float, float]
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Corners:
    """Pairs of points, in pixels of the checked and of the archived picture, and both sizes."""

    checked_size: tuple[int, int]
    archived_size: tuple[int, int]
    pairs: tuple[tuple[Point, Point], ...]


def corners(archive: Archive, check: int, picture: int) -> Corners | None:
    """The corners that agree in one match of a check, at most :data:`MOST_SHOWN`, spread out.

    ``None`` where too little is kept of either picture, or too few agree in what is kept.

    Raises:
        UnknownName: there is no such check, or it does not match this picture.
    """
    region = _match(archive.check(check), picture)["region"]
    asked, material = archive.asked(check), archive.material(picture)
    if asked is None or asked.raster is None or material.keypoints is None:
        return None
    if region is None or len(region) != _CORNERS or not (material.width and material.height):
        return None
    size = (material.width, material.height)
    known = keypoints.unpack(material.keypoints, *size)
    grey = raster.unpack(asked.raster).grey
    placed: Polygon = tuple((float(x), float(y)) for x, y in region)
    pairs = _pairs(grey, asked.width / grey.shape[1], known, size, placed)
    if len(pairs) < LEAST_SHOWN:
        return None
    return Corners((asked.width, asked.height), size, pairs)


def _match(record: Mapping[str, Any], picture: int) -> Mapping[str, Any]:
    every = (*record["matches"], *record["similar_scenes"])
    found: Mapping[str, Any] | None = next((m for m in every if m["picture"] == picture), None)
    if found is None:
        raise UnknownName(
            f"Check {record['check']} does not match picture {picture}.", name=str(picture)
        )
    return found


def _pairs(
    grey: Grey, scale: float, known: Keypoints, size: tuple[int, int], region: Polygon
) -> tuple[tuple[Point, Point], ...]:
    """What agrees between the part of a raster that the region covers and the archived picture.

    ``scale``: pixels of the checked picture to one of the raster. A mirrored picture is read
    from the right, as it is where it is proved.
    """
    left, top, right, bottom = _around(region, scale, grey.shape)
    if right <= left or bottom <= top:
        return ()
    plain, flipped = keypoints.compute_query(grey_pixels(grey[top:bottom, left:right]))
    width = (right - left) * scale
    mirrored = _is_mirrored(region)
    inside = [(x - left * scale, y - top * scale) for x, y in region]
    placed = tuple((width - x, y) if mirrored else (x, y) for x, y in inside)
    read = enlarged(flipped if mirrored else plain, scale)
    query, archived = agreeing(read, known, size, placed, MOST_SHOWN)
    across = width - query[:, 0] if mirrored else query[:, 0]
    shown = np.column_stack([across + left * scale, query[:, 1] + top * scale])
    return tuple(
        ((float(a), float(b)), (float(c), float(d)))
        for (a, b), (c, d) in zip(shown, archived, strict=True)
    )


def _around(region: Polygon, scale: float, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    """The upright rectangle of the raster around a region: left, top, right, bottom."""
    xs, ys = zip(*region, strict=True)
    left, top = max(0, int(min(xs) / scale)), max(0, int(min(ys) / scale))
    right = min(shape[1], int(np.ceil(max(xs) / scale)))
    return left, top, right, min(shape[0], int(np.ceil(max(ys) / scale)))


def _is_mirrored(region: Polygon) -> bool:
    """Whether the corners run the other way round than in the archived picture."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = region
    return (x2 - x0) * (y3 - y1) - (x3 - x1) * (y2 - y0) < 0
