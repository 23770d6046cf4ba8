"""A moment by which something has to be over, whatever the other side does."""

from __future__ import annotations

import time


class Deadline:
    """So many seconds from now."""

    def __init__(self, seconds: float) -> None:
        """The clock starts."""
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Seconds that are left, never 0, no more than ``at_most``.

        Raises:
            TimeoutError: it has passed.
        """
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds if at_most is None else min(seconds, at_most)
