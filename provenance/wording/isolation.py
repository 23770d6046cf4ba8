"""Foreign text in a sentence keeps its own reading direction (Unicode UAX 9, isolates).

Without that, a caption in Arabic turns the numbers beside it round in an English sentence,
and an address does so in an Arabic one. The signs are put only where directions mix: they
are invisible, and not every program that reads plain text knows them.
"""

from __future__ import annotations

import unicodedata
from typing import Final

FIRST_STRONG: Final = "\u2068"
POP: Final = "\u2069"

_RIGHT_TO_LEFT: Final = frozenset({"ar"})
_RIGHTWARD: Final = frozenset({"L", "EN"})  # numbers, too: 2019:06:14 10:00 would turn round
_LEFTWARD: Final = frozenset({"R", "AL"})
_CONTROLS: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def reading_direction(lang: str) -> str:
    """``rtl`` or ``ltr``, as HTML calls them."""
    return "rtl" if lang in _RIGHT_TO_LEFT else "ltr"


def isolated(lang: str, text: str) -> str:
    """``text`` set apart if anything in it reads against the direction of ``lang``.

    Text that brings such signs itself is left alone: it could end ours before its time, and
    whoever prints it shows them as codes.
    """
    against = _RIGHTWARD if lang in _RIGHT_TO_LEFT else _LEFTWARD
    classes = set() if text.isascii() and against == _LEFTWARD else _classes(text)
    if classes & _CONTROLS or not classes & against:
        return text
    return f"{FIRST_STRONG}{text}{POP}"


def _classes(text: str) -> set[str]:
    return {unicodedata.bidirectional(character) for character in text}
