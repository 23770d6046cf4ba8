"""The lines of a table somebody sent: opened safely, decoded honestly, never too long."""

from __future__ import annotations

import codecs
import io
import os
import stat
from collections.abc import Iterator
from typing import IO, TextIO

from provenance.errors import Refused, Unreadable, UnreadableReason, UnreadableTable
from provenance.guard.reading import OPENING

MAX_ROW = 1 << 20
"""Characters in one row, with its line breaks; captions are long, but not a megabyte."""

MAX_FIELD = 1 << 17
"""Characters in one field, the limit of the csv module."""

_HEAD = 4096

# The longer marks first: that of UTF-16 begins that of UTF-32.
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_SAVE_AGAIN = "Save it again as text in UTF-8, comma separated."


class Lines(Iterator[str]):
    """Lines of text, endings kept, with a bound on what one row may take.

    A row of a table may run over several lines; :meth:`new_row` says that one begins. A
    line that bursts the bound raises :class:`Refused` once, and the next line is the next.
    """

    def __init__(self, stream: TextIO) -> None:
        """Read from ``stream``, whose line endings are as in the file."""
        self._stream = stream
        self._left = MAX_ROW

    def new_row(self) -> None:
        """From here on another row is read."""
        self._left = MAX_ROW

    def __next__(self) -> str:
        """The next line; raises :class:`Refused` when the row grows too long."""
        line = self._stream.readline(self._left + 1)
        if not line:
            raise StopIteration
        if len(line) > self._left:
            self._finish(line)
            raise too_long()
        self._left -= len(line)
        return line

    def _finish(self, line: str) -> None:
        """Read away the rest of a line that nobody will use."""
        while line and not line.endswith(("\n", "\r")):
            line = self._stream.readline(MAX_ROW)


def too_long() -> Refused:
    """A row or a field beyond its bound."""
    return Refused(
        "row_too_long",
        f"This row is longer than {MAX_ROW:,} characters, or a field than {MAX_FIELD:,}.",
        advice="Perhaps a quotation mark is never closed.",
    )


def opened(path: str | bytes, name: str) -> TextIO:
    """The table as text; raises :class:`Unreadable` or :class:`UnreadableTable`.

    Only a regular file is opened, and no symbolic link. Bytes that are not UTF-8 come as
    lone surrogates, so that they spoil their own row and not the table.
    """
    binary = _opened_file(path, name)
    try:
        encoding, errors = _encoding(binary.read(_HEAD), name)
    except UnreadableTable:
        binary.close()
        raise
    binary.seek(0)
    return io.TextIOWrapper(binary, encoding=encoding, errors=errors, newline="")


def _opened_file(path: str | bytes, name: str) -> IO[bytes]:
    try:
        descriptor = os.open(path, OPENING)
    except OSError as error:
        raise _not_a_file(name, (error.strerror or "unknown error").lower()) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _not_a_file(name, "it is no ordinary file")
    return os.fdopen(descriptor, "rb")


def _not_a_file(name: str, why: str) -> Unreadable:
    return Unreadable(
        UnreadableReason.NOT_A_FILE, f"This table cannot be opened: {why}.", name=name
    )


def _encoding(head: bytes, name: str) -> tuple[str, str]:
    """Encoding and error handling, by the byte order mark; UTF-8 where there is none."""
    if head.startswith(_UTF_32):
        raise UnreadableTable(f"{name} is in UTF-32.", name=name, advice=_SAVE_AGAIN)
    if head.startswith(_UTF_16):
        return "utf-16", "surrogatepass"
    if b"\0" in head:
        raise UnreadableTable(f"{name} is no text.", name=name, advice=_SAVE_AGAIN)
    return "utf-8-sig", "surrogateescape"
