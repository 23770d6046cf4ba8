"""What happens to a picture on its way through other hands: copies, cut, mirrored, covered.

All functions take and give pictures of shape (height, width, 3), 8-bit RGB, and leave
their argument as it is. `jpeg` and `png` write the bytes of a file.
"""

# ruff: noqa: PLR2004
# A drawing is made of numbers; naming each would hide the picture.

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from provenance.demo.world import Colour

RGB = NDArray[np.uint8]

_ALERT: Colour = (0.72, 0.07, 0.09)


def crop(picture: RGB, *, left: float, top: float, right: float, bottom: float) -> RGB:
    """Cut the given shares (0..1) of width and height off the four sides."""
    height, width = picture.shape[:2]
    rows = slice(round(top * height), height - round(bottom * height))
    columns = slice(round(left * width), width - round(right * width))
    return np.ascontiguousarray(picture[rows, columns])


def mirror(picture: RGB) -> RGB:
    """Swap left and right."""
    return np.ascontiguousarray(picture[:, ::-1])


def turn(picture: RGB, degrees: float) -> RGB:
    """Turn clockwise about the middle; what is turned out of the frame is lost."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height)), dtype=np.uint8)


def resize(picture: RGB, factor: float) -> RGB:
    """Scale both sides by a factor."""
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, None, fx=factor, fy=factor, interpolation=way), np.uint8)


def border(picture: RGB, share: float, colour: Colour = (0, 0, 0)) -> RGB:
    """Add a frame whose width is a share of the long side."""
    band = round(share * max(picture.shape[:2]))
    value = [round(channel * 255) for channel in colour]
    framed = cv2.copyMakeBorder(picture, band, band, band, band, cv2.BORDER_CONSTANT, value=value)
    return np.asarray(framed, dtype=np.uint8)


def banner(
    picture: RGB, text: str, *, share: float = 0.18, where: str = "top", colour: Colour = _ALERT
) -> RGB:
    """Cover the top or bottom share of a picture with a band of colour and white text.

    The built-in font of Pillow draws Latin letters without accents.
    """
    height, width = picture.shape[:2]
    band = round(height * share)
    edge = 0 if where == "top" else height - band
    image = Image.fromarray(picture.copy())
    draw = ImageDraw.Draw(image)
    fill = tuple(round(channel * 255) for channel in colour)
    draw.rectangle((0, edge, width - 1, edge + band - 1), fill=fill)
    font = _font_that_fits(draw, text, 0.92 * width, 0.5 * band)
    draw.text((width / 2, edge + band / 2), text, fill="white", font=font, anchor="mm")
    return np.asarray(image, dtype=np.uint8)


def recolour(picture: RGB, *, brightness: float = 1.0, colour: float = 1.0) -> RGB:
    """Multiply the brightness, and the distance of every colour from grey."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)[..., None]
    mixed = (grey + (picture - grey) * np.float32(colour)) * np.float32(brightness)
    return np.asarray(np.clip(mixed + 0.5, 0, 255), dtype=np.uint8)


def jpeg(picture: RGB, quality: int = 88) -> bytes:
    """The bytes of a JPEG file."""
    target = BytesIO()
    Image.fromarray(picture).save(target, "JPEG", quality=quality)
    return target.getvalue()


def png(picture: RGB) -> bytes:
    """The bytes of a PNG file."""
    target = BytesIO()
    Image.fromarray(picture).save(target, "PNG", compress_level=1)
    return target.getvalue()


def _font_that_fits(
    draw: ImageDraw.ImageDraw, text: str, width: float, height: float
) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    size = height
    while size > 6 and draw.textlength(text, font=ImageFont.load_default(size)) > width:
        size *= 0.92
    return ImageFont.load_default(size)
