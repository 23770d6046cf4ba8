"""Any of Pillow's modes -> opaque 8-bit RGB, as a person would see the picture.

Palettes are looked up, transparency is laid on white (what a page or a viewer shows behind
it), ink is turned to light, deep samples are scaled, not clipped: Pillow alone would show
a 16-bit photograph as plain white. Colour profiles are not applied; they move hues
slightly and no fingerprint depends on them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from provenance.decode.header import unsupported

Laid = tuple[Image.Image, tuple[str, ...]]

WHITE = (255, 255, 255)
FULL_16_BIT = 65_535
BYTE = 255

LAID_ON_WHITE = "transparency laid on white"
SCALED = "16-bit samples scaled to 8 bits"
STRETCHED = "samples stretched between the darkest and the brightest"


def opaque(image: Image.Image) -> Laid:
    """The picture in mode RGB, and notes on what that took.

    Raises:
        Unreadable: ``unsupported`` for a mode that is no picture.
    """
    flatten = FLATTEN.get(image.mode)
    if flatten is None:
        raise unsupported(f"a picture of an unusual kind ({image.mode})")
    return flatten(image)


def _plain(image: Image.Image) -> Laid:
    if "transparency" in image.info:
        return _transparent(image.convert("RGBA"))
    return image.convert("RGB"), ()


def _transparent(image: Image.Image) -> Laid:
    """On white, with a note only if anything shows through."""
    image = image.convert("RGBA")
    alpha = image.getchannel("A")
    if alpha.getextrema()[0] == BYTE:
        return image.convert("RGB"), ()
    ground = Image.new("RGB", image.size, WHITE)
    ground.paste(image, mask=alpha)
    return ground, (LAID_ON_WHITE,)


def _premultiplied(image: Image.Image) -> Laid:
    return _transparent(image.convert("LA" if image.mode == "La" else "RGBA"))


def _ink(image: Image.Image) -> Laid:
    return image.convert("RGB"), ("ink colours turned to light without a colour profile",)


def _deep(image: Image.Image) -> Laid:
    """16-bit grey: the full range is 0..65535, whatever the picture uses of it."""
    samples = np.asarray(image).astype(np.uint32)
    grey = ((samples * BYTE + FULL_16_BIT // 2) // FULL_16_BIT).astype(np.uint8)
    return Image.fromarray(grey).convert("RGB"), (SCALED,)


def _wide(image: Image.Image) -> Laid:
    """32-bit whole numbers: 16-bit samples in a wider coat (PNG), else of unknown range."""
    samples = np.asarray(image)
    if samples.min() >= 0 and BYTE < samples.max() <= FULL_16_BIT:
        return _deep(image)
    return _stretched(samples.astype(np.float64))


def _real(image: Image.Image) -> Laid:
    return _stretched(np.asarray(image).astype(np.float64))


def _stretched(samples: NDArray[np.float64]) -> Laid:
    """Numbers without an agreed range: darkest to black, brightest to white."""
    known = samples[np.isfinite(samples)]
    if not known.size:
        raise unsupported("a table of numbers without a picture")
    low, high = float(known.min()), float(known.max())
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = (np.nan_to_num(samples, nan=low, posinf=high, neginf=low) - low) / (
            (high - low) or 1.0
        )
    grey = np.rint(np.clip(np.nan_to_num(scaled), 0, 1) * BYTE).astype(np.uint8)
    return Image.fromarray(grey).convert("RGB"), (STRETCHED,)


FLATTEN: dict[str, Callable[[Image.Image], Laid]] = {
    "1": _plain,
    "L": _plain,
    "P": _plain,
    "RGB": _plain,
    "RGBX": _plain,
    "YCbCr": _plain,
    "HSV": _plain,
    "LAB": _plain,
    "LA": _transparent,
    "PA": _transparent,
    "RGBA": _transparent,
    "La": _premultiplied,
    "RGBa": _premultiplied,
    "CMYK": _ink,
    "I;16": _deep,
    "I;16L": _deep,
    "I;16B": _deep,
    "I;16N": _deep,
    "I": _wide,
    "F": _real,
}
