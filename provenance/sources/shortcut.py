"""Shortcuts to the web that lie among pictures: ``.url``, ``.webloc``, ``.desktop``.

Somebody else wrote the address in them, so it is fetched only where that was asked for. They
are read as lines and lengths, without a parser for property lists: one address is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Final

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard import read_file
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.files import COLLECTION, problem_entry
from provenance.sources.remote import is_address, seen_at
from provenance.sources.source import Run
from provenance.sources.stated import Stated

ENDINGS: Final = frozenset({".url", ".webloc", ".desktop"})

MOST: Final = 1 << 16
"""Bytes of a shortcut that are read; browsers stop at addresses of a few thousand."""

_LINE: Final = re.compile(rb"^[ \t]*URL[ \t]*=([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_ELEMENT: Final = re.compile(rb"<key>\s*URL\s*</key>\s*<string>([^<]*)</string>")
_BINARY: Final = re.compile(rb"SURL(?:\x5f\x10(.)|([\x51-\x5e]))", re.DOTALL)
"""In a binary property list: the key, then a text of ASCII with its length."""


class Shortcut:
    """A file that only names an address on the web."""

    name = "shortcut"
    within_folders = True

    def recognises(self, argument: Argument) -> bool:
        """Whether it is an existing file with the ending of a shortcut."""
        return is_shortcut(argument)

    def check(self, argument: Argument, run: Run) -> None:
        """A shortcut spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """The picture at its address where that may be fetched, else why not."""
        blank = stated.blank(COLLECTION)
        try:
            address = _address(argument)
        except Unreadable as problem:
            yield problem_entry(argument, problem, blank)
            return
        if not run.fetch:
            yield problem_entry(argument, not_fetched(argument), blank)
            return
        yield replace(
            blank,
            name=argument.text,
            name_bytes=argument.raw_name,
            address=address.text,
            sighting=seen_at(address, blank),
        )


def is_shortcut(argument: Argument) -> bool:
    """Whether it is an existing file with the ending of a shortcut."""
    return argument.suffix in ENDINGS and argument.exists and not argument.is_folder


def not_fetched(argument: Argument) -> Unreadable:
    """A shortcut, and nobody said that its address may be fetched."""
    return Unreadable(
        UnreadableReason.FETCH_REFUSED,
        "This is a shortcut to an address on the web; nothing was fetched.",
        name=argument.text,
        advice="Say add --fetch, or give the address itself.",
    )


def _address(argument: Argument) -> Argument:
    """The address in a shortcut.

    Raises:
        Unreadable: it cannot be read, or names no address of the web.
    """
    address = Argument(_named(read_file(argument.path)[:MOST]))
    if not is_address(address):
        raise Unreadable(
            UnreadableReason.NOT_IMAGE,
            "This is a shortcut that names no address on the web.",
            name=argument.text,
            advice="Give the picture itself.",
        )
    return address


def _named(data: bytes) -> bytes:
    if data.startswith(b"bplist00"):
        return _binary(data)
    if found := _ELEMENT.search(data):
        return unescape(found[1].decode("utf-8", "replace")).strip().encode()
    found = _LINE.search(data)
    return found[1].strip() if found else b""


def _binary(data: bytes) -> bytes:
    found = _BINARY.search(data)
    if found is None:
        return b""
    length = found[1][0] if found[1] else found[2][0] & 0x0F
    return data[found.end() : found.end() + length]
