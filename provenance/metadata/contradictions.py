"""What a file says of itself that does not fit together, or does not fit the claim.

Each is a reason to look, none is a finding. Nothing is said where time zones, careless
programs or a gazetteer's gaps could explain it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from provenance.dates import Date
from provenance.metadata import places
from provenance.models import (
    Claim,
    Conflict,
    Contradiction,
    EarlierState,
    Embedded,
    Fact,
)

CARELESS: Final = timedelta(days=1)
"""Programs write local time as UTC and midnight for an unknown time: a shorter gap says nothing."""

ANOTHER_ZONE: Final = timedelta(hours=2)
"""Clocks one hour off are summer time; cameras keep the hour of the last summer."""

FAR_KM: Final = 100
FAR_FROM_COUNTRY_KM: Final = 500
"""How far a position must lie from a city of the claimed name, or from every larger city of the
claimed country. Both are wider than the gaps between the gazetteer's cities mostly are."""

_BEGINNING, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_BY_CAMERAS = (Embedded.EXIF, Embedded.PHOTOSHOP)


def among(
    facts: Iterable[Fact],
    claim: Claim | None = None,
    known: Date | None = None,
    earlier: Sequence[EarlierState] = (),
) -> tuple[Contradiction, ...]:
    """Every contradiction, in the order of the rules below.

    ``known`` is the date of the earliest sighting of the same photograph that does not come
    from a file; ``earlier`` the small pictures inside this one.
    """
    facts = list(facts)
    dated = [fact for fact in facts if fact.date]
    return (
        *_captured_twice(dated),
        *_used_before(dated),
        *_edited_after(dated),
        *_before_claim(dated, claim),
        *_after_sighting(dated, known),
        *_small_picture(earlier),
        *_zone(facts),
        *_far(facts, claim),
    )


# ------------------------------------------------------------------------------- dates


def _captured_twice(dated: list[Fact]) -> Iterator[Contradiction]:
    """Two times of capture of which neither can be the other, whatever the time zones."""
    taken = [fact for fact in dated if fact.what in ("captured", "position_time")]
    if not any(fact.what == "captured" for fact in taken):
        return
    first, last = min(taken, key=_latest), max(taken, key=_earliest)
    if _is_before(first, last):
        yield Contradiction(Conflict.CAPTURED_TWICE, (first, last))


def _used_before(dated: list[Fact]) -> Iterator[Contradiction]:
    """Changed or sent before it was captured."""
    captured = max(_captured(dated), key=_earliest, default=None)
    for fact in dated:
        if captured and fact.what in ("changed", "sent") and _is_before(fact, captured):
            yield Contradiction(Conflict.USED_BEFORE, (fact, captured))


def _edited_after(dated: list[Fact]) -> Iterator[Contradiction]:
    """Changed by a program a day or more after it was captured."""
    captured = min(_captured(dated), key=_latest, default=None)
    changed = max((f for f in dated if f.what == "changed"), key=_earliest, default=None)
    if captured and changed and _is_before(captured, changed):
        yield Contradiction(Conflict.EDITED_AFTER, (changed, captured))


def _before_claim(dated: list[Fact], claim: Claim | None) -> Iterator[Contradiction]:
    """Captured, or signed and validated, wholly before the event that it is said to show."""
    event = claim.date if claim else None
    there = [fact for fact in dated if fact.what in ("captured", "signed")]
    first = min(there, key=_latest, default=None)
    if first and event and event.earliest and _latest(first) < event.earliest:
        yield Contradiction(Conflict.BEFORE_CLAIM, (first,), date=event)


def _after_sighting(dated: list[Fact], known: Date | None) -> Iterator[Contradiction]:
    """Captured wholly after the same photograph was already seen."""
    last = max(_captured(dated), key=_earliest, default=None)
    if last and known and known.latest and _earliest(last) > known.latest:
        yield Contradiction(Conflict.AFTER_SIGHTING, (last,), date=known)


def _captured(dated: list[Fact]) -> list[Fact]:
    return [fact for fact in dated if fact.what == "captured"]


def _is_before(one: Fact, other: Fact) -> bool:
    """Whether all of ``one`` lies clearly before ``other`` begins."""
    return _earliest(other) - _latest(one) > CARELESS


def _earliest(fact: Fact) -> datetime:
    return (fact.date and fact.date.earliest) or _BEGINNING


def _latest(fact: Fact) -> datetime:
    return (fact.date and fact.date.latest) or _END


# -------------------------------------------------------------------- pictures and places


def _small_picture(earlier: Sequence[EarlierState]) -> Iterator[Contradiction]:
    """The thumbnail of a camera or of Photoshop does not look like the picture."""
    unlike = [state for state in earlier if state.origin in _BY_CAMERAS]
    for state in unlike[:1]:
        yield Contradiction(Conflict.SMALL_PICTURE, place=state.origin.value)


def _zone(facts: list[Fact]) -> Iterator[Contradiction]:
    """The file's clock and its position belong to different time zones."""
    captured = next((f for f in facts if f.what == "captured" and _offset(f) is not None), None)
    where, at = _where(facts)
    if captured is None or where is None or at is None:
        return
    assert captured.date is not None
    assert captured.date.earliest is not None
    stated = _offset(captured)
    there = places.offsets_near(at, captured.date.earliest)
    if stated is not None and there and all(abs(each - stated) >= ANOTHER_ZONE for each in there):
        nearest = min(there, key=lambda each: abs(each - stated))
        yield Contradiction(Conflict.ZONE, (captured, where), clock=_clock(nearest))


def _far(facts: list[Fact], claim: Claim | None) -> Iterator[Contradiction]:
    """The file's position lies far from the claimed place, as far as the gazetteer knows."""
    where, at = _where(facts)
    claimed = places.place(claim.place) if claim and claim.place and at else None
    if where is None or at is None or claimed is None or claim is None:
        return
    km = claimed.km_from(at)
    if km > (FAR_FROM_COUNTRY_KM if claimed.is_country else FAR_KM):
        yield Contradiction(Conflict.FAR, (where,), place=claim.place, km=round(km))


def _where(facts: list[Fact]) -> tuple[Fact | None, places.Position | None]:
    """The first position in the file; (0, 0) is what receivers write that know none."""
    for fact in facts:
        at = places.position(fact.value) if fact.what == "position" else None
        if at is not None and at != (0, 0):
            return fact, at
    return None, None


def _offset(fact: Fact) -> timedelta | None:
    """The offset that a date was written with. UTC is what programs write for unknown, too."""
    zone = fact.date.zone if fact.date else "unknown"
    if not zone.startswith(("+", "-")):
        return None
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
    return -ahead if zone[0] == "-" else ahead


def _clock(offset: timedelta) -> str:
    """``+03:00``."""
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
