"""From a request to its answer: archive, language, permission, view, page or twin."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from provenance.datasette_plugin.archives import archives_of
from provenance.datasette_plugin.languages import COOKIE, direction, language_of
from provenance.datasette_plugin.problems import told
from provenance.datasette_plugin.rendering import refusal, render
from provenance.datasette_plugin.route import Page, Route
from provenance.datasette_plugin.versions import configured, may_see_database
from provenance.datasette_plugin.visit import Visit
from provenance.errors import ProvenanceError, UnknownName
from provenance.wording import LANGUAGES

YEAR = 365 * 24 * 3600


def answering(route: Route) -> Callable[..., Awaitable[Any]]:
    """What Datasette calls for this route."""

    async def answer(datasette: Any, request: Any) -> Any:
        visit = _visit(datasette, request, route)
        if visit is None:
            return _no_archive(datasette, request)
        return _remembering(visit, await _answer(visit))

    return answer


def _no_archive(datasette: Any, request: Any) -> Any:
    lang = language_of(request.args.get("lang"), request, configured(datasette).get("lang") or "en")
    return as_html(refusal("browser.refused.archive", lang, direction(lang)), 404)


def _visit(datasette: Any, request: Any, route: Route) -> Visit | None:
    archives = archives_of(datasette)
    name = request.args.get("archive") or next(iter(archives), None)
    if name not in archives:
        return None
    otherwise = configured(datasette).get("lang") or "en"
    lang = language_of(request.args.get("lang"), request, otherwise)
    return Visit(datasette, request, route, name, lang, dict(request.url_vars))


async def _answer(visit: Visit) -> Any:
    if visit.request.method not in (*visit.route.methods, "HEAD"):
        return refused(visit, 405, "browser.refused.method")
    if not await _may(visit):
        return refused(visit, 403, "browser.refused.permission")
    try:
        return shown(visit, await visit.route.view(visit))
    except UnknownName as problem:
        return _problem(visit, problem, 404)
    except ProvenanceError as problem:
        return _problem(visit, problem, 400)


async def _may(visit: Visit) -> bool:
    if visit.route.permission is None:
        return True
    sees = await may_see_database(visit.datasette, visit.request.actor, visit.archive)
    return sees and await visit.may(visit.route.permission)


def shown(visit: Visit, answer: Any) -> Any:
    """A page as HTML or as its twin; anything else is a response already."""
    if not isinstance(answer, Page):
        return answer
    if visit.wants_json:
        return as_json(answer.record, answer.status)
    data = {"record": answer.record, **answer.data}
    return as_html(render(visit, answer.template, data), answer.status)


def refused(visit: Visit, status: int, key: str, **values: object) -> Any:
    """An answer that says why not, in words."""
    return _told(visit, status, visit.say(key, **values), None, key.rpartition(".")[2])


def _problem(visit: Visit, problem: ProvenanceError, status: int) -> Any:
    return _told(visit, status, *told(problem, visit.lang), str(problem.reason))


def _told(visit: Visit, status: int, sentence: str, advice: str | None, reason: str) -> Any:
    record = {"error": sentence, "advice": advice, "reason": reason}
    if visit.wants_json or "json" in visit.request.headers.get("accept", ""):
        return as_json(record, status)
    data = {"sentence": sentence, "advice": advice, "record": record}
    return as_html(render(visit, "problem.html", data), status)


def as_html(text: str, status: int = 200) -> Any:
    """A page; nobody else's copy of it is to be kept."""
    return _response(text, status, "text/html; charset=utf-8")


def as_json(record: Any, status: int = 200) -> Any:
    """A record; text outside ASCII as it is."""
    text = json.dumps(record, ensure_ascii=False, indent=2)
    return _response(text, status, "application/json; charset=utf-8")


def _response(body: Any, status: int, kind: str) -> Any:
    from datasette import Response

    headers = {"cache-control": "private, no-store"}
    return Response(body, status=status, headers=headers, content_type=kind)


def see_other(address: str) -> Any:
    """Where a browser goes after a post."""
    from datasette import Response

    return Response.redirect(address, status=303)


def _remembering(visit: Visit, response: Any) -> Any:
    """The same answer; a language that was chosen is kept in a cookie."""
    chosen = visit.request.args.get("lang")
    base = visit.datasette.setting("base_url")
    if chosen in LANGUAGES and chosen != visit.request.cookies.get(COOKIE):
        response.set_cookie(COOKIE, chosen, max_age=YEAR, path=base, httponly=True, samesite="lax")
    for name, value in visit.cookies.items():
        response.set_cookie(name, value, path=base, httponly=True, samesite="lax")
    return response
