# ruff: noqa: RUF001 - letters and signs of many alphabets are the content of this file
"""Written text -> the pieces a date is made of: numbers, names, clock times, small words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from provenance.dates.failures import shown, unreadable
from provenance.dates.languages import LANGUAGES, Language, Word
from provenance.dates.moment import Moment
from provenance.dates.zone import UNKNOWN, normal_zone
from provenance.errors import UnreadableDate

_LONGEST_PHRASE: Final = 4
_NOON: Final = 12

# Arabic letters that are written either way: the final forms of ya and of the ta marbuta.
_SAME_LETTER: Final = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None, "’": "'", "–": "-", "—": "-"})

_PIECE = re.compile(
    r"""(?P<iso>(?P<y>[0-9]{4})(?P<s>[-/.:])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9]))
    |(?P<numeric>(?P<a>[0-9]{1,2})[ ]?(?P<t>[./-])[ ]?(?P<b>[0-9]{1,2})[ ]?(?P=t)[ ]?
        (?P<c>[0-9]{4})(?![0-9]))
    |(?P<short>[0-9]{1,2}(?P<u>[./-])[0-9]{1,2}(?P=u)[0-9]{2}(?![0-9])|'[0-9]{2}(?![0-9])
        |'?[0-9]0[ ]?'?(?:s\b|er[ -]?jahren?\b|ern?\b(?=[ ]jahr)))
    |(?P<clock>(?P<h>[0-9]{1,2})(?::(?P<min>[0-9]{2})(?::(?P<sec>[0-9]{2})(?:[.][0-9]+)?)?
        |[ ]?h[ ]?(?P<hmin>[0-9]{2})|[.](?P<dmin>[0-9]{2})(?=[ ]?uhr))
        (?:[ ]?uhr\b)?(?:[ ]?(?P<half>[ap])[.]?m\b[.]?(?P<day_follows>(?=[ ]*[0-9]))?)?
        (?:[ ]?\(?(?P<zone>(?:utc|gmt)(?:[ ]?[+-][0-9]{1,2}(?::?[0-9]{2})?)?|z\b
            |[+-][0-9]{2}:?[0-9]{2}(?![0-9]))\)?)?)
    |(?P<month_year>(?P<my_m>[0-9]{1,2})[./-](?P<my_y>[0-9]{4})(?![0-9]))
    |(?P<decade>(?P<tens>[0-9]{3}0)[ ]?'?(?:s\b|ern?\b)(?:[ -]?jahren?\b)?)
    |(?P<year>[0-9]{4})(?![0-9])
    |(?P<day>[0-9]{1,2})(?:st\b|nd\b|rd\b|th\b|er\b|[.])?(?![0-9])
    |(?P<word>[^\W\d_]+)
    |(?P<mark>[-/?~])
    |(?P<nothing>[\s,،.()]+|'(?![0-9]))
    |(?P<other>.)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a written date.

    ``kind`` is the name of a field ("year", "month", "day", "season", "weekday", "decade"),
    of a finished piece ("date", "clock"), "mark" or "word"; ``roles`` are the parts that a
    small word can play.
    """

    kind: str
    value: Any
    text: str
    roles: frozenset[Word] = frozenset()

    def plays(self, *roles: Word) -> bool:
        """Can it play one of these parts?"""
        return not self.roles.isdisjoint(roles)


def fold(text: str) -> str:
    """Without case, accents, directional marks; every script's digits as 0 to 9."""
    if text.isascii():  # none of this is in it
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    kept = (c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"})
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept)
    return " ".join(digits.casefold().translate(_SAME_LETTER).split())


def tokens(text: str) -> list[Token]:
    """The pieces of a written date, spaces and commas left out.

    Raises:
        UnreadableDate: a year of two digits, or a sign that stands in no date.
    """
    # "15-Nov-2019" and "mid-2019" are one date; "May-June 2019" stays a range.
    joined = re.sub(
        r"(?<=[0-9])-(?=[^\W\d_]+-[0-9]{4})|(?<=[^\W\d_])-(?=[0-9]{4})", " ", fold(text)
    )
    return _named(list(_pieces(joined, text)))


def _pieces(folded: str, text: str) -> Iterator[Token]:
    for found in _PIECE.finditer(folded):
        kind = _kind(found)
        if kind in {"short", "other"}:
            raise _short_year(text) if kind == "short" else _stray(text, found[0])
        if kind != "nothing":
            yield _piece(kind, found)


def _kind(found: re.Match[str]) -> str:
    return next(name for name in _KINDS if found[name] is not None)


_KINDS: Final = (
    "iso",
    "numeric",
    "short",
    "clock",
    "month_year",
    "decade",
    "year",
    "day",
    "word",
    "mark",
    "nothing",
    "other",
)


def _piece(kind: str, found: re.Match[str]) -> Token:
    text = found[0]
    if kind == "iso":
        return _date(text, [(int(found["y"]), int(found["m"]), int(found["d"]))])
    if kind == "numeric":
        return _date(text, _readings(found))
    if kind == "month_year":
        return Token("date", (Moment(int(found["my_y"]), int(found["my_m"])),), text)
    if kind == "clock":
        return Token("clock", _clock(found), text)
    if kind == "decade":
        return Token("decade", int(found["tens"]), text)
    return Token(kind, int(found[kind]) if kind in {"year", "day"} else text, text)


def _readings(found: re.Match[str]) -> list[tuple[int, int, int]]:
    """Day first, and month first too where both can be; points always mean day first."""
    a, b, year = int(found["a"]), int(found["b"]), int(found["c"])
    orders = [(year, b, a), (year, a, b)]
    possible = [order for order in orders if order[1] <= 12]  # noqa: PLR2004  (months)
    if found["t"] == "." and possible[:1] == orders[:1]:
        return orders[:1]
    return sorted(set(possible))


def _date(text: str, readings: list[tuple[int, int, int]]) -> Token:
    return Token("date", tuple(Moment(*reading) for reading in readings), text)


def _clock(found: re.Match[str]) -> tuple[int, int, int | None, str]:
    """Hour, minute, second or ``None``, zone.

    Raises:
        UnreadableDate: "12:30 am 5. May": the German "am" and the English one disagree.
    """
    hour, minute = int(found["h"]), int(found["min"] or found["hmin"] or found["dmin"])
    second = int(found["sec"]) if found["sec"] else None
    half = found["half"]
    if half == "a" and hour == _NOON and found["day_follows"] is not None:
        raise UnreadableDate(
            f"“{found[0].strip()}” can be midday or midnight.",
            advice="Write the hour as 00:30 or 12:30.",
        )
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return hour, minute, second, _zone(found["zone"])


def _zone(text: str | None) -> str:
    if not text:
        return UNKNOWN
    offset = re.sub(r"utc|gmt| ", "", text)
    short = re.fullmatch(r"([+-])([0-9])(:?[0-9]{2})?", offset)
    return normal_zone(f"{short[1]}0{short[2]}{short[3] or ''}" if short else offset or "utc")


def _named(pieces: list[Token]) -> list[Token]:
    """Words replaced by what they name, the longest phrase first."""
    named: list[Token] = []
    while pieces:
        length, token = _longest_name(pieces)
        named.append(token)
        pieces = pieces[length:]
    return named


def _longest_name(pieces: list[Token]) -> tuple[int, Token]:
    for length in range(min(_LONGEST_PHRASE, len(pieces)), 0, -1):
        if all(p.kind == "word" for p in pieces[:length]):
            phrase = " ".join(p.text for p in pieces[:length])
            if phrase in _lexicon():
                return length, _lexicon()[phrase]
    return 1, pieces[0]


@cache
def _lexicon() -> dict[str, Token]:
    """Every spelling of every language, folded as the text is."""
    found: dict[str, Token] = {}
    for language in LANGUAGES.values():
        _add_words(found, language)
    for language in LANGUAGES.values():
        _add_names(found, language)
    return found


def _add_words(found: dict[str, Token], language: Language) -> None:
    for role, spellings in language.words.items():
        for phrase in map(fold, spellings):
            known = found.get(phrase)
            roles = (known.roles if known else frozenset()) | {role}
            found[phrase] = Token("word", phrase, phrase, roles)


def _add_names(found: dict[str, Token], language: Language) -> None:
    numbered = (
        ("month", 1, language.months),
        ("season", 21, language.seasons),
        ("weekday", 0, language.weekdays),
    )
    for kind, first, names in numbered:
        for number, spellings in enumerate(names, first):
            for phrase in map(fold, spellings):
                found[phrase] = Token(kind, number, phrase)


def _short_year(text: str) -> UnreadableDate:
    return UnreadableDate(
        f"“{shown(text)}” has a year of two digits.",
        advice="Write the year with four digits, as 2019.",
    )


def _stray(text: str, sign: str) -> UnreadableDate:
    if sign.isdigit():  # the first of a number too long for a year
        return unreadable(text)
    return unreadable(text, f"is no date that can be read: “{sign}” stands in no date")
