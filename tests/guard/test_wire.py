"""The wire: what goes in comes out; what is no message is refused, cheaply."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.guard import wire

LIMIT = 1 << 20

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
)
messages = st.recursive(
    scalars,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def sent(message: Any) -> bytes:
    stream = io.BytesIO()
    wire.send(stream, message)
    return stream.getvalue()


def received(data: bytes, limit: int = LIMIT) -> Any:
    return wire.receive(io.BytesIO(data), limit)


def framed(header: bytes, body: bytes = b"") -> bytes:
    return wire.HEAD.pack(wire.MAGIC, len(header), len(body)) + header + body


@given(messages)
def test_what_goes_in_comes_out(message: Any) -> None:
    assert received(sent(message)) == message


@pytest.mark.parametrize("dtype", wire.DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3, 4)])
def test_arrays(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    (back,) = received(sent([array]))
    assert back.dtype == array.dtype
    assert np.array_equal(back, array)
    assert back.flags.writeable


def test_arrays_of_any_layout() -> None:
    array = np.arange(24, dtype=">u2").reshape(4, 6)[::2, ::-1].T
    assert np.array_equal(received(sent(array)), array)


def test_messages_follow_one_another() -> None:
    stream = io.BytesIO(sent({"a": b"1"}) + sent([2]))
    assert wire.receive(stream, LIMIT) == {"a": b"1"}
    assert wire.receive(stream, LIMIT) == [2]
    with pytest.raises(EOFError):
        wire.receive(stream, LIMIT)


@pytest.mark.parametrize("value", [object(), {1: 2}, {1, 2}, np.array(["a"]), 1j])
def test_what_does_not_travel(value: Any) -> None:
    with pytest.raises(TypeError):
        sent({"x": value})


def test_a_message_too_deep_or_too_long_is_not_sent() -> None:
    deep: list[Any] = []
    for _ in range(wire.DEPTH):
        deep = [deep]
    with pytest.raises(ValueError, match="deep"):
        sent(deep)
    with pytest.raises(ValueError, match="long"):
        sent("x" * wire.HEADER_BYTES)


BAD = {
    "other magic": b"X" * 100,
    "short head": b"PVG1\0",
    "short header": framed(b"[]")[:-1],
    "huge header": wire.HEAD.pack(wire.MAGIC, 0xFFFFFFFF, 0),
    "huge body": wire.HEAD.pack(wire.MAGIC, 2, 1 << 62) + b"{}",
    "no JSON": framed(b"{"),
    "no UTF-8": framed(b'"\xff"'),
    "deep JSON": framed(b"[" * 100_000),
    "deep lists": framed(json.dumps(eval("['l'," * 40 + "1" + "]" * 40)).encode()),
    "unknown part": framed(b'["z",1]'),
    "empty list": framed(b"[]"),
    "missing bytes": framed(b'["b",5]', b"1234"),
    "left-over bytes": framed(b'["b",3]', b"1234"),
    "negative": framed(b'["b",-1]', b""),
    "true is no length": framed(b'["b",true]', b"1"),
    "object array": framed(b'["a","object",[1]]', b"12345678"),
    "array too short": framed(b'["a","uint8",[2,3]]', b"12345"),
    "array of many dimensions": framed(b'["a","uint8",[1,1,1,1,1]]', b"1"),
    "negative shape": framed(b'["a","uint8",[-1,-1]]', b"1"),
    "endless shape": framed(b'["a","uint8",[0,99999999999999999999]]'),
    "big number": framed(b"9" * 10_000),
}


@pytest.mark.parametrize("frame", BAD.values(), ids=list(BAD))
def test_what_is_no_message_is_refused(frame: bytes) -> None:
    with pytest.raises(wire.BadFrame):
        received(frame)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(data: bytes) -> None:
    with contextlib.suppress(wire.BadFrame):
        received(framed(data[:100], data[100:]))


@given(st.binary(min_size=1, max_size=8), st.integers(0, 200))
def test_a_damaged_message_is_a_message_or_refused(noise: bytes, at: int) -> None:
    good = sent({"a": [1, b"xyz", {"b": np.zeros((2, 2), np.float32)}]})
    with contextlib.suppress(wire.BadFrame, EOFError):
        received(good[:at] + noise + good[at + len(noise) :])
