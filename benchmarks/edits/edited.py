"""A picture on its way through an edit: its pixels, and where the start of it lies now."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray
from PIL import Image

Rgb = NDArray[np.uint8]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Edited:
    """``rgb`` (h, w, 3) uint8; ``matrix`` takes the first picture's pixels to pixels here.

    ``size`` is the first picture's (width, height); ``kinds`` are the alterations a careful
    eye would name; ``optional`` are fair to name and fair to leave out, and count neither way.
    What the map tells (mirrored, rotated, cropped, resized) need not be named here: see
    ``benchmarks/gauntlet/truth.py``.
    """

    rgb: Rgb
    matrix: Matrix
    size: tuple[int, int]
    kinds: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.rgb.shape[0])

    def named(self, *kinds: str) -> Edited:
        """The same, with these alterations named."""
        return replace(self, kinds=self.kinds | set(kinds))

    def maybe(self, *kinds: str) -> Edited:
        """The same; these are fair to name and fair to leave out."""
        return replace(self, optional=self.optional | set(kinds))

    def painted(self, rgb: MatLike) -> Edited:
        """Other pixels in the same place."""
        return replace(self, rgb=np.ascontiguousarray(rgb, np.uint8))

    def moved(self, rgb: MatLike, step: MatLike) -> Edited:
        """Other pixels, reached through one more map."""
        return replace(
            self,
            rgb=np.ascontiguousarray(rgb, np.uint8),
            matrix=np.asarray(step, np.float64) @ self.matrix,
        )


Edit = Callable[[Edited, np.random.Generator, Sequence[Rgb]], Edited]


def start(rgb: Rgb) -> Edited:
    """The picture before any edit."""
    return Edited(rgb, np.eye(3), (rgb.shape[1], rgb.shape[0]))


def resized(picture: Edited, width: float, height: float) -> Edited:
    """Brought to this size."""
    size = (max(1, round(width)), max(1, round(height)))
    how = cv2.INTER_AREA if size[0] < picture.width else cv2.INTER_CUBIC
    rgb = cv2.resize(picture.rgb, size, interpolation=how)
    return picture.moved(rgb, np.diag([size[0] / picture.width, size[1] / picture.height, 1]))


def fitted(picture: Edited, long_side: float) -> Edited:
    """Brought to this long side, proportions kept."""
    scale = long_side / max(picture.width, picture.height)
    return resized(picture, picture.width * scale, picture.height * scale)


def cropped(picture: Edited, left: float, top: float, width: float, height: float) -> Edited:
    """This rectangle of it, in pixels."""
    x, y, w, h = (round(v) for v in (left, top, width, height))
    return picture.moved(picture.rgb[y : y + h, x : x + w], shift(-x, -y))


def laid(picture: Edited, canvas: Rgb, left: float, top: float) -> Edited:
    """On a canvas, its top left corner there; what would stick out is cut off."""
    x, y = round(left), round(top)
    canvas = canvas.copy()
    height = min(picture.height, canvas.shape[0] - y)
    width = min(picture.width, canvas.shape[1] - x)
    canvas[y : y + height, x : x + width] = picture.rgb[:height, :width]
    return picture.moved(canvas, shift(x, y))


def warped(picture: Edited, step: MatLike, size: tuple[int, int], fill: int = 0) -> Edited:
    """Through any map (pixel corners whole) onto a canvas of this (width, height)."""
    half = shift(0.5, 0.5)
    centred = np.linalg.inv(half) @ step @ half
    rgb = cv2.warpPerspective(
        picture.rgb, centred, size, flags=cv2.INTER_CUBIC, borderValue=(fill, fill, fill)
    )
    return picture.moved(rgb, step)


def jpeg(picture: Edited, quality: int) -> Edited:
    """Through one JPEG compression."""
    target = io.BytesIO()
    Image.fromarray(picture.rgb).save(target, "JPEG", quality=quality)
    return picture.painted(np.array(Image.open(io.BytesIO(target.getvalue())).convert("RGB")))


def shift(x: float, y: float) -> Matrix:
    """The map that moves by x and y."""
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], np.float64)


def filled(width: float, height: float, colour: Sequence[int]) -> Rgb:
    """A canvas of one colour."""
    return np.full((round(height), round(width), 3), colour, np.uint8)
