"""The mark that a browser left on a download: where the file came from.

It is a lead, and no more: whoever has the file can write what they like there, and it says
nothing of when. So an address from it is a fact and an undated sighting, never a date.
"""

from __future__ import annotations

import plistlib
import struct
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final
from urllib.parse import urlsplit, urlunsplit
from xml.parsers.expat import ExpatError

from provenance.metadata.words import fact
from provenance.models import Fact, How

FROM: Final = "downloaded_from"
PAGE: Final = "downloaded_on"

_LONGEST: Final = 2048
"""Characters of an address; browsers themselves stop near this."""

_MOST_LINES: Final = 200
_ZONE_KEYS: Final = {"hosturl": FROM, "referrerurl": PAGE}
_PLIST_ERRORS: Final = (
    *(plistlib.InvalidFileException, ExpatError, struct.error),
    *(ValueError, TypeError, LookupError, OverflowError, RecursionError, MemoryError),
)
"""What the standard library's reader raises on a property list that is none."""


def read(marks: Mapping[str, bytes]) -> tuple[Fact, ...]:
    """Facts from marks (``zone_identifier``, ``where_froms``, ``origin_url``, ``referrer_url``).

    At most one address of the file and one of the page; the first that is an address of the
    web counts, without a name and password in it.
    """
    told: dict[str, str] = {}
    for what, text in _told(marks):
        address = _address(text)
        if address and what not in told:
            told[what] = address
    facts = (fact(what, told[what], How.DOWNLOAD_MARK) for what in sorted(told))
    return tuple(chain.from_iterable(facts))


def _told(marks: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    yield from _zone(marks.get("zone_identifier", b""))
    yield from zip((FROM, PAGE), _where_froms(marks.get("where_froms", b"")), strict=False)
    for key, what in (("origin_url", FROM), ("referrer_url", PAGE)):
        yield what, marks.get(key, b"").decode("utf-8", "replace")


def _zone(data: bytes) -> Iterator[tuple[str, str]]:
    """``HostUrl`` and ``ReferrerUrl`` of a ``[ZoneTransfer]``."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    for line in data.decode(encoding, "replace").splitlines()[:_MOST_LINES]:
        key, _, value = line.partition("=")
        if what := _ZONE_KEYS.get(key.strip().lower()):
            yield what, value


def _where_froms(data: bytes) -> list[str]:
    """The texts of a binary property list that is a list of texts: the file, then the page."""
    if not data.startswith(b"bplist00"):
        return []
    try:
        said = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    except _PLIST_ERRORS:
        return []
    texts = said[:2] if isinstance(said, list) else []
    return [each if isinstance(each, str) else "" for each in texts]


def _address(text: str) -> str | None:
    """An address of the web as it can be shown and kept; ``None`` for anything else."""
    stripped = text.strip().strip("\0")
    if len(stripped) > _LONGEST or not stripped.isprintable() or " " in stripped:
        return None
    try:
        parts = urlsplit(stripped)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
