"""What holds for every request and every answer, also on Datasette's own pages.

Which host was asked for (against DNS rebinding), where a writing request comes from (against
cross-site posts: the rule of Go's ``http.CrossOriginProtection``, the same on every Datasette),
and the headers that tell a browser to run, frame and guess nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from provenance.datasette_plugin.archives import archives_of, close_all
from provenance.datasette_plugin.languages import direction, language_of
from provenance.datasette_plugin.route import PREFIX
from provenance.datasette_plugin.sessions import actor_of, cookie_in, doors_of
from provenance.datasette_plugin.spreadsheets import Defusing, is_csv
from provenance.datasette_plugin.versions import Datasette, configured

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_TO_ALL: Final = frozenset({"/login", "/logout"})
LOCAL_NAMES: Final = frozenset({"localhost", "localhost.localdomain"})

_POLICY: Final = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "form-action 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; "
    "script-src 'self'; style-src 'self'"
)
# Datasette's own pages write styles into their elements; scripts inside a page run on none.
_STOCK_POLICY: Final = f"{_POLICY} 'unsafe-inline'".replace(
    "img-src 'self'", "img-src 'self' data:"
)

HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def wrapper(datasette: Datasette) -> Callable[[App], App]:
    """What Datasette wraps itself in."""

    def wrap(app: App) -> App:
        async def protected(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "lifespan":
                await app(scope, receive, _closing(datasette, send))
            elif scope["type"] == "http" and archives_of(datasette):
                await _guarded(datasette, app, scope, receive, send)
            else:
                await app(scope, receive, send)

        return protected

    return wrap


async def _guarded(
    datasette: Datasette, app: App, scope: Scope, receive: Receive, send: Send
) -> None:
    headers = _read(scope)
    told = _with_headers(datasette, scope, send)
    if not _is_our_host(datasette, headers):
        await _refuse(scope, told, 421, "browser.refused.host", host=_host(headers)[:100])
    elif scope["method"] not in SAFE_METHODS and _is_cross_site(datasette, scope, headers):
        await _refuse(scope, told, 403, "browser.refused.cross_site")
    elif _is_shut(datasette, scope, headers):
        await _to_the_door(datasette, scope, told)
    elif _is_front(datasette, scope):
        await _redirect(told, datasette.urls.path(f"{PREFIX}/"))
    else:
        await app(scope, receive, told)


# ---------------------------------------------------------------------------- questions


def _read(scope: Scope) -> Mapping[str, str]:
    """Headers by lower-case name; of a header that is sent twice the first counts."""
    pairs = reversed(scope.get("headers") or [])
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in pairs}


def _host(headers: Mapping[str, str]) -> str:
    return headers.get("host", "")


def _is_our_host(datasette: Datasette, headers: Mapping[str, str]) -> bool:
    """Loopback by name or number, or a host that the operator has named."""
    try:
        name = (urlsplit(f"//{_host(headers)}").hostname or "").rstrip(".")
    except ValueError:
        return False
    allowed = {str(host).lower() for host in configured(datasette).get("hosts") or ()}
    return name in LOCAL_NAMES or name in allowed or _is_loopback(name)


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _is_cross_site(datasette: Datasette, scope: Scope, headers: Mapping[str, str]) -> bool:
    """Whether a browser says that another site has sent this; a program says nothing."""
    fetched = headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched not in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return False
    secure = datasette.setting("force_https_urls") or scope.get("scheme") == "https"
    return origin.lower() != f"{'https' if secure else 'http'}://{_host(headers)}".lower()


def _is_shut(datasette: Datasette, scope: Scope, headers: Mapping[str, str]) -> bool:
    """Whether the archive is shared and nobody is signed in; the way in is open to all."""
    if doors_of(datasette) is None:
        return False
    base = datasette.setting("base_url").rstrip("/")
    within = scope["path"].removeprefix(f"{base}{PREFIX}")
    if within in OPEN_TO_ALL or within.startswith("/static/"):
        return False
    return actor_of(datasette, cookie_in(headers.get("cookie", ""))) is None


def _is_front(datasette: Datasette, scope: Scope) -> bool:
    """The front page of a Datasette that holds archives and nothing else."""
    if scope["method"] not in SAFE_METHODS or scope.get("query_string"):
        return False
    files = [name for name, db in datasette.databases.items() if db.path]
    return scope["path"] == datasette.setting("base_url") and len(files) == len(
        archives_of(datasette)
    )


# ------------------------------------------------------------------------------ answers


def _with_headers(datasette: Datasette, scope: Scope, send: Send) -> Send:
    """The same way out, with our headers on every answer."""
    base = datasette.setting("base_url").rstrip("/")
    ours = scope["path"].startswith(f"{base}{PREFIX}/")
    said = {**HEADERS, "content-security-policy": _POLICY if ours else _STOCK_POLICY}

    defusing: Defusing | None = None

    async def tell(event: dict[str, Any]) -> None:
        nonlocal defusing
        if event["type"] == "http.response.start":
            given = list(event.get("headers") or [])
            if is_csv(scope["path"], scope.get("query_string") or b"", _read({"headers": given})):
                defusing = Defusing()
                given = [(name, value) for name, value in given if name != b"content-length"]
            taken = {name.lower() for name, _ in given}
            more = {name.encode(): value.encode() for name, value in said.items()}
            given += [(name, value) for name, value in more.items() if name not in taken]
            event = {**event, "headers": given}
        elif defusing and event["type"] == "http.response.body":
            body, more = event.get("body", b""), event.get("more_body", False)
            event = {**event, "body": defusing.passed(body, last=not more)}
        await send(event)

    return tell


def _closing(datasette: Datasette, send: Send) -> Send:
    """Workers and files are closed before the server says that it has shut down."""

    async def tell(event: dict[str, Any]) -> None:
        if event["type"] == "lifespan.shutdown.complete":
            close_all(datasette)
        await send(event)

    return tell


async def _refuse(scope: Scope, send: Send, status: int, key: str, **values: str) -> None:
    """A refusal before Datasette sees anything: one short page of our own."""
    from datasette import Request

    from provenance.datasette_plugin.rendering import refusal

    lang = language_of(None, Request(scope, None))
    body = refusal(key, lang, direction(lang), **values).encode()
    await _answer(send, status, body, [(b"content-type", b"text/html; charset=utf-8")])


async def _to_the_door(datasette: Datasette, scope: Scope, send: Send) -> None:
    """Where to sign in; what was sent by somebody whose session has ended is refused in words."""
    if scope["method"] not in SAFE_METHODS or scope["path"].endswith(".json"):
        await _refuse(scope, send, 401, "review.login.again")
        return
    asked = scope.get("query_string", b"").decode("latin-1")
    onward = f"{scope['path']}{'?' if asked else ''}{asked}"
    path = datasette.urls.path(f"{PREFIX}/login")
    await _redirect(send, f"{path}?{urlencode({'next': onward})}")


async def _redirect(send: Send, address: str) -> None:
    await _answer(send, 302, b"", [(b"location", str(address).encode())])


async def _answer(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
