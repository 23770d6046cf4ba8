"""One archived picture: where and when it was seen, what was claimed with it, what is near it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provenance.datasette_plugin.route import Page, Route

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit


async def picture(visit: Visit) -> Page:
    """The picture with all that is known of it."""
    return Page("picture.html", await visit.read(lambda desk: desk.show(visit.values["picture"])))


ROUTES: Final = (
    Route(r"/pictures/(?P<picture>\d{1,18})", picture, summary="One picture with its sightings"),
)
