"""A stored record of a check, read back: what was proved then, without any picture.

The counterpart of :mod:`~provenance.report.record`. Pictures and sightings are not read from
it: whoever judges anew takes them from the archive as it is now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from provenance.dates import Date, Precision
from provenance.models import (
    Alteration,
    AlterationKind,
    Common,
    Comparison,
    DateProblem,
    Direction,
    Earlier,
    Embedded,
    Fact,
    How,
    Part,
    Polygon,
    Proof,
    Query,
    Relation,
)

Stored = Mapping[str, Any]
_IN_EVERY_DATE = ("date", "precision", "zone")


def query_of(record: Stored) -> Query:
    """What was checked."""
    raw = record["query"].get("name_bytes")
    return Query(**record["query"] | {"name_bytes": bytes.fromhex(raw) if raw else None})


def comparison_of(match: Stored) -> Comparison:
    """What proof had found between the query and one picture; numbers as they were stored."""
    direction = match.get("direction") or {}
    common = match.get("common")
    return Comparison(
        relation=Relation(match["relation"]),
        proof=Proof(**match["proof"]),
        region=_polygon(match["region"]),
        covers=match["covers"],
        share_of_query=match.get("share_of_query"),
        alterations=tuple(map(_alteration, match["alterations"])),
        direction=Direction(direction.get("nearer_source"), tuple(direction.get("reasons", ()))),
        common=Common(common) if common else None,
        earlier=_earlier(match.get("through")),
    )


def as_proved(record: Stored) -> tuple[list[Stored], list[Stored], list[Stored]]:
    """The matches, similar scenes and parts as they were before people decided otherwise."""
    proved = record.get("proved")
    if not proved:
        return record["matches"], record["similar_scenes"], record["parts"]
    shown = {each["picture"]: each for each in (*record["matches"], *record["similar_scenes"])}
    matches: list[Stored] = [
        {**shown[p], "relation": shown[p]["proved_as"]} for p in proved["matches"]
    ]
    scenes = [s for s in record["similar_scenes"] if s["picture"] not in proved["matches"]]
    return matches, scenes, proved["parts"]


def parts_of(parts: Sequence[Stored], kept: Mapping[int, int]) -> tuple[Part, ...]:
    """The regions whose matches are kept; ``kept`` maps their old numbers to the new ones."""
    told = [
        Part(_polygon(part["region"]) or (), tuple(kept[n] for n in part["matches"] if n in kept))
        for part in parts
    ]
    return tuple(part for part in told if part.matches)


def facts_of(record: Stored) -> tuple[Fact, ...]:
    """What the file said of itself."""
    return tuple(
        Fact(fact["what"], fact["value"], How(fact["how"]), _date(fact), _problem(fact))
        for fact in record["metadata"]["facts"]
    )


def _problem(fact: Stored) -> DateProblem | None:
    return DateProblem(fact["problem"]) if fact.get("problem") else None


def _alteration(stored: Stored) -> Alteration:
    numbers = {name: value for name, value in stored.items() if name != "kind"}
    return Alteration(AlterationKind(stored["kind"]), numbers)


def _earlier(through: Stored | None) -> Earlier | None:
    if through is None:
        return None
    sides = {side: Embedded(through[side]) for side in ("query", "archive") if through[side]}
    return Earlier(**sides, proved=through["proved"])


def _polygon(stored: list[list[float]] | None) -> Polygon | None:
    return None if stored is None else tuple((x, y) for x, y in stored)


def _date(stored: Stored) -> Date | None:
    """The date of a fact; records of the first release kept only its span, so that none is."""
    if not all(stored.get(name) for name in _IN_EVERY_DATE):
        return None
    return Date(
        stored["date"],
        _instant(stored["earliest"]),
        _instant(stored["latest"]),
        Precision(stored["precision"]),
        stored["zone"],
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
