"""Signing in and out, where an archive is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin import tokens
from provenance.datasette_plugin.attempts import MINUTES
from provenance.datasette_plugin.route import Page, Route
from provenance.datasette_plugin.sessions import (
    COOKIE,
    HOURS,
    Doors,
    TooManyAttempts,
    doors_of,
    session_of,
    signed,
)
from provenance.datasette_plugin.uploads import form_of

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit

LONGEST_ONWARD: Final = 2000
"""Letters of the address that somebody is led back to; ours have at most a few hundred."""


async def signing_in(visit: Visit) -> Any:
    """The form, or a session."""
    from provenance.datasette_plugin.answering import refused

    doors = doors_of(visit.datasette)
    if doors is None:
        return refused(visit, 404, "browser.refused.method")
    if visit.request.method == "POST":
        return await _posted(visit, doors)
    return _form(visit, visit.request.args.get("next") or "")


def _form(visit: Visit, onward: str, name: str = "", problem: str = "", status: int = 200) -> Page:
    data = {"token": visit.token(), "onward": _own(visit, onward), "name": name}
    said = visit.say(f"review.login.{problem}") if problem else None
    return Page("login.html", {"problem": said}, data, status)


async def _posted(visit: Visit, doors: Doors) -> Any:
    given = (await form_of(visit.request)).fields
    name, onward = given.get("name", ""), given.get("next", "")
    if not tokens.is_meant(visit.datasette, visit.request, given.get(tokens.FIELD)):
        return _form(visit, onward, name, "again", 403)
    try:
        session = await doors.enter(name, given.get("password", ""), _address(visit))
    except TooManyAttempts:
        return _waiting(visit, _form(visit, onward, name, "wait", 429))
    if session is None:
        return _form(visit, onward, name, "wrong", 401)
    return _entered(visit, session, _own(visit, onward))


def _waiting(visit: Visit, page: Page) -> Any:
    from provenance.datasette_plugin.answering import shown

    answer = shown(visit, page)
    answer.headers["retry-after"] = str(MINUTES * 60)
    return answer


def _entered(visit: Visit, session: str, onward: str) -> Any:
    from provenance.datasette_plugin.answering import see_other

    answer = see_other(onward or visit.url())
    _set(visit, answer, signed(visit.datasette, session), HOURS * 3600)
    return answer


async def signing_out(visit: Visit) -> Any:
    """The session ends here and in the browser."""
    from provenance.datasette_plugin.answering import refused, see_other

    given = (await form_of(visit.request)).fields
    if not tokens.is_meant(visit.datasette, visit.request, given.get(tokens.FIELD)):
        return refused(visit, 403, "browser.refused.token")
    doors = doors_of(visit.datasette)
    session = session_of(visit.datasette, visit.request.cookies.get(COOKIE))
    if doors and session:
        doors.leave(session)
    answer = see_other(visit.url("login"))
    _set(visit, answer, "", 0)
    return answer


def _set(visit: Visit, answer: Any, value: str, seconds: int) -> None:
    datasette = visit.datasette
    secure = datasette.setting("force_https_urls") or visit.request.scope.get("scheme") == "https"
    path = datasette.setting("base_url")
    answer.set_cookie(
        COOKIE,
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        samesite="strict",
        secure=bool(secure),
    )


def _address(visit: Visit) -> str:
    client = visit.request.scope.get("client")
    return str(client[0]) if client else ""


def _own(visit: Visit, onward: str) -> str:
    """An address of this server, or an empty text: nobody is led elsewhere by a link."""
    base = visit.datasette.setting("base_url")
    safe = onward.startswith(base) and onward.isprintable() and len(onward) <= LONGEST_ONWARD
    return "" if not safe or onward.startswith("//") or "\\" in onward else onward


ROUTES: Final = (
    Route(
        r"/login",
        signing_in,
        permission=None,
        methods=("GET", "POST"),
        twin=False,
        summary="Sign in, where the archive is shared",
    ),
    Route(
        r"/logout",
        signing_out,
        permission=None,
        methods=("POST",),
        twin=False,
        summary="Sign out",
    ),
)
