from __future__ import annotations

import numpy as np
import pytest


@pytest.fixture(scope="session")
def photos():
    """Textures that stand in for photographs: coarse colours under fine grain."""
    random = np.random.default_rng(3)
    coarse = [random.integers(0, 200, (8, 12, 3)) for _ in range(6)]
    grain = random.integers(0, 55, (320, 480, 3))
    return [(np.kron(each, np.ones((40, 40, 1), int)) + grain).astype(np.uint8) for each in coarse]
