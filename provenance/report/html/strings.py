"""The words of the report, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from provenance import dates
from provenance.errors import UnreadableDate
from provenance.wording import LANGUAGES, word
from provenance.wording import number as set_apart

_OTHERWISE: Final = "en"
_PERCENT: Final = "\u00a0%"


@dataclass(frozen=True, slots=True)
class Strings:
    """All words in one language; a language that is not known speaks English."""

    lang: str
    words: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The words of this key with the values put in; ``KeyError`` where there are none."""
        return self.words[key].format(**values)

    def named(self, kind: str, word: str | None) -> str:
        """What something is called here ("precision", "year"); what has no name, as it is."""
        return self.words.get(f"{kind}_{word}", word or "")

    def called(self, family: type[StrEnum], value: str | None) -> str:
        """What a word of the contract is called by the catalogue; one it lacks as it is."""
        return word(self.lang, family(value)) if value in set(family) else value or ""

    def number(self, number: int) -> str:
        """A whole number with its thousands set apart."""
        return set_apart(self.lang, number)

    def percent(self, share: float) -> str:
        """A share of 0..1 in whole per cent."""
        return f"{round(share * 100)}{_PERCENT}"

    def date(self, text: str) -> str:
        """An EDTF date as people write it; as it stands where it cannot be read."""
        try:
            return dates.say(dates.parse(text), self.lang)
        except UnreadableDate:
            return text

    def instant(self, moment: datetime) -> str:
        """An instant, to the minute, in UTC."""
        return dates.said_instant(moment, self.lang)


@cache
def strings(lang: str) -> Strings:
    """The words in this language."""
    code = lang.replace("_", "-").split("-")[0].lower()
    known = code if code in LANGUAGES else _OTHERWISE
    path = files("provenance.report") / "templates" / f"strings.{known}.json"
    return Strings(known, json.loads(path.read_text(encoding="utf-8")))
