"""BMP: the size in its header; a negative height means top to bottom.

Source: Microsoft, BITMAPINFOHEADER and BITMAPCOREHEADER structures.
"""

from __future__ import annotations

from provenance.decode.header import Header, refuse_size, truncated
from provenance.guard import Limits

SHORTEST = 26
"""Bytes up to the end of the size, in the newer header."""

OLD_HEADER = 12
"""Length of the header of OS/2, whose sizes have two bytes."""


def check(data: bytes, limits: Limits) -> Header:
    """The size that the file announces.

    Raises:
        Unreadable: ``too_big``, ``truncated``, ``not_image``.
    """
    if len(data) < SHORTEST:
        raise truncated()
    old = int.from_bytes(data[14:18], "little") == OLD_HEADER
    width, height = _old_size(data) if old else _size(data)
    refuse_size(width, height, limits)
    return Header(width, height)


def _old_size(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[18:20], "little"), int.from_bytes(data[20:22], "little")


def _size(data: bytes) -> tuple[int, int]:
    height = int.from_bytes(data[22:26], "little", signed=True)
    return int.from_bytes(data[18:22], "little"), abs(height)
