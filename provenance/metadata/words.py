"""Foreign text made fit to be shown and stored, and facts of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from provenance.metadata.instants import Reading
from provenance.models import Fact, How

LONGEST = 20_000
"""Characters kept of one text; the longest in 1,832 real files has 401."""


NO_DATE = Reading()


def fact(what: str, text: str, how: How, reading: Reading = NO_DATE) -> Iterator[Fact]:
    """One fact, or none where the text is empty; ``reading`` where it ought to be a date."""
    shown = plain(text)
    if shown:
        yield Fact(what, shown, how, reading.date, reading.problem)


def plain(value: Any) -> str:
    """Text as it can be written anywhere: valid Unicode, no NUL, no blanks around.

    Bytes are UTF-8 where they can be, else Latin-1, in which every byte is a letter.
    """
    if value is None:
        return ""
    text = _decoded(value) if isinstance(value, bytes) else str(value)
    sound = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    return sound.strip()[:LONGEST]


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
