"""What an archive keeps of a picture, in bytes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.edits.edited import Rgb
from provenance.decode import thumbnail
from provenance.fingerprint import keypoints, pdq, phash, raster
from provenance.models import Pixels


def bytes_a_picture(pictures: Sequence[Rgb]) -> dict[str, int]:
    """Means: keypoints and hashes together; proof raster and thumbnail apart."""
    sizes = [_sizes(Pixels(rgb, "RGB")) for rgb in pictures]
    means = np.mean(sizes, axis=0)
    named = zip(("keypoints and hashes", "proof raster", "thumbnail"), means, strict=True)
    return {name: round(float(size)) for name, size in named}


def _sizes(pixels: Pixels) -> tuple[int, int, int]:
    points = keypoints.pack(keypoints.compute(pixels), pixels.width, pixels.height)
    hashes = len(pdq.compute(pixels).value) + len(phash.compute(pixels).value)
    kept = raster.pack(raster.proof_raster(pixels))
    return len(points) + hashes, len(kept), len(thumbnail(pixels))
