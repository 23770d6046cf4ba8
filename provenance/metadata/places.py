"""A small gazetteer: where cities lie and which clock they keep.

Made by ``fixtures/make_cities.py`` from GeoNames (https://www.geonames.org, CC BY 4.0): every
city of 50,000 people and more, and smaller ones of the same name. It cannot know villages,
streets or provinces, nor that a place is called otherwise; so it only ever says how far the
nearest place of a name lies, and nothing where it knows none of that name.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from zoneinfo import ZoneInfo

EARTH_KM = 6371.0

NEIGHBOURHOOD_KM = 300.0
"""Within this of a position, any city's clock may be the local one: no city is a border."""

_POSITION = re.compile(
    r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([NS])?\s*[,;\s]\s*"
    r"([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW])?\s*",
    re.IGNORECASE,
)
_XMP_COORDINATE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])")
_APOSTROPHES = "'\u2018\u2019\u02bb\u02bc`"
_BETWEEN = re.compile(r"\s*[,،;/(){}\[\]]\s*")

Position = tuple[float, float]
"""Latitude and longitude in degrees, north and east positive."""


@dataclass(frozen=True, slots=True)
class City:
    """One city: its names, its country (in English), where it lies, the name of its clock."""

    names: tuple[str, ...]
    country: str
    position: Position
    zone: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a text may mean: every city of that name, or of that country."""

    positions: tuple[Position, ...]
    is_country: bool = False

    def km_from(self, position: Position) -> float:
        """Kilometres to the nearest of them."""
        return min(km_between(position, each) for each in self.positions)


def place(text: str) -> Place | None:
    """What a text names: coordinates, a city (``Gaza, Palestine``), a country; else ``None``."""
    at = position(text)
    if at is not None:
        return Place((at,))
    parts = [_plain(part) for part in _BETWEEN.split(text) if part.strip()]
    named = next((found for part in parts if (found := _by_name().get(part))), None)
    if named is not None:
        return Place(tuple(city.position for city in _narrowed(named, parts)))
    country = next((found for part in parts if (found := _by_country().get(part))), None)
    return Place(tuple(c.position for c in country), is_country=True) if country else None


def position(text: str) -> Position | None:
    """``31.5, 34.47``, ``31.5 N 34.47 E`` or XMP's ``31,30.5N, 34,27.9E``; else ``None``."""
    found = _POSITION.fullmatch(text)
    if found:
        parts = [_signed(found[1], found[2]), _signed(found[3], found[4])]
    else:
        parts = [_of_xmp(each) for each in _XMP_COORDINATE.finditer(text)]
    if len(parts) != 2 or abs(parts[0]) > 90 or abs(parts[1]) > 180:  # noqa: PLR2004 - degrees
        return None
    return parts[0], parts[1]


def km_between(one: Position, other: Position) -> float:
    """The great circle between two positions (haversine), good to half a percent."""
    (north, east), (north_2, east_2) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((north_2 - north) / 2) ** 2
    half += cos(north) * cos(north_2) * sin((east_2 - east) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def offsets_near(at: Position, when: datetime) -> set[timedelta]:
    """What the clocks of the cities around a position are ahead of UTC at an instant."""
    zones = {c.zone for c in _cities() if km_between(at, c.position) <= NEIGHBOURHOOD_KM}
    return set(_offsets(zones, when))


def _offsets(zones: Iterable[str], when: datetime) -> Iterator[timedelta]:
    for zone in zones:
        try:
            offset = when.astimezone(ZoneInfo(zone)).utcoffset()
        except (KeyError, OSError, ValueError):  # no such zone on this machine
            continue
        if offset is not None:
            yield offset


def _narrowed(cities: list[City], parts: list[str]) -> list[City]:
    """Those in a country that the text names too; all of them where that leaves none."""
    return [city for city in cities if _plain(city.country) in parts] or cities


def _signed(number: str, side: str | None) -> float:
    return -float(number) if (side or "").upper() in {"S", "W"} else float(number)


def _of_xmp(found: re.Match[str]) -> float:
    degrees = int(found[1]) + float(found[2]) / 60 + float(found[3] or 0) / 3600
    return _signed(str(degrees), found[4])


def _plain(name: str) -> str:
    """A name without case, accents, vowel signs, apostrophes and double blanks."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    letters = (c for c in apart if not unicodedata.combining(c) and c not in _APOSTROPHES)
    return " ".join("".join(letters).replace("-", " ").split())


@cache
def _cities() -> tuple[City, ...]:
    packed = files("provenance.metadata").joinpath("cities.tsv.gz").read_bytes()
    return tuple(_city(line) for line in gzip.decompress(packed).decode("utf-8").splitlines())


def _city(line: str) -> City:
    names, country, latitude, longitude, zone = line.split("\t")
    return City(tuple(names.split("|")), country, (float(latitude), float(longitude)), zone)


@cache
def _by_name() -> dict[str, list[City]]:
    return _grouped((_plain(name), city) for city in _cities() for name in city.names)


@cache
def _by_country() -> dict[str, list[City]]:
    return _grouped((_plain(city.country), city) for city in _cities())


def _grouped(pairs: Iterable[tuple[str, City]]) -> dict[str, list[City]]:
    found: dict[str, list[City]] = {}
    for name, city in pairs:
        found.setdefault(name, []).append(city)
    return found
