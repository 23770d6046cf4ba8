"""What travels between the main process and its workers: framed messages, never pickle.

A frame is ``PVG1``, the length of a JSON header (4 bytes, big-endian), the length of the
body (8 bytes), the header, the body. The header is the message with its binary parts cut
out; the body is those parts in order of appearance. In the header

* ``null``, booleans, numbers and strings stand for themselves,
* an object is a dict with string keys,
* ``["l", …]`` is a list, ``["b", n]`` are the next n bytes of the body,
* ``["a", dtype, [shape]]`` is a NumPy array in C order, its bytes next in the body.

A worker may have been taken over by the file it read, so :func:`receive` believes nothing:
every length is checked before anything is allocated, and all else raises :class:`BadFrame`.
"""

from __future__ import annotations

import json
import math
import struct
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from numpy.typing import NDArray

Part = bytes | memoryview

MAGIC = b"PVG1"
HEAD = struct.Struct(">4sIQ")

HEADER_BYTES = 1 << 20
"""Longest header: a list of lists of this size costs the reader about 25 MB, no more."""

DEPTH = 32
"""Deepest nesting; our own messages have five levels."""

DIMENSIONS = 4

LONGEST = 1 << 31
"""Longest side of an array; NumPy refuses an empty array with sides beyond machine words."""

DTYPES = {
    "bool": 1,
    "uint8": 1,
    "int8": 1,
    "uint16": 2,
    "int16": 2,
    "uint32": 4,
    "int32": 4,
    "uint64": 8,
    "int64": 8,
    "float32": 4,
    "float64": 8,
}
"""Array types that may travel, with their size in bytes; little-endian on the wire."""


class BadFrame(ValueError):
    """What arrived is no message of ours."""


# ------------------------------------------------------------------------------- sending


def send(stream: BinaryIO, message: Any) -> None:
    """Write one message and flush it.

    Raises:
        TypeError: the message holds something that does not travel.
        ValueError: its header is too long or too deep.
        OSError: the other side is gone.
    """
    parts: list[Part] = []
    header = json.dumps(_packed(message, parts, DEPTH), separators=(",", ":")).encode()
    if len(header) > HEADER_BYTES:
        raise ValueError(f"a message header of {len(header)} bytes is too long")
    stream.write(HEAD.pack(MAGIC, len(header), sum(len(part) for part in parts)))
    stream.write(header)
    stream.writelines(parts)
    stream.flush()


def _packed(value: Any, parts: list[Part], depth: int) -> Any:
    """The header's form of a value; its binary parts are appended to ``parts``."""
    if depth == 0:
        raise ValueError("a message is nested too deeply")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {_key(key): _packed(item, parts, depth - 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return ["l", *(_packed(item, parts, depth - 1) for item in value)]
    if isinstance(value, bytes | bytearray | memoryview):
        parts.append(memoryview(value).cast("B"))
        return ["b", len(parts[-1])]
    if _is_array(value):
        return _packed_array(value, parts)
    raise TypeError(f"a {type(value).__name__} does not travel between processes")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("the keys of a message are strings")
    return key


def _is_array(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray)


def _packed_array(array: NDArray[Any], parts: list[Part]) -> list[Any]:
    if array.dtype.name not in DTYPES or array.ndim > DIMENSIONS:
        raise TypeError(f"arrays of {array.dtype.name}, {array.ndim} dimensions do not travel")
    parts.append(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
    return ["a", array.dtype.name, list(array.shape)]


# ----------------------------------------------------------------------------- receiving


def receive(stream: BinaryIO, limit: int) -> Any:
    """Read one message of at most ``limit`` bytes of body.

    Raises:
        EOFError: the other side closed the channel before a message began.
        BadFrame: what arrived is cut short, too large or no message.
    """
    header_length, body_length = _lengths(stream, limit)
    header = _parsed(_exactly(stream, header_length))
    body = _Body(_exactly(stream, body_length))
    value = _unpacked(header, body, DEPTH)
    if body.left:
        raise BadFrame("a message has bytes that nothing in it speaks of")
    return value


def _lengths(stream: BinaryIO, limit: int) -> tuple[int, int]:
    head = stream.read(HEAD.size)
    if not head:
        raise EOFError
    if len(head) < HEAD.size:
        raise BadFrame("a message ends in its first bytes")
    magic, header_length, body_length = HEAD.unpack(head)
    if magic != MAGIC:
        raise BadFrame("what arrived does not begin as a message")
    if header_length > HEADER_BYTES or body_length > limit:
        raise BadFrame(f"a message of {header_length} + {body_length} bytes is too large")
    return header_length, body_length


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise BadFrame("a message is cut short")
    return data


def _parsed(header: bytes) -> Any:
    try:
        return json.loads(header)
    except (ValueError, RecursionError) as problem:
        raise BadFrame("a message header is not JSON") from problem


class _Body:
    """The binary parts, handed out in order."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)

    @property
    def left(self) -> int:
        return len(self._data)

    def take(self, length: Any) -> memoryview:
        if not _is_count(length) or length > len(self._data):
            raise BadFrame("a message speaks of bytes that it does not have")
        taken, self._data = self._data[:length], self._data[length:]
        return taken


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_side(value: Any) -> bool:
    return _is_count(value) and value <= LONGEST


def _unpacked(value: Any, body: _Body, depth: int) -> Any:
    if depth == 0:
        raise BadFrame("a message is nested too deeply")
    if isinstance(value, dict):
        return {key: _unpacked(item, body, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return _unpacked_list(value, body, depth)
    return value


def _unpacked_list(value: list[Any], body: _Body, depth: int) -> Any:
    match value:
        case ["l", *items]:
            return [_unpacked(item, body, depth - 1) for item in items]
        case ["b", length]:
            return bytes(body.take(length))
        case ["a", str(dtype), list(shape)]:
            return _unpacked_array(dtype, shape, body)
    raise BadFrame("a message holds a part of an unknown kind")


def _unpacked_array(dtype: str, shape: list[Any], body: _Body) -> NDArray[Any]:
    if dtype not in DTYPES or len(shape) > DIMENSIONS or not all(map(_is_side, shape)):
        raise BadFrame("a message holds an array of an unknown form")
    data = body.take(DTYPES[dtype] * math.prod(shape))
    return _array(data, dtype).reshape(shape).copy()


def _array(data: memoryview, dtype: str) -> NDArray[Any]:
    import numpy as np

    return np.frombuffer(data, dtype=np.dtype(dtype).newbyteorder("<")).astype(dtype, copy=False)
