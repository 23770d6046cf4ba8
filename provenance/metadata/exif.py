"""EXIF (CIPA DC-008): what the camera or the last program wrote of itself.

Pillow reads the tags; where it finds nothing to tell, ExifRead is asked too, which forgives
other mistakes. ExifRead runs with ``details=False``: with its defaults a file of 58 bytes
keeps it busy for minutes.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import exifread

from provenance.metadata import instants
from provenance.metadata.tiff import EXIF_IFD, GPS_IFD, TiffTags
from provenance.metadata.words import fact, plain
from provenance.models import Fact, How

_MAIN = {
    0x010E: "ImageDescription",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Software",
    0x0132: "DateTime",
    0x013B: "Artist",
    0x8298: "Copyright",
}
_DETAIL = {
    0x9003: "DateTimeOriginal",
    0x9004: "DateTimeDigitized",
    0x9010: "OffsetTime",
    0x9011: "OffsetTimeOriginal",
    0x9012: "OffsetTimeDigitized",
}
_DATES = (
    ("captured", "DateTimeOriginal", "OffsetTimeOriginal"),
    ("digitised", "DateTimeDigitized", "OffsetTimeDigitized"),
    ("changed", "DateTime", "OffsetTime"),
)
_TEXTS = (
    ("software", "Software"),
    ("caption", "ImageDescription"),
    ("credit", "Artist"),
    ("rights", "Copyright"),
)
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4
_GPS_TIME, _GPS_DATE = 7, 29

_SECOND_OPINION, _READS = 65_536, 20_000
"""Bytes and reads that ExifRead gets; the busiest of 1,832 real files took 1,448 reads."""

_SEXAGESIMAL = (1, 60, 3600)

# ExifRead reports every damaged tag to whoever listens to its logger, by default the terminal.
logging.getLogger("exifread").addHandler(logging.NullHandler())
logging.getLogger("exifread").propagate = False

Entries = Mapping[str, str]


def read(block: bytes) -> Iterator[Fact]:
    """Facts of an EXIF block that starts with its TIFF header; none where it is broken."""
    if not block:
        return
    tags = TiffTags(block)
    entries = _by_pillow(tags) or _by_exifread(block)
    yield from _told(entries)
    yield from _position(tags.directory(GPS_IFD))


def _by_pillow(tags: TiffTags) -> Entries:
    detail = tags.directory(EXIF_IFD)
    found = {name: plain(_recoded(tags.value(tag))) for tag, name in _MAIN.items()}
    found |= {name: plain(_recoded(detail.get(tag))) for tag, name in _DETAIL.items()}
    return {name: text for name, text in found.items() if text}


def _recoded(value: Any) -> Any:
    """Texts as bytes again, which Pillow takes for Latin-1: many programs write UTF-8."""
    return value.encode("latin-1", "replace") if isinstance(value, str) else value


def _by_exifread(block: bytes) -> Entries:
    """The same tags by ExifRead; nine unrelated classes of exceptions mean "no tags" here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tags = exifread.process_file(_Budget(block), details=False, extract_thumbnail=False)
        except Exception:  # noqa: BLE001 - second opinion: no answer is an answer
            return {}
    found = {name: plain(tags.get(f"Image {name}")) for name in _MAIN.values()}
    found |= {name: plain(tags.get(f"EXIF {name}")) for name in _DETAIL.values()}
    return {name: text for name, text in found.items() if text}


class _Budget(BytesIO):
    """A block that can be read from only so often: directories may point at one another."""

    def __init__(self, block: bytes) -> None:
        super().__init__(block[:_SECOND_OPINION])
        self._left = _READS

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise EOFError
        return super().read(size)


def _told(entries: Entries) -> Iterator[Fact]:
    for what, date, offset in _DATES:
        clock, zone = entries.get(date, ""), entries.get(offset, "")
        yield from fact(what, f"{clock} {zone}", How.EXIF, _dated(clock, zone))
    yield from fact("camera", _camera(entries), How.EXIF)
    for what, name in _TEXTS:
        yield from fact(what, entries.get(name, ""), How.EXIF)


def _dated(clock: str, zone: str) -> instants.Reading:
    """With its offset, or without one that cannot be."""
    whole = instants.of_exif(f"{clock} {zone}")
    return whole if whole.date or not zone else instants.of_exif(clock)


def _camera(entries: Entries) -> str:
    """Maker and model, the maker once."""
    make, model = entries.get("Make", ""), entries.get("Model", "")
    return model if model.startswith(make) else f"{make} {model}".strip()


def _position(gps: Mapping[int, Any]) -> Iterator[Fact]:
    """Where the receiver stood (degrees, north and east positive) and its UTC time."""
    latitude = _degrees(gps.get(_LATITUDE), plain(gps.get(_LATITUDE_REF)) == "S", 90)
    longitude = _degrees(gps.get(_LONGITUDE), plain(gps.get(_LONGITUDE_REF)) == "W", 180)
    if latitude is not None and longitude is not None:
        yield from fact("position", f"{latitude:.6f}, {longitude:.6f}", How.EXIF)
    text = " ".join(filter(None, [plain(gps.get(_GPS_DATE)), _clock(gps.get(_GPS_TIME))]))
    yield from fact("position_time", text, How.EXIF, instants.of_exif(text))


def _degrees(parts: Any, negative: bool, most: int) -> float | None:
    """Degrees, minutes and seconds as one number; ``None`` where they are none."""
    try:
        value = sum(float(p) / by for p, by in zip(parts, _SEXAGESIMAL, strict=False))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return (-value if negative else value) if 0 <= value <= most else None


def _clock(parts: Any) -> str:
    """Hours, minutes and seconds as UTC."""
    try:
        hour, minute, second = (int(float(part)) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return ""
    return f"{hour:02}:{minute:02}:{second:02}Z"
