"""Facts of one file that cannot all be true, said in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from provenance.models import Fact, How

CARELESS = timedelta(days=1)
"""Programs write local time as UTC and midnight for an unknown time: a shorter gap says nothing."""

_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

_ORIGIN = {
    How.EXIF: "EXIF",
    How.XMP: "XMP",
    How.IPTC: "IPTC",
    How.FILE_NAME: "the file name",
}


def among(facts: Iterable[Fact]) -> tuple[str, ...]:
    """One sentence for each contradiction: the two facts that lie furthest apart."""
    dated = [fact for fact in facts if fact.date]
    captured = [fact for fact in dated if fact.what == "captured"]
    if not captured:
        return ()
    first, last = min(captured, key=_latest), max(captured, key=_earliest)
    return (*_captured_twice(first, last), *_used_before(dated, last))


def _captured_twice(first: Fact, last: Fact) -> Iterator[str]:
    """Two times of capture of which neither can be the other, whatever the time zones."""
    if _is_before(first, last):
        yield f"{_says(first)} as the time of capture, {_says(last)}."


def _used_before(dated: list[Fact], captured: Fact) -> Iterator[str]:
    """Changed or sent before it was captured."""
    used = [fact for fact in dated if fact.what in ("changed", "sent")]
    for fact in used:
        if _is_before(fact, captured):
            yield f"{_says(fact)} as {fact.what}, before the time of capture: {_says(captured)}."


def _is_before(one: Fact, other: Fact) -> bool:
    """Whether all of ``one`` lies clearly before ``other`` begins."""
    return _earliest(other) - _latest(one) > CARELESS


def _earliest(fact: Fact) -> datetime:
    return (fact.date and fact.date.earliest) or _BEGINNING


def _latest(fact: Fact) -> datetime:
    return (fact.date and fact.date.latest) or _END


def _says(fact: Fact) -> str:
    return f"{_ORIGIN.get(fact.how, fact.how.value)} gives “{fact.value}”"
