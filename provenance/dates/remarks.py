# ruff: noqa: RUF001 - quotation marks and dashes of many kinds are what is read here
"""A remark with dates in it -> the span that holds them all: "Image 1: 2014, image 2: May 2019".

Fact checkers seldom write a bare date. Of a remark in English every date is read, and the
answer reaches from the first to the last: which of them belongs to the picture at hand
nobody said. What stands apart from its date ("after the election of 2016") only opens an end.
The remark is refused as a whole where any number in it is no date, where a word is not
known to be harmless, or where one of several pictures has no date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from provenance.dates.clauses import Written, clause
from provenance.dates.date import Date
from provenance.dates.edtf import parse, span_of
from provenance.dates.known_words import WORD, is_known, is_understood
from provenance.dates.languages import LANGUAGES, Word
from provenance.dates.languages.english_remarks import (
    EARLIER,
    LATER,
    NOT_KNOWN,
    PERHAPS,
    UNKNOWN,
    VAGUE,
)
from provenance.dates.spans import date_order
from provenance.dates.tokens import Token, fold, tokens
from provenance.errors import UnreadableDate

LONGEST: Final = 400
"""Characters of a remark; the longest of 836 in a fact checkers' table has 262."""

_LONGEST_DATE: Final = 14
"""Pieces of one date: "between 3 February 2019 and 5 March 2019" has eight."""

_PICTURE = r"(?:images?|photos?|photographs?|pictures?|pics?|videos?|clips?|parts?)"
_NUMBERS = r"\d{1,2}(?:\s*(?:,|&|and)\s*\d{1,2})*"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
# What numbers a picture and dates nothing: "Image-1", "1st photo", "3 & 6:", "COVID-19".
_LABEL = re.compile(
    rf"""\bcovid[- ]?19\b
    |\b{_PICTURE}[ -]*(?:no\.?\s*)?{_NUMBERS}\b(?![-/.]\d)
    |\b\d(?:st|nd|rd|th)\s+(?={_PICTURE})
    |(?:^|(?<=[;,|]))\s*{_NUMBERS}\s*:
    |(?:^|(?<=[;,|]))\s*\d{{1,2}}\.(?=\s)
    |\b(?!{_MONTH}-)[a-z]{{3,}}-\d{{1,2}}\b(?![-/.]?\d)""",
    re.VERBOSE | re.IGNORECASE,
)
# "First photo: 2014; second photo - 17 December": a picture of its own begins.
_HARD = re.compile(
    rf"(?i:;|\b(?:first|second|third|fourth|fifth|last|another)\s+{_PICTURE}\s*(?::|\s-\s)"
    rf"|\b{_PICTURE}[ -]*{_NUMBERS}\s*:)"
)
# What parts a date from its neighbour: "2015, January 2, 2019" is two of them.
_SOFT = re.compile(r"(?<=\d{4})\s*[,.](?!\d{1,2}:)|\.\s+(?=[A-Z][a-z]{3,}\s[a-z])|[:&()\[\]+#*!]")
_QUOTES = re.compile(r"[\"“”„«»`]|(?<!\w)['‘’]|['’](?!\w)")
_ASIDE = re.compile(r"\(([^()0-9]*)\)")
_DATED: Final = frozenset({"date", "day", "month", "year", "decade", "season", "clock", "weekday"})
_BESIDE: Final = frozenset({"in", "on", "at"})
_SPOKEN_OF: Final = (Word.SINCE, Word.BETWEEN, Word.FROM, Word.EARLY, Word.MID, Word.LATE)


def remark(text: str) -> Written | None:
    """The span of all dates in a remark, or ``None`` where that would be a guess."""
    if len(text) > LONGEST:
        return None
    plain = _QUOTES.sub(" ", unicodedata.normalize("NFKC", text))
    bare = _without_asides(plain)
    if bare != plain and (strict := _strict(bare)):
        return strict
    if not is_understood(_LABEL.sub(" ", plain)):
        return None
    told = [_told(part) for part in _pictures(plain)]
    if not told or any(each is None or each.refused for each in told):
        return None
    dates = sum(len(each.dates) for each in told if each)
    alone = dates == 1 and not WORD.search(plain)  # "-0500" is no remark, and no date either
    return None if alone else _span([each for each in told if each])


def _without_asides(text: str) -> str:
    """Without what stands in brackets and holds no number, unless it bears on the date."""
    return _ASIDE.sub(lambda m: m[0] if _bears(m[1]) else " ", text)


def _bears(aside: str) -> bool:
    words = fold(aside).split()
    return not words or bool({*words[:1]} & (EARLIER | LATER | VAGUE | PERHAPS | {"not", "or"}))


def _strict(text: str) -> Written | None:
    try:
        return clause(tokens(text))
    except (UnreadableDate, ValueError, OverflowError):
        return None


# ------------------------------------------------------------------- one picture's part


def _pictures(text: str) -> list[str]:
    """The parts that speak of one picture each, labels taken out."""
    parts = [_LABEL.sub(" | ", part) for part in _HARD.split(text)]
    return [part for part in parts if WORD.search(part) or re.search(r"\d", part)]


@dataclass(slots=True)
class _Told:
    """What one part says: its dates, and whether it lies before or after them."""

    dates: list[Date] = field(default_factory=list)
    earlier: bool = False
    later: bool = False
    vague: bool = False
    refused: bool = False


def _told(part: str) -> _Told | None:
    """Read one part; ``None`` where it has no date or something in it cannot be read."""
    told = _Told()
    silent = 0
    for segment in re.split(r"\|", _SOFT.sub("|", part)):
        before = len(told.dates)
        if not _read_segment(segment, told):
            return None
        silent += len(told.dates) == before and _says_unknown(segment)
    told.refused = bool(silent and len(told.dates) > 1)
    return told if told.dates else None


def _says_unknown(segment: str) -> bool:
    words = fold(segment).split()
    pairs = pairwise(words)
    return bool(UNKNOWN & set(words)) or any(a == "not" and b in NOT_KNOWN for a, b in pairs)


def _read_segment(segment: str, told: _Told) -> bool:
    """Add the dates of a segment; whether all of it could be read."""
    segment = _spread(segment)
    try:
        pieces = tokens(segment)
    except UnreadableDate:
        return False
    if _misleads(segment) or any(p.plays(Word.RELATIVE) for p in pieces if _is_relative(p)):
        return False
    apart: list[tuple[int, Token]] = []
    place = 0
    while place < len(pieces):
        end, date = _date_at(pieces, place)
        if date:
            told.dates.append(date)
            place = end
            continue
        if pieces[place].kind in _DATED:
            return False
        apart.append((place, pieces[place]))
        place += 1
    _set_apart(told, apart, pieces)
    return True


def _spread(segment: str) -> str:
    """Signs that stand in no date as blanks; a year tied to a word set free; 2016-09 as 09/2016."""
    free = re.sub(r"(?<=[^\W\d_])[-–—](?=\d{4})", " ", segment)
    free = re.sub(r"(?<![\d-])(\d{4})-(0[1-9]|1[0-2])(?![-\d])", r"\2/\1", free)
    return re.sub(r"[^\w\s,./~?'’–—-]", " ", free)


def _is_relative(piece: Token) -> bool:
    """Not the "last" of a last picture, nor the "next" of what stands beside."""
    return piece.text not in {"last", "next", "now"}


def _misleads(segment: str) -> bool:
    """A month or a season that may be no such thing: "the Women's March in 2019"."""
    words = re.findall(r"[^\W\d_]+(?:['’]\w+)?|\d+|,", segment)
    times = [(place, word) for place, word in enumerate(words) if _names_a_time(word)]
    return any(word.islower() or _may_be_a_name(words[:place]) for place, word in times)


def _names_a_time(word: str) -> bool:
    english = LANGUAGES["en"]
    return fold(word) in {fold(n) for names in (*english.months, *english.seasons) for n in names}


def _may_be_a_name(before: list[str]) -> bool:
    """Whether what stands before such a word makes the two a name together."""
    if not before or not before[-1][0].isalpha():
        return False
    first = len(before) == 1 and is_known(before[-1])
    return before[-1].endswith(("'s", "’s")) or (before[-1][0].isupper() and not first)


def _date_at(pieces: list[Token], place: int) -> tuple[int, Date | None]:
    """The longest date that begins at ``place``, and where it ends."""
    for end in range(min(len(pieces), place + _LONGEST_DATE), place, -1):
        cut = pieces[place:end]
        if not _may_be(cut, followed=end < len(pieces)):
            continue
        try:
            written = clause(cut)
        except (ValueError, OverflowError, UnreadableDate):
            continue
        if written:
            return end, parse(written.text)
    return place, None


def _may_be(cut: list[Token], *, followed: bool) -> bool:
    """A date begins with its own first word and ends with its own last one.

    "Before" and "after" are part of it only where it ends the segment ("before May 2020");
    else they may belong to what follows ("after 2022 UP elections" begins in 2022).
    """
    first, last = cut[0], cut[-1]
    if last.kind not in _DATED and last.text != "?" and not last.plays(Word.ONWARDS, Word.ABOUT):
        return False
    if last.kind == "word" and last.plays(Word.FILLER):
        return False
    if first.kind in _DATED:
        return first.kind != "clock"
    if first.plays(Word.BEFORE, Word.AFTER, Word.UNTIL):
        beside = cut[1].text if len(cut) > 1 else ""
        return not followed and beside not in _BESIDE
    return first.plays(*_SPOKEN_OF, Word.ABOUT, Word.PERHAPS) and not first.plays(Word.FILLER)


def _set_apart(told: _Told, apart: list[tuple[int, Token]], pieces: list[Token]) -> None:
    """What words away from the dates make of them, wherever they stand.

    "1977, after the emergency" could be read closer, but whether such a word speaks of the
    date or of something else cannot be told; an open end is never wrong.
    """
    for place, piece in apart:
        words = set(piece.text.split())
        beside = pieces[place + 1].kind if place + 1 < len(pieces) else ""
        told.earlier |= bool(words & EARLIER)
        told.later |= bool(words & LATER) or ("post" in words and (not place or beside in _DATED))
        told.vague |= bool(words & VAGUE)


# ------------------------------------------------------------------------------ the span


def _span(told: list[_Told]) -> Written | None:
    found = [date for each in told for date in each.dates]
    starts = [None if each.earlier else d for each in told for d in each.dates]
    ends = [None if each.later else d for each in told for d in each.dates]
    if any(each.earlier and each.later for each in told):
        return None
    mark = "~" if any(each.vague for each in told) else ""
    start, end = _first(starts), _last(ends)
    if start == end == "..":
        return None
    if len(found) == 1 and ".." not in {start, end}:
        return Written(_marked(found[0].text, mark))
    start, end = _marked(start, mark), _marked(end, mark)
    return Written(start if start == end else f"{start}/{end}", several=len(found) > 1)


def _marked(text: str, mark: str) -> str:
    """About this date, where it says so and is none of the open or the qualified ones."""
    return text + mark if text[-1:].isdigit() and "/" not in text else text


def _first(dates: list[Date | None]) -> str:
    """The beginning of the first; open if any has none."""
    if any(date is None or date.earliest is None for date in dates):
        return ".."
    first = min((d for d in dates if d), key=lambda d: (d.earliest, date_order(d)))
    return next(_ends(first))


def _last(dates: list[Date | None]) -> str:
    if any(date is None or date.latest is None for date in dates):
        return ".."
    last = max((d for d in dates if d), key=date_order)
    return [*_ends(last)][-1]


def _ends(date: Date) -> Iterator[str]:
    """The texts of its beginning and of its end."""
    span = span_of(date.text)
    if span is None:
        yield from (date.text, date.text)
        return
    for moment in (span.start, span.end):
        yield moment.text() if moment else ".."
