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
    ImageChops,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from provenance.decode import bmp, gif, heif, jpeg, png, tiff, webp
from provenance.decode.failures import named
from provenance.decode.header import Header, refuse_size, truncated
from provenance.decode.opaque import opaque
from provenance.decode.sniff import sniff
from provenance.decode.upright import orientation, upright
from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import LIMITS, Limits
from provenance.models import Pixels

Check = Callable[[bytes, Limits], Header]
Opener = Callable[[io.BytesIO], ImageFile.ImageFile]
Opened = tuple[ImageFile.ImageFile, tuple[str, ...]]

# Pillow's class for exactly one format: nothing a file says of itself can call up another.
FORMATS: dict[str, tuple[Check, Opener]] = {
    "JPEG": (jpeg.check, JpegImagePlugin.JpegImageFile),
    "PNG": (png.check, PngImagePlugin.PngImageFile),
    "GIF": (gif.check, GifImagePlugin.GifImageFile),
    "WEBP": (webp.check, WebPImagePlugin.WebPImageFile),
    "BMP": (bmp.check, BmpImagePlugin.BmpImageFile),
    "TIFF": (tiff.check, TiffImagePlugin.TiffImageFile),
    "HEIF": (heif.check_heif, pi_heif.HeifImageFile),
    "AVIF": (heif.check, AvifImagePlugin.AvifImageFile),
}

PILLOW = f"pillow {PIL.__version__}"
HEIF = f"{PILLOW}, pi-heif {importlib.metadata.version('pi-heif')}"

FILLED = frozenset({127, 128})
"""The grey of a block without data; ink colours come out one lower."""

REDUCED = "decoded at 1/{} of its {} x {} pixels"


def decode(data: bytes, limits: Limits = LIMITS) -> Pixels:
    """The first frame of an image file: upright, opaque, (height, width, 3) uint8 RGB.

    Raises:
        Unreadable: ``not_image``, ``unsupported``, ``truncated``, ``too_big``, ``too_slow``.
    """
    kind = sniff(data)
    header = FORMATS[kind][0](data, limits)
    _set_decoders(limits)
    try:
        with warnings.catch_warnings(action="ignore"):  # of odd metadata, which is not our matter
            return _decoded(data, kind, header, limits)
    except MemoryError:
        raise
    except Exception as problem:  # decoders raise many classes; all are named
        raise _explained(problem, header) from problem


def _explained(problem: Exception, header: Header) -> Unreadable:
    """What a failure means; a file known to lack its end is not called damaged."""
    failure = named(problem)
    incomplete = failure.reason is UnreadableReason.NOT_IMAGE and not header.complete
    return truncated() if incomplete else failure


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


def _decoded(data: bytes, kind: str, header: Header, limits: Limits) -> Pixels:
    """The steps from opening on, in their order."""
    image, reduced = _loaded(data, kind, limits)
    if kind == "JPEG":
        _refuse_early_end(image, data, limits)
    turn = orientation(image)
    flat, laid = opaque(image)
    return Pixels(
        rgb=np.asarray(upright(flat, turn)),
        format=kind,
        frames=_frames(image, kind, header, limits),
        decoder=HEIF if kind == "HEIF" else PILLOW,
        notes=(*reduced, *laid),
    )


def _loaded(data: bytes, kind: str, limits: Limits) -> Opened:
    """The picture as its decoder gives it, and a note if it was reduced."""
    image = FORMATS[kind][1](io.BytesIO(data))
    notes = _reduce(image, kind, limits)
    refuse_size(*image.size, limits)
    image.load()
    return image, notes


def _refuse_early_end(image: Image.Image, data: bytes, limits: Limits) -> None:
    """Raise ``truncated`` for a JPEG whose end marker stands before the end of its picture.

    libjpeg fills what is missing with middle grey and says nothing. A last pixel of
    exactly that grey is rare; then the same file with more data at its end is decoded,
    and only a picture that was not complete comes out different.
    """
    width, height = image.size
    last = image.crop((width - 1, height - 1, width, height))
    if set(last.tobytes()) <= FILLED:
        longer, _ = _loaded(jpeg.prolonged(data), "JPEG", limits)
        if ImageChops.difference(image, longer).getbbox(alpha_only=False):
            raise truncated()


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
