"""The words of the report, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from provenance import dates
from provenance.errors import UnreadableDate
from provenance.wording import (
    colon,
    commas,
    has_message,
    known_language,
    message,
    reading_direction,
    word,
)
from provenance.wording import number as set_apart


@dataclass(frozen=True, slots=True)
class Strings:
    """All words in one language: the area ``report`` of the catalogue."""

    lang: str

    def __call__(self, key: str, **values: object) -> str:
        """The words of this key with the values put in; ``KeyError`` where there are none."""
        return message(self.lang, f"report.{key}", **values)

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return reading_direction(self.lang)

    @property
    def colon(self) -> str:
        """What stands between a name and its value."""
        return colon(self.lang)

    def commas(self, words: list[str]) -> str:
        """Words one after the other."""
        return commas(self.lang, words)

    def named(self, kind: str, word: str | None) -> str:
        """What something is called here ("precision", "year"); what has no name, as it is."""
        known = has_message(f"report.{kind}_{word}")
        return self(f"{kind}_{word}") if known else word or ""

    def called(self, family: type[StrEnum], value: str | None) -> str:
        """What a word of the contract is called by the catalogue; one it lacks as it is."""
        return word(self.lang, family(value)) if value in set(family) else value or ""

    def number(self, number: int) -> str:
        """A whole number with its thousands set apart."""
        return set_apart(self.lang, number)

    def percent(self, share: float) -> str:
        """A share of 0..1 in whole per cent."""
        return message(self.lang, "percent", count=round(share * 100))

    def date(self, text: str) -> str:
        """An EDTF date as people write it; as it stands where it cannot be read."""
        try:
            return dates.say(dates.parse(text), self.lang)
        except UnreadableDate:
            return text

    def instant(self, moment: datetime) -> str:
        """An instant, to the minute, in UTC."""
        return dates.said_instant(moment, self.lang)


def strings(lang: str) -> Strings:
    """The words in this language; English for one that is not known."""
    return Strings(known_language(lang))
