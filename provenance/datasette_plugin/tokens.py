"""A token in every form that writes, bound to the visitor's cookie.

Who has neither a cookie nor sends an origin is a program and no browser: nothing that a stranger's
page could make a browser send. Such a request needs no token, as with Datasette itself.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

COOKIE: Final = "provenance_visit"
FIELD: Final = "token"
HEADER: Final = "x-provenance-token"

_PURPOSE: Final = "provenance-form"


def new_visit() -> str:
    """What a cookie holds: nothing but chance."""
    return secrets.token_urlsafe(18)


def token_of(datasette: Any, visit: str) -> str:
    """The token of a visit, signed with the secret of this Datasette."""
    return str(datasette.sign(visit, _PURPOSE))


def is_program(request: Any) -> bool:
    """Whether no browser has sent this, or one that was given no identity to lend."""
    told = request.headers
    return not any(told.get(name) for name in ("cookie", "origin", "sec-fetch-site"))


def is_meant(datasette: Any, request: Any, given: str | None) -> bool:
    """Whether the visitor's own page has sent this; ``given`` is the token of its form."""
    if is_program(request):
        return True
    token = request.headers.get(HEADER) or given or ""
    visit = request.cookies.get(COOKIE)
    return bool(visit) and _signed(datasette, token) == visit


def _signed(datasette: Any, token: str) -> Any:
    from itsdangerous import BadData

    try:
        return datasette.unsign(token, _PURPOSE)
    except BadData:
        return None
