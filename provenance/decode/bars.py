"""The black bars with which cameras fill a thumbnail that has another shape than its picture."""

from __future__ import annotations

from dataclasses import replace

from provenance.models import Pixels

SHAPES_AGREE = 0.03
"""Difference of the two shapes (as a share) that rounding to whole pixels explains."""

BLACK = 24
"""Brightest mean of a bar; JPEG leaves them at 0 to 8."""

SMALLEST = 2
"""Rows or columns that are a bar."""


def without_bars(pixels: Pixels, shape: float) -> Pixels:
    """The picture cut to ``shape`` (width over height) where only black is lost by it.

    The shape may also be that of the picture before it was turned.
    """
    return _cut(pixels, shape) or _cut(pixels, 1 / shape) or pixels


def _cut(pixels: Pixels, shape: float) -> Pixels | None:
    own = pixels.width / pixels.height
    if abs(own / shape - 1) < SHAPES_AGREE:
        return None
    wide = own > shape
    side = pixels.width if wide else pixels.height
    kept = round(pixels.height * shape if wide else pixels.width / shape)
    bar = (side - kept) // 2
    if bar < SMALLEST:
        return None
    rgb = pixels.rgb.transpose(1, 0, 2) if wide else pixels.rgb
    if max(rgb[:bar].mean(), rgb[-bar:].mean()) > BLACK:
        return None
    inner = rgb[bar:-bar]
    return replace(pixels, rgb=(inner.transpose(1, 0, 2) if wide else inner).copy())
