"""Ways to damage a file: each takes bytes and a die, and gives other bytes.

Blind damage is mostly caught by the first check; so some of these know what parsers trip
over: lengths, offsets, counts and markers at their extremes, pieces said twice, two files in one.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Sequence

Mutation = Callable[[bytearray, random.Random, bytes], bytearray]

EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
"""Numbers at which signs flip, sums overflow and memory is asked for."""

TOKENS = (
    b"\xff\xd8\xff", b"\xff\xd9", b"\xff\xda", b"\xff\xe1", b"\xff\xc2", b"IHDR", b"IDAT", b"iCCP",
    b"eXIf", b"iTXt", b"acTL", b"RIFF", b"VP8X", b"EXIF", b"ICCP", b"II*\x00", b"MM\x00*", b"ftyp",
    b"iloc", b"jumb", b"uuid", b"<!DOCTYPE x [<!ENTITY a '&a;'>]>", b"<!--", b"]]>", b"\x00\x00",
    b"http://127.0.0.1/", b"%n%s", b"../../", b"\xe2\x80\xae", b"\x1b[2J", b"NaN", b"1e999",
    b"[[[[[[[[", b'{"a":' * 8, b"-1", b"99999999999999999999", b"9999-99-99T99:99:99",
)  # fmt: skip
"""Words of formats and of text that some parser takes seriously."""

MOST = 1 << 20
"""Bytes that a mutation may grow a file to."""


def mutated(data: bytes, dice: random.Random, other: bytes) -> bytes:
    """The file after one to six mutations; ``other`` is what may be spliced in."""
    made = bytearray(data)
    for _ in range(min(dice.randint(1, 6), dice.randint(1, 6))):
        made = dice.choice(MUTATIONS)(made, dice, other)[:MOST]
    return bytes(made)


def _bits(data: bytearray, dice: random.Random, _: bytes) -> bytearray:
    for _bit in range(dice.choice((1, 2, 8, 64)) if data else 0):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return data


def _bytes(data: bytearray, dice: random.Random, _: bytes) -> bytearray:
    for _byte in range(dice.choice((1, 4, 32)) if data else 0):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return data


def _number(data: bytearray, dice: random.Random, _: bytes) -> bytearray:
    """A number at its extreme, or a bit beside what stood there, in either byte order."""
    form = dice.choice((">H", "<H", ">I", "<I", "B"))
    size = struct.calcsize(form)
    if len(data) < size:
        return data
    at = _place(data, dice, size)
    stood = struct.unpack_from(form, data, at)[0]
    value = dice.choice((*EXTREMES, stood + 1, stood - 1, stood * 2, len(data)))
    struct.pack_into(form, data, at, value & (1 << 8 * size) - 1)
    return data


def _cut(data: bytearray, dice: random.Random, _: bytes) -> bytearray:
    return data[: dice.randrange(len(data) + 1)]


def _without(data: bytearray, dice: random.Random, _: bytes) -> bytearray:
    start, end = _piece(data, dice)
    return data[:start] + data[end:]


def _again(data: bytearray, dice: random.Random, _: bytes) -> bytearray:
    """A piece said once more, or a hundred times."""
    start, end = _piece(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 2, 100)) + data[end:]


def _moved(data: bytearray, dice: random.Random, _: bytes) -> bytearray:
    start, end = _piece(data, dice)
    piece = data[start:end]
    rest = data[:start] + data[end:]
    at = dice.randrange(len(rest) + 1)
    return rest[:at] + piece + rest[at:]


def _token(data: bytearray, dice: random.Random, _: bytes) -> bytearray:
    token = dice.choice(TOKENS)
    at = dice.randrange(len(data) + 1)
    behind = at if dice.random() < 0.5 else at + len(token)
    return data[:at] + token + data[behind:]


def _spliced(data: bytearray, dice: random.Random, other: bytes) -> bytearray:
    """The beginning of one file and the end of another."""
    mine = dice.randrange(len(data) + 1)
    return data[:mine] + other[dice.randrange(len(other) + 1) :]


def _noise(data: bytearray, dice: random.Random, _: bytes) -> bytearray:
    start, end = _piece(data, dice)
    data[start:end] = dice.randbytes(end - start)
    return data


MUTATIONS: Sequence[Mutation] = (
    _bits, _bytes, _number, _number, _number, _cut, _without, _again, _moved, _token, _spliced,
    _noise,
)  # fmt: skip
"""All of them; numbers count thrice, for they find most."""


def _place(data: bytearray, dice: random.Random, size: int) -> int:
    """Where to strike: half of the time near the beginning, where headers stand."""
    most = len(data) - size
    return (
        min(most, int(dice.expovariate(1 / 64))) if dice.random() < 0.5 else dice.randint(0, most)
    )


def _piece(data: bytearray, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + int(dice.expovariate(1 / 200)) + 1)
