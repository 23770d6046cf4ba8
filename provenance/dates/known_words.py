# ruff: noqa: RUF001 - apostrophes of many kinds are what is read here
"""Which words of an English remark are known not to turn its dates round."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from provenance.dates.languages import LANGUAGES
from provenance.dates.languages.english_remarks import (
    EARLIER,
    HARMLESS,
    LATER,
    NO_DATE,
    NOT_KNOWN,
    PERHAPS,
    UNKNOWN,
    VAGUE,
)
from provenance.dates.tokens import fold

WORD = re.compile(r"(?<![\w'’])[^\W\d_]+(?:['’][^\W\d_]+)?")
"""One word of the text as it was written."""

_PLURALS: Final = frozenset({"years", "months", "weeks", "days", "hours", "decades", "centuries"})
"""Lengths of time: "five years before 2016" is no date that a span could hold."""


def is_understood(text: str) -> bool:
    """Whether every word of a remark is harmless, a part of a date, or a name."""
    words = WORD.findall(text)
    if any(word.casefold() in _PLURALS for word in words) or _denies(words):
        return False
    known = [word for word in words if is_known(word)]
    names = [word for word in words if not is_known(word)]
    return not names or (bool(known) and all(map(_is_name, names)))


def _denies(words: list[str]) -> bool:
    """Whether it says "not" or "no", but for those that only say that no date is known."""
    pairs = zip(words, [*words[1:], ""], strict=False)
    said = [(word.casefold(), after.casefold()) for word, after in pairs]
    allowed = {"not": NOT_KNOWN | {"later", "earlier", "before"}, "no": NO_DATE}
    return any(word in allowed and after not in allowed[word] for word, after in said)


def is_known(word: str) -> bool:
    """Whether it is harmless, or part of a date in English."""
    return _is_english(fold(word)) or fold(word) in _english_words()


def _is_english(word: str) -> bool:
    said = HARMLESS | EARLIER | LATER | VAGUE | PERHAPS | UNKNOWN | NOT_KNOWN
    return word.removesuffix("'s") in said or word in {"not", "no", "post"}


def _is_name(word: str) -> bool:
    """A name begins with a capital, in Latin letters, and is no small word elsewhere."""
    latin = all("LATIN" in unicodedata.name(c, "") or c in "'’" for c in word)
    return word[0].isupper() and latin and fold(word) not in _foreign_words()


@cache
def _english_words() -> frozenset[str]:
    english = LANGUAGES["en"]
    phrases = [p for spellings in english.words.values() for p in spellings]
    names = [n for names in (english.months, english.seasons, english.weekdays) for n in names]
    return frozenset(w for p in [*phrases, *sum(names, ())] for w in fold(p).split())


@cache
def _foreign_words() -> frozenset[str]:
    phrases = [
        p
        for language in LANGUAGES.values()
        if language.code != "en"
        for spellings in language.words.values()
        for p in spellings
    ]
    return frozenset(w for p in phrases for w in fold(p).split()) - _english_words()
