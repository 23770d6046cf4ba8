"""Who is signed in where an archive is shared: sessions in memory, a signed number in a cookie.

A session ends by signing out, after :data:`HOURS`, with the server, and as soon as its account is
removed or gets another role or password.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from weakref import WeakKeyDictionary

from provenance.accounts import Account, Accounts
from provenance.datasette_plugin.attempts import Attempts
from provenance.datasette_plugin.versions import Datasette, configured
from provenance.errors import ProvenanceError

COOKIE: Final = "provenance_session"
HOURS: Final = 12
"""A long shift."""

_PURPOSE: Final = "provenance-session"
_MOST: Final = 10_000
"""Sessions that are kept; a desk has ten people."""


class TooManyAttempts(Exception):
    """So many attempts went wrong that the next has to wait."""


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    mark: str
    until: float


class Doors:
    """The accounts of one server, and who came in with them."""

    def __init__(self, accounts: Accounts, clock: Callable[[], float] = time.monotonic) -> None:
        self.accounts = accounts
        self.attempts = Attempts(clock)
        self._clock = clock
        self._sessions: dict[str, _Session] = {}
        # One password is tried after the other: each costs 32 MB and a third of a second.
        self._trying = ThreadPoolExecutor(1, thread_name_prefix="provenance-login")

    async def enter(self, name: str, password: str, address: str) -> str | None:
        """A new session, or ``None`` if that is not the password.

        Raises:
            TooManyAttempts: under this name or from this address.
            BrokenAccounts: the file of accounts cannot be read.
        """
        tried = self.attempts.begin(name, address)
        if tried is None:
            raise TooManyAttempts
        loop = asyncio.get_running_loop()
        account = await loop.run_in_executor(self._trying, self.accounts.admitted, name, password)
        if account is None:
            return None
        self.attempts.forgive(tried)
        return self._opened(account)

    def who(self, session: str) -> Account | None:
        """Whose session this is, while their account stands as it was."""
        found = self._sessions.get(session)
        if found is None:
            return None
        standing = self.accounts.standing(found.name)
        if found.until > self._clock() and standing and standing[1] == found.mark:
            return standing[0]
        self.leave(session)
        return None

    def leave(self, session: str) -> None:
        """End a session; harmless when done twice."""
        self._sessions.pop(session, None)

    def _opened(self, account: Account) -> str | None:
        standing = self.accounts.standing(account.name)
        if standing is None:
            return None
        now = self._clock()
        kept = {key: each for key, each in self._sessions.items() if each.until > now}
        self._sessions = dict(list(kept.items())[-_MOST + 1 :])
        session = secrets.token_urlsafe(32)
        self._sessions[session] = _Session(account.name, standing[1], now + HOURS * 3600)
        return session


_OF: WeakKeyDictionary[Datasette, Doors] = WeakKeyDictionary()
_MAKING = threading.Lock()


def doors_of(datasette: Datasette) -> Doors | None:
    """The doors of a shared archive; ``None`` where it is not shared."""
    path = configured(datasette).get("accounts")
    if not path:
        return None
    with _MAKING:
        if datasette not in _OF:
            _OF[datasette] = Doors(Accounts(path))
        return _OF[datasette]


def actor_of(datasette: Datasette, cookie: str | None) -> dict[str, Any] | None:
    """The account behind a cookie as Datasette's actor; ``None`` for nobody."""
    doors = doors_of(datasette)
    session = session_of(datasette, cookie) if doors else None
    if doors is None or session is None:
        return None
    try:
        account = doors.who(session)
    except ProvenanceError:
        return None  # a file of accounts that cannot be read lets nobody in
    if account is None:
        return None
    return {"id": account.name, "name": account.name, ROLE: account.role.value}


ROLE: Final = "provenance_role"
"""Where an actor of ours carries the role."""


def session_of(datasette: Datasette, cookie: str | None) -> str | None:
    """The session in a cookie that this server has signed."""
    from itsdangerous import BadData

    try:
        return str(datasette.unsign(cookie or "", _PURPOSE))
    except BadData:
        return None


def signed(datasette: Datasette, session: str) -> str:
    """What the cookie holds."""
    return str(datasette.sign(session, _PURPOSE))


def cookie_in(header: str) -> str | None:
    """Our cookie in a ``Cookie`` header."""
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None
