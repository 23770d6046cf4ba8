"""The text of a chat: message by message, and which picture each one brings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TextIO

from provenance.errors import Refused
from provenance.sources.export import LONGEST_CAPTION, is_picture, text_of
from provenance.sources.lines import Lines
from provenance.sources.whatsapp import header
from provenance.sources.whatsapp.header import MARKS, Header

_NAME: Final = r"[^<>:/\\\n]{1,200}\.[A-Za-z0-9]{2,5}"
_IN_BRACKETS: Final = re.compile(rf"<[^<>:\n]{{2,40}}[:\uff1a]\s?(?P<name>{_NAME})>")
"""iPhone, in every language: <attached: 00000012-PHOTO-2023-10-23-15-45-12.jpg>"""

_IN_WORDS: Final = re.compile(rf"(?P<name>{_NAME}) \([^()\n]{{3,60}}\)(?=\n|$)")
"""Android, in every language: IMG-20231023-WA0001.jpg (file attached)"""

_OMITTED_IN_BRACKETS: Final = re.compile(r"<[^<>:\n]{3,60}>$")
_OMITTED: Final = frozenset(
    (
        "image omitted",
        "bild weggelassen",
        "image absente",
        "imagen omitida",
        "immagine omessa",
        "imagem ocultada",
        "imagem omitida",
        "afbeelding weggelaten",
        "görüntü dahil edilmedi",
    )
)
"""What an iPhone writes where a picture was left out of the export."""


@dataclass(slots=True)
class Message:
    """One message: its header and its text; ``number`` counts from 1."""

    number: int
    header: Header
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, line: str) -> None:
        """Take in one more line, up to what a caption may have."""
        if self.length < LONGEST_CAPTION:
            self.parts.append(line)
            self.length += len(line)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a message brings, and the words beside it; ``name`` is ``None`` if left out."""

    name: str | None
    caption: str | None


def messages(stream: TextIO) -> Iterator[Message | Refused]:
    """Every message of a chat in its order, and why a line cannot be read.

    All headers of a chat have the form of its first; a date in another form is pasted text.
    """
    current: Message | None = None
    number = 0
    for line in _lines(stream):
        if isinstance(line, Refused):
            yield line
            continue
        found = header.read(line)
        if found and (current is None or found.form == current.header.form):
            if current:
                yield current
            number += 1
            current = Message(number, found, [found.text or ""], len(found.text or ""))
        elif current:
            current.add(MARKS.sub("", line))
    if current:
        yield current


def _lines(stream: TextIO) -> Iterator[str | Refused]:
    lines = Lines(stream)
    while True:
        lines.new_row()
        try:
            yield next(lines)
        except StopIteration:
            return
        except Refused:
            yield Refused(
                "malformed_export",
                "A line of this chat is too long to be read.",
                advice="The rest was read.",
            )


def attachment(message: Message) -> Attachment | None:
    """The picture that a message brings or was to bring; ``None`` for any other message."""
    if message.header.text is None:
        return None
    text = "".join(message.parts).replace("\r\n", "\n").strip()
    found = _file(text, message.header)
    if found:
        name = found["name"].strip()
        rest = text[: found.start()] + text[found.end() :]
        return Attachment(name, text_of([rest])) if is_picture(name) else None
    first = text.split("\n", 1)[0].strip()
    left_out = _OMITTED_IN_BRACKETS.match(first) or first.lower() in _OMITTED
    return Attachment(None, None) if left_out else None


def _file(text: str, header_: Header) -> re.Match[str] | None:
    """The file that a text brings: in the form of its telephone, else in the other."""
    in_brackets, in_words = _IN_BRACKETS.search(text), _IN_WORDS.match(text)
    return in_brackets or in_words if header_.bracket else in_words or in_brackets
