# ruff: noqa: RUF001 - letters of several scripts are what this is about
"""Words as they are compared: one form of each, whatever the script.

Applied alike to what is filed and to what a person types: case, accents and vowel signs go;
Arabic alef, yeh, kaf and teh marbuta take one form each and the article is left off; where a
script sets no spaces every sign is a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_PLAIN: Final = re.compile(r"[a-z0-9]+")

_LETTERS: Final = str.maketrans(
    dict(zip("ىيكةٱłøđħı", "ییکهاlodhi", strict=True)) | {"æ": "ae", "œ": "oe"}
)
"""Letters that are typed one for the other; most others come apart from their accents."""

_TATWEEL: Final = "ـ"
_ARTICLES: Final = ("وال", "بال", "کال", "فال", "ال", "لل")
_LEAST_STEM: Final = 3

_UNSPACED: Final = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003134f])"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese signs."""


def words(text: str) -> Iterator[str]:
    """The words of a text in the form in which they are compared."""
    folded = text.lower()
    if folded.isascii():
        yield from _PLAIN.findall(folded)
        return
    letters = "".join(map(_letter, unicodedata.normalize("NFKD", folded.casefold())))
    for word in _UNSPACED.sub(r" \1 ", letters.translate(_LETTERS)).split():
        yield _without_article(word)


@lru_cache(maxsize=4096)
def _letter(sign: str) -> str:
    """A letter or digit as itself, an accent as nothing, all else as a space."""
    kind = unicodedata.category(sign)
    if sign == _TATWEEL or kind == "Cf" or (kind == "Mn" and unicodedata.combining(sign)):
        return ""
    return sign if kind[0] in "LNM" else " "


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _LEAST_STEM:
            return word[len(article) :]
    return word
