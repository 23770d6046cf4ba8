"""The languages in which dates are read and said back; one file each, the same fields."""

from __future__ import annotations

from typing import Final

from provenance.dates.languages.arabic import ARABIC
from provenance.dates.languages.english import ENGLISH
from provenance.dates.languages.french import FRENCH
from provenance.dates.languages.german import GERMAN
from provenance.dates.languages.language import Language, Word

__all__ = ["LANGUAGES", "Language", "Word", "language"]

LANGUAGES: Final[dict[str, Language]] = {
    known.code: known for known in (ENGLISH, GERMAN, FRENCH, ARABIC)
}


def language(code: str) -> Language:
    """The language of this code (``de``, ``de-AT``); English where we have none."""
    return LANGUAGES.get(code.replace("_", "-").split("-")[0].lower(), ENGLISH)
