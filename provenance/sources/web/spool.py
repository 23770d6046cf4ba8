"""Notes that are too many for the memory: written to a file, found again by a word.

A crawl may name a million pictures before the first of them comes. What the pages say lies
in a temporary file; memory holds 16 bytes a note.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Final, Self

Note = dict[str, Any]

MOST: Final = 2_000_000
"""Notes that are kept: 32 MB of memory, twice that while they are sorted."""


class Spool:
    """Written first, then read; to be used in a ``with`` statement."""

    def __init__(self) -> None:
        """Empty; its file is gone when it is closed."""
        self._file = TemporaryFile()  # noqa: SIM115  closed by __exit__
        self._words: Any = array("Q")
        self._places: Any = array("Q")
        self.lost = 0

    def __enter__(self) -> Self:
        """The spool itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file."""
        self._file.close()

    def write(self, note: Note) -> int:
        """Put a note that is found by its place alone."""
        place = self._file.tell()
        self._file.write(json.dumps(note, ensure_ascii=True).encode() + b"\n")
        return place

    def put(self, word: str, note: Note) -> None:
        """Put a note under a word; beyond the bound it is lost, and counted."""
        if len(self._words) >= MOST:
            self.lost += 1
            return
        self._words.append(_number(word))
        self._places.append(self.write({"word": word, **note}))

    def sort(self) -> None:
        """From here on it is read."""
        import numpy as np

        words = np.frombuffer(self._words, np.uint64)
        order = np.argsort(words, kind="stable")
        self._words = words[order]
        self._places = np.frombuffer(self._places, np.uint64)[order]

    def at(self, place: int) -> Note:
        """The note at a place."""
        self._file.seek(place)
        note: Note = json.loads(self._file.readline())
        return note

    def under(self, word: str) -> Iterator[Note]:
        """All notes under a word, in the order in which they were put."""
        number = _number(word)
        at = bisect_left(self._words, number)
        while at < len(self._words) and self._words[at] == number:
            note = self.at(int(self._places[at]))
            if note["word"] == word:
                yield note
            at += 1


def _number(word: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )
