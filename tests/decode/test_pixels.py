"""Formats, orientations and modes: the pixels are those that a viewer shows."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from drawing import difference, saved, scene
from PIL import Image, ImageOps

from provenance.decode import decode, thumbnail
from provenance.decode.thumbnail import LONG_SIDE

EXACT = {
    "PNG": {},
    "WEBP": {"lossless": True},
    "BMP": {},
    "TIFF": {},
}
LOSSY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "WEBP": {"quality": 95},
    "AVIF": {"quality": 90},
    "GIF": {},
}


@pytest.mark.parametrize(("kind", "options"), EXACT.items())
def test_lossless_formats_give_the_very_pixels(kind: str, options: dict[str, Any]) -> None:
    pixels = decode(saved(scene(), kind, **options))
    assert np.array_equal(pixels.rgb, np.asarray(scene()))
    assert (pixels.format, pixels.frames, pixels.notes) == (kind, 1, ())
    assert pixels.decoder.startswith("pillow ")
    assert pixels.rgb.dtype == np.uint8
    assert pixels.rgb.flags.c_contiguous


@pytest.mark.parametrize(("kind", "options"), LOSSY.items())
def test_lossy_formats_come_close(kind: str, options: dict[str, Any]) -> None:
    pixels = decode(saved(scene(), kind, **options))
    assert pixels.format == kind
    assert difference(pixels.rgb, scene()) < 8


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_adobe_deflate", "packbits"])
def test_packed_tiff(compression: str) -> None:
    pixels = decode(saved(scene(), "TIFF", compression=compression))
    assert np.array_equal(pixels.rgb, np.asarray(scene()))


# ------------------------------------------------------------------------- orientation

STORED = {
    1: lambda image: image,
    2: ImageOps.mirror,
    3: lambda image: image.rotate(180),
    4: ImageOps.flip,
    5: lambda image: image.transpose(Image.Transpose.TRANSPOSE),
    6: lambda image: image.transpose(Image.Transpose.ROTATE_90),
    7: lambda image: image.transpose(Image.Transpose.TRANSVERSE),
    8: lambda image: image.transpose(Image.Transpose.ROTATE_270),
}
"""How a camera stores the upright picture, for each value of the tag (Exif 3.0, tag 274)."""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("tag", STORED)
def test_every_orientation_comes_out_upright(kind: str, tag: int) -> None:
    exif = Image.Exif()
    exif[274] = tag
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    pixels = decode(saved(STORED[tag](scene()), kind, exif=exif, **options))
    assert (pixels.width, pixels.height) == scene().size
    assert difference(pixels.rgb, scene()) < 8


@pytest.mark.parametrize("tag", [0, 9, 65535])
def test_an_orientation_that_means_nothing_is_passed_over(tag: int) -> None:
    exif = Image.Exif()
    exif[274] = tag
    assert np.array_equal(decode(saved(scene(), "PNG", exif=exif)).rgb, np.asarray(scene()))


def test_broken_exif_hides_no_picture() -> None:
    data = saved(scene(), "PNG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert np.array_equal(decode(data).rgb, np.asarray(scene()))


# -------------------------------------------------------------------------------- modes


def test_transparency_is_laid_on_white() -> None:
    image = scene().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    pixels = decode(saved(image, "PNG"))
    assert (pixels.rgb == 255).all()
    assert "transparency laid on white" in pixels.notes


def test_half_transparency_is_mixed_with_white() -> None:
    image = Image.new("RGBA", (8, 8), (0, 0, 0, 128))
    assert abs(int(decode(saved(image, "PNG")).rgb[0, 0, 0]) - 127) <= 1


def test_an_alpha_channel_that_shows_nothing_is_no_note() -> None:
    assert decode(saved(scene().convert("RGBA"), "PNG")).notes == ()


def test_palette_with_transparency() -> None:
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, 200, 10, 20] + [0] * 762)
    image.putpixel((0, 0), 0)
    rgb = decode(saved(image, "PNG", transparency=0)).rgb
    assert rgb[0, 0].tolist() == [255, 255, 255]
    assert rgb[4, 4].tolist() == [200, 10, 20]


def test_transparent_gif() -> None:
    image = Image.new("P", (8, 8), 0)
    image.putpalette([9, 9, 9, 200, 10, 20] + [0] * 762)
    image.putpixel((5, 5), 1)
    rgb = decode(saved(image, "GIF", transparency=0)).rgb
    assert rgb[0, 0].tolist() == [255, 255, 255]
    assert rgb[5, 5].tolist() == [200, 10, 20]


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_16_bit_grey_is_scaled_not_clipped(kind: str) -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)
    image = Image.fromarray(np.tile(ramp, (8, 1)))
    pixels = decode(saved(image, kind))
    assert np.array_equal(pixels.rgb[0, :, 0], np.round(ramp / 257).astype(np.uint8))
    assert "16-bit" in pixels.notes[0]


def test_a_dark_16_bit_picture_stays_dark() -> None:
    image = Image.fromarray(np.full((8, 8), 700, np.uint16))
    assert decode(saved(image, "TIFF")).rgb.max() == 3


def test_16_bit_colour() -> None:
    import cv2

    rgb16 = np.asarray(scene()).astype(np.uint16) * 257
    data = cv2.imencode(".png", rgb16[:, :, ::-1])[1].tobytes()
    assert np.array_equal(decode(data).rgb, np.asarray(scene()))


def test_one_bit() -> None:
    image = Image.new("1", (10, 10), 1)
    image.putpixel((3, 3), 0)
    rgb = decode(saved(image, "PNG")).rgb
    assert rgb[3, 3].tolist() == [0, 0, 0]
    assert rgb[0, 0].tolist() == [255, 255, 255]


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_ink_colours_are_not_inverted(kind: str) -> None:
    pixels = decode(saved(scene().convert("CMYK"), kind))
    assert difference(pixels.rgb, scene()) < 8
    assert "ink" in pixels.notes[0]


def test_real_numbers_are_stretched() -> None:
    values = np.linspace(-2, 3, 64, dtype=np.float32).reshape(8, 8)
    values[0, 0] = np.nan
    pixels = decode(saved(Image.fromarray(values), "TIFF"))
    assert (pixels.rgb.min(), pixels.rgb.max()) == (0, 255)
    assert "stretched" in pixels.notes[0]


def test_lab() -> None:
    image = Image.new("LAB", (8, 8), (128, 128, 128))
    rgb = decode(saved(image, "TIFF")).rgb[0, 0].astype(int)
    assert np.ptp(rgb) < 6


# ------------------------------------------------------------------------------- frames


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_the_first_frame_is_shown_and_the_others_counted(kind: str) -> None:
    others = [Image.new("RGB", scene().size, (n * 30, 0, 0)) for n in range(1, 6)]
    pixels = decode(saved(scene(), kind, save_all=True, append_images=others))
    assert pixels.frames == 6
    assert difference(pixels.rgb, scene()) < 8


# ---------------------------------------------------------------------------- thumbnail


@pytest.mark.parametrize("size", [(1000, 500), (300, 2000), (20, 10), (5000, 1)])
def test_thumbnails_are_small_and_bare(size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[271] = "Camera"
    made = thumbnail(decode(saved(scene(*size), "JPEG", exif=exif, icc_profile=b"x" * 200)))
    image = Image.open(io.BytesIO(made))
    assert image.format == "WEBP"
    assert max(image.size) == min(LONG_SIDE, max(size))
    assert b"EXIF" not in made
    assert b"ICCP" not in made
