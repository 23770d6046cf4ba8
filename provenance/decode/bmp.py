"""BMP: the size in its header; a negative height means top to bottom.

Source: Microsoft, BITMAPINFOHEADER and BITMAPCOREHEADER structures.
"""

from __future__ import annotations

from provenance.decode.header import Header, refuse_size, truncated
from provenance.guard import Limits


def check(data: bytes, limits: Limits) -> Header:
    """The size that the file announces.

    Raises:
        Unreadable: ``too_big``, ``truncated``, ``not_image``.
    """
    if len(data) < 26:
        raise truncated()
    short = int.from_bytes(data[14:18], "little") == 12
    width, height = _sizes(data, 2 if short else 4)
    refuse_size(width, abs(height), limits)
    return Header(width, abs(height))


def _sizes(data: bytes, length: int) -> tuple[int, int]:
    width, height = (data[at : at + length] for at in (18, 18 + length))
    signed = length == 4
    return int.from_bytes(width, "little"), int.from_bytes(height, "little", signed=signed)
