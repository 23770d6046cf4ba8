"""JSON-LD on a page: what it says of the page's own article (schema.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from provenance.sources.web.addresses import key

Node = dict[str, Any]

MOST_NODES: Final = 500
LONGEST: Final = 1 << 20

LIVE: Final = "LiveBlogPosting"
_PAGES: Final = ("WebPage", "ItemPage", "AboutPage", "CollectionPage")
_ARTICLE_ENDINGS: Final = ("Article", "Posting", "Report", "Review")


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
    own = [each for each in articles if url and key(url) in set(_addresses(each))]
    chosen = own or articles
    said = Said(several=not own and len(articles) > 1)
    for node in (*chosen, *(each for each in nodes if _is_page(each))):
        said.published += _texts(node.get("datePublished"))
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
    return any(each.endswith(_ARTICLE_ENDINGS) for each in _types(node))


def _is_page(node: Node) -> bool:
    return any(each in _PAGES for each in _types(node))


def _addresses(node: Node) -> Iterator[str]:
    """By which addresses a thing says that it is this page."""
    for name in ("url", "@id", "mainEntityOfPage"):
        value = node.get(name)
        texts = _texts(value.get("@id") if isinstance(value, dict) else value)
        yield from (key(text.partition("#")[0]) for text in texts)


def _pictures(value: Any) -> list[str]:
    if isinstance(value, dict):
        return _texts(value.get("url")) + _texts(value.get("contentUrl"))
    if isinstance(value, list):
        return [text for each in value[:20] for text in _pictures(each)]
    return _texts(value)


def _texts(value: Any) -> list[str]:
    values = value[:20] if isinstance(value, list) else [value]
    return [each.strip() for each in values if isinstance(each, str) and each.strip()]
