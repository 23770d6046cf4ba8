"""The picture asked about beside the archived one, blurred until asked, with outlines."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from provenance.report.html.frame import Polygon, clipped, visible_part
from provenance.report.html.markup import Markup, element, foreign, joined
from provenance.report.html.strings import Strings

Record = dict[str, Any]

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"WEBP", 8, "image/webp"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
)
"""What previews of our own making begin with; nothing else is put into a page."""


@dataclass(frozen=True, slots=True)
class ReportImages:
    """Previews for one check: of the query, and of archived pictures by their number.

    Bytes of JPEG, WebP or PNG files that this program wrote itself, never those of a
    foreign file.
    """

    query: bytes | None = None
    pictures: Mapping[int, bytes] = field(default_factory=dict)


def query_figure(
    check: Record, images: ReportImages, matches: list[Record], words: Strings
) -> Markup:
    """The query with the outline of every match given."""
    query = check["query"]
    size = (query["width"] or 1, query["height"] or 1)
    outlines = [_scaled(match["region"], *size) for match in matches if match["region"]]
    note = words("outline_query") if outlines else None
    shown = _framed(images.query, outlines, words, "query")
    return _figure(words("query_picture"), foreign(query["name"]), shown, note)


def archived_figure(check: Record, match: Record, images: ReportImages, words: Strings) -> Markup:
    """An archived picture with the outline of what the query shows of it."""
    query = check["query"]
    part = visible_part(match["region"] or [], query["width"] or 1, query["height"] or 1)
    outlines = [part] if part else []
    note = words("outline_archived") if outlines else None
    number = words("archived_picture_number", number=match["picture"])
    name = joined([foreign(match["name"] or ""), " ", element("span", number, class_="quiet")])
    preview = images.pictures.get(match["picture"])
    shown = _framed(preview, outlines, words, "archived")
    return _figure(words("archived_picture"), name, shown, note)


def empty_figure(words: Strings) -> Markup:
    """What stands beside a query that nothing was found for."""
    box = element("div", element("p", words("no_counterpart")), class_="frame blank")
    return _figure(words("archived_picture"), Markup(""), box, None)


def _figure(title: str, name: Markup, shown: Markup, note: str | None) -> Markup:
    caption = element("figcaption", element("strong", title), name, note and element("small", note))
    return element("figure", shown, caption)


def _framed(
    preview: bytes | None, outlines: Sequence[Polygon], words: Strings, role: str
) -> Markup:
    kind = _media_type(preview)
    if preview is None or kind is None:
        return element("div", element("p", words("no_picture_bytes")), class_="frame blank")
    title = words(f"{role}_picture")
    source = f"data:{kind};base64,{b64encode(preview).decode('ascii')}"
    picture = element("img", src=source, alt=title, class_="veiled")
    overlay = _overlay(outlines, words(f"outline_alt_{role}"))
    return element("div", picture, overlay, class_="frame")


def _media_type(preview: bytes | None) -> str | None:
    matching = (
        kind for mark, start, kind in _SIGNATURES if preview and preview[start:].startswith(mark)
    )
    return next(matching, None)


def _overlay(outlines: Sequence[Polygon], alt: str) -> Markup | None:
    """Outlines in shares of the picture, drawn on a square that is stretched over it."""
    if not outlines:
        return None
    drawn = joined(_outline(outline) for outline in outlines)
    return element(
        "svg",
        drawn,
        class_="overlay",
        viewBox="0 0 100 100",
        preserveAspectRatio="none",
        role="img",
        aria_label=alt,
    )


def _outline(outline: Polygon) -> Markup:
    points = " ".join(f"{x * 100:.2f},{y * 100:.2f}" for x, y in outline)
    return joined(element("polygon", points=points, class_=part) for part in ("halo", "line"))


def _scaled(region: Sequence[Sequence[float]], width: float, height: float) -> Polygon:
    return clipped([(x / width, y / height) for x, y in region])
