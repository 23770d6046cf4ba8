"""IPTC-IIM (version 4.2): the caption card that agencies have attached since the 1990s."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.metadata import instants
from provenance.metadata.words import fact, plain
from provenance.models import DateProblem, Fact, How

MOST = 1_000
"""Datasets read; a card has a few dozen."""

_TAG = 0x1C
_HEAD = 5
_APPLICATION = 2
_EXTENDED = 0x8000

_TEXTS = {
    5: "title",
    25: "keywords",
    40: "instructions",
    65: "software",
    80: "credit",
    105: "headline",
    110: "credit",
    115: "credit",
    116: "rights",
    120: "caption",
}
_PLACE = (92, 90, 95, 101)
"""Sublocation, city, province or state, country: from near to far."""
_RELEASED, _CREATED_DATE, _CREATED_TIME = 30, 55, 60

Card = dict[int, list[str]]


FACEBOOK = "FBMD"
"""How the "special instructions" begin that Facebook and Instagram put into what they re-encode."""


def read(block: bytes) -> Iterator[Fact]:
    """Facts of a run of IIM datasets; as many as can be read before it breaks."""
    card = _card(block)
    yield from _created(card)
    yield from fact(
        "released", _first(card, _RELEASED), How.IPTC, instants.of_iso(_first(card, _RELEASED))
    )
    place = [_first(card, number) for number in _PLACE]
    yield from fact("place", ", ".join(filter(None, place)), How.IPTC)
    for number, what in _TEXTS.items():
        yield from fact(what, ", ".join(card.get(number, [])), How.IPTC)


def is_readable(block: bytes) -> bool:
    """Whether it begins with a dataset, of whatever record."""
    return len(block) >= _HEAD and block[0] == _TAG


def _card(block: bytes) -> Card:
    card: Card = {}
    for number, value in _datasets(block):
        card.setdefault(number, []).append(plain(value))
    return card


def _datasets(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and value of each dataset of the application record."""
    at = 0
    for _ in range(MOST):
        if len(block) < at + _HEAD or block[at] != _TAG:
            return
        record, number = block[at + 1], block[at + 2]
        size = int.from_bytes(block[at + 3 : at + 5])
        if size >= _EXTENDED:  # sizes beyond 32 KB: nothing we read is that long
            return
        if record == _APPLICATION:
            yield number, block[at + 5 : at + 5 + size]
        at += 5 + size


def _created(card: Card) -> Iterator[Fact]:
    """Date and time at which the content came to be (2:55, 2:60)."""
    day, time = _first(card, _CREATED_DATE), _first(card, _CREATED_TIME)
    whole = instants.of_parts(day, time=time[:6], zone=time[6:])
    # A time that cannot be read takes nothing from the day; one that stands for none does.
    unreadable = whole.problem in (DateProblem.NOT_A_DATE, DateProblem.NO_SUCH_DAY)
    reading = instants.of_iso(day) if unreadable else whole
    yield from fact("captured", f"{day} {time}", How.IPTC, reading)


def _first(card: Card, number: int) -> str:
    return next(iter(card.get(number, [])), "")
