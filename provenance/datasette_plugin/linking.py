"""The ways from Datasette's own pages to ours."""

from __future__ import annotations

from typing import Any

from provenance.datasette_plugin.archives import archives_of
from provenance.datasette_plugin.languages import language_of
from provenance.datasette_plugin.route import PREFIX
from provenance.datasette_plugin.versions import Datasette
from provenance.wording import message

Link = dict[str, str]


def menu(datasette: Datasette, request: Any) -> list[Link]:
    """One entry in the menu, where there is an archive."""
    return [_link(datasette, request, "")] if archives_of(datasette) else []


def of_database(datasette: Datasette, database: str, request: Any) -> list[Link]:
    """One entry among the actions of an archive."""
    if database not in archives_of(datasette):
        return []
    several = len(archives_of(datasette)) > 1
    return [_link(datasette, request, f"?archive={database}" if several else "")]


def _link(datasette: Datasette, request: Any, query: str) -> Link:
    lang = language_of(request.args.get("lang"), request) if request else "en"
    address = str(datasette.urls.path(f"{PREFIX}/"))
    return {"href": f"{address}{query}", "label": message(lang, "browser.open")}
