"""Deciding about a check: a form is sent, the decision kept, the page it came from shown again.

What cannot be kept, because a colleague was quicker or something is missing, is answered with the
same page, the form filled in as it was sent, and what the colleague decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin import tokens
from provenance.datasette_plugin.deciding import Attempt
from provenance.datasette_plugin.naming import remember, said_name
from provenance.datasette_plugin.pages.checks import check
from provenance.datasette_plugin.pages.comparison import comparison
from provenance.datasette_plugin.permissions import REVIEW
from provenance.datasette_plugin.problems import told_in_one
from provenance.datasette_plugin.route import Page, Record, Route
from provenance.datasette_plugin.uploads import form_of
from provenance.errors import AlreadyDecided, NobodyNamed, ProvenanceError, StaleReview
from provenance.models import Decision, NewReview, Rating

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit
    from provenance.desk import Desk

COMPARE: Final = "compare"
TAKE_BACK: Final = "take_back"
CONFLICT: Final = 409

_WORDED: Final = {
    StaleReview: "review.problem.stale",
    AlreadyDecided: "review.problem.already_decided",
    NobodyNamed: "review.problem.name",
}


async def decisions(visit: Visit) -> Page:
    """Everything that was decided on a check, also what no longer stands."""
    number = int(visit.values["check"])
    return Page("reviews.html", await visit.read(lambda desk: desk.reviews(number)))


async def reviewing(visit: Visit) -> Any:
    """Keep one decision."""
    form = await form_of(visit.request)
    given = form.fields
    try:
        if not tokens.is_meant(visit.datasette, visit.request, form.text(tokens.FIELD)):
            return await _again(visit, given, visit.say("browser.refused.token"), 403)
    finally:
        form.close()
    missing = _missing(visit, given)
    if missing:
        return await _again(visit, given, visit.say(f"review.problem.{missing}"), 400)
    if said_name(given):
        remember(visit, given["by"])
    return await _kept(visit, given)


async def _kept(visit: Visit, given: Mapping[str, str]) -> Any:
    from provenance.datasette_plugin.answering import see_other

    number = int(visit.values["check"])
    try:
        made = await visit.work(lambda desk: _decide(desk, number, given))
    except (StaleReview, AlreadyDecided, NobodyNamed) as problem:
        return await _again(visit, given, visit.say(_WORDED[type(problem)]), CONFLICT)
    except ProvenanceError as problem:
        return await _again(visit, given, told_in_one(problem, visit.lang), 400)
    if visit.wants_json:
        return await decisions(visit)
    return see_other(f"{visit.url(_page(visit, given))}#decision-{made}")


def _missing(visit: Visit, given: Mapping[str, str]) -> str | None:
    """What has to be said and was not: the key of the words that ask for it."""
    wanted = (*Decision, TAKE_BACK)
    if given.get("decision") not in wanted or given.get("decision") == Decision.WITHDRAWN:
        return "choose"
    if given["decision"] == Decision.RATED and given.get("rating") not in set(Rating):
        return "choose"
    if not given.get("why", "").strip():
        return "why"
    return None if visit.actor_name or said_name(given) else "name"


def _decide(desk: Desk, check: int, given: Mapping[str, str]) -> int:
    """The decision as it was sent; its number."""
    how: Record = {"on": _whole(given, "on"), "overturn": bool(given.get("overturn"))}
    why = given["why"]
    if given["decision"] == TAKE_BACK:
        return desk.take_back(check, why, review=_whole(given, "review"), **how).id
    new = NewReview(
        Decision(given["decision"]),
        why,
        picture=_whole(given, "picture"),
        sighting=_whole(given, "sighting"),
        rating=Rating(given["rating"]) if given.get("rating") else None,
        words=given.get("words", "").strip() or None,
    )
    return desk.review(check, new, **how).id


async def _again(visit: Visit, given: Mapping[str, str], problem: str, status: int) -> Any:
    """The page it came from, with what was sent in its form and what stands in the way."""
    from provenance.datasette_plugin.answering import as_json

    number = int(visit.values["check"])
    record = await visit.read(lambda desk: desk.reviews(number))
    told = tuple(_in_the_way(record, given, visit.actor_name)) if status == CONFLICT else ()
    if visit.wants_json:
        state = record["state"]
        return as_json({"error": problem, "decisions": list(told), "state": state}, status)
    attempt = Attempt(given, problem, told)
    if given.get("back") == COMPARE and _whole(given, "shown"):
        there = replace(visit, values={**visit.values, "picture": given["shown"]})
        return replace(await comparison(there, attempt), status=status)
    return replace(await check(visit, attempt), status=status)


def _in_the_way(record: Record, given: Mapping[str, str], by: str | None) -> list[Record]:
    """What others decided since this page was looked at; else what stands on the same thing."""
    seen = _whole(given, "on")
    others = [each for each in record["decisions"] if each["by"] != by]
    later = [each for each in others if seen is not None and each["review"] > seen]
    if later:
        return later
    same = ("sighting", "picture") if given.get("sighting") else ("picture",)
    about = {key: _whole(given, key) for key in same}
    return [
        each
        for each in others
        if each["stands"] and (not any(about.values()) or all(each[k] == about[k] for k in same))
    ]


def _page(visit: Visit, given: Mapping[str, str]) -> str:
    """The page a form was on, below the prefix."""
    here = f"checks/{visit.values['check']}"
    shown = _whole(given, "shown")
    return f"{here}/{COMPARE}/{shown}" if given.get("back") == COMPARE and shown else here


def _whole(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004  (SQLite's largest number has 19 digits)


async def review(visit: Visit) -> Any:
    """What was decided, or one more decision."""
    return await (reviewing if visit.request.method == "POST" else decisions)(visit)


ROUTES: Final = (
    Route(
        r"/checks/(?P<check>\d{1,18})/reviews",
        decisions,
        summary="Everything that people decided on a check",
    ),
    Route(
        r"/checks/(?P<check>\d{1,18})/review",
        review,
        permission=REVIEW,
        methods=("GET", "POST"),
        summary="Decide about a check (decision, why, picture, sighting, rating, on, overturn)",
    ),
)
