"""The file-system calls of a watch folder: rename, copy, write; each done whole or not at all.

Nothing here ever replaces a file that is not ours: a name that is taken gets a number.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

LONGEST_NAME = 255
"""Bytes of a file name on every file system in use."""

ROOM_FOR_ANSWERS = 64
LONGEST_ELSEWHERE = 32_000
"""Characters of a path on Windows, with the long-path setting."""

_SHORTENED = 8
_OPEN = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def moved(source: Path, wanted: Path, *, is_free: Callable[[Path], bool] | None = None) -> Path:
    """Rename to a free name as near as possible to the one wanted; the name it got.

    Raises:
        OSError: the folder cannot be written, or lies on another file system (``EXDEV``).
    """
    free = is_free or _is_free
    wanted.parent.mkdir(parents=True, exist_ok=True)
    target = next(path for path in numbered(wanted) if free(path))
    os.rename(source, target)  # noqa: PTH104  never across file systems, unlike shutil.move
    return target


def numbered(path: Path) -> Iterator[Path]:
    """``a.jpg``, ``a (2).jpg``, ``a (3).jpg`` and so on, each short enough for a name."""
    yield path
    for number in count(2):
        yield path.with_name(fitting(path.stem, f" ({number}){path.suffix}"))


def beside(path: Path, ending: str) -> Path:
    """``a.jpg.json`` beside ``a.jpg``; a name that would be too long is cut and marked."""
    return path.with_name(fitting(path.name, ending))


def fitting(name: str, ending: str) -> str:
    """A name and its ending in no more bytes than a name can have."""
    if len(os.fsencode(name + ending)) <= LONGEST_NAME:
        return name + ending
    mark = hashlib.sha256(os.fsencode(name)).hexdigest()[:_SHORTENED]
    room = LONGEST_NAME - len(os.fsencode(ending)) - _SHORTENED - 1
    while len(os.fsencode(name)) > room:
        name = name[:-1]
    return f"{name}~{mark}{ending}"


def write_whole(path: Path, data: bytes, through: Path) -> None:
    """Write a file so that it is there whole and on the disk, or not there at all.

    ``through`` is a folder of ours on the same file system. An existing file is replaced.
    """
    begun = through / f"{hashlib.sha256(os.fsencode(path)).hexdigest()}.tmp"
    descriptor = os.open(begun, _OPEN, 0o644)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(begun, path)  # noqa: PTH105  the name as it is, also where it is no UTF-8
    except OSError:
        begun.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def refuse_too_deep(path: Path) -> None:
    """Raise :class:`OSError` for a path so long that an answer beside it could not be named."""
    longest = os.pathconf("/", "PC_PATH_MAX") if hasattr(os, "pathconf") else LONGEST_ELSEWHERE
    if len(os.fsencode(path.absolute())) + ROOM_FOR_ANSWERS > longest:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(path))


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk, where the system lets folders be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def all_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in bytewise order."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda each: os.fsencode(each.name))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from all_below(Path(entry.path))
        else:
            yield Path(entry.path)


def remove_empty(folder: Path, root: Path) -> None:
    """Take away a folder of ours and those above it, as far as they are empty."""
    for each in (folder, *folder.parents):
        if each == root or not each.is_relative_to(root):
            return
        try:
            each.rmdir()
        except OSError:
            return


def exist(paths: Iterable[Path]) -> bool:
    """Whether anything has one of these names."""
    return any(os.path.lexists(path) for path in paths)


def _is_free(path: Path) -> bool:
    return not os.path.lexists(path)
