"""Laws of dates and intervals, for any date at all."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from provenance import dates
from provenance.dates import Date
from provenance.errors import UnreadableDate

YEARS = st.integers(1800, 2200)


# Every usual form of one moment, as a pattern for a clock reading.
FORMS = [
    "{0.year}",
    "{decade}X",
    "{century}XX",
    "{0.year}-{season}",
    "{0.year}-{0.month:02}",
    "{0.year}-{0.month:02}-XX",
    "{0.year}-XX",
    "{0.year}-{0.month:02}-{0.day:02}",
    *(f"{{0:%Y-%m-%dT%H:%M}}{zone}" for zone in ("", "Z", "+03:00", "-12:00")),
    *(f"{{0:%Y-%m-%dT%H:%M:%S}}{zone}" for zone in ("", "Z", "-05:30", "+14:00")),
]
CLOCKS = st.datetimes(datetime(1800, 1, 1), datetime(2200, 1, 1))  # noqa: DTZ001


def written(form: str, clock: datetime) -> str:
    year = clock.year
    season = 21 + clock.second % 21
    return form.format(clock, decade=year // 10, century=year // 100, season=season)


def moments() -> st.SearchStrategy[str]:
    """One moment as EDTF, of any precision, without a qualifier."""
    return st.builds(written, st.sampled_from(FORMS), CLOCKS)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Any usual form: a moment, qualified or not, or an interval, open or not."""
    one, other = (draw(moments()) + draw(st.sampled_from(["", "?", "~", "%"])) for _ in range(2))
    return draw(st.sampled_from([one, f"{one}/{other}", f"../{one}", f"{one}/..", f"/{one}"]))


@st.composite
def known(draw: st.DrawFn) -> Date:
    zone = draw(st.sampled_from([None, "utc", "+03:00", "-11:00"]))
    try:
        return dates.parse(draw(texts()), zone=zone)
    except UnreadableDate:  # an interval whose end lies before its start
        assume(False)
        raise


@given(known())
def test_earliest_is_not_after_latest(date: Date) -> None:
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest


@given(known())
def test_instants_are_utc_and_whole_seconds(date: Date) -> None:
    for instant in (date.earliest, date.latest):
        assert instant is None or (instant.tzinfo is UTC and instant.microsecond == 0)


@given(known())
def test_its_text_and_zone_give_the_same_date_again(date: Date) -> None:
    assert dates.parse(date.text, zone=date.zone) == date


@given(known())
def test_what_is_read_as_edtf_is_what_is_parsed(date: Date) -> None:
    assert dates.read(date.text, zone=date.zone).date == date


@given(known(), st.sampled_from(["en", "de", "fr", "ar"]), st.booleans())
def test_every_date_can_be_said(date: Date, lang: str, placed: bool) -> None:
    said = dates.say(date, lang, placed=placed)
    assert said
    assert "{" not in said


@given(moments(), st.sampled_from(["", "~", "?"]))
def test_a_known_zone_lies_within_the_unknown_one(text: str, mark: str) -> None:
    anywhere = dates.parse(text + mark)
    for zone in ("utc", "+14:00", "-12:00", "+05:45"):
        assert dates.contains(anywhere, dates.parse(text + mark, zone=zone))


@given(moments())
def test_about_contains_the_plain_date_and_a_question_mark_changes_nothing(text: str) -> None:
    plain, about, unsure = (dates.parse(text + mark) for mark in ("", "~", "?"))
    assert dates.contains(about, plain)
    assert about.earliest != plain.earliest
    assert about.latest != plain.latest
    assert (unsure.earliest, unsure.latest) == (plain.earliest, plain.latest)


@given(moments(), moments())
def test_an_open_end_contains_the_closed_one(start: str, end: str) -> None:
    try:
        closed = dates.parse(f"{start}/{end}")
    except UnreadableDate:
        assume(False)
    assert dates.contains(dates.parse(f"../{end}"), closed)
    assert dates.contains(dates.parse(f"{start}/.."), closed)


@given(YEARS, st.integers(1, 12), st.integers(1, 28))
def test_a_coarser_date_contains_the_finer_one(year: int, month: int, day: int) -> None:
    chain = [f"{year}-{month:02}-{day:02}", f"{year}-{month:02}", f"{year}", f"{year // 10}X"]
    for finer, coarser in itertools.pairwise(chain):
        assert dates.contains(dates.parse(coarser), dates.parse(finer))


@settings(max_examples=60)
@given(known(), known(), known())
def test_ends_before_is_a_strict_order(a: Date, b: Date, c: Date) -> None:
    assert not dates.ends_before(a, a)
    assert not (dates.ends_before(a, b) and dates.ends_before(b, a))
    if dates.ends_before(a, b) and dates.ends_before(b, c):
        assert dates.ends_before(a, c)


@settings(max_examples=60)
@given(known(), known())
def test_two_dates_are_before_overlapping_or_after(a: Date, b: Date) -> None:
    ways = [dates.ends_before(a, b), dates.overlaps(a, b), dates.begins_after(a, b)]
    assert ways.count(True) == 1
    assert dates.overlaps(a, b) == dates.overlaps(b, a)


@settings(max_examples=60)
@given(known(), known(), known())
def test_widening_never_makes_a_date_earlier_than_another(a: Date, b: Date, c: Date) -> None:
    if dates.contains(b, a) and dates.ends_before(b, c):
        assert dates.ends_before(a, c)


@settings(max_examples=60)
@given(st.lists(st.none() | known(), max_size=8))
def test_the_order_is_total_and_puts_the_undated_last(found: list[Date | None]) -> None:
    ordered = sorted(found, key=dates.date_order)
    kinds = [2 if date is None else int(date.latest is None) for date in ordered]
    assert kinds == sorted(kinds)
    latest = [date.latest for date in ordered if date and date.latest]
    assert latest == sorted(latest)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(0, 10**7))  # noqa: DTZ001
def test_whole_days_round_down_and_up(start: datetime, seconds: int) -> None:
    end = start + timedelta(seconds=seconds)
    down, up = (dates.whole_days_between(start, end, up=up) for up in (False, True))
    assert timedelta(days=down) <= end - start <= timedelta(days=up)
    assert up - down == (seconds % 86_400 != 0)


def read_or_refused(text: str) -> None:
    try:
        reading = dates.read(text)
    except UnreadableDate:
        return
    assert reading.date == dates.parse(reading.date.text, zone=reading.date.zone)
    assert reading.understood


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_or_refused(text)


WORDS = (
    "before since 2016 15 Nov 2019 / - . 14:30 um bis von à ~ ? June X [ ] Z +03:00 وقبل summer"
    " 03/04/2019 1990s Monday between and mid 2:30 pm about the %"
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=7))
def test_any_jumble_of_date_words_is_read_or_refused(words: list[str]) -> None:
    read_or_refused(" ".join(words))


@given(YEARS, st.integers(1, 12), st.integers(1, 28), st.sampled_from(["en", "de", "fr", "ar"]))
def test_what_is_said_is_read_again(year: int, month: int, day: int, lang: str) -> None:
    for text in (
        f"{year}-{month:02}-{day:02}",
        f"{year}-{month:02}",
        f"../{year}",
        f"{year}/..",
        f"{year}~",
        f"{year - 2}/{year}",
        f"{year}-{month:02}~",
        f"{year // 10}X",
    ):
        said = dates.say(dates.parse(text), lang)
        if not said.startswith("عقد"):
            assert dates.read(said).date.text == text, said
