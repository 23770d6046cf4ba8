"""One written date, perhaps qualified, no interval: "about June 2019", "Monday 3 May 2021"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from provenance.dates.date import Precision
from provenance.dates.edtf import parse
from provenance.dates.failures import NO_DAY, unreadable
from provenance.dates.languages import Word, language
from provenance.dates.moment import Moment
from provenance.dates.spoken import say
from provenance.dates.tokens import Token
from provenance.errors import UnreadableDate

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
class Plain:
    """A written date between its two ends; ``unsure`` is text with two readings."""

    low: Moment
    high: Moment
    unsure: str | None = None

    def text(self) -> str:
        """As EDTF writes it."""
        if self.low == self.high:
            return self.low.text()
        return f"{self.low.text()}/{self.high.text()}"


def after_fillers(pieces: list[Token]) -> list[Token]:
    """Without the leading words that say nothing ("in", "im", "le")."""
    while pieces and pieces[0].plays(Word.FILLER) and not pieces[0].plays(Word.FROM):
        pieces = pieces[1:]
    return pieces


def qualified(pieces: list[Token]) -> Plain | None:
    """``about``, ``probably``, ``early`` before a date, or a question mark after it."""
    pieces = after_fillers(pieces)
    if not pieces:
        return None
    if pieces[-1].text == "?" or pieces[-1].roles & {Word.PERHAPS, Word.ABOUT}:
        return _marked(pieces[-1], pieces[:-1])
    if pieces[0].text == "~" or pieces[0].plays(Word.ABOUT, Word.PERHAPS):
        return _marked(pieces[0], pieces[1:])
    for word, third in _THIRDS.items():
        if pieces[0].plays(word):
            return _third(qualified(pieces[1:]), third)
    return _plain(pieces)


def _marked(mark: Token, pieces: list[Token]) -> Plain | None:
    plain = qualified(pieces)
    qualifier = "?" if mark.text == "?" or mark.plays(Word.PERHAPS) else "~"
    return plain and replace(
        plain, low=_with_mark(plain.low, qualifier), high=_with_mark(plain.high, qualifier)
    )


def _with_mark(moment: Moment, qualifier: str) -> Moment:
    both = moment.qualifier and moment.qualifier != qualifier
    return replace(moment, qualifier="%" if both else qualifier)


def _third(plain: Plain | None, third: int) -> Plain | None:
    """Early, mid and late are the thirds of a year, a month or a decade."""
    if plain is None or plain.low != plain.high:
        return None
    moment = plain.low
    if moment.precision is Precision.YEAR:
        first = 1 + 4 * third
        return Plain(replace(moment, month=first), replace(moment, month=first + 3))
    if moment.precision is Precision.MONTH:
        return _third_of_month(moment, third)
    return _third_of_decade(moment, third) if moment.precision is Precision.DECADE else None


def _third_of_month(moment: Moment, third: int) -> Plain:
    last = (moment.stop() - moment.begin()).days
    first, end = ((1, 10), (11, 20), (21, last))[third]
    return Plain(replace(moment, day=first), replace(moment, day=end))


def _third_of_decade(moment: Moment, third: int) -> Plain:
    first, end = (
        replace(moment, year=moment.year + n, unknown_digits=0)
        for n in ((0, 3), (3, 6), (6, 9))[third]
    )
    return Plain(first, end)


# ------------------------------------------------------------------ one date without them


def _plain(pieces: list[Token]) -> Plain | None:
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
    return Plain(timed[0], timed[-1], rest[0].text if len(timed) > 1 and len(rest) == 1 else None)


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
        raise unreadable(moment.text(), NO_DAY) from None


def _at(moment: Moment, clock: Token) -> Moment:
    hour, minute, second, zone = clock.value
    return replace(moment, hour=hour, minute=minute, second=second, zone=zone)
