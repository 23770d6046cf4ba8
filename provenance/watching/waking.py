"""Waiting for something to happen in a folder: events where the system has them, else a clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

EVENTS_SECONDS = 1.0
"""How long to wait for an event before looking anyway: events get lost."""

POLL_SECONDS = 1.0
SETTLING_SECONDS = 0.25
"""While files are coming to rest the next look is due soon."""


class Waking(Protocol):
    """What to wait with."""

    def __call__(self, *, settling: bool) -> None:
        """Return when something may have happened."""
        ...


def by_clock(*, settling: bool) -> None:
    """Wait for a moment."""
    time.sleep(SETTLING_SECONDS if settling else POLL_SECONDS)


def by_events(folder: Path, tell: Callable[[str, str], None]) -> Waking:
    """Wait for events below ``folder``; by the clock where the system gives none."""
    events: Iterator[object] | None = _events(folder)

    def wait(*, settling: bool) -> None:
        nonlocal events
        if settling or events is None:
            by_clock(settling=settling)
            return
        try:
            next(events, None)
        except (OSError, RuntimeError):  # no more watches to be had, or the folder is gone
            tell("watch.no_events", str(folder))
            events = None

    return wait


def _events(folder: Path) -> Iterator[object]:
    """Sets of changes; an empty one when there was none for a while."""
    from watchfiles import watch

    return watch(
        folder,
        watch_filter=None,
        debounce=100,
        step=20,
        rust_timeout=int(EVENTS_SECONDS * 1000),
        yield_on_timeout=True,
        raise_interrupt=True,
    )
