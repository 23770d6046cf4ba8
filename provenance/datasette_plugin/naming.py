"""Who sits at this machine, where no account says so: asked once, kept in a cookie.

A name and no proof: whoever can open the archive's file can write any name into it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit

COOKIE: Final = "provenance_name"
FIELD: Final = "by"
LONGEST: Final = 100


def plain_name(text: str) -> str:
    """A name in one spelling, with nothing in it that cannot be seen; empty where none is left."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())[:LONGEST].strip()
    return plain if plain.isprintable() else ""


def said_name(given: Mapping[str, str]) -> str:
    """The name that a form brings, or an empty text."""
    return plain_name(given.get(FIELD, ""))


def remembered(cookies: Mapping[str, Any]) -> str | None:
    """The name that this browser was told."""
    return plain_name(unquote(str(cookies.get(COOKIE, "")))[: 2 * LONGEST]) or None


def remember(visit: Visit, name: str) -> None:
    """Keep the name with the answer, and use it from now on."""
    visit.cookies[COOKIE] = quote(plain_name(name), safe="")
