# ruff: noqa: RUF001 - letters of other alphabets are what is read here
"""What people write -> :class:`Date`, and how it was read, in words.

English, German, French and Arabic, mixed as people mix them. A written date becomes EDTF
text first; so nothing can be read that EDTF cannot hold, and nothing is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from provenance.dates.date import Date, Precision
from provenance.dates.edtf import LONGEST, parse, span_of, unreadable
from provenance.dates.languages import Word, language
from provenance.dates.moment import Moment
from provenance.dates.spoken import say
from provenance.dates.tokens import Token, fold, tokens
from provenance.errors import UnreadableDate

# Sets, X inside a year, a single field qualified: only EDTF writes so.
_RARE = re.compile(r"[\[{X%]|[?~]-|-[?~]")
_UNSAID: Final = (Word.FILLER, Word.FROM, Word.TO)
_WINTER: Final = 24
# The orders in which people write the fields of a date.
_ORDERS: Final = frozenset(
    {
        ("year",),
        ("month", "year"),
        ("season", "year"),
        ("day", "month", "year"),
        ("month", "day", "year"),
        ("year", "month", "day"),
    }
)
_THIRDS: Final = {Word.EARLY: 0, Word.MID: 1, Word.LATE: 2}


@dataclass(frozen=True, slots=True)
class Reading:
    """A date, and how the text was understood, for the person who wrote it."""

    date: Date
    understood: str


@dataclass(frozen=True, slots=True)
class _Plain:
    """A written date between its two ends; ``unsure`` is text with two readings."""

    low: Moment
    high: Moment
    unsure: str | None = None

    def text(self) -> str:
        if self.low == self.high:
            return self.low.text()
        return f"{self.low.text()}/{self.high.text()}"


@dataclass(frozen=True, slots=True)
class _Written:
    text: str
    unsure: _Plain | None = None


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


def _written(text: str) -> _Written:
    if len(text) > LONGEST:
        raise unreadable(text[:40] + "…")
    bare = fold(text).upper()
    if span_of(bare) is not None:
        return _Written(bare)
    if _RARE.search(bare) and (rare := _rare(bare)):
        return _Written(rare)
    return _from_tokens(text)


def _rare(text: str) -> str | None:
    try:
        return parse(text).text
    except UnreadableDate:
        return None


def _from_tokens(text: str) -> _Written:
    pieces = tokens(text)
    written = _clause(pieces)
    if written is None:
        raise _why_not(text, pieces)
    return written


def _understood(date: Date, written: _Written, lang: str) -> str:
    said = say(date, lang)
    words = language(lang).say
    if written.unsure:
        one, other = (parse(m.text()) for m in (written.unsure.low, written.unsure.high))
        return words["ambiguous"].format(
            date=said, text=written.unsure.unsure, one=say(one, lang), other=say(other, lang)
        )
    if _names_no_hemisphere(date.text):
        return words["north"].format(date=said)
    return said


def _names_no_hemisphere(text: str) -> bool:
    span = span_of(text)
    ends = (span.start, span.end) if span else ()
    return any(m is not None and m.season in range(21, 25) for m in ends)


# ------------------------------------------------------- clauses: since, between, about


def _clause(pieces: list[Token]) -> _Written | None:
    pieces = _after_fillers(pieces)
    for rule in (_single, _between, _range, _open):
        if pieces and (written := rule(pieces)):
            return written
    return None


def _after_fillers(pieces: list[Token]) -> list[Token]:
    while pieces and pieces[0].plays(Word.FILLER) and not pieces[0].plays(Word.FROM):
        pieces = pieces[1:]
    return pieces


def _single(pieces: list[Token]) -> _Written | None:
    return _as_written(_qualified(pieces))


def _as_written(plain: _Plain | None) -> _Written | None:
    return None if plain is None else _Written(plain.text(), plain if plain.unsure else None)


def _between(pieces: list[Token]) -> _Written | None:
    if not pieces[0].plays(Word.BETWEEN, Word.FROM):
        return None
    return _split(pieces[1:], lambda t: t.plays(Word.AND, Word.TO) or t.text == "-")


def _range(pieces: list[Token]) -> _Written | None:
    return _split(pieces, lambda t: t.plays(Word.TO) or t.text in {"-", "/"})


def _split(pieces: list[Token], joins: Callable[[Token], bool]) -> _Written | None:
    for place in range(1, len(pieces) - 1):
        if joins(pieces[place]):
            ends = _two_ends(pieces[:place], pieces[place + 1 :])
            if ends:
                return _joined(*ends)
    return None


def _two_ends(left: list[Token], right: list[Token]) -> tuple[_Plain, _Plain] | None:
    """Both ends; the first may borrow its month and year from the second ("3 to 5 May 2021")."""
    end = _qualified(right)
    if end is None:
        return None
    if start := _qualified(left):
        return start, end
    for borrowed in (right[-1:], right[-2:]):
        start = _qualified(left + borrowed)
        if start and start.low.precision == end.low.precision:
            return start, end
    return None


def _joined(start: _Plain, end: _Plain) -> _Written:
    unsure = next((p for p in (start, end) if p.unsure), None)
    return _Written(f"{start.low.text()}/{end.high.text()}", unsure)


def _open(pieces: list[Token]) -> _Written | None:
    first, last = pieces[0], pieces[-1]
    if last.plays(Word.ONWARDS) and (plain := _qualified(pieces[:-1])):
        return _opened(Word.SINCE, plain)
    if first.plays(Word.FROM, Word.SINCE) and last.plays(Word.ONWARDS):
        return _open([*pieces[1:-1], last])
    for word in (Word.BEFORE, Word.UNTIL, Word.SINCE, Word.AFTER):
        if first.plays(word) and (plain := _qualified(pieces[1:])):
            return _opened(word, plain)
    return None


def _opened(word: Word, plain: _Plain) -> _Written:
    texts: dict[Word, Callable[[], str]] = {
        Word.BEFORE: lambda: f"../{plain.high.neighbour(-1).text()}",
        Word.UNTIL: lambda: f"../{plain.high.text()}",
        Word.AFTER: lambda: f"{plain.low.neighbour(1).text()}/..",
    }
    text = texts.get(word, lambda: f"{plain.low.text()}/..")
    return _Written(text(), plain if plain.unsure else None)


# ------------------------------------------------------------ one date with its qualifiers


def _qualified(pieces: list[Token]) -> _Plain | None:
    """``about``, ``probably``, ``early`` before a date, or a question mark after it."""
    pieces = _after_fillers(pieces)
    if not pieces:
        return None
    if pieces[-1].text == "?" or pieces[-1].roles & {Word.PERHAPS, Word.ABOUT}:
        return _marked(pieces[-1], pieces[:-1])
    if pieces[0].text == "~" or pieces[0].plays(Word.ABOUT, Word.PERHAPS):
        return _marked(pieces[0], pieces[1:])
    for word, third in _THIRDS.items():
        if pieces[0].plays(word):
            return _third(_qualified(pieces[1:]), third)
    return _plain(pieces)


def _marked(mark: Token, pieces: list[Token]) -> _Plain | None:
    plain = _qualified(pieces)
    qualifier = "?" if mark.text == "?" or mark.plays(Word.PERHAPS) else "~"
    return plain and replace(
        plain, low=_with_mark(plain.low, qualifier), high=_with_mark(plain.high, qualifier)
    )


def _with_mark(moment: Moment, qualifier: str) -> Moment:
    both = moment.qualifier and moment.qualifier != qualifier
    return replace(moment, qualifier="%" if both else qualifier)


def _third(plain: _Plain | None, third: int) -> _Plain | None:
    """Early, mid and late are the thirds of a year, a month or a decade."""
    if plain is None or plain.low != plain.high:
        return None
    moment = plain.low
    if moment.precision is Precision.YEAR:
        first = 1 + 4 * third
        return _Plain(replace(moment, month=first), replace(moment, month=first + 3))
    if moment.precision is Precision.MONTH:
        return _third_of_month(moment, third)
    return _third_of_decade(moment, third) if moment.precision is Precision.DECADE else None


def _third_of_month(moment: Moment, third: int) -> _Plain:
    last = (moment.stop() - moment.begin()).days
    first, end = ((1, 10), (11, 20), (21, last))[third]
    return _Plain(replace(moment, day=first), replace(moment, day=end))


def _third_of_decade(moment: Moment, third: int) -> _Plain:
    first, end = (
        replace(moment, year=moment.year + n, unknown_digits=0)
        for n in ((0, 3), (3, 6), (6, 9))[third]
    )
    return _Plain(first, end)


# ------------------------------------------------------------------ one date without them


def _plain(pieces: list[Token]) -> _Plain | None:
    clocks = [p for p in pieces if p.kind == "clock"]
    weekdays = [p for p in pieces if p.kind == "weekday"]
    rest = [p for n, p in enumerate(pieces) if not _unsaid(p, first=n == 0)]
    if len(clocks) > 1 or len(weekdays) > 1:
        return None
    moments = _moments(_month_once(rest))
    if not moments or ((clocks or weekdays) and moments[0].day is None):
        return None
    if weekdays:
        moments = _on_weekday(moments, weekdays[0])
    timed = tuple(_at(m, clocks[0]) for m in moments) if clocks else moments
    return _Plain(timed[0], timed[-1], rest[0].text if len(timed) > 1 and len(rest) == 1 else None)


def _unsaid(piece: Token, *, first: bool) -> bool:
    """Said apart, or a small word that says nothing; a leading "from" or "until" does."""
    if piece.kind in {"clock", "weekday"} or _before_a_clock(piece):
        return True
    return piece.plays(Word.FILLER) if first else piece.plays(*_UNSAID)


def _before_a_clock(piece: Token) -> bool:
    """The "um" of "um 14:30 Uhr", and the T between day and time."""
    return piece.kind == "word" and piece.text in {"um", "t"}


def _month_once(pieces: list[Token]) -> list[Token]:
    """The Levantine name beside the Egyptian one is one month: تشرين الثاني/نوفمبر."""
    for place in range(len(pieces) - 2):
        first, slash, second = pieces[place : place + 3]
        if (
            slash.text == "/"
            and first.kind == "month"
            and first == replace(second, text=first.text)
        ):
            return pieces[:place] + pieces[place + 2 :]
    return pieces


def _moments(pieces: list[Token]) -> tuple[Moment, ...]:
    """What the pieces name; two moments where the text has two readings."""
    if len(pieces) == 1 and pieces[0].kind == "date":
        return tuple(pieces[0].value)
    if _is_one_winter(pieces):
        return Moment(pieces[1].value, 12, 1), Moment(pieces[3].value, 3, 21)
    named = {p.kind: p.value for p in pieces}
    if tuple(p.kind for p in pieces) in _ORDERS:
        return (Moment(**named),)
    return _decade(pieces)


def _decade(pieces: list[Token]) -> tuple[Moment, ...]:
    match pieces:
        case [Token(kind="decade", value=year)]:
            return (Moment(year, unknown_digits=1),)
        case [word, Token(kind="year", value=year)] if word.plays(Word.DECADE) and year % 10 == 0:
            return (Moment(year, unknown_digits=1),)
        case _:
            return ()


def _is_one_winter(pieces: list[Token]) -> bool:
    """Is it "winter 2014/2015"?"""
    match pieces:
        case [Token(kind="season"), Token(kind="year"), Token(kind="mark"), Token(kind="year")]:
            return bool(pieces[0].value == _WINTER and pieces[3].value == pieces[1].value + 1)
        case _:
            return False


def _on_weekday(moments: tuple[Moment, ...], weekday: Token) -> tuple[Moment, ...]:
    """Those that fall on it; so a weekday also settles 03/04/2019.

    Raises:
        UnreadableDate: the date fell on another day of the week, so one of the two is wrong.
    """
    fitting = tuple(m for m in moments if _weekday(m) == weekday.value)
    if fitting:
        return fitting
    day = parse(moments[0].text())
    names = language("en").weekdays
    raise UnreadableDate(
        f"{say(day)} was a {names[_weekday(moments[0])][0]}, not a {names[weekday.value][0]}.",
        advice="Check the date, or leave the weekday out.",
    )


def _weekday(moment: Moment) -> int:
    try:
        return moment.begin().weekday()
    except ValueError:
        raise unreadable(moment.text(), "is no day of the calendar") from None


def _at(moment: Moment, clock: Token) -> Moment:
    hour, minute, second, zone = clock.value
    return replace(moment, hour=hour, minute=minute, second=second, zone=zone)


# ---------------------------------------------------------------------------- why not


def _why_not(text: str, pieces: list[Token]) -> UnreadableDate:
    kinds = {p.kind for p in pieces}
    if any(p.plays(Word.RELATIVE) for p in pieces):
        return UnreadableDate(
            f"“{text}” depends on the day on which it is read.",
            advice="Write the date itself, as 2019-11-15.",
        )
    if pieces and pieces[0].plays(Word.FROM) and _clause(pieces[1:]):
        return UnreadableDate(
            f"“{text}” can be the date itself or the first of many.",
            advice="Write “2016” or “since 2016”.",
        )
    if any(p.text == "ه" for p in pieces):
        return UnreadableDate(
            f"“{text}” is a date of the Islamic calendar, which is not read.",
            advice="Write the Gregorian date, as 2019-11-15.",
        )
    if kinds == {"weekday"}:
        return UnreadableDate(
            f"“{text}” is a weekday without a date.", advice="Write the date itself, as 2019-11-15."
        )
    if kinds & {"month", "season", "day"} and not kinds & {"year", "date"}:
        return UnreadableDate(
            f"“{text}” has no year of four digits.",
            advice="Write the year too, as in 15 November 2019.",
        )
    return unreadable(text)
