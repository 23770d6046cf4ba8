"""WebP: the size in its first chunk and the frames of an animation.

Source: Google, WebP Container Specification; RFC 9649.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.decode.header import Header, broken, refuse_metadata, refuse_size, truncated
from provenance.guard import Limits

SHORTEST = 30
"""Bytes up to the end of the first header, in each of its three forms."""

METADATA = frozenset({b"ICCP", b"EXIF", b"XMP "})


def check(data: bytes, limits: Limits) -> Header:
    """The size and the frames that the file announces.

    Raises:
        Unreadable: ``too_big``, ``truncated``, ``not_image``.
    """
    if len(data) < SHORTEST:
        raise truncated()
    width, height = _size(data)
    refuse_size(width, height, limits)
    frames, metadata = 0, 0
    for name, length in _chunks(data):
        frames += name == b"ANMF"
        metadata += length if name in METADATA else 0
    refuse_metadata(metadata, limits)
    complete = 8 + _number(data, 4, 4) <= len(data) + 1  # some leave out the last padding byte
    return Header(width, height, min(max(frames, 1), limits.frames), complete)


def _chunks(data: bytes) -> Iterator[tuple[bytes, int]]:
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], length
        at += 8 + length + (length & 1)


def _size(data: bytes) -> tuple[int, int]:
    """Width and height, from the extended header or from that of either codec."""
    match data[12:16]:
        case b"VP8X":
            return _number(data, 24, 3) + 1, _number(data, 27, 3) + 1
        case b"VP8 ":
            return _number(data, 26, 2) & 0x3FFF, _number(data, 28, 2) & 0x3FFF
        case b"VP8L":
            bits = _number(data, 21, 4)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    raise broken("it begins with an unknown part")


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "little")
