"""A written date with the words around it: since, before, between, from ... to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from provenance.dates.languages import Word
from provenance.dates.single import Plain, after_fillers, qualified
from provenance.dates.tokens import Token


@dataclass(frozen=True, slots=True)
class Written:
    """A written date as EDTF text; ``unsure`` is the part of it that has two readings.

    ``several``: it spans all the dates that a remark names.
    """

    text: str
    unsure: Plain | None = None
    several: bool = False


def clause(pieces: list[Token]) -> Written | None:
    """The whole of a written date, or ``None`` if these pieces are none."""
    pieces = after_fillers(pieces)
    for rule in (_single, _between, _range, _days, _open):
        if pieces and (written := rule(pieces)):
            return written
    return None


def _single(pieces: list[Token]) -> Written | None:
    return _as_written(qualified(pieces))


def _as_written(plain: Plain | None) -> Written | None:
    return None if plain is None else Written(plain.text(), plain if plain.unsure else None)


def _between(pieces: list[Token]) -> Written | None:
    if not pieces[0].plays(Word.BETWEEN, Word.FROM):
        return None
    return _split(pieces[1:], lambda t: t.plays(Word.AND, Word.TO) or t.text == "-")


def _range(pieces: list[Token]) -> Written | None:
    return _split(pieces, lambda t: t.plays(Word.TO) or t.text in {"-", "/"})


def _split(pieces: list[Token], joins: Callable[[Token], bool]) -> Written | None:
    for place in range(1, len(pieces) - 1):
        if joins(pieces[place]):
            ends = _two_ends(pieces[:place], pieces[place + 1 :])
            if ends:
                return _joined(*ends)
    return None


def _two_ends(left: list[Token], right: list[Token]) -> tuple[Plain, Plain] | None:
    """Both ends; the first may borrow its month and year from the second ("3 to 5 May 2021")."""
    end = qualified(right)
    if end is None:
        return None
    if start := qualified(left):
        return start, end
    for borrowed in (right[-1:], right[-2:]):
        start = qualified(left + borrowed)
        if start and start.low.precision == end.low.precision:
            return start, end
    return None


def _days(pieces: list[Token]) -> Written | None:
    """Two days of one month: "29 and 30 January 2022", "June 11-17, 2011"."""
    match [piece.kind for piece in pieces]:
        case ["day", "word" | "mark", "day", "month", "year"]:
            month, days, join = [pieces[3]], (pieces[0], pieces[2]), pieces[1]
        case ["month", "day", "word" | "mark", "day", "year"]:
            month, days, join = [pieces[0]], (pieces[1], pieces[3]), pieces[2]
        case _:
            return None
    start, end = (qualified([day, *month, pieces[4]]) for day in days)
    joins = join.plays(Word.AND, Word.TO) or join.text == "-"
    return _joined(start, end) if joins and start and end else None


def _joined(start: Plain, end: Plain) -> Written:
    unsure = next((p for p in (start, end) if p.unsure), None)
    return Written(f"{start.low.text()}/{end.high.text()}", unsure)


def _open(pieces: list[Token]) -> Written | None:
    first, last = pieces[0], pieces[-1]
    if last.plays(Word.ONWARDS) and (plain := qualified(pieces[:-1])):
        return _opened(Word.SINCE, plain)
    if first.plays(Word.FROM, Word.SINCE) and last.plays(Word.ONWARDS):
        return _open([*pieces[1:-1], last])
    for word in (Word.BEFORE, Word.UNTIL, Word.SINCE, Word.AFTER):
        if first.plays(word) and (plain := qualified(pieces[1:])):
            return _opened(word, plain)
    return None


def _opened(word: Word, plain: Plain) -> Written:
    texts: dict[Word, Callable[[], str]] = {
        Word.BEFORE: lambda: f"../{plain.high.neighbour(-1).text()}",
        Word.UNTIL: lambda: f"../{plain.high.text()}",
        Word.AFTER: lambda: f"{plain.low.neighbour(1).text()}/..",
    }
    text = texts.get(word, lambda: f"{plain.low.text()}/..")
    return Written(text(), plain if plain.unsure else None)
