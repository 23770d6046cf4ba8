"""Grey pixels as a file that a browser shows."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def png(grey: NDArray[np.uint8]) -> bytes:
    """A PNG file of (height, width) grey pixels, without metadata, quick rather than small."""
    output = io.BytesIO()
    Image.fromarray(grey).save(output, "PNG", compress_level=1)
    return output.getvalue()
