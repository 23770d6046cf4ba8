"""PNG: its chunks are walked, so that sizes and lengths are known before zlib runs.

Source: W3C, Portable Network Graphics (PNG) Specification (Third Edition), section 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.decode.header import Header, broken, refuse_metadata, refuse_size, truncated
from provenance.guard import Limits

SIGNATURE = 8
SHORTEST = 33
"""Signature and header chunk."""

PICTURE = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"fcTL", b"fdAT"})


def chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, position of the content and its announced length, chunk after chunk."""
    at = SIGNATURE
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        yield name, at + 8, length
        if name == b"IEND":
            return
        at += 12 + length


def check(data: bytes, limits: Limits) -> Header:
    """The size and the frames that the file announces.

    Raises:
        Unreadable: ``too_big``, ``truncated``, ``not_image``.
    """
    width, height = _size(data)
    refuse_size(width, height, limits)
    frames, metadata, picture = 1, 0, False
    for name, at, length in chunks(data):
        metadata += 0 if name in PICTURE else length
        picture |= name == b"IDAT"
        if name == b"acTL":
            frames = int.from_bytes(data[at : at + 4], "big")
    if not picture:
        raise truncated()
    refuse_metadata(metadata, limits)
    return Header(width, height, min(max(frames, 1), limits.frames))


def _size(data: bytes) -> tuple[int, int]:
    if len(data) < SHORTEST:
        raise truncated()
    if data[12:16] != b"IHDR":
        raise broken("it does not begin with its header")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
