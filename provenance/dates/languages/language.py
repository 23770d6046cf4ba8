"""What one language brings: its names for months, and its small words around a date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """The part that a small word plays in a written date."""

    ABOUT = "about"  # circa 2016
    PERHAPS = "perhaps"  # probably 2016
    BEFORE = "before"  # before 2017: the year itself not
    UNTIL = "until"  # until 2016: the year itself too; also "2013 until 2015"
    SINCE = "since"  # since 2016: the year itself too
    AFTER = "after"  # after 2016: the year itself not
    FROM = "from"  # from 2013 to 2015; from 2016; in Romance languages also "of"
    BETWEEN = "between"
    AND = "and"
    TO = "to"
    ONWARDS = "onwards"  # 2016 onwards
    EARLY = "early"
    MID = "mid"
    LATE = "late"
    DECADE = "decade"  # les années 1990
    FILLER = "filler"  # in, on, the, at, year: says nothing here
    RELATIVE = "relative"  # yesterday: means nothing to whoever reads it later


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    ``months``, ``seasons`` (spring first) and ``weekdays`` (Monday first) hold for each
    name the spellings that are read; the first one is also said. ``words`` are the small
    words that are read. Spellings are compared without case, accents and points.

    ``say`` holds how a date is said: ``year``, ``month``, ``season``, ``day``, ``decade``
    stand alone; ``governed.*`` stand after a preposition, ``about.*`` and ``until.*`` after
    those words, ``placed.*`` answer "when?"; a form that is not given is the plain one.
    ``season.21`` to ``season.24`` differ from ``season`` for one of them, ``first.day`` is
    the first of a month.
    """

    code: str
    months: tuple[tuple[str, ...], ...]
    seasons: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    words: Mapping[Word, tuple[str, ...]]
    say: Mapping[str, str]
