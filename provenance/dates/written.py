# ruff: noqa: RUF001 - letters of other alphabets are what is read here
"""What people write -> :class:`Date`, and how it was read, in words.

English, German, French and Arabic, mixed as people mix them. A written date becomes EDTF
text first; so nothing can be read that EDTF cannot hold, and nothing is rounded. What is
more than a date, a remark in English, is read by :mod:`~provenance.dates.remarks`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from provenance.dates.clauses import Written, clause
from provenance.dates.date import Date
from provenance.dates.edtf import parse, span_of
from provenance.dates.failures import LONGEST, NO_DAY, shown, unreadable
from provenance.dates.languages import Word, language
from provenance.dates.remarks import remark
from provenance.dates.spoken import say
from provenance.dates.tokens import Token, fold, tokens
from provenance.errors import UnreadableDate

# Sets, X inside a year, a single field qualified: only EDTF writes so.
_RARE = re.compile(r"[\[{X%]|[?~]-|-[?~]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A date, and how the text was understood, for the person who wrote it."""

    date: Date
    understood: str


def read(text: str, *, prefer: str | None = None, zone: str | None = None) -> Reading:
    """Read EDTF, or a date as people write it.

    Args:
        text: As "June 2019", "seit 2016", "1er mai 2021", "15 Nov 2019 14:30 UTC".
        prefer: The language in which the reading is said back (``en`` without it).
        zone: Whose clock it was, where the text does not say: ``utc`` or ``+HH:MM``.

    Raises:
        UnreadableDate: nobody can read it, or it would have to be guessed (a year of two
            digits, "yesterday", a weekday alone); with what to write instead.
    """
    lang = prefer or "en"
    written = _written(text)
    date = parse(written.text, zone=zone)
    return Reading(date, _understood(date, written, lang))


def _written(text: str) -> Written:
    if len(text) > LONGEST:
        return _from_remark(text, unreadable(text))
    bare = fold(text).upper()
    if span_of(bare) is not None:
        return Written(bare)
    if _RARE.search(bare) and (rare := _rare(bare)):
        return Written(rare)
    return _from_tokens(text)


def _rare(text: str) -> str | None:
    try:
        return parse(text).text
    except UnreadableDate:
        return None


def _from_tokens(text: str) -> Written:
    try:
        pieces = tokens(text)
    except UnreadableDate as stray:
        return _from_remark(text, stray)
    try:
        written = clause(pieces)
    except (ValueError, OverflowError):  # "after 9999": the day beside it does not exist
        raise unreadable(text, NO_DAY) from None
    return written or _from_remark(text, _why_not(text, pieces), pieces)


def _from_remark(text: str, why_not: UnreadableDate, pieces: Sequence[Token] = ()) -> Written:
    """The dates in a remark, unless the whole is one date that has two meanings."""
    written = None if _is_from_alone(pieces) else remark(text)
    if written is None:
        raise why_not
    return written


def _understood(date: Date, written: Written, lang: str) -> str:
    said = say(date, lang)
    words = language(lang).say
    if written.unsure:
        one, other = (parse(m.text()) for m in (written.unsure.low, written.unsure.high))
        return words["ambiguous"].format(
            date=said, text=written.unsure.unsure, one=say(one, lang), other=say(other, lang)
        )
    if written.several:
        return words["several"].format(date=said)
    if _names_no_hemisphere(date.text):
        return words["north"].format(date=said)
    return said


def _names_no_hemisphere(text: str) -> bool:
    span = span_of(text)
    ends = (span.start, span.end) if span else ()
    return any(m is not None and m.season in range(21, 25) for m in ends)


# ---------------------------------------------------------------------------- why not


def _is_from_alone(pieces: Sequence[Token]) -> bool:
    """Is it "from 2016", which can be that year or all since then?"""
    return bool(pieces) and pieces[0].plays(Word.FROM) and clause([*pieces[1:]]) is not None


def _why_not(text: str, pieces: list[Token]) -> UnreadableDate:
    kinds = {p.kind for p in pieces}
    if any(p.plays(Word.RELATIVE) for p in pieces):
        return UnreadableDate(
            f"“{shown(text)}” depends on the day on which it is read.",
            advice="Write the date itself, as 2019-11-15.",
        )
    if _is_from_alone(pieces):
        return UnreadableDate(
            f"“{shown(text)}” can be the date itself or the first of many.",
            advice="Write “2016” or “since 2016”.",
        )
    if any(p.text == "ه" for p in pieces):
        return UnreadableDate(
            f"“{shown(text)}” is a date of the Islamic calendar, which is not read.",
            advice="Write the Gregorian date, as 2019-11-15.",
        )
    if kinds == {"weekday"}:
        return UnreadableDate(
            f"“{shown(text)}” is a weekday without a date.",
            advice="Write the date itself, as 2019-11-15.",
        )
    if kinds & {"month", "season", "day"} and not kinds & {"year", "date"}:
        return UnreadableDate(
            f"“{shown(text)}” has no year of four digits.",
            advice="Write the year too, as in 15 November 2019.",
        )
    return unreadable(text)
