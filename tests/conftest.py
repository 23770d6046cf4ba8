"""What every test may ask for."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared and noisy: a timing is a benchmark, never an assertion.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# Started in the background of a shell, we and every program that a test starts would be deaf to
# Ctrl-C, which some tests send.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real photographs beside the checkout; the test is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("the real photographs (../shared/data) are not beside this checkout")
    return SHARED
