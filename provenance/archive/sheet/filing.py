"""What one picture is filed under: when first known, in which headings, by which words."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from provenance.archive.connection import Connected
from provenance.archive.instants import read
from provenance.archive.sheet.spelling import words
from provenance.dates.zone import first_local, last_local
from provenance.models import Means, Relation, Trust

FIELDS: Final = ("year", "source", "place", "trust", "collection", "finding")
"""What a sheet can be narrowed by."""

ALL: Final = ("all", "")
"""The heading of every picture."""

HELD_ONLY: Final = ("all", "held")
"""The heading of pictures of which nothing is known but that they are held."""

BETWEEN: Final = "\ue000"
"""Stands between two texts, so that no phrase reaches from one into the next."""

OPEN: Final = -1
"""The month in which a span without a beginning begins."""

Heading = tuple[str, str]
Span = tuple[int, int]
"""First and last month, both inclusive, counted from January of the year 0."""

_PICTURE_BITS: Final = 29
_SECONDS_BITS: Final = 34
_BEGINNING: Final = datetime(1800, 1, 1, tzinfo=UTC)
_LAST_SECOND: Final = (1 << _SECONDS_BITS) - 1
_YEAR: Final = re.compile(r"\d{4}(?![\dX])")

_AMONG: Final = "IN (SELECT value FROM json_each(?))"

_PICTURES = f"SELECT id, name FROM pictures WHERE live = 1 AND id {_AMONG}"

_SIGHTINGS = f"""
SELECT picture_id, id, date, earliest, latest, zone, means, source, place, caption, credit,
  trust, rejected, recorded
FROM sightings WHERE live = 1 AND picture_id {_AMONG} ORDER BY id
"""

_COLLECTIONS = f"""
SELECT DISTINCT s.picture_id, c.name FROM sightings s
JOIN _memberships m ON m.sighting_id = s.id JOIN collections c ON c.id = m.collection_id
WHERE s.live = 1 AND c.revoked IS NULL AND s.picture_id {_AMONG}
"""

_CHECKS = f"""
SELECT m.picture_id, k.id, k.finding, c.text, c.place FROM matches m
JOIN checks k ON k.id = m.check_id LEFT JOIN claims c ON c.id = k.claim_id
WHERE k.erased IS NULL AND m.relation <> '{Relation.SIMILAR_SCENE.value}' AND m.picture_id {_AMONG}
ORDER BY k.id
"""


@dataclass(frozen=True, slots=True)
class Filed:
    """One live picture as the sheet keeps it.

    ``rank`` orders pictures by the last instant of their first known date, then by id.
    ``reach`` are the months of every date that can support something, each with the
    headings (source, place) it counts for.
    """

    rank: int
    picture: int
    sighting: int | None
    sightings: int
    headings: tuple[Heading, ...]
    words: str
    reach: tuple[tuple[Heading, Span], ...]
    checks: tuple[int, ...]


@dataclass(slots=True)
class _Gathered:
    """What the archive says of one picture."""

    name: str | None
    sightings: list[sqlite3.Row] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    checks: list[sqlite3.Row] = field(default_factory=list)


def filed(archive: Connected, pictures: Sequence[int]) -> dict[int, Filed]:
    """What these pictures are filed under now, those that are live."""
    asked = (json.dumps(pictures),)
    rows = archive._rows  # noqa: SLF001  one room
    gathered = {row["id"]: _Gathered(row["name"]) for row in rows(_PICTURES, asked)}
    for row in rows(_SIGHTINGS, asked):
        if row["picture_id"] in gathered:
            gathered[row["picture_id"]].sightings.append(row)
    for row in rows(_COLLECTIONS, asked):
        if row["picture_id"] in gathered:
            gathered[row["picture_id"]].collections.append(row["name"])
    for row in rows(_CHECKS, asked):
        if row["picture_id"] in gathered:
            gathered[row["picture_id"]].checks.append(row)
    return {picture: _filed(picture, all_) for picture, all_ in gathered.items()}


def _filed(picture: int, gathered: _Gathered) -> Filed:
    first = min(filter(_counts, gathered.sightings), key=_order, default=None)
    return Filed(
        rank=rank(first["latest"] if first else None, picture),
        picture=picture,
        sighting=first["id"] if first else None,
        sightings=len(gathered.sightings),
        headings=tuple(sorted(set(_headings(gathered, first)))),
        words=f" {BETWEEN} ".join(_texts(gathered)),
        reach=tuple(_reach(gathered.sightings)),
        checks=tuple(sorted({row["id"] for row in gathered.checks})),
    )


def rank(latest: str | None, picture: int) -> int:
    """Where a picture stands among all; open and unknown ends come last."""
    return _seconds(latest) << _PICTURE_BITS | picture


@lru_cache(maxsize=4096)
def _seconds(latest: str | None) -> int:
    if latest is None:
        return _LAST_SECOND
    passed = int((read(latest) - _BEGINNING).total_seconds())
    return min(max(passed, 0), _LAST_SECOND)


# ------------------------------------------------------------------------------ what counts


def _counts(sighting: sqlite3.Row) -> bool:
    """Whether its date may be called the first: stated, not ruled out, not after its recording."""
    return bool(
        sighting["date"]
        and not sighting["rejected"]
        and sighting["trust"] != Trust.CONTESTED
        and (sighting["earliest"] is None or sighting["earliest"] <= sighting["recorded"])
    )


def _order(sighting: sqlite3.Row) -> tuple[str, str, int]:
    """Smallest ``latest``, then ``earliest``, then id; an open end is infinitely late."""
    return sighting["latest"] or "~", sighting["earliest"] or "", sighting["id"]


def _headings(gathered: _Gathered, first: sqlite3.Row | None) -> Iterator[Heading]:
    yield ALL
    if first is not None and (year := _year(first["date"], first["latest"], first["zone"])):
        yield "year", year
    told = [s for s in gathered.sightings if s["means"] != Means.HELD and not s["rejected"]]
    if not told:
        yield HELD_ONLY
    for sighting in told:
        yield "trust", sighting["trust"]
        yield from ((f, sighting[f]) for f in ("source", "place") if sighting[f])
    yield from (("collection", name) for name in gathered.collections)
    yield from (("finding", row["finding"]) for row in gathered.checks if row["finding"])


@lru_cache(maxsize=4096)
def _year(date: str, latest: str | None, zone: str) -> str | None:
    """The year in which a date ends, as it is written: by then the picture was there."""
    named = _YEAR.match(date.rpartition("/")[2].lstrip("."))
    if named is not None and not date.startswith(("[", "{")):
        return named[0]
    if latest is None:
        return None
    return f"{last_local(read(latest), zone).year:04}"


def _texts(gathered: _Gathered) -> Iterator[str]:
    """Every text of a picture that is searched, once, in the spelling of the index."""
    said = [gathered.name]
    for sighting in gathered.sightings:
        said += [sighting[c] for c in ("caption", "credit", "source", "place")]
    for check in gathered.checks:
        said += [check["text"], check["place"]]
    for text in dict.fromkeys(filter(None, said)):
        if spelt := _spelt(text):
            yield spelt


@lru_cache(maxsize=4096)  # sources and places repeat
def _spelt(text: str) -> str:
    return " ".join(words(text))


# ------------------------------------------------------------------------------ what it reaches


def _reach(sightings: Iterable[sqlite3.Row]) -> Iterator[tuple[Heading, Span]]:
    """The months of each date that coverage counts, for the archive, its source, its place."""
    for sighting in sightings:
        if sighting["means"] in {Means.HELD, Means.ASSERTED} or not _counts(sighting):
            continue
        ends = sighting["latest"] or sighting["recorded"]
        span = _months(sighting["earliest"], ends, sighting["zone"])
        yield ALL, span
        yield from (((f, sighting[f]), span) for f in ("source", "place") if sighting[f])


@lru_cache(maxsize=4096)
def _months(earliest: str | None, latest: str, zone: str) -> Span:
    first = _month(first_local(read(earliest), zone)) if earliest else OPEN
    return first, _month(last_local(read(latest), zone))


def _month(instant: datetime) -> int:
    return instant.year * 12 + instant.month - 1
