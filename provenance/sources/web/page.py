"""One page read in a guarded worker: its dates, its pictures, and where they stand.

:func:`read_page` is the worker's job. HTML5 parsing is a large C library's work (lexbor),
and a page of nested elements can hold any parser for minutes, so none of it happens in the
main process. Imported only in workers and tests: it needs selectolax, of the extra ``web``.
"""

from __future__ import annotations

import json
import re
import zlib
from contextlib import suppress
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from provenance.errors import Unreadable, UnreadableReason
from provenance.guard.limits import MIB
from provenance.sources.web import images, linked_data, published
from provenance.sources.web.addresses import whole
from provenance.sources.web.article import Article

Plain = dict[str, Any]

MOST = 64 * MIB
"""Bytes of a page after unpacking. Pages have a hundredth; those with pictures in them more."""

TITLE = 300

# Chrome and Internet Explorer; SingleFile. Both stand at the top of the file.
_SAVED = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_SINGLE = re.compile(rb"Page saved with SingleFile\s+url:\s*(\S+)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096


def read_page(data: bytes, options: Plain) -> Plain:
    """What a page says; with ``embedded`` the pictures that stand in it as well.

    ``data`` is as ``reading.packed`` makes it, with ``url`` (empty where unknown), ``encoding``
    (how the body is packed), ``charset``, and whether to ``resolve`` addresses. With
    ``unpack`` it is no page, and only the unpacked bytes are wanted, as ``data``.

    Raises:
        Unreadable: it cannot be unpacked, or unpacks to more than is read.
    """
    head, _, body = data.partition(b"\n")
    about = {**options, **json.loads(head)}
    plain = unpacked(body, about.get("encoding") or "")
    if about.get("unpack"):
        return {"data": plain}
    return read(plain, about, embedded=bool(about.get("embedded")))


def read(body: bytes, about: Plain, *, embedded: bool) -> Plain:
    """The same of an unpacked body."""
    tree = LexborHTMLParser(_decoded(body, about.get("charset")))
    url = about["url"] or _saved_from(body) or ""
    base = _base(tree, url) if about["resolve"] else ""
    said = linked_data.read(tree, _canonical(tree, url) or url)
    article = Article(tree)
    found = list(images.read(tree, article, said.pictures, url=url, base=base))
    return {
        "url": url or _canonical(tree, "") or None,
        "title": _title(tree),
        "live": said.live,
        "several": said.several,
        **published.read(tree, said, article),
        "images": [_without_bytes(each) for each in found if each["urls"]],
        "embedded": [*_embedded(found)] if embedded else [],
        "has_embedded": any(each["embedded"] for each in found),
    }


def _without_bytes(image: Plain) -> Plain:
    return {name: value for name, value in image.items() if name != "embedded"}


def _embedded(found: list[Plain]) -> list[Plain]:
    unpacked = ((each, images.unpacked(each["embedded"][0])) for each in found if each["embedded"])
    kept = [{**_without_bytes(each), "data": data} for each, data in unpacked if data]
    refuse_much(kept)
    return kept


def refuse_much(pictures: list[Plain]) -> None:
    """Raise where the pictures of one page are more than is handed on at a time."""
    if sum(len(each["data"]) for each in pictures) > images.MOST_EMBEDDED:
        most = images.MOST_EMBEDDED // MIB
        raise Unreadable(
            UnreadableReason.TOO_BIG,
            f"Its pictures have more than {most} MB together.",
            advice="Save the pictures and add them as files.",
        )


def _decoded(body: bytes, charset: str | None) -> str:
    """As text: as the server says, as UTF-8, as the page says, as most old pages are."""
    found = _CHARSET.search(body[:_HEAD])
    named = found[1].decode("ascii", "replace") if found else None
    if charset:
        with suppress(LookupError):
            return body.decode(charset, "replace")
    for each in ("utf-8-sig", named or "cp1252"):
        with suppress(LookupError, UnicodeDecodeError):
            return body.decode(each)
    return body.decode("cp1252", "replace")


def unpacked(body: bytes, encoding: str) -> bytes:
    """A body as it was before the server packed it; raises :class:`Unreadable`."""
    if encoding in {"", "identity"}:
        return body
    try:
        return _inflated(body, encoding)
    except (zlib.error, ValueError) as problem:
        raise _unreadable(UnreadableReason.TRUNCATED, "It cannot be unpacked.") from problem


def _inflated(body: bytes, encoding: str) -> bytes:
    if encoding in {"gzip", "x-gzip", "deflate"}:
        bits = 16 + zlib.MAX_WBITS if "gzip" in encoding else _deflate_bits(body)
        return _capped(zlib.decompressobj(bits).decompress(body, MOST + 1))
    if encoding == "br":
        import brotli

        try:
            return _capped(brotli.Decompressor().process(body, output_buffer_limit=MOST + 1))
        except brotli.error as problem:
            raise ValueError(str(problem)) from problem
    raise _unreadable(UnreadableReason.UNSUPPORTED, f"It is packed as “{encoding[:20]}”.")


def _deflate_bits(body: bytes) -> int:
    """Servers send both forms under this name."""
    return zlib.MAX_WBITS if body[:1] == b"x" else -zlib.MAX_WBITS


def _capped(data: bytes) -> bytes:
    if len(data) > MOST:
        raise _unreadable(UnreadableReason.TOO_BIG, f"It unpacks to over {MOST // MIB} MB.")
    return data


def _unreadable(reason: UnreadableReason, message: str) -> Unreadable:
    return Unreadable(reason, message, advice="The rest of the archive is read.")


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (whole(node.attributes.get("href"), url) if node is not None else None) or url


def _canonical(tree: LexborHTMLParser, url: str) -> str | None:
    node = tree.css_first("link[rel~=canonical][href]")
    found = whole(node.attributes.get("href"), url) if node is not None else None
    meta = None if found else tree.css_first("meta[property='og:url'][content]")
    return found or (whole(meta.attributes.get("content"), url) if meta is not None else None)


def _saved_from(body: bytes) -> str | None:
    head = body[:_HEAD]
    found = _SAVED.search(head) or _SINGLE.search(head)
    return whole(found[1].decode("utf-8", "replace"), "") if found else None


def _title(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("title")
    text = " ".join(node.text().split()) if node is not None else ""
    return text[:TITLE] or None
