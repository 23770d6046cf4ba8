"""HEIF and AVIF: boxes are walked for the size; libheif and libavif do the rest.

The size of a picture stands in its ``ispe`` properties. A tiled picture has one for each
tile and one for the whole, so the largest one is what the decoder will lay out.

Source: ISO/IEC 23008-12 (HEIF), ISO/IEC 14496-12 (boxes).
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.decode.header import Header, broken, refuse_metadata, refuse_size, truncated
from provenance.guard import Limits

Span = tuple[int, int]


def check(data: bytes, limits: Limits) -> Header:
    """The largest size that the file's properties speak of.

    Raises:
        Unreadable: ``too_big``, ``truncated``, ``not_image``.
    """
    meta = next(_named(data, (0, len(data)), b"meta"), None)
    if meta is None or meta[1] > len(data):
        raise truncated()
    refuse_metadata(meta[1] - meta[0], limits)
    sizes = list(_sizes(data, (meta[0] + 4, meta[1])))
    if not sizes:
        raise broken("it does not say how large its picture is")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    refuse_size(width, height, limits)
    return Header(width, height)


def boxes(data: bytes, span: Span) -> Iterator[tuple[bytes, Span]]:
    """Name and content of each box in a span; contents may reach past the data's end."""
    at, end = span
    while at + 8 <= min(end, len(data)):
        length, name, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif length == 0:
            length = end - at
        if length < head:
            return
        yield name, (at + head, at + length)
        at += length


def _sizes(data: bytes, meta: Span) -> Iterator[tuple[int, int]]:
    """Every ``ispe`` in meta > iprp > ipco."""
    for properties in _named(data, meta, b"iprp"):
        for container in _named(data, properties, b"ipco"):
            for at, _ in _named(data, container, b"ispe"):
                yield _number(data, at + 4), _number(data, at + 8)


def _named(data: bytes, span: Span, wanted: bytes) -> Iterator[Span]:
    return (content for name, content in boxes(data, span) if name == wanted)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
