"""The pictures of a page: their addresses, captions, alt texts, and where they stand."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote_to_bytes, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from provenance.guard.limits import MIB
from provenance.sources.web.addresses import candidates, key, whole
from provenance.sources.web.article import Article, ancestors
from provenance.sources.web.dimensions import is_small

Plain = dict[str, Any]

MOST: Final = 2000
"""Pictures of one page; an endless scroll has a few hundred."""

MOST_EMBEDDED: Final = 64 * MIB
"""Bytes of all pictures that stand in the page itself, as ``data:`` addresses."""

LONGEST: Final = 2000
"""Characters of a caption; more is the text of the article."""

# Where lazy pages keep the address until somebody scrolls to it.
_ONE: Final = (
    "src",
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-image",
    "data-hi-res-src",
    "data-full-src",
    "data-large-file",
    "data-orig-file",
)
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_HEAD: Final = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image")
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|webp|avif|heic|gif|tiff?)$", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"data:image/([\w.+-]+)?[^,]{0,100},", re.IGNORECASE)
_BLANKS: Final = re.compile(r"\s+")
_CREDITS: Final = re.compile(
    r"credit|copyright|photographer|attribution|bildnachweis|quelle", re.IGNORECASE
)
_CAPTIONS: Final = re.compile(r"caption|legend|bildunterschrift|bildtext", re.IGNORECASE)


def read(
    tree: LexborHTMLParser, article: Article, declared: list[str], *, url: str, base: str
) -> Iterator[Plain]:
    """Every picture once for each place: ``urls``, ``embedded``, ``inside``, words.

    ``declared`` are pictures that the page's data name as its own; like those of its head
    they stand nowhere in the article. With an empty ``base`` addresses stay as written.
    """
    for count, node in enumerate(tree.css("img, amp-img")):
        if count >= MOST:
            break
        yield _placed(node, article, url, base)
    heads = [*_metas(tree), *declared]
    found = list(dict.fromkeys(a for text in heads[:MOST] if (a := _resolved(text, base))))
    if found:
        yield {"urls": found, "embedded": [], "inside": False, **_words(None, None, None)}


def _placed(node: LexborNode, article: Article, url: str, base: str) -> Plain:
    texts = list(_written(node))
    caption, credit = _caption(node)
    return {
        "urls": list(dict.fromkeys(a for text in texts if (a := _resolved(text, base)))),
        "embedded": [text for text in texts if _EMBEDDED.match(text)][:1],
        "inside": article.holds(node) and not _leads_away(node, url, base),
        **_words(caption, node.attributes.get("alt"), credit),
    }


def _words(caption: str | None, alt: str | None, credit: str | None) -> Plain:
    return {"caption": _plain(caption), "alt": _plain(alt), "credit": _plain(credit)}


def _plain(text: str | None) -> str | None:
    return _BLANKS.sub(" ", text or "").strip()[:LONGEST] or None


def _resolved(text: str, base: str) -> str | None:
    """An address made whole; ``cid:`` names a part of the message that the page came in."""
    if base and not text.startswith("cid:"):
        return whole(text, base)
    return None if _EMBEDDED.match(text) else text.strip() or None


def _written(node: LexborNode) -> Iterator[str]:
    """All addresses under which a page may have loaded this picture, as they stand."""
    around = [each for each in ancestors(node) if each.tag in {"picture", "a"}][:2]
    sources = [s for each in around if each.tag == "picture" for s in each.css("source")]
    for each in (node, *sources):
        attributes = each.attributes
        yield from (text for name in _ONE if (text := attributes.get(name)))
        yield from (text for name in _SETS for text in candidates(attributes.get(name)))
    for each in around:
        href = each.attributes.get("href") if each.tag == "a" else None
        if href and _PICTURE.search(_path(href)):
            yield href


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _metas(tree: LexborHTMLParser) -> Iterator[str]:
    for meta in tree.css("meta[content]"):
        attributes = meta.attributes
        name = attributes.get("property") or attributes.get("name") or ""
        if name.lower() in _HEAD and (text := attributes.get("content")):
            yield text


def _leads_away(node: LexborNode, url: str, base: str) -> bool:
    """Whether the picture is a link to another page: a teaser, whatever stands around it."""
    link = next((each for each in ancestors(node) if each.tag == "a"), None)
    href = link.attributes.get("href") if link is not None else None
    if not href or href.startswith(("#", "javascript:")) or _PICTURE.search(_path(href)):
        return False
    target = whole(href, base or url)
    return target is None or key(target) != key(url)


# ------------------------------------------------------------------------------- words


def _caption(node: LexborNode) -> tuple[str | None, str | None]:
    """The caption of a figure, or of a box that names one so; and its credit line."""
    for depth, each in enumerate(ancestors(node)):
        if each.tag == "figure":
            return _from_figure(each)
        if depth < 2 and (found := _named(each)):  # noqa: PLR2004  the box and the one around it
            return found, None
    return None, None


def _from_figure(figure: LexborNode) -> tuple[str | None, str | None]:
    caption = figure.css_first("figcaption") or _first_named(figure, _CAPTIONS)
    credit = _first_named(figure, _CREDITS)
    return (_text(caption) if caption else None), (_text(credit) if credit else None)


def _named(box: LexborNode) -> str | None:
    found = _first_named(box, _CAPTIONS)
    return _text(found) if found is not None else None


def _first_named(box: LexborNode, names: re.Pattern[str]) -> LexborNode | None:
    """The first element whose class says what it is, of the few that a box with a picture has."""
    found = box.css("[class], [itemprop]")
    if len(found) > 50:  # noqa: PLR2004  no box around one picture
        return None
    for each in found:
        called = f"{each.attributes.get('class') or ''} {each.attributes.get('itemprop') or ''}"
        if names.search(called):
            return each
    return None


def _text(node: LexborNode) -> str:
    return node.text(separator=" ", strip=True)


# ---------------------------------------------------------------------------- embedded


def unpacked(address: str) -> bytes | None:
    """The bytes of a ``data:`` address; ``None`` for drawings, icons and what is broken."""
    head, _, text = address.partition(",")
    kind = head.lower()
    if "svg" in kind or "icon" in kind:
        return None
    try:
        raw = unquote_to_bytes(text)
        data = base64.b64decode(raw, validate=False) if ";base64" in kind else raw
    except (ValueError, binascii.Error):
        return None
    return None if is_small(data) else data
