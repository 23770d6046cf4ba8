"""Since when a picture stood in a post.

A post can be edited, and with it its picture: the post's own date then says nothing of the
picture. Telegram Desktop names an exported photo after the moment at which the photo was
uploaded (``photo_1@08-10-2023_13-45-12.jpg``), by the clock that also shows the post's date;
so where the two agree, the picture was there from the start.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from provenance import dates
from provenance.dates import Date
from provenance.errors import UnreadableDate

_STAMP: Final = re.compile(
    r"photo_\d*@(?P<day>\d\d)-(?P<month>\d\d)-(?P<year>\d{4})"
    r"_(?P<hour>\d\d)-(?P<minute>\d\d)-(?P<second>\d\d)"
)
_SHOWN: Final = re.compile(
    r"(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4}) (?P<hour>\d\d):(?P<minute>\d\d)"
    r":(?P<second>\d\d)(?: UTC(?P<zone>[+-]\d\d:\d\d))?"
)
_SLACK: Final = timedelta(minutes=1)
"""Between the upload of a photo and the post that shows it."""


def of_instant(seconds: object) -> Date | None:
    """Seconds since 1970, as text or number -> the second in UTC; ``None`` for anything else."""
    if isinstance(seconds, bool) or not isinstance(seconds, str | int):
        return None
    try:
        return dates.from_instant(datetime.fromtimestamp(int(seconds), UTC))
    except (ValueError, OverflowError, OSError):
        return None


def of_local(text: object) -> Date | None:
    """EDTF on a clock whose zone nobody knows; ``None`` for anything else."""
    if not isinstance(text, str):
        return None
    try:
        return dates.parse(text)
    except UnreadableDate:
        return None


def shown(title: str) -> tuple[Date | None, str | None]:
    """A date as a page shows it ("14.12.2021 23:43:49 UTC+03:00"), and its clock alone."""
    found = _SHOWN.fullmatch(title.strip())
    if not found:
        return None, None
    local = _local(found)
    return of_local(local + (found["zone"] or "")) or of_local(local), local


def both(one: Date | None, other: Date | None) -> Date | None:
    """What holds both: the second where it fits into the first, else the span of the two."""
    if one is None or other is None:
        return one or other
    return one if dates.contains(other, one) else hull(one, other)


def hull(one: Date, other: Date) -> Date:
    """From the first instant of either to the last."""
    assert one.earliest is not None
    assert one.latest is not None
    assert other.earliest is not None
    assert other.latest is not None
    first, last = min(one.earliest, other.earliest), max(one.latest, other.latest)
    return dates.parse(f"{dates.instant_text(first)}/{dates.instant_text(last)}")


def there_since(
    date: Date | None, local: str | None, edited: Date | None, path: str
) -> tuple[Date | None, bool]:
    """When the picture at ``path`` was posted, and whether the export shows that it was there.

    Args:
        date: The post's date.
        local: The same on the clock of the exporting machine.
        edited: The post's last change, where the export tells.
        path: The picture's name in the export.
    """
    stamp = _STAMP.search(path)
    if date is None or stamp is None:
        return (hull(date, edited) if date and edited else date), False
    uploaded = of_local(_local(stamp))
    if uploaded is None or local is None:
        return date, False
    later = _clock(_local(stamp)) > _clock(local) + _SLACK
    return (hull(date, uploaded) if later else date), True


def _local(found: re.Match[str]) -> str:
    parts = found.groupdict()
    return "{year}-{month}-{day}T{hour}:{minute}:{second}".format(**parts)


def _clock(local: str) -> datetime:
    return datetime.fromisoformat(local)
