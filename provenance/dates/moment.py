"""One moment as written: the fields that are known, and the local span they allow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from provenance.dates.date import Precision
from provenance.dates.zone import UNKNOWN, UTC_ZONE

_MONTHS_OF_YEAR: Final = 12
_SECONDS: Final = {Precision.DAY: 86_400, Precision.MINUTE: 60, Precision.SECOND: 1}
_MONTHS: Final = {Precision.DECADE: 120, Precision.YEAR: 12, Precision.MONTH: 1}
_CENTURY_MONTHS: Final = 1200

# A season as people mean it: from its first day by the calendar months (1 June) to its last
# by the sun (23 September), whichever reaches further. "Winter 2014" may be the one that
# began before the year or the one that began in it, so it holds both.
# Codes are EDTF's (ISO 8601-2): code -> (years, month, day) of the first day and of the
# first day after it, years counted from the year that is written.
_Day = tuple[int, int, int]
_SPRING: Final = ((0, 3, 1), (0, 6, 22))
_SUMMER: Final = ((0, 6, 1), (0, 9, 24))
_AUTUMN: Final = ((0, 9, 1), (0, 12, 23))
_WINTER: Final = ((-1, 12, 1), (1, 3, 22))


def _months(first: int, after: int) -> tuple[_Day, _Day]:
    return (0, first, 1), (after // 13, (after - 1) % 12 + 1, 1)


_NORTH: Final = (_SPRING, _SUMMER, _AUTUMN, _WINTER)
_SOUTH: Final = (_AUTUMN, _WINTER, _SPRING, _SUMMER)
SEASONS: Final[dict[int, tuple[_Day, _Day]]] = {
    # 21-24 name no hemisphere; the northern one is meant, and said back to the reader.
    **dict(zip(range(21, 25), _NORTH, strict=True)),
    **dict(zip(range(25, 29), _NORTH, strict=True)),
    **dict(zip(range(29, 33), _SOUTH, strict=True)),
    **{33 + n: _months(1 + 3 * n, 4 + 3 * n) for n in range(4)},  # quarters
    **{37 + n: _months(1 + 4 * n, 5 + 4 * n) for n in range(3)},  # thirds
    **{40 + n: _months(1 + 6 * n, 7 + 6 * n) for n in range(2)},  # halves
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One end of a date, or a date without an interval, as its text gives it.

    ``unknown_digits`` counts the X at the end of the year; ``year`` then holds zeros there.
    ``season`` is an EDTF code. ``zone`` is that of the text itself. ``qualifier`` is one of
    ``?``, ``~``, ``%`` or empty.
    """

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str = UNKNOWN
    qualifier: str = ""
    unknown_digits: int = 0

    @property
    def precision(self) -> Precision:
        """The finest field that is known."""
        if self.unknown_digits:
            return Precision.DECADE if self.unknown_digits == 1 else Precision.INTERVAL
        if self.second is not None:
            return Precision.SECOND
        if self.minute is not None:
            return Precision.MINUTE
        if self.day is not None:
            return Precision.DAY
        if self.season is not None:
            return Precision.SEASON
        return Precision.YEAR if self.month is None else Precision.MONTH

    @property
    def about(self) -> bool:
        """Is it only approximate (``~`` or ``%``)?"""
        return self.qualifier in {"~", "%"}

    def begin(self) -> datetime:
        """Its first second on a local clock (naive), before any widening."""
        if self.season is not None:
            return _day_of(self.year, SEASONS[self.season][0])
        return datetime(  # noqa: DTZ001  (a local reading; the zone is applied later)
            self.year,
            self.month or 1,
            self.day or 1,
            self.hour or 0,
            self.minute or 0,
            self.second or 0,
        )

    def stop(self) -> datetime:
        """The first second after it on a local clock (naive), before any widening."""
        if self.season is not None:
            return _day_of(self.year, SEASONS[self.season][1])
        return self.units_after(self.begin(), 1)

    def widened(self) -> tuple[datetime, datetime]:
        """``begin`` and ``stop``, one unit further out on both sides if approximate."""
        if not self.about:
            return self.begin(), self.stop()
        return self.units_after(self.begin(), -1), self.units_after(self.stop(), 1)

    def units_after(self, local: datetime, units: int) -> datetime:
        """``local`` moved by so many units of this moment's precision."""
        seconds = _SECONDS.get(self.precision)
        if seconds is not None:
            return local + timedelta(seconds=units * seconds)
        return _add_months(local, units * self._months())

    def neighbour(self, units: int) -> Moment:
        """The moment so many units later, as precise and as qualified as this one.

        Beside a season or a decade stands the day or the year next to it.
        """
        if self.season is not None:
            return self._day_beside(units)
        if self.unknown_digits:
            year = self.stop().year if units > 0 else self.year - 1
            return Moment(year, qualifier=self.qualifier)
        return self._with(self.units_after(self.begin(), units))

    def text(self) -> str:
        """As EDTF writes it."""
        digits = self.unknown_digits
        year = f"{self.year:04d}"[: 4 - digits] + "X" * digits
        numbers = [n for n in (self.season or self.month, self.day) if n is not None]
        return "-".join([year, *(f"{n:02d}" for n in numbers)]) + self._clock() + self.qualifier

    def _clock(self) -> str:
        if self.hour is None:
            return ""
        fields = [n for n in (self.hour, self.minute, self.second) if n is not None]
        zone = {UNKNOWN: "", UTC_ZONE: "Z"}.get(self.zone, self.zone)
        return "T" + ":".join(f"{n:02d}" for n in fields) + zone

    def _months(self) -> int:
        if self.season is None:
            return _MONTHS.get(self.precision, _CENTURY_MONTHS)
        if self.season >= 40:  # noqa: PLR2004  (EDTF 40 and 41 are half years)
            return 6
        return 4 if self.season >= 37 else 3  # noqa: PLR2004  (EDTF 37 to 39 are thirds)

    def _with(self, local: datetime) -> Moment:
        names = ("year", "month", "day", "hour", "minute", "second")
        known = {n: getattr(local, n) for n in names if getattr(self, n) is not None}
        return replace(self, **known)

    def _day_beside(self, units: int) -> Moment:
        local = self.stop() if units > 0 else self.begin() - timedelta(days=1)
        return Moment(local.year, local.month, local.day, qualifier=self.qualifier)


def _day_of(year: int, day: _Day) -> datetime:
    return datetime(year + day[0], day[1], day[2])  # noqa: DTZ001  (a local reading)


def _add_months(local: datetime, months: int) -> datetime:
    """Every moment counted in months begins by the 24th, so the day always exists."""
    count = local.year * _MONTHS_OF_YEAR + local.month - 1 + months
    return local.replace(year=count // _MONTHS_OF_YEAR, month=count % _MONTHS_OF_YEAR + 1)
