"""How large a picture says it is, from its first bytes: enough to know furniture by.

Icons, buttons, spacers and counters are most of the images of a page. What is lower or
narrower than 64 pixels holds no picture that could be compared (fingerprints are made of
64 fields), so it is passed over and counted. The true reading is done in ``decode``.
"""

from __future__ import annotations

import struct
from typing import Final

SMALLEST: Final = 64
"""Pixels on the shorter side."""

DRAWN: Final = (b"\x00\x00\x01\x00", b"\x00\x00\x02\x00")
"""Icons and cursors."""

_MAGIC: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_SIZES: Final = frozenset((*range(0xC0, 0xD0),)) - {0xC4, 0xC8, 0xCC}
"""The JPEG markers that announce a frame."""


def is_picture(data: bytes) -> bool:
    """Whether these are the first bytes of a format that is read."""
    if data.startswith(_MAGIC) or (data[:2] == b"BM" and data[6:10] == b"\0\0\0\0"):
        return True
    return data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def is_small(data: bytes) -> bool:
    """Whether it is certainly furniture."""
    size = dimensions(data)
    return size is not None and min(size) < SMALLEST


def dimensions(data: bytes) -> tuple[int, int] | None:
    """Width and height as announced; ``None`` where these bytes do not tell."""
    try:
        if data.startswith(b"\x89PNG"):
            return struct.unpack_from(">II", data, 16)
        if data.startswith((b"GIF87a", b"GIF89a")):
            return struct.unpack_from("<HH", data, 6)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        return _jpeg(data) if data.startswith(b"\xff\xd8") else None
    except (struct.error, IndexError):
        return None


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        wide, high = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return wide, high
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:  # noqa: PLR2004  each marker begins so
        marker = data[at + 1]
        if marker in _SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big") if marker != 0xFF else 1  # noqa: PLR2004
    return None
