"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared and noisy: a timing is a benchmark, never an assertion.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real photographs beside the checkout; the test is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("the real photographs (../shared/data) are not beside this checkout")
    return SHARED
