"""What does not fit together, in a sentence each."""

from __future__ import annotations

from provenance.dates import say
from provenance.models import Conflict, Contradiction, Fact
from provenance.wording.catalogue import has_message, message, number, quoted


def contradiction(said: Contradiction, lang: str = "en") -> str:
    """One contradiction as a plain sentence; foreign text in it is quoted."""
    first, second = (*(_told(fact, lang) for fact in said.facts), "", "")[:2]
    sentence = message(
        lang,
        _key(said),
        first=first,
        second=second,
        date=say(said.date, lang) if said.date else "",
        place=quoted(lang, said.place or ""),
        origin=message(lang, f"embedded.{said.place}") if _is_small(said) else "",
        km=number(lang, said.km or 0),
        clock=said.clock or "",
    )
    return sentence[:1].upper() + sentence[1:]


def _key(said: Contradiction) -> str:
    """A position's time and a signature are told in words of their own."""
    told = {fact.what for fact in said.facts} & {"position_time", "signed", "sent"}
    key = f"contradiction.{said.kind.value}"
    special = f"{key}.{next(iter(told), '')}"
    return special if has_message(special) else key


def _is_small(said: Contradiction) -> bool:
    return said.kind is Conflict.SMALL_PICTURE


def _told(fact: Fact, lang: str) -> str:
    """The origin and the raw text: EXIF gives “2019:06:14 10:00:00”."""
    origin = message(lang, f"origin.{fact.how.value}")
    return message(lang, "contradiction.fact", origin=origin, value=quoted(lang, fact.value))
