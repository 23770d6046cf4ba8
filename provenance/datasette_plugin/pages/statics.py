"""Style, scripts and icon, by names that are known beforehand; their content is in the address."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin.route import Route
from provenance.errors import UnknownName

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit

KINDS: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_FOLDER: Final = files("provenance.datasette_plugin") / "static"


def address(visit: Visit, name: str) -> str:
    """Where a file of ours is; another content has another address."""
    return visit.url(f"static/{name}", v=_digest(name))


async def static(visit: Visit) -> Any:
    """One file of the package; a browser may keep it for good."""
    from datasette import Response

    name = visit.values["name"]
    if name not in _names():
        raise UnknownName(f"There is no file {name}.", name=name)
    kept = visit.request.args.get("v") == _digest(name)
    headers = {"cache-control": "max-age=31536000, immutable, public" if kept else "no-cache"}
    kind = KINDS[name.rpartition(".")[2]]
    return Response(_text(name), headers=headers, content_type=kind)


@cache
def _names() -> frozenset[str]:
    every = (each.name for each in _FOLDER.iterdir())
    return frozenset(name for name in every if name.rpartition(".")[2] in KINDS)


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


@cache
def _digest(name: str) -> str:
    return sha256(_text(name).encode()).hexdigest()[:16]


ROUTES: Final = (
    Route(
        r"/static/(?P<name>[a-z_]+\.[a-z]+)",
        static,
        permission=None,
        twin=False,
        summary="Style, scripts and icon of the pages",
    ),
)
