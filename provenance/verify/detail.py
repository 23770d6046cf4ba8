"""Is there enough in a picture to compare it at all?"""

from __future__ import annotations

import numpy as np

from provenance.verify.blocks import BLOCK, TEXTURE, block_means
from provenance.verify.views import QueryView

LEAST_KEYPOINTS = 20
LEAST_TEXTURED = 4


def enough_detail(query: QueryView) -> bool:
    """Whether a miss means something: corners to find the picture by, or texture to prove it.

    ``False`` for flat and near-black pictures: they are compared by file hash only.
    """
    if len(query.keypoints) >= LEAST_KEYPOINTS:
        return True
    grey = query.raster.grey.astype(np.float32)
    if min(grey.shape) < BLOCK:
        return False
    mean = block_means(grey, BLOCK)
    spread = np.sqrt(np.maximum(block_means(grey * grey, BLOCK) - mean * mean, 0))
    return int((spread > TEXTURE).sum()) >= LEAST_TEXTURED
