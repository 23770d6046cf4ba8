"""What a run of ``add`` would take in, counted by what gives each picture its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """One picture: its name, and its date as it is said; ``None`` where it has none."""

    name: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Grade:
    """The pictures that have their date from one origin, best origin first.

    ``by`` is ``table``, ``stated`` (on the command line), a word of
    :class:`~provenance.models.How`, or ``nothing``. ``may`` counts what those dates may support,
    by a word of :class:`~provenance.models.Strength`; ``open`` counts those without an end
    ("since 2016"), on which no finding can rest.
    """

    by: str
    count: int
    may: Mapping[str, int]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """All grades that occur; inputs that were refused; pictures whose dates disagree."""

    pictures: int
    refused: int
    disagreeing: int
    grades: tuple[Grade, ...]
