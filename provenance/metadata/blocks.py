"""Finds the EXIF, XMP, IPTC and C2PA blocks in a file without decoding its picture.

JPEG segments, PNG chunks, WebP chunks and TIFF tags are walked. In HEIF, AVIF, JPEG 2000
and GIF the blocks are found by their opening bytes, as the XMP specification (part 3)
provides for programs that do not know a format. Only the first block of each kind counts:
later ones belong to previews or to pictures that this one was made from.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from provenance.metadata.tiff import TiffTags

LARGEST = 4 * 1024 * 1024
"""Bytes of one block; a JPEG segment holds 64 KB, the largest XMP in 1,832 real files has 39 KB."""

MOST_CHUNKS = 100_000
"""Segments or chunks walked: enough for 800 MB of PNG in the usual chunks of 8 KB."""

EXIF_HEAD = b"Exif\0\0"
IIM_TAG = b"\x1c"
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_IRB_HEAD = b"Photoshop 3.0\0"
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_TIFF_HEADS = (b"II*\0", b"MM\0*")

_TIFF_XMP, _TIFF_IPTC, _TIFF_IRB = 700, 33723, 34377
_IRB_IPTC, _IRB_THUMBNAIL = 0x0404, 0x040C
_IRB_THUMBNAIL_HEAD = 28
"""Bytes before the JPEG of a Photoshop thumbnail (resource 1036): sizes and the like."""

_CREDENTIALS = b"jumdc2pa\x00\x11\x00\x10\x80\x00\x00\xaa\x008\x9bq"
"""How the box that holds a C2PA manifest store begins in every format (JUMBF, ISO 19566-5)."""

_EOI, _SOS = 0xD9, 0xDA
_NO_BODY = {0x00, 0x01, 0xFF, *range(0xD0, 0xD9)}
_APP1, _APP13 = 0xE1, 0xED

_BEFORE_EXIF = (EXIF_HEAD, bytes(4))
_XMP_START, _XMP_END = b"<x:xmpmeta", b"</x:xmpmeta>"


@dataclass(slots=True)
class Blocks:
    """The first block of each kind; empty where there is none, or where nothing is in it.

    ``exif`` starts with a TIFF header (in a TIFF file it is the whole file, because its
    tags may lie anywhere); ``xmp`` is an XML packet; ``iptc`` a run of IIM datasets;
    ``thumbnail`` the JPEG that Photoshop keeps beside IPTC; ``c2pa`` whether there are signed
    content credentials. ``present`` names the kinds that are there, even if empty.
    """

    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""
    thumbnail: bytes = b""
    c2pa: bool = False
    present: set[str] = field(default_factory=set)

    def keep(self, kind: str, block: bytes) -> None:
        """Take a block in unless there is one of its kind."""
        self.present.add(kind)
        if not getattr(self, kind):
            setattr(self, kind, block)


def find(data: bytes) -> Blocks:
    """The metadata blocks of a file of any format; none of an unknown one."""
    blocks = Blocks(c2pa=_CREDENTIALS in data)
    for kind, block in _walker(data)(data):
        blocks.keep(kind, block)
    return blocks


Found = Iterator[tuple[str, bytes]]


def _walker(data: bytes) -> Callable[[bytes], Found]:
    if data.startswith(b"\xff\xd8"):
        return _jpeg
    if data.startswith(_PNG_HEAD):
        return _png
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp
    return _tiff if data.startswith(_TIFF_HEADS) else _scanned


# -------------------------------------------------------------------------------- JPEG


def _jpeg(data: bytes) -> Found:
    for marker, body in _segments(data):
        if marker == _APP1 and body.startswith(EXIF_HEAD):
            yield "exif", body.removeprefix(EXIF_HEAD)
        elif marker == _APP1 and body.startswith(_XMP_HEAD):
            yield "xmp", body.removeprefix(_XMP_HEAD)
        elif marker == _APP13 and body.startswith(_IRB_HEAD):
            yield from _resources(body.removeprefix(_IRB_HEAD))


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment before the picture itself."""
    at = 2
    for _ in range(MOST_CHUNKS):
        at = data.find(b"\xff", at)
        if not 0 <= at < len(data) - 4 or data[at + 1] in (_EOI, _SOS):
            return
        if data[at + 1] in _NO_BODY:
            at += 1
            continue
        size = int.from_bytes(data[at + 2 : at + 4])
        yield data[at + 1], data[at + 4 : at + 2 + size]
        at += 2 + max(size, 2)


def _resources(data: bytes) -> Found:
    """IPTC out of Photoshop's image resources (8BIM, number, padded name, padded data)."""
    at = 0
    for _ in range(MOST_CHUNKS):
        if data[at : at + 4] != b"8BIM" or len(data) < at + 12:
            return
        number = int.from_bytes(data[at + 4 : at + 6])
        at += 6 + _even(1 + data[at + 6])
        size = int.from_bytes(data[at : at + 4])
        if number == _IRB_IPTC:
            yield "iptc", data[at + 4 : at + 4 + size]
        elif number == _IRB_THUMBNAIL:
            yield "thumbnail", data[at + 4 : at + 4 + size][_IRB_THUMBNAIL_HEAD:]
        at += 4 + _even(size)


def _even(size: int) -> int:
    return size + size % 2


# ------------------------------------------------------------------------- PNG and WebP


def _png(data: bytes) -> Found:
    for name, body in _chunks(data, len(_PNG_HEAD)):
        if name == b"eXIf":
            yield "exif", body.removeprefix(EXIF_HEAD)
        elif name == b"iTXt" and body.startswith(b"XML:com.adobe.xmp\0"):
            yield "xmp", _international_text(body)
        elif name in (b"zTXt", b"tEXt") and body.startswith(b"Raw profile type "):
            yield from _raw_profile(name, body)


def _chunks(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each PNG chunk."""
    for _ in range(MOST_CHUNKS):
        if len(data) < at + 8:
            return
        size = int.from_bytes(data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + min(size, LARGEST)]
        at += 12 + size


def _international_text(body: bytes) -> bytes:
    """The text of an iTXt chunk: keyword, two flags, language, translation, text."""
    _, _, rest = body.partition(b"\0")
    _language, _, words = rest[2:].partition(b"\0")
    _translated, _, text = words.partition(b"\0")
    return _inflated(text) if rest[:1] == b"\x01" else text


def _raw_profile(name: bytes, body: bytes) -> Found:
    """A block as ImageMagick keeps it in a text chunk: a head line, a length, hex digits."""
    keyword, _, rest = body.partition(b"\0")
    text = _inflated(rest[1:]) if name == b"zTXt" else rest
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", text.partition(b"\n")[2].split(b"\n", 2)[-1])
    block = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    if block.startswith(EXIF_HEAD):
        yield "exif", block.removeprefix(EXIF_HEAD)
    elif block.startswith(_XMP_HEAD):
        yield "xmp", block.removeprefix(_XMP_HEAD)
    elif keyword.endswith(b" iptc"):
        yield from _resources(block) if block.startswith(b"8BIM") else [("iptc", block)]


def _inflated(stream: bytes) -> bytes:
    """What a zlib stream holds, as far as it can be read and no more than a block may."""
    try:
        return zlib.decompressobj().decompress(stream, LARGEST)
    except zlib.error:
        return b""


def _webp(data: bytes) -> Found:
    at = 12
    for _ in range(MOST_CHUNKS):
        if len(data) < at + 8:
            return
        name, size = struct.unpack_from("<4sI", data, at)
        if name in (b"EXIF", b"XMP "):
            body = data[at + 8 : at + 8 + min(size, LARGEST)]
            yield ("exif" if name == b"EXIF" else "xmp"), body.removeprefix(EXIF_HEAD)
        at += 8 + _even(size)


# --------------------------------------------------------------------- TIFF and the rest


def _tiff(data: bytes) -> Found:
    tags = TiffTags(data)
    yield "exif", data
    for kind, tag in (("xmp", _TIFF_XMP), ("iptc", _TIFF_IPTC)):
        block = tags.raw(tag)[:LARGEST]
        if block:
            yield kind, _in_order(block) if kind == "iptc" else block
    yield from _resources(tags.raw(_TIFF_IRB))


def _in_order(block: bytes) -> bytes:
    """IPTC that a program wrote as 32-bit numbers of the other byte order, put right."""
    if block[:1] == IIM_TAG or block[3:4] != IIM_TAG:
        return block
    return b"".join(block[at : at + 4][::-1] for at in range(0, len(block), 4))


def _scanned(data: bytes) -> Found:
    for head in _TIFF_HEADS:
        at = _after_exif_head(data, head)
        if at < len(data):
            yield "exif", data[at : at + LARGEST]
    start = data.find(_XMP_START)
    end = data.find(_XMP_END, start, start + LARGEST) if start >= 0 else -1
    if start >= 0:
        # One that has no end is there, and cannot be read.
        yield "xmp", data[start : end + len(_XMP_END) if end >= 0 else start + LARGEST]


def _after_exif_head(data: bytes, head: bytes) -> int:
    """Where a TIFF header stands right behind what opens an EXIF item; else the end."""
    at = -1
    for _ in range(MOST_CHUNKS):
        at = data.find(head, at + 1)
        if at < 0:
            break
        if data[max(at - len(EXIF_HEAD), 0) : at].endswith(_BEFORE_EXIF):
            return at
    return len(data)
