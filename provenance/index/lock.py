"""One writer at a time: a lock that the system lets go when its process dies."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


NAME = "lock"
_PAUSE = 0.02


@contextmanager
def held(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the lock of this folder.

    Raises :class:`OSError` when the folder cannot be written or somebody else holds it for
    longer than ``wait_seconds``.
    """
    with (folder / NAME).open("ab") as file:
        until = time.monotonic() + wait_seconds
        while not _taken(file, last=time.monotonic() >= until):
            time.sleep(_PAUSE)
        yield  # closing the file lets the lock go


def _taken(file: IO[bytes], *, last: bool) -> bool:
    try:
        _take(file)
    except OSError:
        if last:
            raise
        return False
    return True
