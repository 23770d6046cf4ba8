"""A date as people say it, no finer than it is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from provenance.dates.date import Date, Precision
from provenance.dates.edtf import Span, span_of, zone_at
from provenance.dates.languages import Language, language
from provenance.dates.moment import Moment
from provenance.dates.zone import UNKNOWN, UTC_ZONE, first_local, last_local

_SEASON_WORDS: Final = {**dict.fromkeys(range(21, 33), True)}
_CLOCK: Final = {Precision.MINUTE, Precision.SECOND}


def say(date: Date, lang: str = "en", *, placed: bool = False, bare: bool = False) -> str:
    """Say a date: ``4 March 2019``, ``2019 (year only)``, ``before 2017``.

    Args:
        date: Any date.
        lang: ``en``, ``de``, ``fr`` or ``ar``; English for any other.
        placed: As an answer to "when?": ``on 4 March 2019``, ``in 2019 (year only)``.
        bare: Without ``(year only)``, for places where the precision is plain to see.
    """
    span = _sayable(date)
    words = language(lang)
    if span.start is None or span.end is None or span.slash:
        return _said_interval(words, span, date.zone)
    form = "placed." if placed else ""
    return _said(words, span.start, date.zone, form=form, only=not bare)


def _sayable(date: Date) -> Span:
    """The moments of the text; for rare forms, the days from its first to its last."""
    span = span_of(date.text)
    if span is None:
        return Span(_first_day(date), _last_day(date), slash=True)
    start, end = span.start and _unfolded(span.start)[0], span.end and _unfolded(span.end)[1]
    return Span(start, end, slash=span.slash or start != end)


def _unfolded(moment: Moment) -> tuple[Moment, Moment]:
    """First and last part of what is better said by its ends; else twice the same."""
    if not _is_span(moment):
        return moment, moment
    first, last = moment.begin(), moment.stop() - timedelta(days=1)
    if moment.unknown_digits:
        return _part(moment, first.year), _part(moment, last.year)
    return _part(moment, first.year, first.month), _part(moment, last.year, last.month)


def _part(moment: Moment, year: int, month: int | None = None) -> Moment:
    return Moment(year, month, qualifier=moment.qualifier)


def _is_span(moment: Moment) -> bool:
    """Is it better said by its two ends: a century, a quarter, a third of a year?"""
    century = moment.unknown_digits > 1
    return century or (moment.season is not None and moment.season not in _SEASON_WORDS)


def _first_day(date: Date) -> Moment | None:
    return None if date.earliest is None else _day(first_local(date.earliest, date.zone))


def _last_day(date: Date) -> Moment | None:
    return None if date.latest is None else _day(last_local(date.latest, date.zone))


def _day(local: datetime) -> Moment:
    return Moment(local.year, local.month, local.day)


def _said_interval(words: Language, span: Span, zone: str) -> str:
    if span.start and span.end:
        return words.say["between"].format(
            start=_said(words, span.start, zone, form="governed."),
            end=_said(words, span.end, zone, form="governed."),
        )
    if span.end:
        return _said_until(words, span.end, zone)
    assert span.start
    return words.say["since"].format(date=_said(words, span.start, zone, form="governed."))


def _said_until(words: Language, end: Moment, zone: str) -> str:
    """Say "before 2017" rather than "until 2016"; a clock time stays as it was written."""
    if end.precision in _CLOCK or end.about or end.season:
        return words.say["until"].format(date=_said(words, end, zone, form="until."))
    after = _said(words, end.neighbour(1), zone, form="governed.")
    return words.say["before"].format(date=after)


def _said(words: Language, moment: Moment, zone: str, *, form: str = "", only: bool = False) -> str:
    if moment.about:
        text = words.say["about"].format(
            date=_plain(words, moment, zone, form="about.", only=False)
        )
    else:
        text = _plain(words, moment, zone, form=form, only=only and not moment.qualifier)
    if moment.qualifier in {"?", "%"}:
        return words.say["uncertain"].format(date=text)
    return text


def _plain(words: Language, moment: Moment, zone: str, *, form: str, only: bool) -> str:
    if moment.precision in _CLOCK:
        return _with_clock(words, moment, zone, form)
    key = "year.only" if only and moment.precision is Precision.YEAR else moment.precision.value
    return _filled(words, form, key, moment)


def _with_clock(words: Language, moment: Moment, zone: str, form: str) -> str:
    fields = [n for n in (moment.hour, moment.minute, moment.second) if n is not None]
    return words.say["time"].format(
        day=_filled(words, form, "day", moment),
        time=":".join(f"{n:02d}" for n in fields),
        zone=_zone_words(words, zone_at(moment, zone)),
    )


def _zone_words(words: Language, zone: str) -> str:
    if zone == UNKNOWN:
        return words.say["zone.unknown"]
    if zone == UTC_ZONE:
        return words.say["zone.utc"]
    return words.say["zone.offset"].format(offset=zone)


def _filled(words: Language, form: str, key: str, moment: Moment) -> str:
    pattern = words.say.get(form + key, words.say[key])
    if moment.season:
        pattern = words.say.get(f"{form}{key}.{_quarter(moment.season)}", pattern)
    return pattern.format(
        year=f"{moment.year:04d}" if moment.year < 1000 else moment.year,  # noqa: PLR2004
        month=words.months[moment.month - 1][0] if moment.month else "",
        season=words.seasons[_quarter(moment.season) - 21][0] if moment.season else "",
        day=_day_words(words, moment.day),
    )


def _quarter(season: int) -> int:
    """21 for every spring, north or south, to 24 for every winter."""
    return 21 + (season - 21) % 4


def _day_words(words: Language, day: int | None) -> str:
    """The number; in French the first of a month is "1er"."""
    return words.say.get("first.day", "1") if day == 1 else str(day)


def said_instant(instant: datetime, lang: str = "en") -> str:
    """An instant in UTC, to the minute: ``5 November 2023, 23:10 UTC``."""
    utc = instant.astimezone(UTC)
    moment = Moment(utc.year, utc.month, utc.day, None, utc.hour, utc.minute, None, UTC_ZONE)
    return _said(language(lang), moment, UTC_ZONE)
