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
    return plain and _Written(plain.text(), plain if plain.unsure else None)


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
        low, high = ({"month": month} for month in (1 + 4 * third, 4 + 4 * third))
    elif moment.precision is Precision.MONTH:
        last = (moment.stop() - moment.begin()).days
        low, high = ({"day": day} for day in ((1, 11, 21)[third], (10, 20, last)[third]))
    elif moment.precision is Precision.DECADE:
        years = ((0, 3), (3, 6), (6, 9))[third]
        low, high = ({"year": moment.year + n, "unknown_digits": 0} for n in years)
    else:
        return None
    return _Plain(replace(moment, **low), replace(moment, **high))


# ------------------------------------------------------------------ one date without them


def _plain(pieces: list[Token]) -> _Plain | None:
    clocks = [p for p in pieces if p.kind == "clock"]
    weekdays = [p for p in pieces if p.kind == "weekday"]
    rest = [p for n, p in enumerate(pieces) if not _unsaid(p, first=n == 0)]
    if len(clocks) > 1 or len(weekdays) > 1:
        return None
    moments = _moments(_month_once(rest))
    if not moments or (clocks or weekdays) and moments[0].day is None:
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
    """"Um 14:30 Uhr", and the T between day and time."""
    return piece.kind == "word" and piece.text in {"um", "t"}


def _month_once(pieces: list[Token]) -> list[Token]:
    """The Levantine name beside the Egyptian one is one month: تشرين الثاني/نوفمبر."""
    for place in range(len(pieces) - 2):
        first, slash, second = pieces[place : place + 3]
        if (first.kind, slash.text, second.kind) == ("month", "/", "month"):
            if first.value == second.value:
                return pieces[:place] + pieces[place + 2 :]
    return pieces


def _moments(pieces: list[Token]) -> tuple[Moment, ...]:
    """What the pieces name; two moments where the text has two readings."""
    values = [p.value for p in pieces]
    match [p.kind for p in pieces]:
        case ["date"]:
            return tuple(values[0])
        case ["year"]:
            return (Moment(values[0]),)
        case ["decade"]:
            return (Moment(values[0], unknown_digits=1),)
        case ["month", "year"]:
            return (Moment(values[1], values[0]),)
        case ["day", "month", "year"]:
            return (Moment(values[2], values[1], values[0]),)
        case ["month", "day", "year"]:
            return (Moment(values[2], values[0], values[1]),)
        case ["year", "month", "day"]:
            return (Moment(values[0], values[1], values[2]),)
        case ["season", "year"]:
            return (Moment(values[1], season=values[0]),)
        case _:
            return _rarely_written(pieces)


def _rarely_written(pieces: list[Token]) -> tuple[Moment, ...]:
    values = [p.value for p in pieces]
    match [p.kind for p in pieces]:
        case ["word", "year"] if pieces[0].plays(Word.DECADE) and values[1] % 10 == 0:
            return (Moment(values[1], unknown_digits=1),)
        case ["season", "year", "mark", "year"] if _is_one_winter(values):
            return Moment(values[1], 12, 1), Moment(values[3], 3, 21)
        case _:
            return ()


def _is_one_winter(values: list[int]) -> bool:
    return values[0] == _WINTER and values[3] == values[1] + 1


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
        return UnreadableDate(f"“{text}” depends on the day on which it is read.",
                              advice="Write the date itself, as 2019-11-15.")
    if pieces and pieces[0].plays(Word.FROM) and _clause(pieces[1:]):
        return UnreadableDate(f"“{text}” can be the date itself or the first of many.",
                              advice="Write “2016” or “since 2016”.")
    if any(p.text == "ه" for p in pieces):
        return UnreadableDate(f"“{text}” is a date of the Islamic calendar, which is not read.",
                              advice="Write the Gregorian date, as 2019-11-15.")
    if kinds == {"weekday"}:
        return UnreadableDate(f"“{text}” is a weekday without a date.",
                              advice="Write the date itself, as 2019-11-15.")
    if kinds & {"month", "season", "day"} and not kinds & {"year", "date"}:
        return UnreadableDate(f"“{text}” has no year of four digits.",
                              advice="Write the year too, as in 15 November 2019.")
    return unreadable(text)
