"""What somebody states about pictures, on the command line or in a row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from provenance import dates
from provenance.errors import UnknownWord
from provenance.models import Entry, How, Means, NewCollection, NewSighting, Trust

Word = TypeVar("Word", bound=StrEnum)

# Any one of these, and there is something to record about the picture. A trust, a means, a
# collection or a voucher alone says nothing of where a picture was seen.
_TELLING = ("date", "source", "url", "caption", "credit", "place")


NEVER_STATED = frozenset({Means.HELD, Means.SIGNED})

# The rows of a table repeat their dates, and reading one costs more than the rest of a row:
# the days of twenty years, about 6 MB.
_read = lru_cache(maxsize=8192)(dates.read)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated, as text, the way people typed it; ``None`` where nothing was.

    The options of ``add`` and the columns of a table have these names. ``trust`` is how far
    the source's dates carry, ``own`` unless said; ``means`` what the date is the date of,
    ``published`` unless said; ``vouch`` why the dates inside the files can be relied on.
    ``licence`` is that of the whole batch and no column of a table.
    """

    date: str | None = None
    means: str | None = None
    source: str | None = None
    url: str | None = None
    caption: str | None = None
    credit: str | None = None
    place: str | None = None
    trust: str | None = None
    collection: str | None = None
    vouch: str | None = None
    licence: str | None = None

    def overridden_by(self, row: Mapping[str, str]) -> Stated:
        """This, with the row's own words wherever it has any."""
        said = {name: row[name] for name in COLUMNS if row.get(name)}
        return replace(self, **said) if said else self

    def reading(self) -> dates.Reading | None:
        """The date and how it was understood; raises :class:`UnreadableDate`."""
        return _read(self.date) if self.date else None

    def read_as(self) -> str | None:
        """How the date was understood, to be said back; raises :class:`UnreadableDate`."""
        reading = self.reading()
        return reading.understood if reading else None

    def believed(self) -> Trust:
        """The trust stated, else ``own``; raises :class:`UnknownWord`."""
        return _word(Trust, "trust", self.trust) if self.trust else Trust.OWN

    def meant(self) -> Means:
        """What the date is the date of; raises :class:`UnknownWord`.

        ``held`` is this archive's own log, ``signed`` a time stamp's; neither can be stated.
        """
        means = _word(Means, "means", self.means) if self.means else Means.PUBLISHED
        if means in NEVER_STATED:
            raise _unknown(Means, "means", means)
        return means

    def sighting(self) -> NewSighting | None:
        """The sighting that is stated, or ``None`` when nothing is.

        Raises :class:`UnreadableDate` or :class:`UnknownWord`, also when there is none.
        """
        reading, means, trust = self.reading(), self.meant(), self.believed()
        if not any(getattr(self, name) for name in _TELLING):
            return None
        return NewSighting(
            date=reading.date if reading else None,
            means=means,
            how=How.STATED,
            source=self.source,
            url=self.url,
            place=self.place,
            caption=self.caption,
            credit=self.credit,
            trust=trust,
            vouched=self.vouch,
        )

    def batch(self, name: str) -> NewCollection:
        """The collection called ``name``, from this source at this trust."""
        return NewCollection(name, self.source, self.believed(), self.licence)

    def blank(self, collection: str) -> Entry:
        """What all entries of one argument share; ``collection`` where none is named."""
        return Entry(
            name="",
            sighting=self.sighting(),
            read_as=self.read_as(),
            collection=self.batch(self.collection or collection),
            trust=self.believed(),
            vouched=self.vouch,
        )


COLUMNS = tuple(column.name for column in fields(Stated) if column.name != "licence")


def trimmed(stated: Stated) -> Stated:
    """The same without blanks around the words; blank words count as not said."""
    words = {name: (word or "").strip() or None for name, word in asdict(stated).items()}
    return Stated(**words)


def _word(words: type[Word], column: str, text: str) -> Word:
    try:
        return words(text.strip().lower())
    except ValueError:
        raise _unknown(words, column, text) from None


def _unknown(words: type[StrEnum], column: str, text: str) -> UnknownWord:
    known = ", ".join(word.value for word in words if word not in NEVER_STATED)
    return UnknownWord(f'"{text}" is no word for {column}.', advice=f"Known: {known}.")
