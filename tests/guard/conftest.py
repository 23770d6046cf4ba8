"""Guards for tests: short limits, and the jobs that misbehave."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Workers import their job by name, along the same paths as the process that starts them.
sys.path.insert(0, str(Path(__file__).parent))

import misbehaving
from short_limits import SHORT

from provenance.guard import Guard


@pytest.fixture
def guard() -> Iterator[Guard]:
    with Guard(misbehaving.obey, workers=2, limits=SHORT) as made:
        yield made


@pytest.fixture(scope="session")
def steady() -> Iterator[Guard]:
    """One guard for all tests that do not count its workers; starting one takes time."""
    with Guard(misbehaving.obey, workers=1, limits=SHORT) as made:
        yield made


@pytest.fixture
def single() -> Iterator[Guard]:
    with Guard(misbehaving.obey, workers=1, limits=SHORT) as made:
        yield made
