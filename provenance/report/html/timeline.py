"""Sightings and claim on one line of time, each as long as its date is unsure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from provenance.models import Means
from provenance.report.html.markup import Markup, element, joined
from provenance.report.html.strings import Strings
from provenance.wording import counted, isolated

Record = dict[str, Any]

_ROW: Final = 40
_TOP: Final = 12
_AXIS: Final = 26
_MOST_ROWS: Final = 6
_MOST_CLAIMS: Final = 4
_MOST_TICKS: Final = 6
_LONGEST: Final = 32
"""Letters of a source's name that fit beside a date on a telephone."""
_LEFT, _RIGHT, _THINNEST = 2.0, 96.0, 0.9
"""Percent of the width: between which time runs, and of the thinnest bar."""
_NEAR_THE_EDGE: Final = 5.0
"""Percent from the left: half a year's number is as wide on a telephone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One date: its two ends as instants (``None`` where open), how it is said, by whom, drawn."""

    start: datetime | None
    end: datetime | None
    date: str
    source: str
    style: str

    def ends(self) -> list[datetime]:
        """The ends that are known."""
        return [moment for moment in (self.start, self.end) if moment]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the drawing: what stands at its two edges, and the bars between them."""

    left: str
    right: str
    bars: tuple[Bar, ...]


def timeline(check: Record, words: Strings) -> Markup | None:
    """The drawing, or nothing where there are not at least two dates to set apart."""
    seen, claimed = _sightings(check, words), _claims(check, words)
    if len(seen) + len(claimed) <= 1:
        return None
    rows = [
        *_lined_up(seen, _MOST_ROWS, "timeline_more", words),
        *_lined_up(claimed, _MOST_CLAIMS, "timeline_more_claims", words),
    ]
    ends = [moment for bar in (*seen, *claimed) for moment in bar.ends()]
    start, end = min(ends), max(ends)
    height = _TOP + len(rows) * _ROW + _AXIS
    drawn = [*_ticks(start, end, height), *_rows(rows, start, end)]
    picture = element(
        "svg",
        *drawn,
        class_="timeline",
        width="100%",
        height=height,
        role="img",
        aria_label="; ".join(", ".join(filter(None, (row.left, row.right))) for row in rows),
    )
    return joined([picture, element("p", words("timeline_note"), class_="quiet")])


def _sightings(check: Record, words: Strings) -> list[Bar]:
    """The dated sightings that carry something, earliest proven first, without repetition."""
    support = set(check["finding"]["support"]["rests_on"])
    seen: dict[str, Bar] = {}
    for sighting in (s for match in check["matches"] for s in match["sightings"]):
        if not _is_drawn(sighting):
            continue
        source = sighting["source"] or words.called(Means, sighting["means"])
        style = "supports" if sighting["id"] in support else sighting["strength"]
        bar = _bar(sighting, source, style, words)
        seen.setdefault(f"{bar.date} {source}", bar)
    return sorted(seen.values(), key=lambda bar: (bar.end is None, bar.end or bar.start))


def _is_drawn(sighting: Record) -> bool:
    """The log of this archive says when it was asked to hold a picture: seldom news."""
    bounded = sighting["earliest"] or sighting["latest"]
    return bool(bounded) and sighting["strength"] != "none" and sighting["means"] != "held"


def _claims(check: Record, words: Strings) -> list[Bar]:
    """The claim of a check; of a picture all claims made with it (``claims``)."""
    claims = check["claims"] if "claims" in check else [check["claim"]]
    by_date = {claim["date"]: claim for claim in claims if claim["earliest"] or claim["latest"]}
    return [_bar(claim, words("timeline_claim"), "claim", words) for claim in by_date.values()]


def _bar(dated: Record, source: str, style: str, words: Strings) -> Bar:
    start, end = _instant(dated["earliest"]), _instant(dated["latest"])
    return Bar(start, end, words.date(dated["date"]), _shortened(source), style)


def _lined_up(bars: list[Bar], most: int, rest: str, words: Strings) -> list[Row]:
    """A line for each bar; where there are too many, the last line holds all that are left.

    What a finding rests on always has a line of its own.
    """
    if len(bars) <= most:
        return [_alone(bar) for bar in bars]
    first = [bar for bar in bars if bar.style == "supports"][: most - 1]
    first += [bar for bar in bars if bar not in first][: most - 1 - len(first)]
    left = tuple(replace(bar, style=f"{bar.style} rest") for bar in bars if bar not in first)
    told = counted(words.lang, f"report.{rest}", len(left))
    return [*(_alone(bar) for bar in bars if bar in first), Row(told, "", left)]


def _alone(bar: Bar) -> Row:
    return Row(bar.date, bar.source, (bar,))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _rows(rows: list[Row], start: datetime, end: datetime) -> list[Markup]:
    return [part for number, row in enumerate(rows) for part in _row(number, row, start, end)]


def _row(number: int, row: Row, start: datetime, end: datetime) -> list[Markup]:
    top = _TOP + number * _ROW
    track = element(
        "line", x1=f"{_LEFT}%", x2=f"{_RIGHT}%", y1=top + 22, y2=top + 22, class_="track"
    )
    blocks = {_block(bar, top + 18, start, end): None for bar in row.bars}
    return [track, *blocks, *_names(row, top + 11)]


def _block(bar: Bar, y: int, start: datetime, end: datetime) -> Markup:
    """The bar; an open end reaches to the edge of the drawing."""
    left = _place(bar.start, start, end) if bar.start else 0.0
    right = _place(bar.end, start, end) if bar.end else 100.0
    return element(
        "rect",
        x=f"{left:.2f}%",
        y=y,
        width=f"{max(right - left, _THINNEST):.2f}%",
        height=8,
        rx=3,
        class_=bar.style,
    )


def _names(row: Row, y: int) -> list[Markup]:
    """Date and source as two texts, so that neither turns the other's reading direction.

    They keep to the edges: beside its bar a long one would not fit a telephone.
    """
    date = element("text", _set_apart(row.left), x=f"{_LEFT}%", y=y)
    source = element("text", _set_apart(row.right), x=f"{_RIGHT}%", y=y, text_anchor="end")
    return [date, source] if row.right else [date]


def _set_apart(text: str) -> str:
    """Time runs from left to right in every language, and so does the drawing; words do not."""
    return isolated("en", text)


def _ticks(start: datetime, end: datetime, height: int) -> list[Markup]:
    first, last = start.year + 1, end.year
    step = max(1, -(-(last - first + 1) // _MOST_TICKS))
    return [
        part for year in range(first, last + 1, step) for part in _tick(year, start, end, height)
    ]


def _tick(year: int, start: datetime, end: datetime, height: int) -> list[Markup]:
    place = _place(datetime(year, 1, 1, tzinfo=UTC), start, end)
    x = f"{place:.2f}%"
    anchor = "start" if place < _NEAR_THE_EDGE else "middle"
    line = element("line", x1=x, x2=x, y1=4, y2=height - 20, class_="tick")
    return [
        line,
        element("text", str(year), x=x, y=height - 5, text_anchor=anchor, class_="year"),
    ]


def _place(moment: datetime, start: datetime, end: datetime) -> float:
    whole = (end - start).total_seconds() or 1.0
    return _LEFT + (_RIGHT - _LEFT) * (moment - start).total_seconds() / whole


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
