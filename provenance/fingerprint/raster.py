"""The small picture that proof is made on, and its packed form.

A raster is the upright picture as luma (ITU-R BT.601, full range), reduced by area
averaging until its long side fits and never enlarged, with Cb and Cr at an eighth of its
sides. Two sizes: ``proof`` is kept with every picture, ``query`` is made afresh of a
picture that is looked up, so that an archive picture that fills only a part of it still
has pixels to compare; it is not kept, and has its colours at half of its sides, so that
thin lines drawn in a colour are seen in it.

The packed form (version 1) is lossless and needs no image decoder:

====== ===== ==================================================================
offset bytes content
====== ===== ==================================================================
0      4     ``PRR1``
4      1     kind: 1 proof, 2 query
5      1     planes of colour: 0 or 2
6      4     width and height of the grey plane, 16-bit big-endian each
10     rest  zlib stream: grey, Cb, Cr; each plane row by row, every value less
              its left and upper neighbour plus its upper left one, modulo 256
====== ===== ==================================================================

Sizes and bytes were measured: decision record 0004.
"""

from __future__ import annotations

import struct
import zlib

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.errors import Refused
from provenance.models import Pixels, Raster

PROOF = "proof_v1"
QUERY = "query_v1"

LONG_SIDE = {PROOF: 384, QUERY: 1024}
"""Largest long side in pixels, by kind (decision record 0004)."""

CHROMA_REDUCTION = {PROOF: 8, QUERY: 2}
"""Side of the square of grey pixels that one pair of colour values stands for, by kind."""

REASON = "malformed_raster"

_MAGIC = b"PRR1"
_HEADER = struct.Struct(">4sBBHH")
_CODES = {PROOF: 1, QUERY: 2}
_KINDS = {code: kind for kind, code in _CODES.items()}

# Differences of neighbours leave zlib nothing to look for but runs: over 60 photographs
# the usual strategy saves 3 % of the bytes and takes six times as long.
_LEVEL, _WINDOW_BITS, _MEMORY = 6, 15, 9

Plane = NDArray[np.uint8]


def proof_raster(pixels: Pixels) -> Raster:
    """The raster that an archive keeps: long side at most 384."""
    return _raster(pixels, PROOF)


def query_raster(pixels: Pixels) -> Raster:
    """The raster of a picture that is looked up: long side at most 1024."""
    return _raster(pixels, QUERY)


def _raster(pixels: Pixels, kind: str) -> Raster:
    small = _reduced(pixels.rgb, LONG_SIDE[kind])
    luma, red, blue = cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2YCrCb))
    height, width = luma.shape
    size = (_chroma_side(width, kind), _chroma_side(height, kind))
    chroma = np.dstack([_shrunk(blue, size), _shrunk(red, size)])
    return Raster(kind, luma.astype(np.uint8), chroma.astype(np.uint8))


def _reduced(rgb: Plane, long_side: int) -> Plane:
    """The picture with its long side at most ``long_side``, proportions kept."""
    height, width = rgb.shape[:2]
    scale = long_side / max(height, width)
    if scale >= 1:
        return rgb
    return _shrunk(rgb, (max(1, round(width * scale)), max(1, round(height * scale))))


def _shrunk(picture: cv2.typing.MatLike, size: tuple[int, int]) -> Plane:
    """Reduce to ``size`` (width, height); every pixel counts by the area it covers."""
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _chroma_side(side: int, kind: str) -> int:
    return -(-side // CHROMA_REDUCTION[kind])


# ------------------------------------------------------------------------- packed form


def pack(raster: Raster, *, to_keep: bool = True) -> bytes:
    """The raster as bytes, about 60 KB of a photograph at proof size.

    What only travels from a worker to the main process is not made smaller on the way.
    """
    height, width = raster.grey.shape
    planes = _planes(raster)
    header = _HEADER.pack(_MAGIC, _CODES[raster.kind], len(planes) - 1, width, height)
    level = _LEVEL if to_keep else 0
    stream = zlib.compressobj(level, zlib.DEFLATED, _WINDOW_BITS, _MEMORY, zlib.Z_RLE)
    parts = [stream.compress(_differences(plane).tobytes()) for plane in planes]
    return b"".join([header, *parts, stream.flush()])


def unpack(packed: bytes) -> Raster:
    """The raster that :func:`pack` packed; the bytes may come from a stranger.

    Nothing is allocated before the header is known to be within bounds, and no more than
    it announces. Raises :class:`Refused` (``malformed_raster``) for anything else.
    """
    kind, colours, width, height = _read_header(packed)
    shapes = [(height, width)] + [(_chroma_side(height, kind), _chroma_side(width, kind))] * colours
    values = _inflated(packed[_HEADER.size :], sum(h * w for h, w in shapes))
    planes = [_restored(each) for each in _cut(values, shapes)]
    return Raster(kind, planes[0], np.dstack(planes[1:]) if colours else None)


def _planes(raster: Raster) -> list[Plane]:
    if raster.chroma is None:
        return [raster.grey]
    return [raster.grey, raster.chroma[:, :, 0], raster.chroma[:, :, 1]]


def _differences(plane: Plane) -> Plane:
    """What is new in each value beside its neighbours above and to the left."""
    rows = plane.copy()
    rows[1:] -= plane[:-1]
    both = rows.copy()
    both[:, 1:] -= rows[:, :-1]
    return both


def _restored(differences: Plane) -> Plane:
    rows = np.cumsum(differences, axis=1, dtype=np.uint8)
    return np.cumsum(rows, axis=0, dtype=np.uint8)


def _read_header(packed: bytes) -> tuple[str, int, int, int]:
    """Kind, planes of colour, width and height, each within its bounds."""
    if len(packed) < _HEADER.size:
        raise _malformed("it ends before its header does")
    magic, code, colours, width, height = _HEADER.unpack_from(packed)
    if magic != _MAGIC or code not in _KINDS or colours not in (0, 2):
        raise _malformed("its header is not one this version knows")
    kind = _KINDS[code]
    if not (1 <= width <= LONG_SIDE[kind] and 1 <= height <= LONG_SIDE[kind]):
        raise _malformed(f"{width} x {height} pixels are no {kind} raster")
    return kind, colours, width, height


def _inflated(stream: bytes, expected: int) -> Plane:
    """Exactly ``expected`` bytes out of a zlib stream, and nothing behind it."""
    inflater = zlib.decompressobj()
    try:
        values = inflater.decompress(stream, expected + 1)
    except zlib.error as error:
        raise _malformed("its pixels are damaged") from error
    if len(values) != expected or not inflater.eof or inflater.unused_data:
        raise _malformed("it holds more or fewer pixels than its header says")
    return np.frombuffer(values, np.uint8)


def _cut(values: Plane, shapes: list[tuple[int, int]]) -> list[Plane]:
    """The run of values as planes of these (height, width)."""
    ends = np.cumsum([height * width for height, width in shapes])
    parts = np.split(values, ends[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)]


def _malformed(what: str) -> Refused:
    return Refused(
        REASON,
        f"A stored proof raster cannot be read: {what}.",
        advice="Add the picture file itself again, or import it without its raster.",
    )
