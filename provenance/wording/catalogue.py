"""The message catalogue: a folder a language, one JSON file an area, the same keys in each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from provenance.errors import UnreadableReason
from provenance.models import (
    AddOutcome,
    FindingKind,
    How,
    Means,
    Outcome,
    Relation,
    Strength,
    Trust,
)
from provenance.wording.isolation import isolated
from provenance.wording.plurals import plural

LANGUAGES: Final = ("en", "de", "fr", "ar")

# Values that come from files and people as they are; all others are words of the catalogue,
# numbers, or were set apart by :func:`quoted`.
_FOREIGN: Final = frozenset({"name", "host", "licence", "by", "why"})

_FAMILY: Final[dict[type[StrEnum], str]] = {
    AddOutcome: "outcome",
    FindingKind: "kind",
    How: "how",
    Means: "means",
    Outcome: "outcome",
    Relation: "relation",
    Strength: "strength",
    Trust: "trust",
    UnreadableReason: "unreadable",
}


def message(lang: str, key: str, **values: object) -> str:
    """The words for ``key`` in ``lang`` (``de``, ``de-AT``; English where we have none).

    Names and hosts among the values are set apart where they read in the other direction.

    Raises:
        KeyError: no such key, or a value that the words need was not given.
    """
    code = known_language(lang)
    foreign = {name: isolated(code, str(values[name])) for name in _FOREIGN & values.keys()}
    return _catalogue(code)[key].format(**{**values, **foreign})


def has_message(key: str) -> bool:
    """Is there such a key?"""
    return key in _catalogue("en")


def counted(lang: str, key: str, count: int, **values: object) -> str:
    """The words for ``count`` of something: ``key.one``, ``key.many``, in Arabic ``key.few``."""
    form = plural(known_language(lang), count)
    return message(lang, f"{key}.{form}", count=number(lang, count), **values)


def number(lang: str, count: int) -> str:
    """A whole number with its thousands set apart: "1,648", in German "1.648"."""
    return f"{count:,}".replace(",", message(lang, "thousands"))


def word(lang: str, value: StrEnum) -> str:
    """What a word of the contract is called for people: ``Means.CAPTURED`` -> "taken"."""
    return message(lang, f"{_FAMILY[type(value)]}.{value.value}")


def quoted(lang: str, text: str) -> str:
    """Foreign text in the quotation marks of ``lang``, on one line, no control characters."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return message(lang, "quoted", text=isolated(known_language(lang), " ".join(plain.split())))


def listed(lang: str, words: Sequence[str]) -> str:
    """Join as in "left", "left and bottom", "left, top and bottom"."""
    if len(words) < 2:  # noqa: PLR2004  (a list needs two)
        return "".join(words)
    return message(lang, "list.and", first=commas(lang, words[:-1]), last=words[-1])


def commas(lang: str, words: Iterable[str]) -> str:
    """Join as in "left, top", without "and"."""
    return message(lang, "list.comma").join(words)


def semicolons(lang: str, words: Iterable[str]) -> str:
    """Join as in "left; top"."""
    return message(lang, "list.semicolon").join(words)


def colon(lang: str) -> str:
    """What stands between a name and its value; French sets it off with a blank."""
    return message(lang, "list.colon")


def known_language(lang: str) -> str:
    """The catalogue that answers for ``lang``; English where there is none."""
    code = lang.replace("_", "-").split("-")[0].lower()
    return code if code in LANGUAGES else "en"


@cache
def _catalogue(lang: str) -> dict[str, str]:
    areas = files("provenance.wording").joinpath(lang).iterdir()
    texts = [each.read_text("utf-8") for each in areas if each.name.endswith(".json")]
    return {key: words for text in texts for key, words in json.loads(text).items()}
