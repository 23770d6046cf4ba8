"""A small copy of a picture for showing in lists, free of whatever the file carried."""

from __future__ import annotations

import io

from PIL import Image

from provenance.models import Pixels

LONG_SIDE = 256
QUALITY = 80
"""WebP quality: about 10 KB for a photograph of 256 pixels."""


def thumbnail(pixels: Pixels) -> bytes:
    """A WebP file, long side at most 256 pixels, without metadata."""
    image = Image.fromarray(pixels.rgb)
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    output = io.BytesIO()
    image.save(output, "WEBP", quality=QUALITY, method=2)
    return output.getvalue()
