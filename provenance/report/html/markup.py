"""HTML that cannot be broken by what stands in it.

A template engine would bring a dependency and a second language for one page. Here text
and markup are two types: whatever is not :class:`Markup` is escaped on its way in, so
forgetting to escape is a type error and not a hole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final
from urllib.parse import urlsplit

from provenance.report.visible import visible
from provenance.wording import reading_direction

_EMPTY: Final = frozenset({"br", "img", "input"})
_LINES: Final = re.compile(r"\r\n|\r|\n")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Content = Markup | str | int | None
"""What may stand in an element; ``None`` and the empty text stand for nothing."""


def element(name: str, *content: Content, **attributes: str | int | bool | None) -> Markup:
    """An element; ``None`` and ``False`` leave an attribute out, ``True`` has no value.

    A trailing underscore is dropped (``class_``), any other becomes a hyphen.
    """
    given = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _EMPTY:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{joined(content)}</{name}>")


def joined(content: Iterable[Content]) -> Markup:
    """Pieces one after the other."""
    return Markup("".join(_piece(piece) for piece in content))


def foreign(text: object) -> Markup:
    """Text from a file or a person: isolated, so that its reading direction stays its own.

    Line breaks remain line breaks; other control characters are shown as their codes.
    """
    lines = [Markup(escape(visible(line))) for line in _LINES.split(str(text))]
    return Markup(f'<bdi dir="auto">{"<br>".join(lines)}</bdi>')


def own(text: str, lang: str) -> Markup:
    """A sentence of ours, in the language in which it was made, which may not be the page's."""
    return element("bdi", text, lang=lang, dir=reading_direction(lang))


def link(address: str) -> Markup:
    """An address as text; one that leads to the web can be followed, without a trace."""
    shown = foreign(address)
    if not _leads_to_the_web(address):
        return shown
    return element("a", shown, href=address, rel="noreferrer noopener nofollow")


def _leads_to_the_web(address: str) -> bool:
    if visible(address) != address or any(character.isspace() for character in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _piece(piece: Content) -> str:
    if isinstance(piece, Markup):
        return piece
    return "" if piece is None else escape(visible(str(piece)))


def _attribute(key: str, value: str | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.removesuffix("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
