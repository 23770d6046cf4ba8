"""JSON-LD on a page: what it says of the page's own article (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from provenance.sources.web.addresses import key, whole

Node = dict[str, Any]

MOST_NODES: Final = 500
LONGEST: Final = 1 << 20

LIVE: Final = "LiveBlogPosting"
_PAGES: Final = ("WebPage", "ItemPage", "AboutPage", "CollectionPage")
_ARTICLES: Final = ("Article", "Posting", "Report")


@dataclass(slots=True)
class Said:
    """What the JSON-LD says. ``several``: of several articles, none named as the page's own."""

    published: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    live: bool = False
    several: bool = False


def read(tree: LexborHTMLParser, url: str) -> Said:
    """What the page's JSON-LD says of the article at ``url``."""
    nodes = [each for script in _scripts(tree) for each in _nodes(script)][:MOST_NODES]
    articles = [each for each in nodes if _is_article(each)]
    own = [each for each in articles if _is_named(each, url) is True]
    nameless = [each for each in articles if _is_named(each, url) is None]
    chosen = own or nameless
    said = Said(several=not own and len(nameless) > 1)
    for node in (*chosen, *(each for each in nodes if _is_page(each, url))):
        said.published += _texts(node.get("datePublished"))
    for node in nodes:  # a change of anything is a change of the page
        said.modified += _texts(node.get("dateModified"))
    for node in chosen:
        said.pictures += _pictures(node.get("image"))
        said.live |= LIVE in _types(node)
    return said


def _scripts(tree: LexborHTMLParser) -> Iterator[Any]:
    for script in tree.css("script[type='application/ld+json' i]"):
        text = script.text(deep=True)
        if text and len(text) <= LONGEST:
            try:
                yield json.loads(text.strip().rstrip(";"), strict=False)
            except (ValueError, RecursionError):
                continue


def _nodes(data: Any) -> Iterator[Node]:
    """Top-level things, and those of a ``@graph``; never what is nested in another thing."""
    if isinstance(data, list):
        for each in data[:MOST_NODES]:
            if isinstance(each, dict):
                yield from _nodes(each)
    elif isinstance(data, dict):
        yield data
        graph = data.get("@graph")
        if isinstance(graph, list):
            yield from (each for each in graph[:MOST_NODES] if isinstance(each, dict))
        main = data.get("mainEntity")
        if isinstance(main, dict) and _is_article(main):
            yield main


def _types(node: Node) -> list[str]:
    return [each.rpartition("/")[2] for each in _texts(node.get("@type"))]


def _is_article(node: Node) -> bool:
    return any(each.endswith(_ARTICLES) for each in _types(node))


def _is_page(node: Node, url: str) -> bool:
    return any(each in _PAGES for each in _types(node)) and _is_named(node, url) is not False


def _is_named(node: Node, url: str) -> bool | None:
    """Whether a thing says that it is this page; ``None`` where it says of no page that it is."""
    named = [address for text in _addresses(node) if (address := whole(text, url))]
    if not named or not url:
        return None
    return any(_is_same(address, url) for address in named)


def _addresses(node: Node) -> Iterator[str]:
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        yield from _texts(value.get("@id") if isinstance(value, dict) else value)


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses are of one page; readers are followed by what stands after "?"."""
    (path, _, query), (path_2, _, query_2) = (key(each).partition("?") for each in (one, other))
    same = path.rstrip("/").removeprefix("www.") == path_2.rstrip("/").removeprefix("www.")
    return same and (query == query_2 or not query or not query_2)


def _pictures(value: Any) -> list[str]:
    if isinstance(value, dict):
        return _texts(value.get("url")) + _texts(value.get("contentUrl"))
    if isinstance(value, list):
        return [text for each in value[:20] for text in _pictures(each)]
    return _texts(value)


def _texts(value: Any) -> list[str]:
    values = value[:20] if isinstance(value, list) else [value]
    return [each.strip() for each in values if isinstance(each, str) and each.strip()]
