"""What a web archive is kept in: a plain WARC, a packed one, or a WACZ with several."""

# Names are bytes here, which pathlib does not take.

from __future__ import annotations

import gzip
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from provenance.errors import Refused
from provenance.guard.limits import MIB
from provenance.guard.reading import OPENING
from provenance.sources.web.failures import damaged, not_opened

PACKED = b"\x1f\x8b"
ZIPPED = b"PK"

TIMES_PACKED = 100
"""Text packs to a tenth, pictures hardly at all; a hundred times is no crawl."""

ALWAYS_READ = 1024 * MIB
"""Bytes that are unpacked of however small an archive."""

MOST_DIRECTORY = 16 * MIB
"""Bytes of the list of files in a WACZ: about 200,000 names. It is held in memory."""

MOST_WARCS = 10_000

Part = Callable[[], IO[bytes]]


@contextmanager
def parts(path: str | bytes, name: str) -> Iterator[tuple[list[Part], int]]:
    """The WARC streams in a file, each to be opened as often as needed; and bytes to read.

    Raises:
        Refused: it cannot be opened, or is no web archive.
    """
    with _opened(path, name) as file:
        size = os.fstat(file.fileno()).st_size
        most = size * TIMES_PACKED + ALWAYS_READ
        head = file.read(2)
        if head == ZIPPED:
            _refuse_directory(file, size)
            with _zip(file) as archive:
                yield [_member(archive, each) for each in _warcs(archive)], most
        else:
            yield [lambda: _from_start(file)], most


@contextmanager
def _opened(path: str | bytes, name: str) -> Iterator[IO[bytes]]:
    """An ordinary file and no link, as everywhere."""
    try:
        descriptor = os.open(path, OPENING)
    except (OSError, ValueError) as problem:
        raise not_opened(name, getattr(problem, "strerror", None) or "no such name") from problem
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise not_opened(name, "it is no ordinary file")
        yield file


def _from_start(file: IO[bytes]) -> IO[bytes]:
    """The file anew, unpacked if it is packed; closing this leaves the other open."""
    again = os.fdopen(os.dup(file.fileno()), "rb")
    again.seek(0)
    packed = again.peek(2)[:2] == PACKED
    return cast("IO[bytes]", gzip.GzipFile(fileobj=again)) if packed else again


# -------------------------------------------------------------------------------- WACZ


def _zip(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise damaged("its list of files cannot be read") from problem


def _warcs(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The WARC files in it, in order of their names."""
    found = [each for each in archive.infolist() if _is_warc(each.filename)]
    if not found:
        raise Refused(
            "no_warc",
            "There is no WARC file in this archive;",
            advice="a .wacz of one or more crawls is read, a collection of .wacz files is not.",
        )
    if len(found) > MOST_WARCS:
        raise Refused("too_big", f"It holds more than {MOST_WARCS:,} WARC files;", advice="split.")
    return sorted(found, key=lambda each: each.filename)


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


_NOT_UNPACKED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    OSError,
    ValueError,
)
"""What zipfile raises for a damaged, encrypted or oddly packed file."""


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Part:
    def opened() -> IO[bytes]:
        try:
            stream = archive.open(member)
            # A short file is unpacked and summed up here already.
            head = cast("zipfile.ZipExtFile", stream).peek(2)[:2]
        except _NOT_UNPACKED as problem:
            raise damaged("a file in it cannot be unpacked") from problem
        return cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if head == PACKED else stream

    return opened


_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_TAIL = 66_000
_IN_THE_WIDE_ONE = 0xFFFFFFFF


def _refuse_directory(file: IO[bytes], size: int) -> None:
    """Raise where the list of files alone would fill the memory; zipfile reads it whole."""
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    at, at_64 = tail.rfind(_END), tail.rfind(_END_64)
    if at < 0 or at + 20 > len(tail):
        raise damaged("its list of files is missing")
    length = struct.unpack_from("<L", tail, at + 12)[0]
    if length == _IN_THE_WIDE_ONE and 0 <= at_64 <= len(tail) - 48:
        length = struct.unpack_from("<Q", tail, at_64 + 40)[0]
    if length > MOST_DIRECTORY:
        raise Refused("too_big", "It lists too many files;", advice="split the archive.")
