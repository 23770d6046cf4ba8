"""The description of our routes for programs, made from the routes themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin.route import PREFIX, Record, Route

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit

_GROUP: Final = re.compile(r"\(\?P<(\w+)>[^()]*\)")


async def openapi(visit: Visit) -> Any:
    """An OpenAPI document."""
    from provenance.datasette_plugin.answering import as_json
    from provenance.datasette_plugin.routes import ROUTES
    from provenance.desk import version

    base = visit.datasette.setting("base_url").rstrip("/")
    paths: dict[str, Record] = {}
    for route in ROUTES:
        paths.setdefault(_path(route), {}).update(_operations(route))
    info = {"title": "provenance", "version": version(), "description": _ABOUT}
    servers = [{"url": f"{base}{PREFIX}"}]
    return as_json({"openapi": "3.1.0", "info": info, "servers": servers, "paths": paths})


_ABOUT: Final = (
    "What an archive knows of pictures and dates. Every page answers as JSON at its address "
    "followed by .json."
)


def _path(route: Route) -> str:
    plain = _GROUP.sub(r"{\1}", route.pattern).replace("\\.", ".")
    plain = re.sub(r"\(\?:.*?\)\)\?|\(\?:.*\)\?", "index", plain)
    return f"{plain}.json" if route.twin else plain


def _operations(route: Route) -> Record:
    names = _GROUP.findall(route.pattern)
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]
    return {
        method.lower(): {
            "summary": route.summary,
            "x-permission": route.permission,
            "parameters": parameters,
            **(_BODY if method == "POST" else {}),
            "responses": {"200": {"description": "The answer"}, "400": _ERROR, "403": _ERROR},
        }
        for method in route.methods
    }


_ERROR: Final = {"description": "Why not: error, advice, reason"}
_FIELDS: Final = ("hash", "claim", "claim_date", "claim_posted", "claim_place", "claim_url")
_BODY: Final[Record] = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "image": {"type": "string", "format": "binary"},
                        **{name: {"type": "string"} for name in _FIELDS},
                    },
                }
            }
        }
    }
}

ROUTES: Final = (Route(r"/openapi\.json", openapi, twin=False, summary="This description"),)
