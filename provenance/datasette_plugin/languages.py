"""In which language a visitor reads: what was chosen, else what the browser asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from provenance.wording import LANGUAGES

COOKIE: Final = "provenance_lang"
OTHERWISE: Final = "en"
RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})
OWN_NAMES: Final = {"ar": "العربية", "de": "Deutsch", "en": "English", "fr": "Français"}

_WANTED: Final = re.compile(r"([A-Za-z]{1,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([0-9.]{1,5}))?")


def language_of(chosen: str | None, request: Any, otherwise: str = OTHERWISE) -> str:
    """The first of: the choice, the cookie, the browser's wish, ``otherwise``; that is known."""
    asked = (chosen, request.cookies.get(COOKIE), *_wished(request.headers.get("accept-language")))
    return next((lang for lang in asked if lang in LANGUAGES), otherwise)


def direction(lang: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if lang in RIGHT_TO_LEFT else "ltr"


def offered() -> list[tuple[str, str]]:
    """Code and own name of every language of the catalogue."""
    return [(lang, OWN_NAMES.get(lang, lang)) for lang in LANGUAGES]


def _wished(header: str | None) -> Iterator[str]:
    """The languages of ``Accept-Language``, the most wanted first."""
    found = [_WANTED.fullmatch(part.strip()) for part in (header or "")[:500].split(",")]
    weighed = [(_weight(match[2]), match[1].lower()) for match in found if match]
    for weight, lang in sorted(weighed, key=lambda each: -each[0]):
        if weight > 0:
            yield lang


def _weight(text: str | None) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
