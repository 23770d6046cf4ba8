"""Dates in the names that cameras, phones and messengers give their files.

A name is the weakest of witnesses: anyone can change it, and most messengers name a file
after the moment at which it was sent or saved. So what the date is the date of depends on
who names files like that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from provenance.metadata import instants
from provenance.metadata.words import fact
from provenance.models import Fact, How

_LONGEST = 300
SENT = "sent"
_DAY = r"(?P<year>(?:19|20)\d\d)(?P<s>[-_.]?)(?P<month>[01]\d)(?P=s)(?P<day>[0-3]\d)"
_TIME = r"(?P<hour>[0-2]\d)(?P<t>[-_.:]?)(?P<minute>[0-5]\d)(?P=t)(?P<second>[0-5]\d)"
_DAY_FIRST = r"(?P<day>[0-3]\d)-(?P<month>[01]\d)-(?P<year>(?:19|20)\d\d)"
_AT = r"(?:[-_T ]{1,2}|[-_ ]at[-_ ])"
_DAY_TIME = rf"{_DAY}{_AT}{_TIME}"


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody names files: what the date then is the date of, and on whose clock."""

    what: str
    pattern: re.Pattern[str]
    zone: str = ""


def _habit(what: str, pattern: str, zone: str = "") -> Habit:
    # A clock of twelve hours ("at 10.00.00 PM") is left to the habits that give the day alone.
    end = r"(?!\d)(?!\s?_?[ap]m\b)"
    return Habit(what, re.compile(rf"(?<![^\W_]){pattern}{end}", re.IGNORECASE), zone)


# Numbers of eight digits that are no days: the scheme in the names of dpa is the same in all
# of them, and stock agencies number their pictures.
_NO_DATES = re.compile(
    r"dpa[-_.:]com[-_:]20090101"
    r"|(?:getty[-_ ]?images?|shutterstock|i?stock(?:photo)?|adobestock|depositphotos|alamy"
    r"|dreamstime|imago)[-_ ]?\d+",
    re.IGNORECASE,
)
_SCREENSHOT = (
    r"(?:Screenshot|Screen[ _]Shot|Bildschirmfoto|Capture d.?[ée]cran|Captura de pantalla"
    r"|Schermata|Снимок экрана|Ekran Resmi|لقطة شاشة)"
)


HABITS = (
    # Instaloader, a tool that saves posts: when it was posted, in UTC.
    _habit(SENT, rf"{_DAY}_{_TIME}_UTC", zone="Z"),
    # Reuters: when the agency sent it out, in UTC.
    _habit("named", rf"{_DAY}T{_TIME}Z(?=_)", zone="Z"),
    # WhatsApp: when it was received or sent.
    _habit(SENT, rf"(?:IMG|VID|STK)-{_DAY}-WA\d+"),
    _habit(SENT, rf"WhatsApp[ _]Image[ _]{_DAY}{_AT}{_TIME}"),
    _habit(SENT, rf"WhatsApp[ _]Image[ _]{_DAY}"),
    # Telegram: when it was saved or sent. Signal: when it was saved.
    _habit(SENT, rf"photo_(?:\d+@)?{_DAY}_{_TIME}"),
    _habit(SENT, rf"photo_(?:\d+@)?{_DAY_FIRST}_{_TIME}"),
    _habit(SENT, rf"signal-(?:attachment-)?{_DAY_TIME}"),
    # Screenshots: when the screen was photographed, not what it shows.
    _habit("screenshot", rf"{_SCREENSHOT}[-_ ]?{_DAY_TIME}"),
    _habit("screenshot", rf"{_SCREENSHOT}[-_ ]?{_DAY}"),
    # Google's camera writes UTC, the others the clock of the phone.
    _habit("captured", rf"PXL_{_DAY}_{_TIME}\d{{0,3}}", zone="Z"),
    _habit("captured", rf"(?:IMG|VID|MVIMG|PANO|BURST|DSC|WIN|WP|P)[-_]?{_DAY}{_AT}{_TIME}"),
    _habit("captured", rf"(?<!\w){_DAY}[-_ ]{_TIME}"),
    # OnePlus, Oppo, Realme, and the bursts of Sony: no sign between day and time.
    _habit("captured", rf"(?:IMG|VID|BURST){_DAY}{_TIME}\d{{0,3}}"),
    # Day and time in one number: downloaders and cameras alike.
    _habit("named", rf"(?<!\w){_DAY}{_TIME}"),
    # Any other name with a day in it.
    _habit("named", _DAY),
)


def read(name: str | None) -> Iterator[Fact]:
    """The date in a file's name, if there is one; ``name`` may be a whole path."""
    last = re.split(r"[/\\]", name or "")[-1][:_LONGEST]
    found = next(_dated(_NO_DATES.sub("", last)), None)
    if found:
        what, reading = found
        yield from fact(what, last, How.FILE_NAME, reading)


def is_of_messenger(name: str | None) -> bool:
    """Whether it is named as WhatsApp, Telegram or Signal name files, which take EXIF out."""
    last = re.split(r"[/\\]", name or "")[-1][:_LONGEST]
    return any(habit.what == SENT and habit.pattern.search(last) for habit in HABITS)


def _dated(name: str) -> Iterator[tuple[str, instants.Reading]]:
    """What the date is the date of, and the date, for every habit that gives a real one."""
    for habit in HABITS:
        match = habit.pattern.search(name)
        reading = match and _date(match.groupdict(), habit.zone)
        if reading and reading.date:
            yield habit.what, reading


def _date(parts: dict[str, str | None], zone: str) -> instants.Reading:
    year, month, day = (parts[part] or "" for part in ("year", "month", "day"))
    time = "".join(parts.get(part) or "" for part in ("hour", "minute", "second"))
    return instants.of_parts(year, month, day, time=time, zone=zone if time else "")
