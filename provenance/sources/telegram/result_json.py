"""``result.json``: every message of one chat or of a whole account, one by one.

The keys are those that Telegram Desktop writes (``export_output_json.cpp``). A chat is an
object with ``name``, ``type``, ``id`` and a list of ``messages``; an account has such chats
in ``chats.list`` and ``left_chats.list``. What is broken is told once, and reading goes on
with the next message or the next chat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TextIO

from provenance.errors import Refused
from provenance.sources.export import LONGEST_NAME, broken, is_picture, text_of
from provenance.sources.telegram import when
from provenance.sources.telegram.message import (
    GROUPS,
    PRIVATE,
    PUBLIC,
    Chat,
    Forward,
    Message,
    Posting,
)
from provenance.sources.telegram.window import Malformed, Window

Read = tuple[Chat, Message | Refused | None]
"""A chat and one of its messages: with a picture, one that cannot be read, any other."""

_MARK: Final = re.compile(
    r'\{\s*(?:"id"\s*:\s*-?\d+\s*,\s*(?P<message>"type"\s*:)|"name"\s*:'
    rf'|"type"\s*:\s*"(?:{"|".join(sorted(PRIVATE | GROUPS | PUBLIC))})")'
    r'|"(?P<list>messages)"\s*:\s*\['
)
"""How a message, a chat or its list of messages begins; in a text the marks were escaped."""

_NOT_EXPORTED: Final = re.compile(r"\((?:File|Photo) [^()]*\)$")
_DEEPEST: Final = 32
_HEAD: Final = ("name", "type")
_NO_PICTURES: Final = ("sticker", "animation", "video_file", "video_message")


def read(stream: TextIO) -> Iterator[Read]:
    """The messages of a ``result.json``, in its order."""
    walk = _Walk(stream)
    while True:
        try:
            yield from walk.messages()
        except Malformed:
            yield walk.chat, broken("A part of this export cannot be read.")
            if walk.goes_on():
                continue
        return


@dataclass(slots=True)
class _Frame:
    """An object or list that is open; ``head`` holds what an object says of a chat."""

    closes: str
    head: dict[str, str] = field(default_factory=dict)
    holds_messages: bool = False


class _Walk:
    """The way through the document; it can be taken up again behind what is broken."""

    def __init__(self, stream: TextIO) -> None:
        self.window = Window(stream)
        self.open: list[_Frame] = []
        self.chat = Chat()
        self.begun = self.interrupted = False

    def messages(self) -> Iterator[Read]:
        """Every message from here on; raises :class:`Malformed`."""
        while not self._is_over() and (character := self.window.peek()):
            frame = self.open[-1] if self.open else None
            if frame is None:
                self._open(character)
            elif character == frame.closes:
                self.window.skip()
                self.open.pop()
            elif character == ",":
                self.window.skip()
            elif frame.closes == "}":
                self._member(frame)
            elif frame.holds_messages:
                yield self.chat, _message(self.window.value())
            else:
                self._open(character)
        if not self.interrupted and (self.open or not self.begun):
            raise Malformed

    def _is_over(self) -> bool:
        """Whether nothing follows; raises :class:`Malformed` where something does.

        A bracket too many closes the document before its end. Once it was interrupted, brackets
        are left over, and what matters is whether a message or a chat follows them.
        """
        if self.open or not self.begun or not self.window.peek():
            return False
        if not self.interrupted:
            raise Malformed
        return not self.goes_on()

    def goes_on(self) -> bool:
        """Move to the next message or chat; false where there is none.

        Between the messages of a chat the next one is of the same chat. Anywhere else, unless
        there is but one, nobody knows which chat the next one is of.
        """
        among_messages = bool(self.open) and self.open[-1].holds_messages
        found = self.window.seek(_MARK)
        if found is None:
            return False
        self.begun = self.interrupted = True
        if not self.chat.alone and not (among_messages and found["message"]):
            self.chat = Chat()
        self.open = [] if self.chat.alone else [_Frame("}"), _Frame("}"), _Frame("]")]
        if found["message"]:
            self.open += [_Frame("}"), _Frame("]", holds_messages=True)]
        elif found["list"]:
            self.open.append(_Frame("}"))
        return True

    def _open(self, character: str, *, messages: bool = False) -> None:
        """Go into an object or a list, or pass over any other value."""
        if character not in "{[":
            self.window.value()
            return
        if len(self.open) >= _DEEPEST:
            raise Malformed
        self.window.skip()
        self.begun = True
        closes = "}" if character == "{" else "]"
        self.open.append(_Frame(closes, holds_messages=messages and closes == "]"))

    def _member(self, frame: _Frame) -> None:
        """One key of an object with its value."""
        key = self.window.value()
        if not isinstance(key, str) or self.window.peek() != ":":
            raise Malformed
        self.window.skip()
        if key in _HEAD and self.window.peek() == '"':
            frame.head[key] = self.window.value()[:LONGEST_NAME]
        elif key == "messages":
            name, kind = (frame.head.get(each) for each in _HEAD)
            self.chat = Chat(text_of([name or ""]), kind, alone=len(self.open) == 1)
            self._open(self.window.peek(), messages=True)
        else:
            self._open(self.window.peek())


# --------------------------------------------------------------------------- one message


def _message(said: Any) -> Message | Refused | None:
    """A message of the list, if it shows a picture."""
    if not isinstance(said, dict):
        return broken("A message of this export cannot be read.")
    path = _picture(said)
    if path is None:
        return None
    missing = _NOT_EXPORTED.search(path)
    number = said.get("id")
    return Message(
        number=number if isinstance(number, int) and number > 0 else None,
        path=None if missing else path,
        posting=_posting(said),
        text=_text(said.get("text")),
        forward=_forward(said),
        why=missing[0].strip("()") if missing else None,
    )


def _picture(said: dict[str, Any]) -> str | None:
    """The name of the picture: a photo, or a file that is one."""
    photo, file, kind = (said.get(key) for key in ("photo", "file", "mime_type"))
    if isinstance(photo, str):
        return photo
    if not isinstance(file, str) or said.get("media_type") in _NO_PICTURES:
        return None
    image = isinstance(kind, str) and kind.startswith("image/")
    name = _NOT_EXPORTED.sub("", file).rstrip()
    return file if image or is_picture(name) else None


def _posting(said: dict[str, Any]) -> Posting:
    local = said.get("date")
    clock = when.of_local(local)
    return Posting(
        date=when.both(when.of_instant(said.get("date_unixtime")), clock),
        local=local if clock else None,
        edited=when.both(
            when.of_instant(said.get("edited_unixtime")), when.of_local(said.get("edited"))
        ),
    )


def _forward(said: dict[str, Any]) -> Forward | None:
    """The channel it came from. A person, or a name that may be one, is not kept."""
    name, peer = said.get("forwarded_from"), said.get("forwarded_from_id")
    if not isinstance(name, str) or not isinstance(peer, str) or not peer.startswith("channel"):
        return None
    return Forward(text_of([name[:LONGEST_NAME]]))


def _text(text: Any) -> str | None:
    """The words of a message: plain, or in pieces of which some are links or bold."""
    pieces = text if isinstance(text, list) else [text]
    said = (piece.get("text") if isinstance(piece, dict) else piece for piece in pieces)
    return text_of(each for each in said if isinstance(each, str))
