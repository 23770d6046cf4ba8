"""HEIF and AVIF: boxes are walked for the size; libheif and libavif do the rest.

The size of a picture stands in its ``ispe`` properties. A tiled picture has one for each
tile and one for the whole, so the largest one is what the decoder will lay out. Which codec
packed it stands in the entries of ``iinf``: HEIF is a box for any of them, and libheif is
built here with HEVC alone.

Source: ISO/IEC 23008-12 (HEIF), ISO/IEC 14496-12 (boxes).
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.decode.header import (
    Header,
    broken,
    refuse_metadata,
    refuse_size,
    truncated,
    unsupported,
)
from provenance.guard import Limits

Span = tuple[int, int]


HEVC = b"hvc1"

SHORT_NUMBERS = 2
"""Version of an item entry whose item number has two bytes, not four."""

OTHER_CODECS = {
    b"unci": "uncompressed samples",
    b"av01": "AV1",
    b"avc1": "AVC",
    b"vvc1": "VVC",
    b"j2k1": "JPEG 2000",
    b"jpeg": "JPEG",
    b"mski": "a mask",
    b"tili": "tiles",
}


def check_heif(data: bytes, limits: Limits) -> Header:
    """As :func:`check`, and that the picture is packed with HEVC.

    Raises:
        Unreadable: as :func:`check`, and ``unsupported`` for another codec.
    """
    header = check(data, limits)
    kinds = set(_item_kinds(data, _meta(data)))
    others = sorted(name for kind, name in OTHER_CODECS.items() if kind in kinds)
    if HEVC not in kinds and others:
        raise unsupported(f"a HEIF picture packed with {' and '.join(others)}")
    return header


def check(data: bytes, limits: Limits) -> Header:
    """The largest size that the file's properties speak of.

    Raises:
        Unreadable: ``too_big``, ``truncated``, ``not_image``.
    """
    meta = _meta(data)
    refuse_metadata(meta[1] - meta[0], limits)
    sizes = list(_sizes(data, meta))
    if not sizes:
        raise broken("it does not say how large its picture is")
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    refuse_size(width, height, limits)
    complete = all(end <= len(data) for _, (_, end) in boxes(data, (0, len(data))))
    return Header(width, height, complete=complete)


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


def _meta(data: bytes) -> Span:
    """The content of the box that describes the picture, past its version and flags."""
    start, end = next(_named(data, (0, len(data)), b"meta"), (0, len(data) + 1))
    if end > len(data):
        raise truncated()
    return start + 4, end


def _item_kinds(data: bytes, meta: Span) -> Iterator[bytes]:
    """The type of every item: meta > iinf > infe, versions 2 and 3 (others carry none)."""
    for start, end in _named(data, meta, b"iinf"):
        counted = 6 if data[start] == 0 else 8
        for at, _ in _named(data, (start + counted, end), b"infe"):
            version = data[at]
            kind_at = at + (8 if version == SHORT_NUMBERS else 10)
            yield data[kind_at : kind_at + 4]


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
