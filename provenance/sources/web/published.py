"""When a page says that it was published and changed: its words, and where they stand.

Only what is marked as the date of publication is taken. A year in the footer, a date in the
text or in the address may be that of the event, so nothing is searched for in them.
"""

from __future__ import annotations

from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from provenance.sources.web.article import Article, ancestors
from provenance.sources.web.furniture import ELEMENTS
from provenance.sources.web.linked_data import Said

Plain = dict[str, Any]

LONGEST: Final = 100
"""Characters of one date; what is longer is none."""

MOST: Final = 20

PUBLISHED: Final = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date.issued",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "citation_publication_date",
)
"""``name`` or ``property`` of a ``meta`` that is the date of publication. ``date``
and ``dc.date`` are not among them: nothing says of what they are the date."""

MODIFIED: Final = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "article.updated",
    "revised",
)

_NAMES: Final = ("property", "name")
_ARTICLES: Final = ("Article", "Posting", "Report", "WebPage")


def read(tree: LexborHTMLParser, said: Said, article: Article) -> Plain:
    """``published`` and ``modified``: each date's text, and for the former where it stands.

    ``origin`` is ``json_ld``, ``meta``, ``microdata`` or ``time``. A lone ``time`` element in
    the article is the last resort: it does not say what it is the time of.
    """
    published = [("json_ld", text) for text in said.published]
    published += [("meta", text) for text in _metas(tree, PUBLISHED)]
    published += [("microdata", text) for text in _items(tree, "datePublished", article)]
    if not published:
        published = [("time", text) for text in _only_time(tree, article)]
    modified = [*said.modified, *_metas(tree, MODIFIED), *_items(tree, "dateModified", article)]
    return {
        "published": [
            {"origin": origin, "text": text}
            for origin, text in dict.fromkeys(published)
            if len(text) <= LONGEST
        ][:MOST],
        "modified": [text for text in dict.fromkeys(modified) if len(text) <= LONGEST][:MOST],
    }


def _metas(tree: LexborHTMLParser, names: tuple[str, ...]) -> list[str]:
    found = []
    for meta in tree.css("meta[content]"):
        attributes = meta.attributes
        if any(each.tag in ELEMENTS or each.tag == "article" for each in ancestors(meta)):
            continue
        called = {(attributes.get(name) or "").strip().lower() for name in _NAMES}
        if called.intersection(names) and (text := (attributes.get("content") or "").strip()):
            found.append(text)
    return found


def _items(tree: LexborHTMLParser, name: str, article: Article) -> list[str]:
    """Microdata on elements of the article; of a comment or a teaser it dates that alone."""
    found = []
    for node in tree.css(f"[itemprop~={name}]"):
        if not article.owns(node) or not _is_of_article(node):
            continue
        attributes = node.attributes
        text = attributes.get("datetime") or attributes.get("content") or node.text(strip=True)
        if text and text.strip():
            found.append(text.strip())
    return found


def _is_of_article(node: LexborNode) -> bool:
    """Whether microdata are those of an article, or of nothing that has a name."""
    thing = next((each for each in ancestors(node) if "itemscope" in each.attributes), None)
    kind = (thing.attributes.get("itemtype") or "") if thing is not None else ""
    return not kind or kind.rstrip("/").endswith(_ARTICLES)


def _only_time(tree: LexborHTMLParser, article: Article) -> list[str]:
    times = [node for node in tree.css("time[datetime]") if article.owns(node)]
    texts = {(node.attributes.get("datetime") or "").strip() for node in times} - {""}
    return sorted(texts) if len(texts) == 1 else []
