"""A page to draw on: text, rules, boxes, photographs, by the pixel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from benchmarks.edits.edited import Rgb

Ink = tuple[int, ...]
Place = Sequence[float] | NDArray[np.floating] | tuple[float | np.floating, ...]


@cache
def _font(size: int) -> Any:
    return ImageFont.load_default(size=max(6, size))


class Sheet:
    """Starts as one colour, or as a copy of a picture."""

    def __init__(self, width: int, height: int, colour: Ink = (255, 255, 255)) -> None:
        self._show(Image.new("RGB", (width, height), colour))

    @classmethod
    def on(cls, rgb: Rgb) -> Sheet:
        """A sheet that shows a picture already."""
        sheet = cls(1, 1)
        sheet._show(Image.fromarray(rgb))
        return sheet

    @property
    def rgb(self) -> Rgb:
        """What stands on it, (height, width, 3) uint8."""
        return np.array(self._image)

    def write(self, text: str, at: Place, size: float, ink: Ink, bold: int = 0) -> None:
        """Text with its top left corner there, ``size`` pixels high."""
        place = (float(at[0]), float(at[1]))
        self._draw.text(
            place, text, fill=ink, font=_font(round(size)), stroke_width=bold, stroke_fill=ink
        )

    def outlined(self, text: str, at: Place, size: float) -> None:
        """White capitals with a black rim, as captions of memes are."""
        self._draw.text(
            (float(at[0]), float(at[1])),
            text.upper(),
            fill=(255, 255, 255),
            font=_font(round(size)),
            stroke_width=max(1, round(size / 14)),
            stroke_fill=(0, 0, 0),
        )

    def box(self, area: Place, ink: Ink | None, rim: Ink | None = None) -> None:
        """A rectangle (left, top, right, bottom), filled, rimmed or both."""
        self._draw.rectangle([round(float(v)) for v in area], fill=ink, outline=rim)

    def disc(self, centre: Place, radius: float, ink: Ink) -> None:
        """A filled disc."""
        x, y = (float(v) for v in centre)
        self._draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=ink)

    def shape(self, corners: Iterable[Place], ink: Ink) -> None:
        """A filled polygon."""
        self._draw.polygon([(float(x), float(y)) for x, y in corners], fill=ink)

    def stroke(self, points: Iterable[Place], ink: Ink, width: float = 1) -> None:
        """A line through points."""
        self._draw.line([(float(x), float(y)) for x, y in points], fill=ink, width=round(width))

    def lay(self, rgb: Rgb, left: float, top: float) -> None:
        """A picture with its top left corner there."""
        self._image.paste(Image.fromarray(rgb), (round(left), round(top)))

    def _show(self, image: Image.Image) -> None:
        self._image = image
        self._draw = ImageDraw.Draw(image)
