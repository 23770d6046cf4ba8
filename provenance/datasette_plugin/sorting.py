"""What changed while nobody looked is sorted into the contact sheet, in a thread of its own.

A page does what takes no time by itself; after a large import that is not all of it, and no
reader is to wait for the rest.
"""

from __future__ import annotations

import threading
from typing import Final

from provenance.desk import Desk
from provenance.errors import ProvenanceError

CACHE_KIB: Final = 4 * 1024
"""Of the archive in memory, as a reader's."""


class Sorting:
    """At most one thread for each archive; it ends when all is sorted in."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._starting = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """See to it that somebody is at it."""
        with self._starting:
            if self._stopped.is_set() or (self._thread and self._thread.is_alive()):
                return
            self._thread = threading.Thread(target=self._sort, name="provenance-sheet", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End after the piece that is under way."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _sort(self) -> None:
        try:
            with Desk(self._path, readonly=True) as desk:
                desk.archive.cache(CACHE_KIB)
                sheet = desk.contact_sheet.sheet
                while sheet.work() and not self._stopped.is_set():
                    pass
        except ProvenanceError:
            return  # busy or gone: the next page that is asked for tries again
