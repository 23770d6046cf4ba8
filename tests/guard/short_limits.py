"""Limits that make a test of a limit quick."""

from __future__ import annotations

from provenance.guard import Limits
from provenance.guard.limits import MIB

SHORT = Limits(
    wall_seconds=1.0,
    cpu_seconds=1,
    memory_bytes=256 * MIB,
    worker_bytes=128 * MIB,
    jobs_per_worker=20,
    answer_bytes=MIB,
    file_bytes=MIB,
    large_file_bytes=1000,
)
