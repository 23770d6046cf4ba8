"""GIF: its blocks are walked to count frames without drawing them.

Source: CompuServe, Graphics Interchange Format, version 89a (1990).
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.decode.header import Header, refuse_size, truncated
from provenance.guard import Limits

SCREEN = 13
EXTENSION, IMAGE, TRAILER = 0x21, 0x2C, 0x3B


def check(data: bytes, limits: Limits) -> Header:
    """The size of the screen and of the first frame, whichever is larger, and the frames.

    Raises:
        Unreadable: ``too_big``, ``truncated``, ``not_image``.
    """
    if len(data) < SCREEN:
        raise truncated()
    width, height = _pair(data, 6)
    frames = 0
    for at in _images(data):
        frames += 1
        if frames == 1:
            width, height = _reach(data, at, width, height)
        if frames == limits.frames:
            break
    if not frames:
        raise truncated()
    refuse_size(width, height, limits)
    return Header(width, height, frames)


def _reach(data: bytes, at: int, width: int, height: int) -> tuple[int, int]:
    """How far the screen stretches once the frame described at ``at`` lies on it."""
    (left, top), (wide, high) = _pair(data, at), _pair(data, at + 4)
    return max(width, left + wide), max(height, top + high)


def _images(data: bytes) -> Iterator[int]:
    """Where each image descriptor's content begins."""
    at = SCREEN + _table(data[10])
    while at < len(data):
        kind = data[at]
        if kind == IMAGE and at + 10 <= len(data):
            yield at + 1
            at = _after_blocks(data, at + 11 + _table(data[at + 9]))
        elif kind == EXTENSION:
            at = _after_blocks(data, at + 2)
        elif kind == TRAILER:
            return
        else:
            at += 1  # decoders, too, look for the next block


def _after_blocks(data: bytes, at: int) -> int:
    """Past a run of data blocks, each led by its length, the last of length 0."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1


def _table(flags: int) -> int:
    """Bytes of a colour table, as the flags before it announce it."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _pair(data: bytes, at: int) -> tuple[int, int]:
    return (
        int.from_bytes(data[at : at + 2], "little"),
        int.from_bytes(data[at + 2 : at + 4], "little"),
    )
