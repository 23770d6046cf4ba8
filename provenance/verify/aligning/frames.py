"""Both pictures in one frame: the archived one as it stands, the query warped onto it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from provenance.models import Raster
from provenance.verify.aligning.strokes import filled, strokes
from provenance.verify.locating.geometry import Matrix, apply
from provenance.verify.views import ArchivedView, QueryView

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]

LEAST_FRAME = 48
"""Long side in pixels below which two pictures cannot be told apart block by block."""

LEAST_SHORT_SIDE = 24

NEARLY_ONE = 0.9
"""A source is not made smaller first for less than this: interpolation does it well enough."""

RIM = 3
"""Frame pixels along the archived picture's own edges that are not compared: there a copy inside a
screenshot or a collage has mixed with what surrounds it."""

BURNT, SUNK = 250, 5
NEARLY = 15
"""Grey values of the copy at and beyond which light was cut off: what lay there is gone, unless the
archived picture is nearly as white or black itself."""

NEARLY_WHOLE = 0.2
MOST_ZOOM = 3
"""A query a little larger than the frame is looked at as it is in the frame; at most three times as
large."""

COARSE = 8
"""Raster pixels a side for which archived pictures hold one pair of colours."""

FINE = 4
"""... and for which a query must hold one at most to be looked at closely in colour."""

SOFTEN = 0.8
"""Blur (sigma, pixels) of both pictures: evens out the blocks of JPEG and the resampling."""


@dataclass(frozen=True, slots=True)
class Frames:
    """The two grey rasters and the full sizes (width, height) of their pictures.

    ``cells`` are the columns and rows of a pixelated query whose raster was brought down to them;
    ``enhanced`` is which of both had its details brought out, as the other's seem to have been;
    ``chroma`` (h', w', 2) is the query's Cb and Cr around 128, ``archived_chroma`` those of the
    archived picture, both at an eighth of their rasters' sides, and ``fine_chroma`` the query's as
    finely as they are known; ``None`` where only grey is.
    """

    query: Grey
    query_size: tuple[int, int]
    archived: Grey
    archived_size: tuple[int, int]
    cells: tuple[int, int] | None = None
    chroma: Grey | None = None
    archived_chroma: Grey | None = None
    fine_chroma: Grey | None = None
    enhanced: Literal["archived", "query"] | None = None

    @classmethod
    def of(cls, query: QueryView, picture: ArchivedView) -> Frames:
        """The frames of two views; the archived one must have its raster."""
        assert picture.raster is not None
        sizes = (query.width, query.height), (picture.width, picture.height)
        found = cls(query.raster.grey, sizes[0], picture.raster.grey, sizes[1])
        return replace(
            found,
            chroma=coarse_chroma(query.raster),
            archived_chroma=picture.raster.chroma,
            fine_chroma=query.raster.chroma,
        )


@dataclass(frozen=True, slots=True)
class Aligned:
    """Both pictures in one frame, (h, w) float32, and the map that brought them there.

    ``matrix`` takes archived pixels to query pixels (full size); ``seen`` (h, w) is 1 where
    the query holds this part of the archived picture, its outermost pixels left out; ``clear``
    (h, w) is 1 where it shows it too: no light cut off, no stroke drawn over; ``scale`` is
    frame pixels an archived pixel; ``drawn`` (h, w) is 1 where strokes over the copy were filled,
    ``None`` without any.
    """

    matrix: Matrix
    archived: Floats
    query: Floats
    seen: Floats
    clear: Floats
    scale: float
    drawn: Grey | None = None

    def softened(self, archived: float, query: float) -> Aligned:
        """The same, blurred further by these sigmas."""
        return replace(
            self, archived=_blurred(self.archived, archived), query=_blurred(self.query, query)
        )


@dataclass(frozen=True, slots=True)
class Close:
    """A picture (h * zoom, w * zoom) in the frame, as it came: ``zoom`` pixels a frame pixel."""

    grey: Floats
    zoom: int


def archived_closely(frames: Frames, laid: Aligned) -> Close:
    """The archived picture in the frame, at its own resolution as far as that is finer."""
    height, width = laid.archived.shape
    zoom = int(np.clip(np.ceil(frames.archived.shape[1] / width - NEARLY_WHOLE), 1, MOST_ZOOM))
    size = (width * zoom, height * zoom)
    return Close(_floats(cv2.resize(frames.archived, size, interpolation=cv2.INTER_LINEAR)), zoom)


def query_closely(frames: Frames, laid: Aligned) -> Close:
    """The query in the frame, at its own resolution as far as that is finer."""
    height, width = laid.query.shape
    pixels = magnification(frames, laid.matrix) * frames.archived.shape[1] / width
    zoom = int(np.clip(np.ceil(pixels - NEARLY_WHOLE), 1, MOST_ZOOM))
    return Close(_in_frame(frames, laid, frames.query, (width * zoom, height * zoom)), zoom)


def colours_closely(frames: Frames, laid: Aligned, zoom: int) -> tuple[Floats, Floats] | None:
    """The query's Cb and Cr around 0 at so many pixels a frame pixel; ``None`` where unknown.

    What is kept of a check has them as coarsely as an archived picture: that is no close look.
    """
    if frames.fine_chroma is None or frames.fine_chroma.shape[1] * FINE < frames.query.shape[1]:
        return None
    height, width = laid.query.shape
    blue, red = (
        _in_frame(frames, laid, plane, (width * zoom, height * zoom)) - np.float32(128)
        for plane in cv2.split(frames.fine_chroma)
    )
    return blue, red


def query_colours(frames: Frames, laid: Aligned) -> tuple[Floats, Floats] | None:
    """The query's Cb and Cr around 0 (h, w each), in the frame; ``None`` where unknown."""
    if frames.chroma is None:
        return None
    height, width = laid.query.shape
    blue, red = (
        _in_frame(frames, laid, plane, (width, height)) - np.float32(128)
        for plane in cv2.split(frames.chroma.astype(np.float32))
    )
    return blue, red


def _in_frame(frames: Frames, laid: Aligned, plane: MatLike, size: tuple[int, int]) -> Floats:
    """One of the query's planes in the frame, ``size`` (width, height) pixels of it."""
    to_source = scaling(frames.query_size, (plane.shape[1], plane.shape[0]))
    to_frame = scaling(frames.archived_size, size)
    mapping = _centred(to_source @ laid.matrix @ np.linalg.inv(to_frame))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    border = cv2.BORDER_REPLICATE
    return _floats(cv2.warpPerspective(plane, mapping, size, flags=flags, borderMode=border))


def coarse_chroma(raster: Raster) -> Grey | None:
    """Cb and Cr around 128 at an eighth of a raster's sides, as archived ones are known."""
    if raster.chroma is None:
        return None
    size = tuple(-(-side // COARSE) for side in raster.grey.shape[::-1])
    if raster.chroma.shape[:2] == size[::-1]:
        return raster.chroma
    return np.asarray(cv2.resize(raster.chroma, size, interpolation=cv2.INTER_AREA), np.uint8)


def lay(frames: Frames, matrix: Matrix, shrink: float = 1.0) -> Aligned | None:
    """As :func:`bare`, then freed of strokes drawn over the copy, and both softened."""
    found = bare(frames, matrix, shrink)
    return None if found is None else _softened(found)


def bare(frames: Frames, matrix: Matrix, shrink: float = 1.0) -> Aligned | None:
    """Warp the query into the archived frame; ``None`` where too small to compare.

    The frame has the coarser resolution of the two: nothing is compared that one of them
    cannot hold. ``shrink`` makes it smaller still, for a first coarse look.
    """
    height, width = frames.archived.shape
    zoom = magnification(frames, matrix)
    scale = min(1.0, zoom) * shrink
    size = (round(width * scale), round(height * scale))
    if max(size) < LEAST_FRAME * shrink or min(size) < LEAST_SHORT_SIDE * shrink:
        return None
    archived = cv2.resize(frames.archived, size, interpolation=cv2.INTER_AREA)
    source = _shrunk(frames.query, min(1.0, scale / zoom))
    to_frame = scaling(frames.archived_size, size)
    to_source = scaling(frames.query_size, (source.shape[1], source.shape[0]))
    mapping = _centred(to_source @ matrix @ np.linalg.inv(to_frame))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    query = cv2.warpPerspective(source, mapping, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.warpPerspective(np.ones(source.shape, np.float32), mapping, size, flags=flags)
    scale = size[0] / frames.archived_size[0]
    seen = _floats(seen)
    return Aligned(matrix, _floats(archived), _floats(query), seen, seen, scale)


def _softened(found: Aligned) -> Aligned:
    """Both softened, and freed of strokes drawn over the copy."""
    seen = _inner(found.seen)
    clear = seen * (1 - _cut_off(found.archived, found.query))
    found = replace(found, seen=seen, clear=clear)
    drawn = strokes(found.archived, found.query, seen)
    if drawn is not None:
        one, other = filled(found.archived, drawn), filled(found.query, drawn)
        clear = np.asarray(clear * (1 - drawn), np.float32)
        found = replace(found, archived=one, query=other, clear=clear, drawn=drawn)
    return found.softened(SOFTEN, SOFTEN)


def _inner(seen: Floats) -> Floats:
    """Without the frame's rim and the last pixel before the query's own edge."""
    inner = cv2.erode(seen, np.ones((3, 3), np.uint8))
    rim = np.zeros_like(inner)
    rim[RIM:-RIM, RIM:-RIM] = 1
    return np.asarray(np.floor(inner) * rim, np.float32)


def _cut_off(archived: Floats, query: Floats) -> Floats:
    """Where light was cut off in the copy alone, and the pixel beside it (0, 1)."""
    burnt = (query >= BURNT) & (archived < BURNT - NEARLY)
    sunk = (query <= SUNK) & (archived > SUNK + NEARLY)
    lost = (burnt | sunk).astype(np.float32)
    return np.asarray(cv2.dilate(lost, np.ones((3, 3), np.uint8)), np.float32)


def _floats(image: MatLike) -> Floats:
    return np.asarray(image, np.float32)


def magnification(frames: Frames, matrix: Matrix) -> float:
    """Query raster pixels for one archived raster pixel, at the middle of the picture."""
    to_archived = frames.archived_size[0] / frames.archived.shape[1]
    to_query = frames.query.shape[1] / frames.query_size[0]
    middle = np.array(frames.archived_size) / 2
    around = apply(matrix, middle + np.array([[0, 0], [1, 0], [0, 1]]))
    area = abs(np.linalg.det(around[1:] - around[0]))
    return float(np.sqrt(area) * to_archived * to_query)


def _shrunk(grey: Grey, factor: float) -> Grey:
    if factor > NEARLY_ONE:
        return grey
    size = [max(1, round(side * factor)) for side in grey.shape[::-1]]
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)


def scaling(source: tuple[int, int], target: tuple[int, int]) -> Matrix:
    """The map between two sizes (width, height) of one picture."""
    return np.diag([target[0] / source[0], target[1] / source[1], 1.0])


def _centred(matrix: Matrix) -> Matrix:
    """From coordinates in which a pixel's corner is whole to OpenCV's, where its centre is."""
    to_corner = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    return np.asarray(np.linalg.inv(to_corner) @ matrix @ to_corner)


def _blurred(image: Floats, sigma: float) -> Floats:
    if sigma <= 0:
        return image
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.float32)
