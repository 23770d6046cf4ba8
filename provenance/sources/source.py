"""What a source is: one kind of SOURCE argument, and the entries it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

from provenance.models import Entry
from provenance.sources.argument import Argument
from provenance.sources.readers import Readers
from provenance.sources.stated import Stated
from provenance.sources.tally import Tally


class ReadHash(Protocol):
    """One thing that hash text can be: its kind ("sha256", "pdq_v1") and lower-case hex."""

    @property
    def kind(self) -> str:
        """The kind, with its version where it has one."""
        ...

    @property
    def text(self) -> str:
        """Lower-case hex of fixed width."""
        ...


# All that a text may be as a hash, ``None`` where it does not look like one; raises
# MalformedHash where it does and is none. Fingerprints are another room's: whoever
# composes the two gives it.
HashParser = Callable[[str], Sequence[ReadHash] | None]


@dataclass(frozen=True, slots=True)
class Run:
    """What a source may use while it works: how hashes are read, where to count.

    ``fetch``: whether addresses in tables may be fetched.
    ``readers`` are guarded workers for what is more than a name; they end with the run.
    ``inner`` are the sources that are looked for below folders as well. ``columns`` says
    which column of a table is which field, where somebody said so.
    """

    parse_hash: HashParser
    tally: Tally = field(default_factory=Tally)
    fetch: bool = False
    readers: Readers = field(default_factory=Readers)
    inner: tuple[Source, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    def opens(self, folder: Argument) -> bool:
        """Whether a folder in a folder is an export that is read as a whole."""
        return self.within(folder) is not None

    def within(self, argument: Argument) -> Source | None:
        """The source that opens this where it lies in a folder, if there is one."""
        return next((source for source in self.inner if source.recognises(argument)), None)

    def hashes(self, text: str) -> dict[str, str] | None:
        """What ``text`` may be as a hash, by the field of an entry that holds it.

        ``None`` where it does not look like a hash; raises :class:`MalformedHash` where it
        does and is none.
        """
        found = self.parse_hash(text)
        return None if found is None else {_field(each): each.text for each in found}


def _field(hash_: ReadHash) -> str:
    """The field of an entry for a kind: ``pdq`` for ``pdq_v1``."""
    return hash_.kind.partition("_")[0]


def hash_entry(blank: Entry, hashes: Mapping[str, str]) -> Entry:
    """``blank`` for a picture known by these hashes alone."""
    return replace(
        blank,
        sha256=hashes.get("sha256"),
        pdq=hashes.get("pdq"),
        phash=hashes.get("phash"),
    )


@runtime_checkable
class Source(Protocol):
    """Where entries come from. Derive from nothing; have these four.

    An implementation holds no state between calls, opens no connection, decodes no picture
    and never fails a batch: what one entry suffers is that entry's ``problem``. Entries
    are given as they are found, in an order that depends on the input alone, and memory
    does not grow with their number. A picture on the web is an entry with its ``address``
    (:func:`provenance.sources.remote.address_entry`); the flow fetches it.
    """

    name: str

    def recognises(self, argument: Argument) -> bool:
        """Whether this argument is of this kind; asked in turn, the first yes decides."""
        ...

    def check(self, argument: Argument, run: Run) -> None:
        """Raise :class:`UsageError` if the argument as a whole cannot be used.

        Asked of all arguments before anything is written.
        """
        ...

    def entries(self, argument: Argument, stated: Stated, run: Run) -> Iterator[Entry]:
        """The entries, with what is stated about all of them."""
        ...
