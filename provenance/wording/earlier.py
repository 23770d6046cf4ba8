"""That a match was made through a small picture inside a file, in words."""

from __future__ import annotations

from provenance.models import Earlier
from provenance.wording.catalogue import commas, message


def earlier_words(through: Earlier, lang: str = "en") -> str:
    """Which file carries it, where it stands there, and whether it is shown to belong to it."""
    key = "both" if through.query and through.archive else "query" if through.query else "archive"
    places = dict.fromkeys(each for each in (through.query, through.archive) if each)
    origin = commas(lang, [message(lang, f"embedded.{place.value}") for place in places])
    return message(
        lang, f"earlier.{key}" if through.proved else f"earlier.unproved.{key}", origin=origin
    )
