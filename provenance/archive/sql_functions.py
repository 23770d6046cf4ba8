"""Functions for SQL of one's own over an archive: distances of hashes, the ends of a date."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final

from provenance.dates import instant_text, parse
from provenance.errors import UnreadableDate

_PDQ_DIGITS: Final = 64
_PHASH_DIGITS: Final = 16
_LONGEST_DATE: Final = 200


def register(connection: sqlite3.Connection) -> None:
    """``pdq_distance``, ``phash_distance``, ``edtf_earliest`` and ``edtf_latest``."""
    connection.create_function("pdq_distance", 2, _distance(_PDQ_DIGITS), deterministic=True)
    connection.create_function("phash_distance", 2, _distance(_PHASH_DIGITS), deterministic=True)
    connection.create_function("edtf_earliest", 1, edtf_earliest, deterministic=True)
    connection.create_function("edtf_latest", 1, edtf_latest, deterministic=True)


def _distance(digits: int) -> Callable[[object, object], int | None]:
    """Differing bits of two hashes in hex; null for what is none."""

    def distance(one: object, other: object) -> int | None:
        if not (isinstance(one, str) and isinstance(other, str)):
            return None
        if len(one) != digits or len(other) != digits:
            return None
        try:
            return (int(one, 16) ^ int(other, 16)).bit_count()
        except ValueError:
            return None

    return distance


def edtf_earliest(text: object) -> str | None:
    """The first instant that a date allows, UTC; null where it is open or no date."""
    return _end(text, "earliest")


def edtf_latest(text: object) -> str | None:
    """The last one."""
    return _end(text, "latest")


def _end(text: object, which: str) -> str | None:
    if not isinstance(text, str) or len(text) > _LONGEST_DATE:
        return None
    try:
        moment = getattr(parse(text), which)
    except UnreadableDate:
        return None
    return instant_text(moment) if moment else None
