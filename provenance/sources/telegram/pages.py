"""``messages.html``, ``messages2.html`` ...: the same export as pages to look at.

Telegram Desktop writes every tag on its own with plain attributes in double quotation marks,
and escapes all else (``export_output_html.cpp``), so a page is read tag by tag with two
searches each, in time that grows with its length and no faster. Between two messages nothing
is held: a page may have any size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final, TextIO

from provenance.errors import Refused
from provenance.sources.export import broken, is_picture, text_of
from provenance.sources.telegram import when
from provenance.sources.telegram.message import Chat, Forward, Message, Posting

MOST: Final = 1 << 18
"""Characters of one message with its tags; ordinary ones have 2,000."""

_CHUNK: Final = 1 << 16
_BEGIN: Final = '<div class="message '
_ATTRIBUTE: Final = re.compile(r'([a-z-]+) ?= ?"([^"]*)"')
_VOID: Final = ("br", "img", "meta", "link", "hr", "input")
_NUMBER: Final = re.compile(r"message(\d{1,15})$")
_HEADER: Final = "text bold"
_SKIPPED: Final = ("Not included", "Exceeds maximum size", "Unavailable")


def title(stream: TextIO) -> Chat:
    """The chat of a page, from what stands above its messages."""
    above = next(_pieces(stream), "")
    page = _Page()
    page.read(above[:MOST])
    return Chat(text_of(page.words.get(_HEADER, ())), alone=True)


def read(stream: TextIO) -> Iterator[Message | Refused | None]:
    """The messages of one page in their order; ``None`` for one without a picture."""
    pieces = _pieces(stream)
    next(pieces, None)
    for piece in pieces:
        yield _message(piece)


def _pieces(stream: TextIO) -> Iterator[str]:
    """The page cut before each message; what is longer than a message comes cut off."""
    held, cut = "", False
    while chunk := stream.read(_CHUNK):
        held += chunk
        while (at := held.find(_BEGIN, 1)) > 0:
            if not cut:
                yield held[:at]
            held, cut = held[at:], False
        if len(held) > MOST + _CHUNK:
            if not cut:
                yield held
            held, cut = held[-len(_BEGIN) :], True
    if not cut:
        yield held


@dataclass(slots=True)
class _Page:
    """What the tags of one message say.

    ``words`` holds the text by the class of the tag it stands in, that of a forwarded message
    under ``forwarded`` as well; ``titles`` the dates shown, ``links`` class and address of
    every link.
    """

    open: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    number: int | None = None

    def read(self, piece: str) -> None:
        """Take in a piece of a page, tag by tag."""
        at = 0
        while (begin := piece.find("<", at)) >= 0:
            self._say(piece[at:begin])
            end = piece.find(">", begin)
            if end < 0:
                return
            self._tag(piece[begin + 1 : end])
            at = end + 1

    def _tag(self, tag: str) -> None:
        if tag.startswith("/"):
            del self.open[-1:]
            return
        name = tag.split(None, 1)[0].rstrip("/").lower() if tag.split() else ""
        told = {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag)}
        if name == "br":
            self._say("\n")
        elif name not in _VOID and not tag.endswith("/") and not tag.startswith("!"):
            self._opened(name, told)

    def _opened(self, name: str, told: dict[str, str]) -> None:
        class_ = told.get("class", "")
        self.open.append(class_)
        self.classes.add(class_)
        if "date details" in class_:
            self.titles.setdefault(self._where("date"), told.get("title", ""))
        if name == "a" and "href" in told:
            self.links.append((class_, told["href"]))
        if class_.startswith("message "):
            found = _NUMBER.match(told.get("id", ""))
            self.number = int(found[1]) if found else None

    def _say(self, text: str) -> None:
        if self.open:
            class_ = next((each for each in reversed(self.open) if each), "")
            self.words.setdefault(self._where(class_), []).append(unescape(text))

    def _where(self, what: str) -> str:
        return f"forwarded {what}" if "forwarded body" in self.open else what

    def text(self, class_: str) -> str | None:
        """What stands in tags of this class, whether forwarded or not."""
        said = self.words.get(class_) or self.words.get(f"forwarded {class_}") or ()
        return text_of(said)


def _message(piece: str) -> Message | Refused | None:
    """One message, if it shows a picture."""
    if len(piece) > MOST:
        return broken(f"A message of this export is longer than {MOST:,} characters.")
    page = _Page()
    page.read(piece)
    path, why = _picture(page)
    if path is None and why is None:
        return None
    date, local = when.shown(page.titles.get("date", ""))
    return Message(
        number=page.number,
        path=path,
        posting=Posting(date, local),
        text=page.text("text"),
        forward=_forward(page),
        why=why,
        tells_edits=False,
    )


def _picture(page: _Page) -> tuple[str | None, str | None]:
    """The name of the picture, or why it is not there; neither where there is none."""
    for class_, address in page.links:
        if "photo_wrap" in class_ or "media_photo" in class_:
            return address, None
        if "media_file" in class_ and is_picture(address):
            return address, None
    if not any("media_photo" in class_ for class_ in page.classes):
        return None, None
    why = page.text("description")
    return None, why if why and why.startswith(_SKIPPED) else "Not included."


def _forward(page: _Page) -> Forward | None:
    """When the message was first posted. Whether by a person or a channel no page tells."""
    title_ = page.titles.get("forwarded date")
    if title_ is None:
        return None
    return Forward(None, Posting(*when.shown(title_)))
