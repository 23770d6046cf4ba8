"""Previews and proof rasters as image files; never the bytes of a foreign file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from provenance.datasette_plugin.route import Route
from provenance.errors import UnknownName

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit
    from provenance.desk import Desk

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"WEBP", 8, "image/webp"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
)
"""What previews of our own making begin with; nothing else is handed to a browser."""


async def picture_thumbnail(visit: Visit) -> Any:
    """A small picture of an archived one, in colour."""
    number = int(visit.values["picture"])
    return _image(await visit.read(lambda desk: desk.archive.thumbnail(number)), number)


async def picture_raster(visit: Visit) -> Any:
    """What proof was made on, grey, as PNG."""
    number = int(visit.values["picture"])
    return _image(await visit.read(lambda desk: _png(desk, desk.archive.raster(number))), number)


async def check_thumbnail(visit: Visit) -> Any:
    """A small picture of what was checked."""
    number = int(visit.values["check"])
    return _image(await visit.read(lambda desk: desk.archive.check_thumbnail(number)), number)


async def check_raster(visit: Visit) -> Any:
    """The grey raster of what was checked, as PNG."""
    number = int(visit.values["check"])
    packed = await visit.read(lambda desk: _png(desk, desk.archive.check_raster(number)))
    return _image(packed, number)


def _png(desk: Desk, packed: bytes | None) -> bytes | None:
    return desk.raster_image(packed) if packed else None


def _image(content: bytes | None, number: int) -> Any:
    from datasette import Response

    kind = _media_type(content)
    if content is None or kind is None:
        raise UnknownName(f"No preview is kept of {number}.", name=str(number))
    # It can be erased, and nobody should find it in a browser's cache afterwards.
    headers = {"cache-control": "private, no-store"}
    return Response(content, headers=headers, content_type=kind)


def _media_type(content: bytes | None) -> str | None:
    matching = (k for mark, at, k in _SIGNATURES if content and content[at:].startswith(mark))
    return next(matching, None)


ROUTES: Final = (
    Route(
        r"/pictures/(?P<picture>\d{1,18})/thumbnail",
        picture_thumbnail,
        twin=False,
        summary="A small picture of an archived one",
    ),
    Route(
        r"/pictures/(?P<picture>\d{1,18})/raster\.png",
        picture_raster,
        twin=False,
        summary="The grey raster that proof is made on",
    ),
    Route(
        r"/checks/(?P<check>\d{1,18})/thumbnail",
        check_thumbnail,
        twin=False,
        summary="A small picture of what was checked",
    ),
    Route(
        r"/checks/(?P<check>\d{1,18})/raster\.png",
        check_raster,
        twin=False,
        summary="The grey raster of what was checked",
    ),
)
