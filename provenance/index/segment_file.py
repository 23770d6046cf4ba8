"""A segment as a file: its arrays one after the other, little-endian, mapped when opened.

The file itself says nothing of its shape: the manifest does, together with the checksum.
"""

from __future__ import annotations

import os
import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from provenance.index import tables
from provenance.index.records import Numbers
from provenance.index.segment import Segment, table_count, word_count

SUFFIX = ".segment"

ALWAYS_CHECKED = 1 << 26
"""Up to 64 MB (about 1,900 pictures) a file is read through whenever it is opened, which
takes about 50 ms. A larger one only when it is not the very file that was written (size and
time of change): then bits that rot on the disk can cost a candidate, never a wrong match."""

_WORD = 8
_CHUNK = 1 << 22


class DamagedSegment(Exception):
    """The file is not what was written."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the manifest says of a file. ``changed`` is its time of change in nanoseconds."""

    name: str
    width: int
    rows: int
    codes: int
    crc32: int
    changed: int

    @property
    def size(self) -> int:
        """Bytes that the file must have: all arrays are of 64-bit words."""
        return _WORD * sum(int(np.prod(shape)) for shape in self._shapes())

    def arrays(self, data: NDArray[np.uint64]) -> Segment:
        """The segment in the words of the file."""
        ends = np.cumsum([int(np.prod(shape)) for shape in self._shapes()])
        parts = [
            part.reshape(shape)
            for part, shape in zip(np.split(data, ends[:-1]), self._shapes(), strict=True)
        ]
        sequences, pictures, starts = (_signed(part) for part in parts[:3])
        return Segment(
            self.width, sequences, pictures, starts, parts[3], parts[4], _signed(parts[5])
        )

    def _shapes(self) -> tuple[tuple[int, ...], ...]:
        codes = (self.codes, word_count(self.width))
        entries = (table_count(self.width), self.codes)
        posts = (table_count(self.width), (1 << tables.depth(self.codes)) + 1)
        return (self.rows,), (self.rows,), (self.rows + 1,), codes, entries, posts


def write(folder: Path, segment: Segment) -> Written:
    """Write a segment under a new name, on disk when this returns."""
    name = secrets.token_hex(8) + SUFFIX
    checksum = 0
    with (folder / name).open("xb") as file:
        for part in _bytes_of(segment):
            file.write(part)
            checksum = zlib.crc32(part, checksum)
        file.flush()
        os.fsync(file.fileno())
    changed = (folder / name).stat().st_mtime_ns
    return Written(name, segment.width, len(segment), len(segment.codes), checksum, changed)


def opened(folder: Path, written: Written) -> Segment:
    """The segment in a file, mapped.

    Raises :class:`OSError` when the file is not there (a writer may have merged it away), and
    :class:`DamagedSegment` when it is not what was written.
    """
    path = folder / written.name
    stat = path.stat()
    if stat.st_size != written.size:
        raise DamagedSegment(f"{path} has {stat.st_size} bytes, {written.size} were written")
    data: NDArray[np.uint64] = np.memmap(path, "<u8", "r").view(np.ndarray)
    if stat.st_size <= ALWAYS_CHECKED or stat.st_mtime_ns != written.changed:
        _check(data, written)
    return written.arrays(data)


def _check(data: NDArray[np.uint64], written: Written) -> None:
    checksum = 0
    for start in range(0, len(data), _CHUNK):
        checksum = zlib.crc32(_bytes_in(data[start : start + _CHUNK]), checksum)
    if checksum != written.crc32:
        raise DamagedSegment(f"{written.name} has changed since it was written")


def _bytes_of(segment: Segment) -> Iterator[memoryview]:
    rows = (segment.sequences, segment.pictures, segment.starts)
    arrays = (*rows, segment.codes, segment.entries, segment.signposts)
    for array in arrays:
        plain = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
        yield _bytes_in(plain)


def _bytes_in(array: NDArray[Any]) -> memoryview:
    return array.reshape(-1).view(np.uint8).data


def _signed(part: NDArray[np.uint64]) -> Numbers:
    return part.view("<i8")
