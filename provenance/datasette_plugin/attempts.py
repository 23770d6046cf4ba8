"""How often somebody may try a password: few times under one name, more from one address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Final

MINUTES: Final = 15
OF_ONE: Final = 5
"""Under one name from one address."""
OF_MANY: Final = 30
"""Under one name, or from one address: behind a proxy a whole desk has the same."""
_MOST_KEYS: Final = 20_000

Key = tuple[str, str]
Tried = tuple[float, tuple[Key, ...]]


class Attempts:
    """The attempts of the last quarter of an hour; one that succeeds is forgiven."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._made: defaultdict[Key, list[float]] = defaultdict(list)

    def begin(self, name: str, address: str) -> Tried | None:
        """Count one attempt, before the password is tried; ``None``: too many were made."""
        name = " ".join(name.split())[:200].casefold()
        limits = {(name, address): OF_ONE, (name, ""): OF_MANY, ("", address): OF_MANY}
        now = self._clock()
        self._forget(now)
        if any(len(self._made.get(key, ())) >= most for key, most in limits.items()):
            return None
        for key in limits:
            self._made[key].append(now)
        return now, tuple(limits)

    def forgive(self, tried: Tried) -> None:
        """The attempt was right; it does not count, nor what the same person mistyped before."""
        moment, keys = tried
        for key in keys:
            if moment in self._made.get(key, ()):
                self._made[key].remove(moment)
        self._made.pop(keys[0], None)

    def _forget(self, now: float) -> None:
        since = now - MINUTES * 60
        for key, moments in list(self._made.items()):
            moments[:] = [each for each in moments if each > since]
            if not moments or len(self._made) > _MOST_KEYS:
                del self._made[key]
