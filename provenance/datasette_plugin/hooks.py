"""What Datasette asks of a plug-in, each answered in a line or two by the module that knows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

# Datasette's own ``hookimpl`` is this marker; pluggy's is typed, and Datasette need not be loaded.
from pluggy import HookimplMarker

from provenance.archive import INTERNAL_TABLES, STORED_QUERIES, limit, register
from provenance.datasette_plugin import granting, linking, protection, sessions
from provenance.datasette_plugin.archives import archives_of
from provenance.datasette_plugin.route import PREFIX
from provenance.datasette_plugin.versions import count_few

hookimpl = HookimplMarker("datasette")
Datasette = Any


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Our pages; Datasette looks at them before its own."""
    from provenance.datasette_plugin.answering import answering
    from provenance.datasette_plugin.routes import NOTHING, ROUTES

    return [(route.regex, answering(route)) for route in (*ROUTES, NOTHING)]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """Host, origin and headers of every request, also of Datasette's own pages."""
    return protection.wrapper(datasette)


@hookimpl
def prepare_connection(conn: Any) -> None:
    """Functions of ours for questions in SQL, and limits on what these may take."""
    register(conn)
    limit(conn)


@hookimpl(optionalhook=True)
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """Datasette 0.65: internal tables are not listed; 1.0 leaves them out by their names."""
    hidden = {name: {"hidden": True} for name in INTERNAL_TABLES}
    return {"databases": {name: {"tables": hidden} for name in archives_of(datasette)}}


@hookimpl(optionalhook=True)
def canned_queries(datasette: Datasette, database: str) -> dict[str, dict[str, str]]:
    """Datasette 0.65: the questions that come with an archive."""
    if database not in archives_of(datasette):
        return {}
    return {name: {"title": title, "sql": sql} for name, (title, sql) in STORED_QUERIES.items()}


@hookimpl
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Datasette 1.0: the same; 0.65: tables are not counted to their end."""
    for archive in archives_of(datasette):
        count_few(datasette, archive)
    return partial(_with_queries, datasette)


async def _with_queries(datasette: Datasette) -> None:
    if not hasattr(datasette, "add_query"):
        return
    for archive in archives_of(datasette):
        for name, (title, sql) in STORED_QUERIES.items():
            await datasette.add_query(archive, name, sql, title=title, is_trusted=True)


@hookimpl
def skip_csrf(datasette: Datasette, scope: dict[str, Any]) -> bool:
    """Our own pages check origin and token themselves, alike on every version."""
    base = datasette.setting("base_url").rstrip("/")
    return bool(scope["path"].startswith(f"{base}{PREFIX}/"))


@hookimpl
def actor_from_request(datasette: Datasette, request: Any) -> dict[str, Any] | None:
    """Who is signed in, where an archive is shared."""
    return sessions.actor_of(datasette, request.cookies.get(sessions.COOKIE))


@hookimpl
def permission_allowed(
    datasette: Datasette, actor: dict[str, Any] | None, action: str, resource: Any
) -> bool | None:
    """Datasette 0.65: who may do what."""
    return granting.answer(datasette, actor, action, resource)


@hookimpl(optionalhook=True)
def register_actions() -> Iterable[Any]:
    """Datasette 1.0: our permissions by name."""
    return granting.actions()


@hookimpl(optionalhook=True)
def permission_resources_sql(
    datasette: Datasette, actor: dict[str, Any] | None, action: str
) -> Any:
    """Datasette 1.0: who may do what."""
    return granting.rules(datasette, actor, action)


@hookimpl
def menu_links(datasette: Datasette, request: Any) -> list[dict[str, str]]:
    """The way from Datasette's own pages to ours."""
    return linking.menu(datasette, request)


@hookimpl
def database_actions(datasette: Datasette, database: str, request: Any) -> list[dict[str, str]]:
    """The same on the page of a database."""
    return linking.of_database(datasette, database, request)
