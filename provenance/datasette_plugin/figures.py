"""What stands in a frame: an address of a preview, its name, the outlines drawn on it.

Outlines are in per cent of what is shown, as ``x,y x,y``: the drawing is stretched over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance.report.html.closeup import WHOLE, Closeup
from provenance.report.html.frame import Polygon, clipped, visible_part

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One framed picture; ``source`` is ``None`` where no preview is kept.

    ``part`` is what of it is shown, ``x y width height`` in pixels of ``size``; else all of it.
    """

    name: str
    source: str | None
    title: str
    outlines: tuple[str, ...] = ()
    part: str | None = None
    size: tuple[float, float] = (1, 1)


def query_figure(
    visit: Visit,
    check: Record,
    matches: Sequence[Record],
    *,
    kept: bool,
    close: Closeup = WHOLE,
) -> Figure:
    """What was checked, or a part of it, with the outline of each of these matches."""
    number, query = check["check"], check["query"]
    regions = [match["region"] for match in matches if match["region"]]
    size = (query["width"] or 1, query["height"] or 1)
    polygons = [clipped([(x / size[0], y / size[1]) for x, y in r]) for r in regions]
    outlines = tuple(filter(None, (_points(close.within(each)) for each in polygons)))
    source = visit.url(f"checks/{number}/thumbnail") if kept else None
    return Figure(f"check-{number}", source, query["name"], outlines, _part(close, size), size)


def archived_figure(visit: Visit, check: Record, match: Record, *, kept: bool) -> Figure:
    """An archived picture with the outline of what the query shows of it."""
    query, number = check["query"], match["picture"]
    part = visible_part(match["region"] or [], query["width"] or 1, query["height"] or 1)
    outlines = (_points(part),) if part else ()
    source = visit.url(f"pictures/{number}/thumbnail") if kept else None
    return Figure(f"picture-{number}", source, match["name"] or "", outlines)


def _part(close: Closeup, size: tuple[float, float]) -> str | None:
    if close == WHOLE:
        return None
    x, width = close.x * size[0], close.width * size[0]
    y, height = close.y * size[1], close.height * size[1]
    return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f}"


def _points(polygon: Polygon) -> str:
    return " ".join(f"{x * 100:.2f},{y * 100:.2f}" for x, y in polygon)
