"""The tags of a TIFF structure, read by Pillow; what cannot be read is as if it were not there."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple, TypeVar

from PIL import Image

EXIF_IFD, GPS_IFD, THUMBNAIL_IFD = 0x8769, 0x8825, -1
"""Pointers to further directories; the thumbnail's follows the first one, Pillow calls it -1."""

_HEADER, _ENTRY, _INLINE = 8, 12, 4
_SIZES = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Bytes of one value of a type; of all others one."""

_JPEG_AT, _JPEG_SIZE = 0x0201, 0x0202

_ORDERS: dict[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}

Answer = TypeVar("Answer")


def is_tiff(block: bytes) -> bool:
    """Whether it begins as a TIFF structure does."""
    return block[:4] in _ORDERS


def stated_entries(block: bytes) -> int | None:
    """How many tags the first directory says it has; ``None`` where it lies outside."""
    order = _ORDERS[block[:4]]
    at = int.from_bytes(block[4:8], order)
    return int.from_bytes(block[at : at + 2], order) if _HEADER <= at <= len(block) - 2 else None


class TiffTags:
    """Tags of the first directory of a TIFF structure, and of those it points to."""

    def __init__(self, block: bytes) -> None:
        """Read the first directory of ``block``, which starts with a TIFF header."""
        self._block = block
        self._exif = Image.Exif()
        _or(None, lambda: self._exif.load(block))

    def value(self, tag: int) -> Any:
        """The value of a tag of the first directory, or ``None``."""
        return _or(None, lambda: self._exif.get(tag))

    def directory(self, pointer: int) -> dict[int, Any]:
        """Tags of the directory that ``pointer`` points to (:data:`EXIF_IFD`); maybe none."""
        found: dict[int, Any] = _or({}, lambda: self._exif.get_ifd(pointer))
        return found

    def thumbnail(self) -> bytes:
        """The JPEG of the second directory, where EXIF keeps a small picture; else empty."""
        tags = self.directory(THUMBNAIL_IFD)
        at, size = tags.get(_JPEG_AT), tags.get(_JPEG_SIZE)
        if not (isinstance(at, int) and isinstance(size, int) and at > 0 and size > 0):
            return b""
        return self._block[at : at + size]

    def entries(self) -> int:
        """How many tags could be read, of the first directory and those it points to."""
        return _or(0, lambda: len(self._exif)) + len(self.directory(EXIF_IFD))

    def raw(self, tag: int) -> bytes:
        """A tag of the first directory as the bytes that lie there; empty where it is missing.

        Read by hand: of bytes that a program wrote as 32-bit numbers Pillow gives the first.
        """
        entry = next((each for each in _directory(self._block) if each.tag == tag), None)
        if entry is None:
            return b""
        return self._block[entry.at : entry.at + entry.size]


class _Entry(NamedTuple):
    """Where the value of one tag lies, and how many bytes it has."""

    tag: int
    at: int
    size: int


def _directory(block: bytes) -> Iterator[_Entry]:
    """The entries of the first directory, as far as it lies inside the block."""
    if not is_tiff(block):
        return
    sign = "<" if _ORDERS[block[:4]] == "little" else ">"
    start = struct.unpack_from(f"{sign}I", block, 4)[0] + 2 if len(block) >= _HEADER else 0
    for number in range(stated_entries(block) or 0):
        at = start + number * _ENTRY
        if at + _ENTRY > len(block):
            return
        tag, kind, count, offset = struct.unpack_from(f"{sign}HHII", block, at)
        size = count * _SIZES.get(kind, 1)
        yield _Entry(tag, offset if size > _INLINE else at + _ENTRY - _INLINE, size)


def _or(default: Answer, read: Callable[[], Answer]) -> Answer:
    """What ``read`` gives, or ``default``.

    Pillow raises a dozen unrelated classes on damaged tags (struct.error, SyntaxError,
    OverflowError, ...), and warns on standard error; neither says anything a reader of the
    facts could act on.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return read()
        except Exception:  # noqa: BLE001 - see above; the block is passed over, not the file
            return default
