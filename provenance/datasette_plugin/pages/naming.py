"""Who works at this machine: a name that is told once and can be told anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin import tokens
from provenance.datasette_plugin.naming import remember, said_name
from provenance.datasette_plugin.permissions import CHECK
from provenance.datasette_plugin.route import Page, Route
from provenance.datasette_plugin.uploads import form_of

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit


async def naming(visit: Visit) -> Any:
    """The form, or the name kept."""
    if visit.request.method == "POST":
        return await _posted(visit)
    return _form(visit)


def _form(visit: Visit, problem: str | None = None, status: int = 200) -> Page:
    data = {"token": visit.token(), "problem": problem, "fixed": bool(visit.request.actor)}
    return Page("naming.html", {"name": visit.actor_name}, data, status)


async def _posted(visit: Visit) -> Any:
    from provenance.datasette_plugin.answering import see_other

    given = (await form_of(visit.request)).fields
    if not tokens.is_meant(visit.datasette, visit.request, given.get(tokens.FIELD)):
        return _form(visit, visit.say("browser.refused.token"), 403)
    if not said_name(given):
        return _form(visit, visit.say("review.problem.name"), 400)
    remember(visit, given["by"])
    return see_other(visit.url("name"))


ROUTES: Final = (
    Route(
        r"/name",
        naming,
        permission=CHECK,
        methods=("GET", "POST"),
        summary="The name that is kept with what somebody without an account writes",
    ),
)
