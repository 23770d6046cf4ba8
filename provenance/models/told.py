"""What a file says of itself: facts, blocks, credentials, small pictures, and what conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.dates import Date
from provenance.models.words import (
    BlockState,
    Conflict,
    CredentialsState,
    DateProblem,
    Embedded,
    How,
)

if TYPE_CHECKING:
    from provenance.models.picture import Examined


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the file says of itself.

    ``what`` is a plain word ("captured", "caption", "credit", "camera", "place",
    "software"); ``value`` the raw text; ``how`` where it was read; ``date`` is set where
    the fact is a date that could be read; ``problem`` says why one is none.
    """

    what: str
    value: str
    how: How
    date: Date | None = None
    problem: DateProblem | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """What became of one kind of metadata (``exif``, ``xmp``, ``iptc``, ``c2pa``).

    ``reason`` is a word for why where the state needs one (``empty``, ``messenger_name``).
    """

    state: BlockState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A picture that signed credentials name as what this one was made from.

    ``relationship`` is C2PA's: ``parentOf``, ``componentOf``, ``inputTo``.
    """

    title: str
    relationship: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """Signed content credentials (C2PA); ``state`` is ``None`` where none were looked for.

    ``reason`` says why then, or what is broken, in C2PA's status codes. Nothing here is
    verified beyond what ``state`` says; ``time`` is when it was signed, as stated.
    """

    state: CredentialsState | None = None
    reason: str | None = None
    generator: str | None = None
    signer: str | None = None
    time: str | None = None
    actions: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierState:
    """A small picture inside a file that differs from the file's own picture.

    ``distance`` counts the differing bits of the two PDQ hashes, the best of all turns.
    ``proved``: the pixels show that the picture was made from it; without that it may be
    any picture that somebody put there. ``examined`` is what was read from it.
    """

    origin: Embedded
    distance: int
    proved: bool
    examined: Examined
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that does not fit together; :mod:`provenance.wording` says it in a sentence.

    ``facts`` are those that conflict, in the order of the sentence; ``date`` what they were
    compared with; ``place`` the claimed one; ``km`` how far away; ``clock`` the offset there.
    """

    kind: Conflict
    facts: tuple[Fact, ...] = ()
    date: Date | None = None
    place: str | None = None
    km: int | None = None
    clock: str | None = None
