"""Hostile bytes -> safe upright pixels. Runs in a guarded worker, never anywhere else.

The steps: sniff the format; walk the file's structure and refuse what would hang or flood
a decoder; let Pillow open it as exactly that format and nothing else; load the first frame;
turn it upright; lay it out as opaque 8-bit RGB. Every fingerprint is made from these
pixels, so the decoder's version is kept with them.
"""

from __future__ import annotations

import importlib.metadata
import io
import warnings
from collections.abc import Callable

import numpy as np
import pi_heif
import PIL
from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from provenance.decode import bmp, gif, heif, jpeg, png, tiff, webp
from provenance.decode.failures import named
from provenance.decode.header import Header, refuse_size
from provenance.decode.opaque import opaque
from provenance.decode.sniff import sniff
from provenance.decode.upright import orientation, upright
from provenance.guard import LIMITS, Limits
from provenance.models import Pixels

Check = Callable[[bytes, Limits], Header]
Opener = Callable[[io.BytesIO], ImageFile.ImageFile]

# Pillow's class for exactly one format: nothing a file says of itself can call up another.
FORMATS: dict[str, tuple[Check, Opener]] = {
    "JPEG": (jpeg.check, JpegImagePlugin.JpegImageFile),
    "PNG": (png.check, PngImagePlugin.PngImageFile),
    "GIF": (gif.check, GifImagePlugin.GifImageFile),
    "WEBP": (webp.check, WebPImagePlugin.WebPImageFile),
    "BMP": (bmp.check, BmpImagePlugin.BmpImageFile),
    "TIFF": (tiff.check, TiffImagePlugin.TiffImageFile),
    "HEIF": (heif.check, pi_heif.HeifImageFile),
    "AVIF": (heif.check, AvifImagePlugin.AvifImageFile),
}

PILLOW = f"pillow {PIL.__version__}"
HEIF = f"{PILLOW}, pi-heif {importlib.metadata.version('pi-heif')}"

REDUCED = "decoded at 1/{} of its {} x {} pixels"


def decode(data: bytes, limits: Limits = LIMITS) -> Pixels:
    """The first frame of an image file: upright, opaque, (height, width, 3) uint8 RGB.

    Raises:
        Unreadable: ``not_image``, ``unsupported``, ``truncated``, ``too_big``, ``too_slow``.
    """
    kind = sniff(data)
    check, opener = FORMATS[kind]
    header = check(data, limits)
    _set_decoders(limits)
    try:
        with warnings.catch_warnings(action="ignore"):  # of odd metadata, which is not our matter
            return _decoded(opener(io.BytesIO(data)), kind, header, limits)
    except MemoryError:
        raise
    except Exception as problem:  # decoders raise many classes; all are named
        raise named(problem) from problem


def _set_decoders(limits: Limits) -> None:
    """The decoders' own guards; they are global to the process, which is a worker."""
    Image.MAX_IMAGE_PIXELS = None  # our own cap stands before Pillow's, in words of ours
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    PngImagePlugin.MAX_TEXT_CHUNK = limits.text_bytes
    PngImagePlugin.MAX_TEXT_MEMORY = limits.metadata_bytes
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each core already has a worker
    pi_heif.options.DECODE_THREADS = 1
    pi_heif.options.THUMBNAILS = False
    pi_heif.options.DEPTH_IMAGES = False
    pi_heif.options.AUX_IMAGES = False


def _decoded(image: ImageFile.ImageFile, kind: str, header: Header, limits: Limits) -> Pixels:
    """The steps after opening, in their order."""
    reduced = _reduce(image, kind, limits)
    refuse_size(*image.size, limits)
    image.load()
    turn = orientation(image)
    flat, laid = opaque(image)
    return Pixels(
        rgb=np.asarray(upright(flat, turn)),
        format=kind,
        frames=_frames(image, kind, header, limits),
        decoder=HEIF if kind == "HEIF" else PILLOW,
        notes=(*reduced, *laid),
    )


def _reduce(image: ImageFile.ImageFile, kind: str, limits: Limits) -> tuple[str, ...]:
    """Let libjpeg decode a very large picture at a fraction of its size; a note if so."""
    width, height = image.size
    if kind != "JPEG" or width * height <= limits.jpeg_full_pixels:
        return ()
    for part in (2, 4, 8):
        if width * height <= limits.jpeg_full_pixels * part * part:
            break
    image.draft(image.mode, (width // part, height // part))
    return (REDUCED.format(part, width, height),)


def _frames(image: ImageFile.ImageFile, kind: str, header: Header, limits: Limits) -> int:
    """Frames or pages; boxes hide theirs from our own check, and their decoders know."""
    if kind in {"HEIF", "AVIF"}:
        return min(int(getattr(image, "n_frames", 1)), limits.frames)
    return header.frames
