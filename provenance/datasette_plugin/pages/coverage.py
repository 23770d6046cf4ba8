"""What the archive covers, drawn: so that "not in the archive" can be weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import log
from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin.route import Page, Record, Route

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit

SHADES: Final = 5
"""Shades of a month that has something; the numbers stand beside them."""

GAPS: Final = 12
"""Gaps that are named, the longest."""


async def coverage(visit: Visit) -> Page:
    """Years, gaps, sources and places."""
    record = await visit.read(lambda desk: desk.contact_sheet.reach())
    if record["behind"]:
        visit.sort_in()
    return Page("coverage.html", record, _shown(visit, record))


def _shown(visit: Visit, record: Record) -> Record:
    years = record["years"]
    span = (years[0]["year"], years[-1]["year"]) if years else None
    return {
        "span": span,
        "drawn_years": list(_years(years)),
        "gaps": _gaps(visit, record["gaps"]),
        "more_gaps": max(0, len(record["gaps"]) - GAPS),
        "source_rows": [_row(each, span) for each in record["sources"]],
        "place_rows": [_row(each, span) for each in record["places"]],
        "nothing": not record["pictures"],
    }


def _years(years: list[Record]) -> Iterator[dict[str, Any]]:
    """Each year with its bar and its months, empty runs of years left to the gaps."""
    most = max((y["certain"] + y["possible"] for y in years), default=0)
    months = [m["certain"] for y in years for m in y["months"]]
    top = max(months, default=0)
    for year in years:
        yield {
            **year,
            "certain_width": _share(year["certain"], most),
            "possible_width": _share(year["possible"], most),
            "months": [{**m, "shade": shade(m["certain"], top)} for m in year["months"]],
        }


def _share(count: int, most: int) -> float:
    return round(100 * count / most, 2) if most else 0.0


def shade(count: int, most: int) -> int:
    """0 for nothing, then 1 to :data:`SHADES`, even steps of the logarithm."""
    if not count:
        return 0
    if most <= 1:
        return SHADES
    return 1 + round((SHADES - 1) * log(count) / log(most))


def _gaps(visit: Visit, gaps: list[Record]) -> list[dict[str, Any]]:
    """The longest gaps in order of time, each between the months that have something."""
    longest = sorted(gaps, key=lambda gap: -gap["months"])[:GAPS]
    return [
        {
            "before": visit.words.date(_beside(gap["first"], -1)),
            "after": visit.words.date(_beside(gap["last"], 1)),
            "months": gap["months"],
        }
        for gap in sorted(longest, key=lambda gap: tuple(gap["first"]))
    ]


def _beside(month: Iterable[int], step: int) -> str:
    """The month before or after, as EDTF."""
    year, number = month
    moved = year * 12 + number - 1 + step
    return f"{moved // 12:04}-{moved % 12 + 1:02}"


def _row(row: Record, span: tuple[int, int] | None) -> dict[str, Any]:
    """A source or place with a strip of years on the archive's own scale."""
    reached = [y for y in row["years"] if y["certain"] or y["possible"]]
    most = max((y["certain"] for y in reached), default=0)
    strip = [
        {
            "x": y["year"] - (span[0] if span else 0),
            "shade": shade(y["certain"], most),
            "year": y["year"],
        }
        for y in reached
    ]
    ends = (reached[0]["year"], reached[-1]["year"]) if reached else None
    return {**row, "strip": strip, "ends": ends}


ROUTES: Final = (Route(r"/coverage", coverage, summary="Years, gaps, sources and places"),)
