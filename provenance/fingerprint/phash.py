"""pHash, the 64-bit perceptual hash of the ImageHash library, as others exchange it.

Grey by Pillow, 32 x 32 by Pillow's Lanczos filter, cosine transform, the 8 x 8 lowest
frequencies, a bit for each above their median. It only ever proposes candidates: one in
ten pairs of different text cards lie within 10 bits of each other, so no finding rests on
it. Known-answer vectors notice when a library changes what it computes.
"""

from __future__ import annotations

import imagehash
import numpy as np
from PIL import Image

from provenance.models import Fingerprint, Pixels

KIND = "phash_v1"
WIDTH = 8
"""Bytes of one hash; its text is their 16 hex digits, as ImageHash prints them."""


class PHash:
    """The fingerprinter as plug-ins see it."""

    kind = KIND
    width = WIDTH

    def compute(self, pixels: Pixels) -> Fingerprint:
        """The fingerprint of one picture."""
        return compute(pixels)


def compute(pixels: Pixels) -> Fingerprint:
    """Hash one picture: 8 bytes; the algorithm knows no quality."""
    bits = imagehash.phash(Image.fromarray(pixels.rgb)).hash
    return Fingerprint(KIND, np.packbits(bits).tobytes())
