"""Guarded workers for sources that have more to read than names: pages, packed files.

A source names its job, a top-level function that takes bytes; workers start when the first
bytes come and serve all arguments of a run.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance.guard import LIMITS, Guard, Job, Limits


class Readers:
    """The guards of one run, by their job."""

    def __init__(self) -> None:
        """None yet."""
        self._guards: dict[Job, Guard] = {}

    def of(self, job: Job, *, imports: Iterable[str] = (), limits: Limits = LIMITS) -> Guard:
        """The guard that does this job; ``limits`` are those of the first who asked for it."""
        if job not in self._guards:
            self._guards[job] = Guard(job, imports=imports, limits=limits)
        return self._guards[job]

    def close(self) -> None:
        """End all workers; those asked for later are new ones."""
        while self._guards:
            self._guards.popitem()[1].close()
