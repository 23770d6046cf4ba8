"""Which form of a word goes with a number: the plural rules of Unicode CLDR 48.

Whole numbers alone are counted here, which leaves rules of one line each. ``many`` is the
house's name for what CLDR calls ``other`` in English, German and French. CLDR knows one more
form in French, for whole millions ("un million de"); no archive is worded for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_TWO: Final = ("one", "many")

FORMS: Final[dict[str, tuple[str, ...]]] = {
    "en": _TWO,
    "de": _TWO,
    "fr": _TWO,
    "ar": ("zero", "one", "two", "few", "many", "other"),
}
"""What every counted message has in each language: ``days.one``, ``days.many``."""


def plural(lang: str, count: int) -> str:
    """The form for ``count``, which is not below 0; ``lang`` is one of the catalogue's."""
    return _RULES[lang](count)


def _germanic(count: int) -> str:
    return "one" if count == 1 else "many"


def _french(count: int) -> str:
    """Nothing at all is singular, too: "0 image"."""
    return "one" if count < 2 else "many"  # noqa: PLR2004  (the plural begins at two)


def _arabic(count: int) -> str:
    """By the last two digits: 103 goes as 3 does, 111 as 11, and 100 to 102 by themselves."""
    if count < 3:  # noqa: PLR2004  (none, one and a pair have forms of their own)
        return FORMS["ar"][count]
    last = count % 100
    if last < 3:  # noqa: PLR2004
        return "other"
    return "few" if last <= 10 else "many"  # noqa: PLR2004


_RULES: Final[dict[str, Callable[[int], str]]] = {
    "en": _germanic,
    "de": _germanic,
    "fr": _french,
    "ar": _arabic,
}
