"""The archive in the browser: a Datasette plug-in that reads the archive, calls the desk, renders.

Loaded by Datasette through the entry point ``datasette``; ``provenance serve`` starts one with
settings of our own. One module a page in ``pages/``; :mod:`~provenance.datasette_plugin.routes`
lists them; no SQL, no matching and no threshold stands here. Works on Datasette 0.65 and on the
1.0 alphas: what differs between them stands in ``versions.py`` and nowhere else.
"""

from __future__ import annotations

from provenance.datasette_plugin.hooks import (
    actor_from_request,
    asgi_wrapper,
    canned_queries,
    database_actions,
    get_metadata,
    menu_links,
    permission_allowed,
    permission_resources_sql,
    prepare_connection,
    register_actions,
    register_routes,
    skip_csrf,
    startup,
)

__all__ = [
    "actor_from_request",
    "asgi_wrapper",
    "canned_queries",
    "database_actions",
    "get_metadata",
    "menu_links",
    "permission_allowed",
    "permission_resources_sql",
    "prepare_connection",
    "register_actions",
    "register_routes",
    "skip_csrf",
    "startup",
]
