"""One message of a Telegram export, and the chat it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.dates import Date

PRIVATE = frozenset(("saved_messages", "replies", "verify_codes", "personal_chat", "bot_chat"))
"""Kinds of chat that are named after a person, or after nobody."""

GROUPS = frozenset(("private_group", "private_supergroup", "private_channel"))
"""Kinds of chat that have a name and no address."""

PUBLIC = frozenset(("public_channel", "public_supergroup"))
"""Kinds of chat that have an address."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as the export names it; ``alone`` if the export is of nothing else.

    ``kind`` is Telegram's word ("public_channel"), ``None`` where the export has none.
    """

    name: str | None = None
    kind: str | None = None
    alone: bool = False

    @property
    def source(self) -> str | None:
        """The name of a channel or a group; a person's name is no source."""
        return None if self.kind in PRIVATE else self.name

    @property
    def may_have_an_address(self) -> bool:
        """Whether its messages can have an address."""
        return self.kind is None or self.kind in PUBLIC


@dataclass(frozen=True, slots=True)
class Posting:
    """When something was posted.

    ``local`` is the same on the clock of the machine that exported, as EDTF to the second;
    ``edited`` the last change, where the export tells.
    """

    date: Date | None = None
    local: str | None = None
    edited: Date | None = None


@dataclass(frozen=True, slots=True)
class Forward:
    """Where a message came from; ``source`` only where that is known to be a channel."""

    source: str | None = None
    posting: Posting = Posting()


@dataclass(frozen=True, slots=True)
class Message:
    """One message with a picture.

    ``path`` is the picture as the export names it, relative to its folder, or ``None`` where
    it was not exported; ``why`` then says so in the export's words. ``tells_edits``: the
    export would tell if the message had been edited.
    """

    number: int | None
    path: str | None
    posting: Posting
    text: str | None = None
    forward: Forward | None = None
    why: str | None = None
    tells_edits: bool = True
