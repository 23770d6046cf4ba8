"""WhatsApp's export of a chat: its text beside the pictures it speaks of.

The text is in the language and form of one phone and says nothing of time zones. Its senders
are people: they are left out, and the chat is the source. Whoever took part in a chat can have
pasted what looks like another message, so a picture that two messages bring has no date.
"""

# Names are bytes here, which pathlib does not take.
# ruff: noqa: PTH119, PTH120, PTH208

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Final

from provenance.errors import Refused, Unreadable
from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.export import (
    Post,
    below,
    folder_of,
    head,
    is_picture,
    not_in_export,
    opened,
    posted,
    refused,
    unreviewed,
)
from provenance.sources.files import file_entry, problem_entry
from provenance.sources.folder import found_below
from provenance.sources.source import Run
from provenance.sources.stated import Stated
from provenance.sources.whatsapp import chat, header
from provenance.sources.whatsapp.chat import Attachment, Message
from provenance.sources.whatsapp.days import Orders

_IPHONE: Final = b"_chat.txt"
_NAMED: Final = re.compile(
    r"(?:whatsapp[- _]chat[- _](?:with|mit|met|med|-)|chat[ _](?:de[ _])?whatsapp[ _]con"
    r"|conversa[ _](?:do|no)[ _]whatsapp[ _]com|discussion[ _]whatsapp[ _]avec"
    r"|чат[ _]whatsapp[ _]\u0441(?:[ _]контактом)?|محادثة[ _]واتساب[ _]مع)[ _](?P<name>.+)",
    re.IGNORECASE,
)
"""How WhatsApp names an export, in the languages that are known here."""

_TELEPHONE: Final = re.compile(r"[+\d][\d\s()./-]{5,}$")
_MOST_NAMES: Final = 100_000
"""Pictures whose names are kept; an export holds 10,000 media at most."""


class WhatsApp:
    """A chat's text (``_chat.txt``, ``WhatsApp Chat with ....txt``) or the folder it lies in."""

    name = "whatsapp"
    within_folders = True

    def recognises(self, argument: Argument) -> bool:
        """Whether it is such a text, or a folder with one."""
        return bool(_texts(argument))

    def check(self, argument: Argument, run: Run) -> None:
        """What is broken spoils its own entry, not the command."""

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """One entry per picture that a message brings; then the other pictures of the folder."""
        empty = True
        for entry in _of_all(argument, unreviewed(stated), run):
            empty = False
            yield entry
        if empty:
            run.tally.empty.append(argument.text)


def _of_all(argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
    blank = stated.blank(argument.text)
    found = _Seen()
    for text in _texts(argument):
        yield from _of_chat(text, stated, blank, found)
    if argument.is_folder:
        yield from _others(argument, blank, found, run)


@dataclass(slots=True)
class _Seen:
    """The pictures that messages named, across the chats of one folder; ``row`` the last row."""

    names: set[str] = field(default_factory=set)
    row: int = 0


@dataclass(slots=True)
class _Plan:
    """What a first reading of a chat settles: the order of its dates, what is named twice."""

    orders: Orders = field(default_factory=Orders)
    named: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)


# ------------------------------------------------------------------------ where it lies


def _texts(argument: Argument) -> list[Argument]:
    """The chats of an argument; none where it is something else."""
    if not argument.is_folder:
        return [argument] if argument.suffix == ".txt" and _is_chat(argument) else []
    try:
        names = sorted(os.listdir(argument.raw))
    except OSError:
        return []
    named = [n for n in names if n.endswith(b".txt") and (n == _IPHONE or b"whatsapp" in n.lower())]
    return [text for name in named if _is_chat(text := argument.below(name))]


def _is_chat(argument: Argument) -> bool:
    """Whether the text begins with the header of a message."""
    text = head(argument).decode("utf-8-sig", "replace")
    first = next((line for line in text.splitlines() if line.strip()), "")
    return header.read(first) is not None


def _name(text: Argument) -> str | None:
    """The chat's name, from that of its file or its folder; a telephone number is none."""
    file = os.path.basename(text.raw)
    whole = os.path.basename(os.path.dirname(os.path.abspath(text.raw)))  # noqa: PTH100 - bytes
    stem = whole if file == _IPHONE else file.removesuffix(b".txt")
    found = _NAMED.match(header.MARKS.sub("", stem.decode("utf-8", "replace")))
    name = found["name"].strip() if found else None
    return None if name is None or _TELEPHONE.match(name) else name


# ----------------------------------------------------------------------- what it tells


def _of_chat(text: Argument, stated: Stated, blank: Entry, seen: _Seen) -> Iterator[Entry]:
    """The pictures of one chat in their order."""
    try:
        plan = _planned(text)
        with closing(opened(text)) as stream:
            for message in chat.messages(stream):
                entry = _entry(text, message, plan, stated, replace(blank, row=seen.row + 1))
                seen.row += 1
                if entry:
                    yield entry
    except Unreadable as problem:
        yield problem_entry(text, problem, blank)
        return
    seen.names |= plan.named


def _planned(text: Argument) -> _Plan:
    """The first reading."""
    plan = _Plan()
    with closing(opened(text)) as stream:
        for message in chat.messages(stream):
            if isinstance(message, Message):
                plan.orders.see(message.header)
                _note(plan, chat.attachment(message))
    return plan


def _note(plan: _Plan, brought: Attachment | None) -> None:
    name = brought.name if brought else None
    if name in plan.named:
        plan.twice.add(name)
    elif name and len(plan.named) < _MOST_NAMES:
        plan.named.add(name)


def _entry(
    text: Argument, message: Message | Refused, plan: _Plan, stated: Stated, blank: Entry
) -> Entry | None:
    """The entry of one message, if it brings a picture."""
    if isinstance(message, Refused):
        return refused(text, message, blank, blank.row)
    brought = chat.attachment(message)
    if brought is None:
        return None
    blank = replace(blank, name=text.text, name_bytes=text.raw_name)
    if brought.name is None:
        return replace(blank, problem=_left_out(message))
    found = below(folder_of(text), brought.name, blank)
    date = None if brought.name in plan.twice else plan.orders.date(message.header)
    post = Post(date, source=_name(text), caption=brought.caption)
    return found if found.problem else posted(found, stated, post)


def _left_out(message: Message) -> Refused:
    return not_in_export(f"Message {message.number} brought a picture or film that was left out.")


def _others(folder: Argument, blank: Entry, seen: _Seen, run: Run) -> Iterator[Entry]:
    """The pictures of the folder that no message names, with what was stated."""
    for file, problem in found_below(folder, run.tally):
        if problem:
            yield problem_entry(file, problem, blank)
        elif is_picture(file.text) and not _is_named(folder, file, seen):
            yield file_entry(file, blank)


def _is_named(folder: Argument, file: Argument, seen: _Seen) -> bool:
    relative = file.raw.removeprefix(folder.raw.rstrip(b"/") + b"/")
    return relative.decode("utf-8", "replace") in seen.names
