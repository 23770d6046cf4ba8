"""What a system keeps beside a file: the marks that browsers leave on a download.

Windows keeps ``Zone.Identifier`` in a second stream of the file, which other systems show as a
file ``NAME:Zone.Identifier`` or as an extended attribute; macOS and Linux have attributes of
their own. Here only bytes are read, up to a cap and without following links.
"""

# Names are bytes here, which pathlib does not take.

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from provenance.guard.reading import OPENING, Path

MOST: Final = 1 << 16
"""Bytes of one mark; Linux allows no longer attribute, and a mark holds two addresses."""

STREAM: Final = ":Zone.Identifier"

LEFT_BY_SYSTEMS: Final = frozenset(
    {
        *(b"thumbs.db", b"ehthumbs.db", b"ehthumbs_vista.db", b"desktop.ini", b"icon\r"),
        *(b"__macosx", b"$recycle.bin", b"system volume information", b"@eadir", b"lost+found"),
    }
)
"""What Windows, macOS and network drives leave among files, in lower case; some of it holds
small pictures of files that are long gone."""

_ATTRIBUTES: Final = {
    "user.Zone.Identifier": "zone_identifier",  # NTFS under Linux (ntfs-3g)
    "user.DosStream.Zone.Identifier:$DATA": "zone_identifier",  # Samba
    "com.apple.metadata:kMDItemWhereFroms": "where_froms",
    "user.com.apple.metadata:kMDItemWhereFroms": "where_froms",  # copied from a Mac
    "user.xdg.origin.url": "origin_url",
    "user.xdg.referrer.url": "referrer_url",
}
"""Name of an attribute -> what it is called here; freedesktop.org and the systems' own."""

_NO_FOLLOW: Final = 1  # XATTR_NOFOLLOW of macOS


def marks(path: Path) -> dict[str, bytes]:
    """The marks beside a file by what they are; none where there are none or none can be read."""
    return dict(_marks(os.fsencode(path)))


def _marks(path: bytes) -> Iterator[tuple[str, bytes]]:
    for name, kind in _ATTRIBUTES.items():
        if data := _attribute(path, name):
            yield kind, data
    if data := _stream(path + STREAM.encode()):
        yield "zone_identifier", data


def _stream(path: bytes) -> bytes:
    try:
        descriptor = os.open(path, OPENING)
    except (OSError, ValueError):
        return b""
    with os.fdopen(descriptor, "rb") as file:
        ordinary = stat.S_ISREG(os.fstat(descriptor).st_mode)
        return file.read(MOST) if ordinary else b""


def _attribute(path: bytes, name: str) -> bytes:
    if sys.platform == "linux":
        try:
            return os.getxattr(path, name, follow_symlinks=False)[:MOST]
        except (OSError, ValueError):
            return b""
    if sys.platform == "darwin" and name.startswith("com.apple."):
        return _attribute_of_mac(path, name)
    return b""


def _attribute_of_mac(path: bytes, name: str) -> bytes:
    """As :func:`os.getxattr`, which Python does not have on macOS."""
    import ctypes

    library = _library()
    if library is None or b"\0" in path:
        return b""
    buffer = ctypes.create_string_buffer(MOST)
    length = library.getxattr(path, name.encode(), buffer, MOST, 0, _NO_FOLLOW)
    return buffer.raw[:length] if length > 0 else b""


@cache
def _library() -> Any:
    """The system's own library, with the one function that is called; ``None`` without it."""
    import ctypes

    library = ctypes.CDLL(None)
    try:
        library.getxattr.restype = ctypes.c_ssize_t
        library.getxattr.argtypes = [
            *(ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p),
            *(ctypes.c_size_t, ctypes.c_uint32, ctypes.c_int),
        ]
    except AttributeError:
        return None
    return library
