# ruff: noqa: RUF001 - the signs of several languages are what is tested
"""Dates: what text becomes which span, and how it is said back."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from edtf import parse_edtf

from provenance import dates
from provenance.dates import Precision
from provenance.errors import UnreadableDate

WRITTEN = Path(__file__).parent / "cases" / "written_dates.tsv"
FACT_CHECKERS = WRITTEN.with_name("dates_as_written_by_fact_checkers.tsv")


def span(text: str, zone: str | None = None) -> tuple[str | None, str | None]:
    date = dates.parse(text, zone=zone)
    return tuple(i and dates.instant_text(i) for i in (date.earliest, date.latest))


# ------------------------------------------------------------------------------ spans


@pytest.mark.parametrize(
    ("text", "zone", "earliest", "latest"),
    [
        # The contract's own example.
        ("2019", None, "2018-12-31T10:00:00Z", "2020-01-01T11:59:59Z"),
        ("2019", "utc", "2019-01-01T00:00:00Z", "2019-12-31T23:59:59Z"),
        ("2019", "+03:00", "2018-12-31T21:00:00Z", "2019-12-31T20:59:59Z"),
        ("2019", "-05:00", "2019-01-01T05:00:00Z", "2020-01-01T04:59:59Z"),
        ("2019?", None, "2018-12-31T10:00:00Z", "2020-01-01T11:59:59Z"),
        ("2019~", "utc", "2018-01-01T00:00:00Z", "2020-12-31T23:59:59Z"),
        ("2019%", "utc", "2018-01-01T00:00:00Z", "2020-12-31T23:59:59Z"),
        ("2019-06~", "utc", "2019-05-01T00:00:00Z", "2019-07-31T23:59:59Z"),
        ("2020-02", "utc", "2020-02-01T00:00:00Z", "2020-02-29T23:59:59Z"),
        ("2019-12~", "utc", "2019-11-01T00:00:00Z", "2020-01-31T23:59:59Z"),
        ("2020-03-01~", "utc", "2020-02-29T00:00:00Z", "2020-03-02T23:59:59Z"),
        ("2019-06-14", None, "2019-06-13T10:00:00Z", "2019-06-15T11:59:59Z"),
        ("2019-06-14T10:00+03:00", None, "2019-06-14T07:00:00Z", "2019-06-14T07:00:59Z"),
        ("2019-06-14T10:00+03", None, "2019-06-14T07:00:00Z", "2019-06-14T07:00:59Z"),
        ("2019-06-14T10:00:05Z", None, "2019-06-14T10:00:05Z", "2019-06-14T10:00:05Z"),
        ("2019-06-14T10:00", None, "2019-06-13T20:00:00Z", "2019-06-14T22:00:59Z"),
        ("2019-06-14T10:00Z~", None, "2019-06-14T09:59:00Z", "2019-06-14T10:01:59Z"),
        ("201X", "utc", "2010-01-01T00:00:00Z", "2019-12-31T23:59:59Z"),
        ("20XX", "utc", "2000-01-01T00:00:00Z", "2099-12-31T23:59:59Z"),
        ("201X~", "utc", "2000-01-01T00:00:00Z", "2029-12-31T23:59:59Z"),
        ("2019-XX", "utc", "2019-01-01T00:00:00Z", "2019-12-31T23:59:59Z"),
        ("2019-XX-XX", "utc", "2019-01-01T00:00:00Z", "2019-12-31T23:59:59Z"),
        ("2019-06-XX", "utc", "2019-06-01T00:00:00Z", "2019-06-30T23:59:59Z"),
        ("../2016", "utc", None, "2016-12-31T23:59:59Z"),
        ("/2016", "utc", None, "2016-12-31T23:59:59Z"),
        ("2016/..", "utc", "2016-01-01T00:00:00Z", None),
        ("2016/", "utc", "2016-01-01T00:00:00Z", None),
        ("2013/2020", "utc", "2013-01-01T00:00:00Z", "2020-12-31T23:59:59Z"),
        ("2013~/2020", "utc", "2012-01-01T00:00:00Z", "2020-12-31T23:59:59Z"),
        ("2014-22", "utc", "2014-06-01T00:00:00Z", "2014-09-23T23:59:59Z"),
        ("2014-24", "utc", "2013-12-01T00:00:00Z", "2015-03-21T23:59:59Z"),
        ("2014-30", "utc", "2013-12-01T00:00:00Z", "2015-03-21T23:59:59Z"),
        ("2014-36", "utc", "2014-10-01T00:00:00Z", "2014-12-31T23:59:59Z"),
        ("2014-38", "utc", "2014-05-01T00:00:00Z", "2014-08-31T23:59:59Z"),
        ("2014-41", "utc", "2014-07-01T00:00:00Z", "2014-12-31T23:59:59Z"),
        ("[2016,2018-05]", "utc", "2016-01-01T00:00:00Z", "2018-05-31T23:59:59Z"),
        ("2019-06?-14", "utc", "2019-06-14T00:00:00Z", "2019-06-14T23:59:59Z"),
    ],
)
def test_span(text: str, zone: str | None, earliest: str | None, latest: str | None) -> None:
    assert span(text, zone) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("201X", Precision.DECADE),
        ("2019", Precision.YEAR),
        ("2019-XX", Precision.YEAR),
        ("2014-22", Precision.SEASON),
        ("2019-06", Precision.MONTH),
        ("2019-06-14", Precision.DAY),
        ("2019-06-14T10:00", Precision.MINUTE),
        ("2019-06-14T10:00:00", Precision.SECOND),
        ("2013/2020", Precision.INTERVAL),
        ("../2016", Precision.INTERVAL),
        ("2016/2016", Precision.INTERVAL),
    ],
)
def test_precision(text: str, precision: Precision) -> None:
    assert dates.parse(text).precision is precision


@pytest.mark.parametrize(
    ("text", "given", "zone"),
    [
        ("2019", None, "unknown"),
        ("2019", "utc", "utc"),
        ("2019", "+0300", "+03:00"),
        ("2019-06-14T10:00Z", "+03:00", "utc"),
        ("2019-06-14T10:00+03:00", None, "+03:00"),
        ("2019-06-14T10:00+00:00", None, "utc"),
        ("2019-06-14T10:00-05:00", "utc", "-05:00"),
        ("2019-06-14T10:00Z/2019-06-15", "+03:00", "+03:00"),
        ("2019-06-14T10:00Z/2019-06-15", None, "unknown"),
    ],
)
def test_zone(text: str, given: str | None, zone: str) -> None:
    assert dates.parse(text, zone=given).zone == zone


@pytest.mark.parametrize("zone", ["+15:00", "-12:01", "CET", "3", "+03:75"])
def test_no_such_zone(zone: str) -> None:
    with pytest.raises(UnreadableDate, match="no time zone"):
        dates.parse("2019", zone=zone)


def test_the_error_says_what_to_write_and_ends_a_command_with_2() -> None:
    with pytest.raises(UnreadableDate) as caught:
        dates.read("soon")
    assert "“soon”" in str(caught.value)
    assert "2019-06-14" in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("text", ["2019" * 100, "[" * 5000, "(" * 200, "1 " * 500, "٣" * 300])
def test_long_text_is_refused_at_once(text: str) -> None:
    with pytest.raises(UnreadableDate) as caught:
        dates.read(text)
    assert len(str(caught.value)) < 300


# ------------------------------------------------------------- against the edtf package

SHARED_WITH_EDTF = [
    *(["1984", "2004-06", "2004-06-11", "2019-12-31", "1900", "2020-02-29", "201X", "19XX"]),
    *(["2004-XX", "2004-06-XX", "1964/2008", "2004-06/2006-08", "2004-02-01/2005-02-08"]),
    *(
        [
            "2004/2004-06-11",
            "1984?",
            "2004-06?",
            "2014-33",
            "2014-36",
            "2014-37",
            "2014-39",
            "2014-40",
            "2014-41",
        ]
    ),
]


@pytest.mark.parametrize("text", SHARED_WITH_EDTF)
def test_agrees_with_the_edtf_package(text: str) -> None:
    """Strict bounds; ``~`` is widened otherwise there, times and open ends are not its own."""
    theirs = parse_edtf(text)
    first, last = (
        datetime(*fields[:3], tzinfo=UTC)
        for fields in (theirs.lower_strict(), theirs.upper_strict())
    )
    ours = dates.parse(text, zone="utc")
    assert (ours.earliest, ours.latest) == (first, last + timedelta(days=1, seconds=-1))


def test_what_the_edtf_package_gets_wrong_is_not_taken_over() -> None:
    assert parse_edtf("2019-02-29")
    for text in ("2019-02-29", "[2019-02-29,2020]", "1950S2"):
        with pytest.raises(UnreadableDate):
            dates.parse(text)


def test_the_usual_forms_do_not_import_the_edtf_package() -> None:
    program = (
        "import sys; from provenance import dates;"
        "[dates.read(t) for t in ('2019', '../2016', 'June 2019', 'seit 2016', '03/04/2019')];"
        "sys.exit('edtf' in sys.modules or 'pyparsing' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# ------------------------------------------------------------------------ what people write


def written() -> list[tuple[str, str]]:
    with WRITTEN.open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["written"], row["edtf"]) for row in rows]


@pytest.mark.parametrize(("text", "edtf"), [row for row in written() if row[1][0] != "!"])
def test_read(text: str, edtf: str) -> None:
    assert dates.read(text).date == dates.parse(edtf)


@pytest.mark.parametrize(("text", "edtf"), [row for row in written() if row[1][0] == "!"])
def test_refused(text: str, edtf: str) -> None:
    with pytest.raises(UnreadableDate, match=edtf[1:]) as caught:
        dates.read(text)
    assert caught.value.advice


def as_labelled(day: str, *, end: bool) -> datetime | None:
    """A label as an instant: the day on the farthest clock; an instant as it is."""
    if not day or "T" in day:
        return datetime.fromisoformat(day) if day else None
    midnight = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    return midnight + timedelta(hours=36, seconds=-1) if end else midnight - timedelta(hours=14)


def test_dates_as_fact_checkers_write_them() -> None:
    with FACT_CHECKERS.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong, readable = [], 0
    for row in rows:
        try:
            date = dates.read(row["text"]).date
        except UnreadableDate:
            date = None
        if row["earliest"] == "unreadable":
            assert date is None, f"guessed: {row['text']}"
            continue
        readable += 1
        label = as_labelled(row["earliest"], end=False), as_labelled(row["latest"], end=True)
        if date is None or (date.earliest, date.latest) != label:
            wrong.append(row["text"])
    assert (len(rows), readable) == (300, 279)
    assert 1 - len(wrong) / readable >= 0.98, wrong


@pytest.mark.parametrize(
    ("text", "lang", "understood"),
    [
        ("June 2019", "en", "June 2019"),
        ("im Juni 2019", "de", "Juni 2019"),
        ("2019", "en", "2019 (year only)"),
        ("seit 2016", "en", "since 2016"),
        (
            "03/04/2019",
            "en",
            (
                "between 4 March 2019 and 3 April 2019 "
                "(03/04/2019 can be 4 March 2019 or 3 April 2019)"
            ),
        ),
        (
            "03/04/2019",
            "de",
            (
                "zwischen dem 4. März 2019 und dem 3. April 2019 "
                "(03/04/2019 kann 4. März 2019 oder 3. April 2019 sein)"
            ),
        ),
        (
            "before 03/04/2019",
            "en",
            "before 3 April 2019 (03/04/2019 can be 4 March 2019 or 3 April 2019)",
        ),
        ("summer 2014", "en", "summer 2014 (as in the northern hemisphere)"),
        ("2014; 2016", "en", "between 2014 and 2016 (the text names several dates)"),
        ("2014; 2016", "de", "zwischen 2014 und 2016 (der Text nennt mehrere Daten)"),
        ("15 Nov 2019 14:30", "en", "15 November 2019, 14:30 (time zone unknown)"),
        ("١٥ نوفمبر ٢٠١٩", "ar", "15 نوفمبر 2019"),
    ],
)
def test_says_back_how_it_was_read(text: str, lang: str, understood: str) -> None:
    assert dates.read(text, prefer=lang).understood == understood


def test_a_zone_given_beside_the_text_is_used() -> None:
    assert dates.read("15 Nov 2019 14:30", zone="+03:00").date.earliest == datetime(
        2019, 11, 15, 11, 30, tzinfo=UTC
    )


# ---------------------------------------------------------------------------- said again


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("2019-03-04", "4 March 2019", "4. März 2019"),
        ("2019", "2019 (year only)", "2019 (nur das Jahr)"),
        ("2019-06", "June 2019", "Juni 2019"),
        ("2019-06~", "about June 2019", "etwa Juni 2019"),
        ("2016~", "about 2016", "etwa 2016"),
        ("2016?", "2016 (uncertain)", "2016 (unsicher)"),
        ("2016%", "about 2016 (uncertain)", "etwa 2016 (unsicher)"),
        ("../2016", "before 2017", "vor 2017"),
        ("../2019-03-03", "before 4 March 2019", "vor dem 4. März 2019"),
        ("../201X", "before 2020", "vor 2020"),
        ("../2016~", "until about 2016", "bis etwa 2016"),
        ("../2014-22", "until summer 2014", "bis Sommer 2014"),
        (
            "../2019-11-15T14:30Z",
            "until 15 November 2019, 14:30 UTC",
            "bis 15. November 2019, 14:30 Uhr UTC",
        ),
        ("2016/..", "since 2016", "seit 2016"),
        ("2016-05-04/..", "since 4 May 2016", "seit dem 4. Mai 2016"),
        ("2013/2020", "between 2013 and 2020", "zwischen 2013 und 2020"),
        (
            "2013-02/2013-05",
            "between February 2013 and May 2013",
            "zwischen Februar 2013 und Mai 2013",
        ),
        ("201X", "the 2010s", "die 2010er-Jahre"),
        ("20XX", "between 2000 and 2099", "zwischen 2000 und 2099"),
        ("2014-22", "summer 2014", "Sommer 2014"),
        ("2014-33", "between January 2014 and March 2014", "zwischen Januar 2014 und März 2014"),
        ("2023-11-05T23:10Z", "5 November 2023, 23:10 UTC", "5. November 2023, 23:10 Uhr UTC"),
        (
            "2023-11-06T01:30+03:00",
            "6 November 2023, 01:30 (UTC+03:00)",
            "6. November 2023, 01:30 Uhr (UTC+03:00)",
        ),
        (
            "2023-11-06T01:30",
            "6 November 2023, 01:30 (time zone unknown)",
            "6. November 2023, 01:30 Uhr (Zeitzone unbekannt)",
        ),
        (
            "[2016,2018]",
            "between 1 January 2016 and 31 December 2018",
            "zwischen dem 1. Januar 2016 und dem 31. Dezember 2018",
        ),
    ],
)
def test_say(text: str, english: str, german: str) -> None:
    date = dates.parse(text)
    assert (dates.say(date, "en"), dates.say(date, "de")) == (english, german)


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("2019-03-04", "on 4 March 2019", "am 4. März 2019"),
        ("2019", "in 2019 (year only)", "im Jahr 2019 (nur das Jahr)"),
        ("2019-06", "in June 2019", "im Juni 2019"),
        ("2014-22", "in summer 2014", "im Sommer 2014"),
        ("201X", "in the 2010s", "in den 2010er-Jahren"),
        ("../2016", "before 2017", "vor 2017"),
        ("2016~", "about 2016", "etwa 2016"),
        (
            "2023-11-05T23:10Z",
            "on 5 November 2023, 23:10 UTC",
            "am 5. November 2023, 23:10 Uhr UTC",
        ),
    ],
)
def test_say_when(text: str, english: str, german: str) -> None:
    date = dates.parse(text)
    assert (dates.say(date, "en", placed=True), dates.say(date, "de", placed=True)) == (
        english,
        german,
    )


def test_an_unknown_language_is_answered_in_english() -> None:
    assert dates.say(dates.parse("2019-06"), "tlh") == "June 2019"
    assert dates.say(dates.parse("2019-06"), "de-AT") == "Juni 2019"


# ------------------------------------------------------------------------------ instants


def test_an_instant_becomes_a_date_in_utc_to_the_second() -> None:
    known = datetime(2026, 11, 22, 9, 8, 7, 654321, tzinfo=timezone(timedelta(hours=3)))
    date = dates.from_instant(known)
    assert date == dates.parse("2026-11-22T06:08:07Z")
    assert date.text == dates.instant_text(known) == "2026-11-22T06:08:07Z"


def test_a_clock_without_a_zone_is_no_instant() -> None:
    naive = datetime(2026, 11, 22)  # noqa: DTZ001
    for function in (dates.from_instant, dates.instant_text):
        with pytest.raises(ValueError, match="time zone"):
            function(naive)


# ------------------------------------------------------------------------- the docs of it

EVIDENCE = Path(__file__).resolve().parents[1] / "docs" / "evidence.md"


def documented() -> list[tuple[str, ...]]:
    table = EVIDENCE.read_text("utf-8").partition("| written | kept as | said back |")[2]
    rows = table.partition("\n\n")[0].splitlines()[2:]
    return [tuple(cell.strip(" `") for cell in row.strip("|").split("|")) for row in rows]


@pytest.mark.parametrize(("text", "edtf", "said"), documented())
def test_the_documented_readings_are_so(text: str, edtf: str, said: str) -> None:
    reading = dates.read(text)
    assert (reading.date.text, reading.understood) == (edtf, said)
