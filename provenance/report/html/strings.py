"""The words of the report, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

from provenance import dates
from provenance.errors import UnreadableDate

LANGUAGES: Final = ("en", "de")
_OTHERWISE: Final = "en"
_THOUSANDS: Final = {"en": ",", "de": "."}
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
        """What a word of the contract is called ("how", "exif"); an unknown one as it is."""
        return self.words.get(f"{kind}_{word}", word or "")

    def number(self, number: int) -> str:
        """A whole number with its thousands set apart."""
        return f"{number:,}".replace(",", _THOUSANDS[self.lang])

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
    known = lang if lang in LANGUAGES else _OTHERWISE
    path = files("provenance.report") / "templates" / f"strings.{known}.json"
    return Strings(known, json.loads(path.read_text(encoding="utf-8")))
