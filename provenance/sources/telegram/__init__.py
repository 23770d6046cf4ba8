"""Telegram Desktop's export of a chat or an account: ``result.json``, or its pages.

The JSON is read where both are there: it has dates in UTC to the second and tells edits. The
sender is left out; the chat is the source where it is a channel or a group.
"""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH119

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Final

from provenance.dates import Date
from provenance.errors import Refused, Unreadable
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.export import (
    Post,
    below,
    folder_of,
    head,
    not_in_export,
    opened,
    posted,
    refused,
    unreviewed,
)
from provenance.sources.source import Run
from provenance.sources.stated import Stated
from provenance.sources.telegram import pages, result_json, when
from provenance.sources.telegram.message import Chat, Forward, Message, Posting

_JSON: Final = b"result.json"
_PAGE: Final = re.compile(rb"messages(\d{0,6})\.html$")
_JSON_HEAD: Final = re.compile(
    rb'^\xef?\xbb?\xbf?\s*\{\s*("about"\s*:|"(name|type|id|messages)"\s*:)'
)
_CHATS: Final = re.compile(rb"chat_(\d{1,9})$")
_PUBLIC_NAME: Final = re.compile(
    r"https?://(?:www\.)?(?:t|telegram)\.me/(?:s/)?([A-Za-z]\w{3,31})/?$", re.ASCII
)

Told = tuple[Chat, Message | Refused | Unreadable | None, bytes]
"""A chat, one of its messages, and the folder (below the export) its paths start from."""


class Telegram:
    """An export of Telegram Desktop: its folder, its ``result.json`` or its first page."""

    name = "telegram"
    within_folders = True

    def recognises(self, argument: Argument) -> bool:
        """Whether it is such a folder or file."""
        return _json(argument) is not None or bool(_pages(argument))

    def check(self, argument: Argument, run: Run) -> None:
        """What is broken spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per picture, per picture that was not exported, per broken part."""
        stated = unreviewed(stated)
        blank = stated.blank(argument.text)
        folder, empty = folder_of(argument), True
        for number, (chat, message, place) in enumerate(_told(argument), start=1):
            if message is None:
                continue
            empty = False
            if isinstance(message, Refused | Unreadable):
                yield refused(argument, message, blank, number)
            else:
                here = replace(blank, name=argument.text, name_bytes=argument.raw_name, row=number)
                yield _entry(folder, place, chat, message, here, stated)
        if empty:
            run.tally.empty.append(argument.text)


# ------------------------------------------------------------------------ where it lies


def _json(argument: Argument) -> Argument | None:
    """Its ``result.json``, if it is one of Telegram's."""
    if argument.is_folder:
        return _json(argument.below(_JSON))
    named = os.path.basename(argument.raw) == _JSON and argument.exists
    text = head(argument) if named else b""
    return argument if _JSON_HEAD.match(text) and _speaks_of_chats(text) else None


def _speaks_of_chats(text: bytes) -> bool:
    return any(key in text for key in (b'"messages"', b'"about"'))


def _pages(argument: Argument) -> list[tuple[bytes, Argument]]:
    """Its pages in order, each with the folder (below the export) in which it lies."""
    if not argument.is_folder:
        first = os.path.basename(argument.raw) == b"messages.html" and _is_page(argument)
        return [(b"", each) for each in _in_order(folder_of(argument))] if first else []
    found = [(b"", each) for each in _in_order(argument)]
    chats = argument.below(b"chats")
    if not found and chats.is_folder:
        names = sorted(_listed(chats, _CHATS), key=lambda name: (len(name), name))
        found = [
            (b"chats/" + name, each) for name in names for each in _in_order(chats.below(name))
        ]
    return found if found and _is_page(found[0][1]) else []


def _in_order(folder: Argument) -> list[Argument]:
    names = sorted(_listed(folder, _PAGE), key=lambda name: (len(name), name))
    return [folder.below(name) if folder.raw else Argument(name) for name in names]


def _listed(folder: Argument, pattern: re.Pattern[bytes]) -> list[bytes]:
    try:
        return [name for name in os.listdir(folder.raw or b".") if pattern.match(name)]  # noqa: PTH208 - bytes
    except OSError:
        return []


def _is_page(argument: Argument) -> bool:
    text = head(argument)
    return b"Exported Data" in text or b'class="message ' in text


# ----------------------------------------------------------------------- what it tells


def _told(argument: Argument) -> Iterator[Told]:
    """Every message of the export in its order."""
    document = _json(argument)
    if document is not None:
        yield from _in_json(document)
        return
    for place, page in _pages(argument):
        yield from _on_page(page, place)


def _in_json(document: Argument) -> Iterator[Told]:
    try:
        with closing(opened(document)) as stream:
            yield from ((chat, message, b"") for chat, message in result_json.read(stream))
    except Unreadable as problem:
        yield Chat(), problem, b""


def _on_page(page: Argument, place: bytes) -> Iterator[Told]:
    try:
        with closing(opened(page)) as stream:
            chat = replace(pages.title(stream), alone=not place)
        with closing(opened(page)) as stream:
            yield from ((chat, message, place) for message in pages.read(stream))
    except Unreadable as problem:
        yield Chat(), problem, place


def _entry(
    folder: Argument, place: bytes, chat: Chat, message: Message, blank: Entry, stated: Stated
) -> Entry:
    """The entry of one message with a picture."""
    if message.path is None:
        return replace(blank, problem=_missing(message))
    path = posixpath.join(os.fsdecode(place), message.path)
    found = below(folder, path, blank)
    return found if found.problem else posted(found, stated, _post(chat, message, stated))


def _missing(message: Message) -> Refused:
    number = f"message {message.number}" if message.number else "one message"
    return not_in_export(f"The picture of {number} was not exported ({message.why}).")


def _post(chat: Chat, message: Message, stated: Stated) -> Post:
    date, weak = _since(message, message.posting)
    forward = _forwarded(message, message.forward) if message.forward else ()
    return Post(
        date=date,
        source=chat.source,
        url=_address(chat, message.number, stated.url),
        caption=message.text,
        weak=weak,
        more=forward,
    )


def _forwarded(message: Message, forward: Forward) -> tuple[Post, ...]:
    date, weak = _since(message, forward.posting)
    known = date is not None or forward.source is not None
    return (Post(date, forward.source, caption=message.text, weak=weak),) if known else ()


def _since(message: Message, posting: Posting) -> tuple[Date | None, bool]:
    """Since when its picture was posted, and whether nothing shows that it was there then."""
    date, shown = when.there_since(posting.date, posting.local, posting.edited, message.path or "")
    return date, date is not None and not shown and not message.tells_edits


def _address(chat: Chat, number: int | None, stated: str | None) -> str | None:
    """The address of a message, where the channel's own was stated; never guessed."""
    channel = _PUBLIC_NAME.match(stated or "")
    if channel and number and chat.alone and chat.may_have_an_address:
        return f"https://t.me/{channel[1]}/{number}"
    return None
