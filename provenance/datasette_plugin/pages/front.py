"""The front page of an archive: its pictures, the earliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provenance.datasette_plugin.route import Page, Record, Route

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit
    from provenance.desk import Desk

AT_ONCE: Final = 60


async def front(visit: Visit) -> Page:
    """The first pictures of the archive."""
    return Page("front.html", await visit.read(_pictures))


def _pictures(desk: Desk) -> Record:
    return {"pictures": list(desk.pictures(limit=AT_ONCE))}


ROUTES: Final = (Route(r"/(?:index(?=\.json$))?", front, summary="The pictures of the archive"),)
