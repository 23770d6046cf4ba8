"""A checked picture and an archived one laid beside and over each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provenance.datasette_plugin.deciding import Attempt, deciding
from provenance.datasette_plugin.figures import archived_figure, query_figure
from provenance.datasette_plugin.lines import COLOURS, Drawing, drawings
from provenance.datasette_plugin.route import Page, Record, Route
from provenance.errors import UnknownName
from provenance.models import Relation
from provenance.report.html import sections
from provenance.report.html.closeup import WHOLE, Closeup, closeup

if TYPE_CHECKING:
    from provenance.corners import Corners
    from provenance.datasette_plugin.visit import Visit
    from provenance.desk import Desk

_CORNERS: Final = 4
_CLOSELY: Final = {"part": True, "whole": False}


async def comparison(visit: Visit, attempt: Attempt | None = None) -> Page:
    """One match of a check, closely, and an attempt to decide about it that failed.

    ``?lines=1`` also draws the points that agree. ``?view=part`` shows of the checked picture what
    the archived one fills, ``?view=whole`` all of it.
    """
    check, picture = int(visit.values["check"]), int(visit.values["picture"])
    record, kept, state = await visit.read(lambda desk: _check(desk, check, picture, visit.lang))
    every = [*record["matches"], *record["similar_scenes"]]
    match = next((each for each in every if each["picture"] == picture), None)
    if match is None:
        raise UnknownName(f"Check {check} does not match picture {picture}.", name=str(picture))
    asked = bool(visit.request.args.get("lines"))
    agree = await visit.read(lambda desk: desk.corners(check, picture)) if asked else None
    possible = _closeup(match, record["query"]) if kept[0] else None
    view = str(visit.request.args.get("view"))
    close = possible if possible and _CLOSELY.get(view, possible.is_first) else WHOLE
    data = {
        "lines": asked,
        "drawings": _drawings(visit, agree, close) if agree else {},
        "colours": COLOURS,
        "views": (("part", close != WHOLE), ("whole", close == WHOLE)) if possible else (),
        "view": view if view in _CLOSELY else None,
        "check": record,
        "match": match,
        "every": every,
        "query": query_figure(visit, record, [match], kept=kept[0], close=close),
        "figure": archived_figure(visit, record, match, kept=kept[1]),
        "corners": _corners(match, record["query"], close),
        "sections": sections,
        "relations": Relation,
        **await deciding(visit, record, state, attempt, "compare"),
    }
    told = {"points": _points(agree)} if asked else {}
    return Page("comparison.html", {"check": check, "match": match, **told}, data)


def _closeup(match: Record, query: Record) -> Closeup | None:
    """What of the checked picture the archived one fills, where that is less than all of it."""
    if not (match["region"] and query["width"] and query["height"]):
        return None
    return closeup(match["region"], query["width"], query["height"])


def _drawings(visit: Visit, agree: Corners, close: Closeup) -> dict[str, Drawing]:
    return drawings(agree, close, from_right=visit.words.direction == "rtl")


def _points(agree: Corners | None) -> Record | None:
    """The points that agree, in pixels of both pictures."""
    if agree is None:
        return None
    pairs = [{"checked": list(one), "archived": list(other)} for one, other in agree.pairs]
    sizes = {"checked_size": agree.checked_size, "archived_size": agree.archived_size}
    return {**{key: list(size) for key, size in sizes.items()}, "pairs": pairs}


def _check(
    desk: Desk, check: int, picture: int, lang: str
) -> tuple[Record, tuple[bool, bool], int]:
    archive = desk.archive
    kept = (bool(archive.check_thumbnail(check)), bool(archive.thumbnail(picture)))
    return desk.check_record(check, lang), kept, archive.review_state(check)


def _corners(match: Record, query: Record, close: Closeup) -> str | None:
    """Where the archived picture's corners lie in what is shown, in shares, for the overlay."""
    region = match["region"]
    if not region or len(region) != _CORNERS or not (query["width"] and query["height"]):
        return None
    shares = [(x / query["width"], y / query["height"]) for x, y in region]
    return " ".join(f"{x:.5f} {y:.5f}" for x, y in close.within(shares))


ROUTES: Final = (
    Route(
        r"/checks/(?P<check>\d{1,18})/compare/(?P<picture>\d{1,18})",
        comparison,
        summary="One match of a check, with its region, proof and alterations; lines=1: points too;"
        " view=part, view=whole: how much of the checked picture the page shows",
    ),
)
