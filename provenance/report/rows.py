"""Answers as rows for a spreadsheet: a row per query and match, without a match one row.

Cells are for people and spreadsheets; who needs every byte takes the JSON. So a cell never
holds a character that acts on a terminal (see :mod:`~provenance.report.visible`), and text
that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets
read as "this is text". Numbers stay numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from provenance.report.decision import decision_text
from provenance.report.record import Record
from provenance.report.visible import visible

Cell = str | int | float | None
Row = dict[str, Cell]

LOOKUP_COLUMNS: Final = (
    "name",
    "outcome",
    "reason",
    "detail",
    "relation",
    "picture",
    "date",
    "earliest",
    "latest",
    "source",
    "url",
    "covers",
    "description",
)
CHECK_COLUMNS: Final = (
    *LOOKUP_COLUMNS,
    "finding",
    "strength",
    "at_least",
    "at_most",
    "sentence",
    "flagged",
    "decisions",
)
ADDED_COLUMNS: Final = (
    "name",
    "row",
    "outcome",
    "picture",
    "sighting",
    "new",
    "collection",
    "reason",
    "detail",
    "read_as",
    "date",
    "means",
    "how",
    "strength",
    "contradictions",
)
PICTURE_COLUMNS: Final = (
    "picture",
    "name",
    "sha256",
    "width",
    "height",
    "format",
    "date",
    "earliest",
    "latest",
    "source",
    "url",
    "sightings",
    "added",
)

REVOKED_COLUMNS: Final = ("collection", "pictures", "sightings", "checks")
FORGOTTEN_COLUMNS: Final = (
    "picture",
    "check",
    "pixels_only",
    "commitment",
    "receipt",
    "checks",
    "clean",
)
STATUS_COLUMNS: Final = ("key", "value")

# What begins a formula in Excel, LibreOffice or Google Sheets (OWASP, "CSV Injection").
# Tab and line breaks are on that list too, and never begin a cell once made visible.
_FORMULA = ("=", "+", "-", "@")


def lookup_rows(record: Record) -> list[Row]:
    """The rows of one answer of ``lookup``; the date is that of the earliest sighting."""
    shared = {
        "name": record["query"]["name"],
        "outcome": record["outcome"],
        "reason": record["reason"],
        "detail": record["detail"],
    }
    return [_row(LOOKUP_COLUMNS, shared | match) for match in _matches(record)]


def check_rows(record: Record) -> list[Row]:
    """The rows of one answer of ``check``: those of the look-up, each with the finding.

    ``decisions``: what people decided on the check and still stands, who, when and why.
    """
    finding = record["finding"]
    found = {
        "finding": finding["kind"],
        "strength": finding["support"]["strength"],
        "at_least": finding["lead_days"]["at_least"],
        "at_most": finding["lead_days"]["at_most"],
        "sentence": finding["sentence"],
        **_reviewed(record),
    }
    found = {column: defused(value) for column, value in found.items()}
    return [row | found for row in lookup_rows(record)]


def _reviewed(record: Record) -> Record:
    review = record.get("review") or {"flagged": None, "decisions": []}
    flagged = None if review["flagged"] is None else int(review["flagged"])
    lang = record.get("lang") or "en"
    said = " ".join(decision_text(each, lang) for each in review["decisions"])
    return {"flagged": flagged, "decisions": said or None}


def added_rows(record: Record) -> list[Row]:
    """The one row of an input of ``add``; the date is the first that came with it."""
    flat = record | record["input"] | {"new": _listed(record["new"])}
    flat |= next(iter(record["dates"]), {})
    return [_row(ADDED_COLUMNS, flat | {"contradictions": " ".join(record["contradictions"])})]


def picture_rows(record: Record) -> list[Row]:
    """The one row of a picture, with its earliest sighting."""
    flat = record | _sighting(record["earliest_sighting"])
    return [_row(PICTURE_COLUMNS, flat | {"sightings": len(record["sightings"])})]


def revoked_rows(record: Record) -> list[Row]:
    """The one row of a collection taken back."""
    return [_row(REVOKED_COLUMNS, record | {"checks": _listed(record["checks"])})]


def forgotten_rows(record: Record) -> list[Row]:
    """The one row of a picture erased."""
    return [_row(FORGOTTEN_COLUMNS, record | {"checks": _listed(record["checks"])})]


def status_rows(record: Record) -> list[Row]:
    """A row per word, groups joined by a point: ``index.state``."""
    return [{"key": defused(key), "value": defused(value)} for key, value in _flat(record)]


def _flat(record: Record, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            yield from _flat({str(n): each for n, each in enumerate(value, 1)}, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", _listed(value) if isinstance(value, list | tuple) else value


def _listed(values: Iterable[Any]) -> str:
    return " ".join(map(str, values))


def defused(value: Any) -> Cell:
    """A cell that shows what it holds and does nothing."""
    if not isinstance(value, str):
        return value  # type: ignore[no-any-return]  # numbers and None, as records hold them
    text = visible(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(columns: Sequence[str], values: Record) -> Row:
    return {column: defused(values.get(column)) for column in columns}


def _matches(record: Record) -> list[Record]:
    """What each match adds to its row; one of nothing where there is none."""
    return [_match(match) for match in record["matches"]] or [{}]


def _match(match: Record) -> Record:
    return {
        "relation": match["relation"],
        "picture": match["picture"],
        "covers": match["covers"],
        "description": match["description"],
        **_sighting(match["earliest_sighting"]),
    }


def _sighting(sighting: Record | None) -> Record:
    names = ("date", "earliest", "latest", "source", "url")
    return {name: sighting[name] for name in names} if sighting else {}
