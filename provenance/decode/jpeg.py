"""JPEG: its markers are walked before libjpeg sees the file.

What can hurt is in the structure: every scan makes the decoder walk over the whole picture,
so 5,000 scans in 0.7 MB take minutes; a frame header is all it takes to ask for gigabytes.
Walking the markers costs a search for 0xFF in the compressed data and nothing else.

Source: ITU-T T.81 (1992), annex B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.decode.header import (
    Header,
    broken,
    refuse_metadata,
    refuse_size,
    truncated,
    unsupported,
)
from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import Limits

START_OF_SCAN = 0xDA
END_OF_IMAGE = 0xD9
FILLER = bytes(range(1, 128)) * 2
"""Compressed data of no meaning, without the byte that begins a marker."""

# Frame headers, without DHT (C4), JPG (C8) and DAC (CC), which share their numbers.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
READ_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
ARITHMETIC = frozenset({0xC9, 0xCA})

SHORTEST_FRAME = 6
"""Precision, height, width, number of components."""

# Markers that stand alone: no length follows.
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})

METADATA = frozenset({*range(0xE0, 0xF0), 0xFE})

# In compressed data 0xFF is followed by 0x00 or a restart marker; any other byte is a marker.
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Segment:
    """A marker, where it stands (its 0xFF), and the bytes that follow its length."""

    marker: int
    at: int
    body: bytes


def segments(data: bytes) -> Iterator[Segment]:
    """The segments of a JPEG up to its end marker; compressed data is passed over.

    Stops silently where the data stops or is no longer JPEG, as decoders do.
    """
    at = 2
    while (found := NEXT_MARKER.search(data, at)) is not None:
        marker, start, at = data[found.end() - 1], found.end() - 2, found.end()
        if marker == END_OF_IMAGE:
            yield Segment(marker, start, b"")
            return
        if marker in ALONE:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        yield Segment(marker, start, data[at + 2 : at + length])
        at += max(length, 2)


def check(data: bytes, limits: Limits) -> Header:
    """Refuse what would hang or flood the decoder; the size it announces.

    Raises:
        Unreadable: ``too_big``, ``too_slow``, ``truncated``, ``not_image``, ``unsupported``.
    """
    frame: Segment | None = None
    scans = metadata = 0
    for segment in segments(data):
        if segment.marker in FRAMES:
            frame = _only_frame(frame, segment)
        metadata += len(segment.body) if segment.marker in METADATA else 0
        scans += segment.marker == START_OF_SCAN
    return _judged(frame, scans, metadata, limits)


def _only_frame(known: Segment | None, segment: Segment) -> Segment:
    if known is not None:
        raise broken("it has two frame headers")
    if segment.marker not in READ_FRAMES | ARITHMETIC:
        raise unsupported("a lossless or hierarchical JPEG")
    return segment


def _judged(frame: Segment | None, scans: int, metadata: int, limits: Limits) -> Header:
    refuse_metadata(metadata, limits)
    if frame is None or len(frame.body) < SHORTEST_FRAME:
        raise truncated() if scans == 0 else broken("it has no frame header")
    height, width = (int.from_bytes(frame.body[at : at + 2], "big") for at in (1, 3))
    refuse_size(width, height, limits, pixels=limits.jpeg_pixels)
    _refuse_scans(scans, width * height, limits)
    if scans == 0:
        raise truncated()
    return Header(width, height)


def _refuse_scans(scans: int, pixels: int, limits: Limits) -> None:
    if scans > limits.jpeg_scans or scans * pixels > limits.jpeg_scan_pixels:
        raise Unreadable(
            UnreadableReason.TOO_SLOW,
            f"The JPEG draws its picture {scans} times over, which would take too long.",
            advice="Save the picture anew as an ordinary JPEG and give that.",
        )


def prolonged(data: bytes) -> bytes:
    """The same JPEG with more compressed data before its end marker.

    A decoder that already has the whole picture passes over it; one that was left waiting
    draws it.
    """
    end = next((s.at for s in segments(data) if s.marker == END_OF_IMAGE), len(data))
    return data[:end] + FILLER + data[end:]
