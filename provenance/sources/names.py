"""Names from standard input, each handed on as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Final

STDIN: Final = "-"
_BLOCK = 1 << 16

Typed = str | bytes


def from_lines(stream: BinaryIO) -> Iterator[bytes]:
    """One name a line, without its line break; blank lines are nothing.

    Reads no further than the line it hands on, so that somebody who types gets an answer
    to each. A name that holds a line break needs :func:`from_nul`.
    """
    while line := stream.readline():
        if name := line.rstrip(b"\r\n"):
            yield name


def from_nul(stream: BinaryIO) -> Iterator[bytes]:
    """Names that end in NUL, as ``find -print0`` writes them; empty ones are nothing.

    Takes what has come and hands on every complete name before it waits for more.
    """
    begun = b""
    while block := _available(stream):
        *names, begun = (begun + block).split(b"\0")
        yield from filter(None, names)
    if begun:
        yield begun


def expanded(arguments: Sequence[Typed], stdin: BinaryIO, *, nul: bool = False) -> Iterable[Typed]:
    """The arguments, with the names on ``stdin`` in place of ``-``.

    Without a ``-`` the answer is ``arguments`` itself, so that all can be looked at before
    anything is written. A file called ``-`` is ``./-``.
    """
    if STDIN not in arguments:
        return arguments
    read = from_nul if nul else from_lines
    return (name for each in arguments for name in (read(stdin) if each == STDIN else (each,)))


def _available(stream: BinaryIO) -> bytes:
    """What can be had without waiting for a whole block; empty at the end."""
    read1 = getattr(stream, "read1", None)
    return bytes(read1(_BLOCK)) if read1 else stream.read(1)
