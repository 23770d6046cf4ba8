"""A checked picture and an archived one laid beside and over each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provenance.datasette_plugin.deciding import Attempt, deciding
from provenance.datasette_plugin.figures import archived_figure, query_figure
from provenance.datasette_plugin.lines import COLOURS, drawings
from provenance.datasette_plugin.route import Page, Record, Route
from provenance.errors import UnknownName
from provenance.models import Relation
from provenance.report.html import sections

if TYPE_CHECKING:
    from provenance.corners import Corners
    from provenance.datasette_plugin.visit import Visit
    from provenance.desk import Desk

_CORNERS: Final = 4


async def comparison(visit: Visit, attempt: Attempt | None = None) -> Page:
    """One match of a check, closely, and an attempt to decide about it that failed.

    ``?lines=1`` also draws the points that agree.
    """
    check, picture = int(visit.values["check"]), int(visit.values["picture"])
    record, kept, state = await visit.read(lambda desk: _check(desk, check, picture, visit.lang))
    every = [*record["matches"], *record["similar_scenes"]]
    match = next((each for each in every if each["picture"] == picture), None)
    if match is None:
        raise UnknownName(f"Check {check} does not match picture {picture}.", name=str(picture))
    asked = bool(visit.request.args.get("lines"))
    agree = await visit.read(lambda desk: desk.corners(check, picture)) if asked else None
    data = {
        "lines": asked,
        "drawings": drawings(agree, from_right=visit.words.direction == "rtl") if agree else {},
        "colours": COLOURS,
        "check": record,
        "match": match,
        "every": every,
        "query": query_figure(visit, record, [match], kept=kept[0]),
        "figure": archived_figure(visit, record, match, kept=kept[1]),
        "corners": _corners(match, record["query"]),
        "sections": sections,
        "relations": Relation,
        **await deciding(visit, record, state, attempt, "compare"),
    }
    told = {"points": _points(agree)} if asked else {}
    return Page("comparison.html", {"check": check, "match": match, **told}, data)


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


def _corners(match: Record, query: Record) -> str | None:
    """Where the archived picture's corners lie in the query, in shares, for the overlay."""
    region = match["region"]
    if not region or len(region) != _CORNERS or not (query["width"] and query["height"]):
        return None
    return " ".join(f"{x / query['width']:.5f} {y / query['height']:.5f}" for x, y in region)


ROUTES: Final = (
    Route(
        r"/checks/(?P<check>\d{1,18})/compare/(?P<picture>\d{1,18})",
        comparison,
        summary="One match of a check, with its region, proof and alterations; lines=1: points too",
    ),
)
