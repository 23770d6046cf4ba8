"""TIFF: its chain of directories is walked, with a bound, for the size and the pages.

Source: Adobe, TIFF Revision 6.0 (1992); BigTIFF as libtiff describes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from provenance.decode.header import Header, refuse_size, truncated, unsupported
from provenance.guard import Limits

WIDTH, HEIGHT, MAKE_OF_RAW = 256, 257, 50706
SHORT, LONG, LONG8 = 3, 4, 16
LENGTHS = {SHORT: 2, LONG: 4, LONG8: 8}


@dataclass(frozen=True, slots=True)
class Layout:
    """Byte order and the widths of the file's own numbers (classic or BigTIFF)."""

    order: Literal["little", "big"]
    offset: int
    count: int
    entry: int

    def number(self, data: bytes, at: int, length: int) -> int:
        """An unsigned number of the file."""
        return int.from_bytes(data[at : at + length], self.order)


def check(data: bytes, limits: Limits) -> Header:
    """The size of the first page and how many pages there are.

    Raises:
        Unreadable: ``too_big``, ``truncated``, ``not_image``, ``unsupported``.
    """
    layout = _layout(data)
    pages = list(_directories(data, layout, limits.frames))
    if not pages:
        raise truncated()
    tags = _tags(data, layout, pages[0])
    if MAKE_OF_RAW in tags:
        raise unsupported("a raw camera file (DNG)")
    width, height = tags.get(WIDTH, 0), tags.get(HEIGHT, 0)
    refuse_size(width, height, limits)
    return Header(width, height, len(pages))


def _layout(data: bytes) -> Layout:
    order: Literal["little", "big"] = "little" if data[:2] == b"II" else "big"
    if b"+" in data[2:4]:
        return Layout(order, 8, 8, 20)
    return Layout(order, 4, 2, 12)


def _directories(data: bytes, layout: Layout, most: int) -> Iterator[int]:
    """Where each page's directory begins; a chain that bites its own tail ends there."""
    seen: set[int] = set()
    at = layout.number(data, layout.offset, layout.offset)
    while at and at not in seen and len(seen) < most and at + layout.count <= len(data):
        seen.add(at)
        yield at
        entries = layout.number(data, at, layout.count)
        at = layout.number(data, at + layout.count + entries * layout.entry, layout.offset)


def _tags(data: bytes, layout: Layout, directory: int) -> dict[int, int]:
    """The single numbers of a directory, by tag."""
    first = directory + layout.count
    entries = layout.number(data, directory, layout.count)
    found: dict[int, int] = {}
    for at in range(first, min(first + entries * layout.entry, len(data)), layout.entry):
        kind = layout.number(data, at + 2, 2)
        value = layout.number(data, at + 4 + layout.offset, LENGTHS.get(kind, 0))
        found.setdefault(layout.number(data, at, 2), value)
    return found
