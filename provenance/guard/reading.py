"""Bytes of a file that somebody else made, read without being led anywhere.

A name in a folder may be a pipe that never ends, a device, a link to elsewhere, a file
that grows while it is read. Only regular files are read, whole, up to a cap.
"""

from __future__ import annotations

import errno
import os
import stat

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard.limits import LIMITS, MIB, Limits

Path = str | bytes | os.PathLike[str] | os.PathLike[bytes]

CHUNK = MIB

# No-follow: a link may point at anything. Non-blocking: opening a pipe must not wait for its
# writer. Neither exists on Windows, where the look before opening has to do.
OPENING = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)

KINDS = (
    (stat.S_ISDIR, "This is a folder, not a file.", "Give the pictures in it, or add the folder."),
    (stat.S_ISLNK, "This is a link to another file.", "Give the file that it points to."),
    (stat.S_ISFIFO, "This is a pipe, not a file.", "Save what comes out of it to a file first."),
    (stat.S_ISSOCK, "This is a socket, not a file.", "Give an image file."),
    (stat.S_ISCHR, "This is a device, not a file.", "Give an image file."),
    (stat.S_ISBLK, "This is a device, not a file.", "Give an image file."),
)

FAILURES = {
    errno.ENOENT: ("There is no such file.", "Check the spelling and the folder."),
    errno.ENOTDIR: ("There is no such file.", "Check the spelling and the folder."),
    errno.EACCES: ("This file may not be read.", "Ask for permission to read it, or copy it."),
    errno.EPERM: ("This file may not be read.", "Ask for permission to read it, or copy it."),
    errno.ELOOP: ("This is a link to another file.", "Give the file that it points to."),
    errno.ENAMETOOLONG: ("No file can have a name this long.", "Check the spelling."),
}


def read_file(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a regular file, at most ``limits.file_bytes``; an empty file gives b"".

    Raises:
        Unreadable: ``not_a_file`` when it is missing, no regular file, or may not be read;
            ``too_big`` when it is over the cap.
    """
    try:
        _refuse_kinds(os.lstat(path))
        descriptor = os.open(path, OPENING)
    except OSError as problem:
        raise _unreadable(problem) from problem
    except ValueError as problem:  # a NUL in the name, or text that no file name can hold
        raise _not_a_file("No file can have this name.", "Check the spelling.") from problem
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        return _read(file.fileno(), limits)


def _refuse_kinds(status: os.stat_result) -> None:
    for is_kind, message, advice in KINDS:
        if is_kind(status.st_mode):
            raise _not_a_file(message, advice)
    if not stat.S_ISREG(status.st_mode):
        raise _not_a_file("This is not an ordinary file.", "Give an image file.")


def _read(descriptor: int, limits: Limits) -> bytes:
    """Read an opened file; it is looked at again, for the name may have changed hands."""
    try:
        status = os.fstat(descriptor)
        _refuse_kinds(status)
        refuse_size(status.st_size, limits)
        return _read_capped(descriptor, limits)
    except OSError as problem:
        raise _unreadable(problem) from problem


def _read_capped(descriptor: int, limits: Limits) -> bytes:
    data = bytearray()
    while chunk := os.read(descriptor, CHUNK):
        data += chunk
        refuse_size(len(data), limits)
    return bytes(data)


def refuse_size(size: int, limits: Limits) -> None:
    """Raise ``too_big`` for a file of more bytes than are read."""
    if size > limits.file_bytes:
        raise Unreadable(
            UnreadableReason.TOO_BIG,
            f"The file has {size / MIB:.0f} MB; up to {limits.file_bytes / MIB:.0f} MB are read.",
            advice="Save a smaller copy of the picture and give that.",
        )


def _not_a_file(message: str, advice: str) -> Unreadable:
    return Unreadable(UnreadableReason.NOT_A_FILE, message, advice=advice)


def _unreadable(problem: OSError) -> Unreadable:
    code = problem.errno or 0
    unknown = (f"The file could not be read ({os.strerror(code)}).", "Try a copy of it.")
    return _not_a_file(*FAILURES.get(code, unknown))
