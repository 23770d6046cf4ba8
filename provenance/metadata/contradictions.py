"""Facts of one file that cannot all be true, said in plain sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from provenance.dates import Date
from provenance.models import Fact, How

_ORIGIN = {
    How.EXIF: "EXIF",
    How.XMP: "XMP",
    How.IPTC: "IPTC",
    How.FILE_NAME: "the file name",
}


def among(facts: Iterable[Fact]) -> tuple[str, ...]:
    """One sentence for each contradiction, each once, in the order of the facts."""
    dated = [fact for fact in facts if fact.date]
    return tuple(dict.fromkeys([*_captured_twice(dated), *_later_than_its_use(dated)]))


def _captured_twice(dated: list[Fact]) -> Iterator[str]:
    """Two times of capture of which neither can be the other, whatever the time zones."""
    captured = [fact for fact in dated if fact.what == "captured"]
    for one, other in combinations(captured, 2):
        if _is_before(one.date, other.date) or _is_before(other.date, one.date):
            yield f"{_says(one)} as the time of capture, {_says(other)}."


def _later_than_its_use(dated: list[Fact]) -> Iterator[str]:
    """Changed or sent before it was captured."""
    captured = [fact for fact in dated if fact.what == "captured"]
    used = [fact for fact in dated if fact.what in ("changed", "sent")]
    for later in used:
        for first in captured:
            if _is_before(later.date, first.date):
                yield f"{_says(later)} as {later.what}, before the time of capture: {_says(first)}."


def _is_before(one: Date | None, other: Date | None) -> bool:
    """Whether all of ``one`` lies before ``other`` begins."""
    if one is None or other is None or one.latest is None or other.earliest is None:
        return False
    return one.latest < other.earliest


def _says(fact: Fact) -> str:
    return f"{_ORIGIN.get(fact.how, fact.how.value)} gives “{fact.value}”"
