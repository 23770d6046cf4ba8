"""One request to one of our pages: whose, to which archive, in which language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from provenance.datasette_plugin import naming, tokens
from provenance.datasette_plugin.archives import archives_of, bench_of
from provenance.datasette_plugin.granting import is_configured, role_of
from provenance.datasette_plugin.permissions import CHECK, KEEP, REVIEW, at_this_machine
from provenance.datasette_plugin.route import PREFIX, Route
from provenance.datasette_plugin.versions import Datasette, configured, is_allowed
from provenance.desk import Desk
from provenance.report.html.strings import Strings, strings
from provenance.wording import message

Result = TypeVar("Result")

HERE: frozenset[str] = frozenset({CHECK, KEEP, REVIEW})
"""What somebody at this very machine may without an account, unless it is configured."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, seen from a page.

    ``values`` are the named parts of the path; ``archive`` is the name of the database.
    """

    datasette: Datasette
    request: Any
    route: Route
    archive: str
    lang: str
    values: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    """What is set with the answer."""

    # ------------------------------------------------------------------------ asking

    async def read(self, ask: Callable[[Desk], Result]) -> Result:
        """Ask the archive; runs in a thread, waits for nobody's work."""
        return await bench_of(self.datasette, self.archive).read(ask)

    async def work(self, do: Callable[[Desk], Result]) -> Result:
        """Look up, check, write: in the one thread that keeps the desk warm."""
        bench = bench_of(self.datasette, self.archive)
        role = role_of(self.request.actor)
        return await bench.work(do, actor=self.actor_name, role=role, lang=self.lang)

    def sort_in(self) -> None:
        """Have what changed sorted into the contact sheet, while nobody waits for it."""
        bench_of(self.datasette, self.archive).sorting.start()

    async def may(self, permission: str) -> bool:
        """Whether this visitor may do that."""
        actor = self.request.actor
        if await is_allowed(self.datasette, actor, permission):
            return True
        if actor is not None or permission not in HERE or not self.is_local:
            return False
        return not is_configured(self.datasette, permission)

    @property
    def is_local(self) -> bool:
        """Whether this comes from this machine itself and that is enough here."""
        return bool(configured(self.datasette).get("local", True)) and at_this_machine(
            self.request.scope
        )

    @property
    def actor_name(self) -> str | None:
        """Who is kept with what is written."""
        actor = self.request.actor
        if actor:
            return str(actor.get("name") or actor.get("id"))
        told = naming.remembered({**self.request.cookies, **self.cookies})
        return told or naming.plain_name(configured(self.datasette).get("as") or "") or None

    def token(self) -> str:
        """The token for a form on this page; a visitor without one gets a cookie with it."""
        given = self.request.cookies.get(tokens.COOKIE) or self.cookies.get(tokens.COOKIE)
        visit = given or tokens.new_visit()
        if not given:
            self.cookies[tokens.COOKIE] = visit
        return tokens.token_of(self.datasette, visit)

    # ------------------------------------------------------------------------ telling

    @property
    def wants_json(self) -> bool:
        """Whether the twin was asked for."""
        return bool(self.values.get("twin"))

    @property
    def words(self) -> Strings:
        """The words of the report, for the parts that pages share with it."""
        return strings(self.lang)

    def say(self, key: str, **values: object) -> str:
        """A message of the catalogue."""
        return message(self.lang, key, **values)

    def url(self, path: str = "", **query: object) -> str:
        """The address of one of our pages: ``visit.url("pictures/17", page=2)``."""
        if len(archives_of(self.datasette)) > 1 and self.archive != next(
            iter(archives_of(self.datasette))
        ):
            query["archive"] = self.archive
        asked = urlencode({k: v for k, v in query.items() if v not in (None, "")}, doseq=True)
        base = self.datasette.setting("base_url").rstrip("/")
        return f"{base}{PREFIX}/{path}{'?' if asked else ''}{asked}"
