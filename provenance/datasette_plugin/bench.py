"""One archive as the browser works on it: readers side by side, one desk that looks things up.

An archive object belongs to one thread. So a few threads each keep a reader of their own, and a
single one keeps the desk with its workers and indexes warm; what it is given waits in a queue.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from provenance.accounts import Role
from provenance.datasette_plugin.sorting import Sorting
from provenance.desk import Desk

Result = TypeVar("Result")

READERS: Final = 3
"""As many as Datasette has for its own questions."""
READER_KIB: Final = 4 * 1024
DESK_KIB: Final = 16 * 1024
"""Of the archive in memory. With the sheets beside it all of them stay below what SQLite may hold
in this process (``archive/limiting.py``); beyond that pages of a large archive would fail."""


class Bench:
    """Readers and the one desk of an archive; nothing is opened before it is needed."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.sorting = Sorting(path)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="provenance-read")
        self._work = ThreadPoolExecutor(1, thread_name_prefix="provenance-desk")
        self._mine = threading.local()
        self._opened: list[Desk] = []
        self._desk: Desk | None = None

    async def read(self, ask: Callable[[Desk], Result]) -> Result:
        """Ask a reader; it cannot write and does not wait for the desk's work."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._asked, ask)

    async def work(
        self,
        do: Callable[[Desk], Result],
        *,
        actor: str | None,
        role: Role | None = None,
        lang: str = "en",
    ) -> Result:
        """Do something on the warm desk, one after the other; ``actor`` is kept with it.

        ``role`` limits what is done; without one there are no roles here.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._work, self._done, do, (actor, role, lang))

    def close(self) -> None:
        """Wait for what is under way, end the workers, close the files."""
        self.sorting.stop()
        self._readers.shutdown(cancel_futures=True)
        self._work.shutdown(cancel_futures=True)
        for desk in self._opened:
            desk.close()
        self._opened.clear()

    def _asked(self, ask: Callable[[Desk], Result]) -> Result:
        if not hasattr(self._mine, "desk"):
            self._mine.desk = Desk(self.path, readonly=True)
            self._mine.desk.archive.cache(READER_KIB)
            self._opened.append(self._mine.desk)
        return ask(self._mine.desk)

    def _done(
        self, do: Callable[[Desk], Result], person: tuple[str | None, Role | None, str]
    ) -> Result:
        if self._desk is None:
            self._desk = Desk(self.path)
            self._desk.archive.cache(DESK_KIB)
            self._opened.append(self._desk)
        self._desk.archive.actor, self._desk.role, self._desk.lang = person
        return do(self._desk)
