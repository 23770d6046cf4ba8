"""The tags of a TIFF structure, read by Pillow; what cannot be read is as if it were not there."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, TypeVar

from PIL import Image

EXIF_IFD, GPS_IFD = 0x8769, 0x8825

Answer = TypeVar("Answer")


class TiffTags:
    """Tags of the first directory of a TIFF structure, and of those it points to."""

    def __init__(self, block: bytes) -> None:
        """Read the first directory of ``block``, which starts with a TIFF header."""
        self._exif = Image.Exif()
        _or(None, lambda: self._exif.load(block))

    def value(self, tag: int) -> Any:
        """The value of a tag of the first directory, or ``None``."""
        return _or(None, lambda: self._exif.get(tag))

    def directory(self, pointer: int) -> dict[int, Any]:
        """Tags of the directory that ``pointer`` points to (:data:`EXIF_IFD`); maybe none."""
        found: dict[int, Any] = _or({}, lambda: self._exif.get_ifd(pointer))
        return found

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
