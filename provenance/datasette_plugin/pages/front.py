"""The front page of an archive: the contact sheet, by when pictures were first known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from provenance.archive.sheet import FIELDS, HEADINGS, Selection, Turn
from provenance.datasette_plugin.route import Page, Record, Route
from provenance.models import FindingKind, Means, Trust

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit

MORE: Final = 500
"""Headings of one field when all of them are asked for."""

WORDS: Final = "q"

FIELD_NAMES: Final = {
    "q": "sheet.field.q",
    "year": "sheet.field.year",
    "source": "sheet.field.source",
    "place": "sheet.field.place",
    "trust": "sheet.field.trust",
    "collection": "sheet.field.collection",
    "finding": "sheet.field.finding",
}
ORDER_NAMES: Final = {"first": "sheet.order.first", "newest": "sheet.order.newest"}
"""What fields and orders are called: keys of the catalogue."""

_ASKED: Final = (*FIELDS, WORDS, "order")


async def front(visit: Visit) -> Page:
    """One page of the contact sheet, narrowed and searched as the address says."""
    asked = _asked(visit)
    more = visit.request.args.get("more")
    selection, turn = _selection(asked), _turn(visit, asked)
    most = MORE if more in FIELDS else HEADINGS + 1
    record = await visit.read(lambda desk: desk.contact_sheet.page(selection, turn, most))
    if record["behind"]:
        visit.sort_in()
    return Page("front.html", _told(record, more), _shown(visit, asked, record, more))


def _asked(visit: Visit) -> dict[str, str]:
    """What the address narrows by; the same names lead on to the next page."""
    given = {name: (visit.request.args.get(name) or "").strip() for name in _ASKED}
    return {name: text for name, text in given.items() if text}


def _selection(asked: Mapping[str, str]) -> Selection:
    headings = {name: asked[name] for name in FIELDS if name in asked}
    return Selection(headings, asked.get(WORDS, ""))


def _turn(visit: Visit, asked: Mapping[str, str]) -> Turn:
    args = visit.request.args
    return Turn(asked.get("order") == "newest", args.get("after"), args.get("before"))


def _told(record: Record, more: str | None) -> Record:
    """The twin: no more headings than the page shows."""
    kept = {
        name: headings if name == more else headings[:HEADINGS]
        for name, headings in record["headings"].items()
    }
    return {**record, "headings": kept}


# ------------------------------------------------------------------------------ for the page


def _shown(visit: Visit, asked: dict[str, str], record: Record, more: str | None) -> Record:
    narrowed = any(name in asked for name in (*FIELDS, WORDS))
    return {
        "asked": asked,
        "means": Means,
        "narrowed": narrowed,
        "chosen_headings": list(_chosen(visit, asked)),
        "fields": list(_fields(visit, asked, record, more)),
        "uncounted": any(h["pictures"] is None for h in _every(record)),
        "orders": [
            (key, name, _order_address(visit, asked, key)) for key, name in ORDER_NAMES.items()
        ],
        "field_names": FIELD_NAMES,
        "next": _page_address(visit, asked, after=record["following"]),
        "previous": _page_address(visit, asked, before=record["preceding"]),
        "to_first": visit.url("", **asked) if record["preceding"] else None,
        "inside_form": {name: text for name, text in asked.items() if name != WORDS},
    }


def _every(record: Record) -> Iterator[Record]:
    for headings in record["headings"].values():
        yield from headings


def _chosen(visit: Visit, asked: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What is chosen now, each with the way back."""
    for name in (WORDS, *FIELDS):
        if name in asked:
            yield {
                "field": name,
                "label": _label(visit, name, asked[name]),
                "without": visit.url("", **{k: v for k, v in asked.items() if k != name}),
            }


def _fields(
    visit: Visit, asked: dict[str, str], record: Record, more: str | None
) -> Iterator[dict[str, Any]]:
    """The fields that can be narrowed by, each with its headings as links."""
    for name in FIELDS:
        headings = record["headings"][name]
        if name in asked or not headings:
            continue
        shown = headings if name == more else headings[:HEADINGS]
        yield {
            "field": name,
            "headings": [_heading(visit, asked, name, each) for each in _ordered(name, shown)],
            "more": visit.url("", **asked, more=name) if len(shown) < len(headings) else None,
        }


def _ordered(name: str, headings: list[Record]) -> list[Record]:
    """Years run in order of time; all else stays by number of pictures."""
    return sorted(headings, key=lambda h: h["text"]) if name == "year" else headings


def _heading(visit: Visit, asked: dict[str, str], name: str, heading: Record) -> dict[str, Any]:
    return {
        "label": _label(visit, name, heading["text"]),
        "pictures": heading["pictures"],
        "address": visit.url("", **{**asked, name: heading["text"]}),
    }


def _label(visit: Visit, name: str, text: str) -> str:
    """What a heading is called: words of the contract in the reader's language."""
    called = {"trust": Trust, "finding": FindingKind}.get(name)
    return visit.words.called(called, text) if called else text


def _order_address(visit: Visit, asked: dict[str, str], key: str) -> str:
    return visit.url("", **{**asked, "order": "" if key == "first" else key})


def _page_address(visit: Visit, asked: dict[str, str], **place: str | None) -> str | None:
    return visit.url("", **asked, **place) if all(place.values()) else None


ROUTES: Final = (
    Route(
        r"/(?:index(?=\.json$))?",
        front,
        summary="The contact sheet: year, source, place, trust, collection, finding, q (words),"
        " order (newest), after, before",
    ),
)
