"""What a person typed into the search field, as a question to the full-text index.

Nothing that is typed is ever syntax: words are taken out of it and put in quotes one by one.
Quotation marks keep words together; a star after a word stands for any ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from provenance.archive.sheet.spelling import words

MOST_WORDS: Final = 16
LONGEST: Final = 500
"""Characters that are read of what was typed."""

LEAST_BEGINNING: Final = 3
"""Letters before a star; fewer would stand for half of all words."""

_PIECE: Final = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand beside each other; ``open``: the last one may go on."""

    words: tuple[str, ...]
    open: bool = False

    @property
    def match(self) -> str:
        """As the index is asked; its words hold letters and digits alone."""
        quoted = " + ".join(f'"{word}"' for word in self.words)
        return f"{quoted} *" if self.open else quoted

    def opened(self) -> Term:
        """The same with its ending left open, where it is long enough for that."""
        return Term(self.words, open=len(self.words[-1]) >= LEAST_BEGINNING)


def terms(typed: str) -> tuple[Term, ...]:
    """What was typed, term by term; each has to be found."""
    found: list[Term] = []
    for term in _terms(typed[:LONGEST]):
        if sum(len(each.words) for each in found) + len(term.words) > MOST_WORDS:
            break
        found.append(term)
    return tuple(found)


def _terms(typed: str) -> Iterator[Term]:
    for phrase, piece in _PIECE.findall(typed):
        kept = tuple(words(phrase or piece))
        if not kept:
            continue
        open_ended = piece.endswith("*") and len(kept[-1]) >= LEAST_BEGINNING
        yield Term(kept, open=open_ended)
