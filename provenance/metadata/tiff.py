"""The tags of a TIFF structure, read by Pillow; what cannot be read is as if it were not there."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, Literal, TypeVar

from PIL import Image

EXIF_IFD, GPS_IFD, THUMBNAIL_IFD = 0x8769, 0x8825, -1
"""Pointers to further directories; the thumbnail's follows the first one, Pillow calls it -1."""

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
    return int.from_bytes(block[at : at + 2], order) if 8 <= at <= len(block) - 2 else None  # noqa: PLR2004 - the header


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
        """A tag of the first directory as bytes; empty where it is missing or something else."""
        value = self.value(tag)
        if isinstance(value, tuple) and all(isinstance(v, int) and 0 <= v < 256 for v in value):  # noqa: PLR2004 - a byte
            return bytes(value)
        return value if isinstance(value, bytes) else b""


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
