"""Where on a page the article is, and whether a picture stands in it.

An article is what the page itself marks as one. Of it the body is the smallest element that
holds nearly all of its text: columns of teasers beside it bear no telling name on many pages.
What cannot be shown to stand in the article stands outside; that costs a date its weight,
the other error would lend a date to a picture that was put there later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from provenance.sources.web.furniture import ELEMENTS, is_furniture

NEARLY_ALL: Final = 0.9
"""Share of the article's text in paragraphs that its body holds; side columns have less."""

LITTLE_TEXT: Final = 200
"""Characters in paragraphs below which there is no text to tell a body by."""

_ARTICLES: Final = "article, [role=article]"
_BODIES: Final = "[itemprop~=articleBody]"


class Article:
    """The one article of a page; nothing stands in it where there is none or several."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        """Find it."""
        self._root = _main(tree)
        self._body: LexborNode | None = None
        self._before: set[int] = set()
        if self._root is not None:
            marked = [b for b in self._root.css(_BODIES) if not _is_beside(b, self._root)]
            self._body = marked[0] if len(marked) == 1 else _densest(self._root)
            self._before = set(_before(self._root, self._body))

    def owns(self, node: LexborNode) -> bool:
        """Whether this stands anywhere in the article, and in nothing beside its text.

        Dates stand in its head, often in a box named after the author; so only elements
        count here, not names.
        """
        if self._root is None:
            return False
        for each in (node, *ancestors(node)):
            if each.mem_id == self._root.mem_id:
                return True
            if each.tag in ELEMENTS or _is_article(each):
                return False
        return False

    def holds(self, node: LexborNode) -> bool:
        """Whether this picture stands in its body, or in a figure at its head."""
        if self._root is None or _is_beside(node, self._root):
            return False
        if self._body is not None and self._body.mem_id in _line(node):
            return True
        figure = next((each for each in ancestors(node) if each.tag == "figure"), None)
        return figure is not None and figure.mem_id in self._before


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around one, from the inside out."""
    above = node.parent
    while above is not None and above.is_element_node:
        yield above
        above = above.parent


def _line(node: LexborNode) -> set[int]:
    return {each.mem_id for each in ancestors(node)}


def _is_beside(node: LexborNode, root: LexborNode) -> bool:
    """Whether anything between a node and the article makes it furniture, or another article."""
    for each in (node, *ancestors(node)):
        if each.mem_id == root.mem_id:
            return False
        if is_furniture(each) or _is_article(each):
            return True
    return True


def _is_article(node: LexborNode) -> bool:
    return node.tag == "article" or node.attributes.get("role") == "article"


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """The only article; of several the only one with a heading of the first order."""
    found = [each for each in tree.css(_ARTICLES) if _stands_alone(each)]
    if len(found) > 1:
        found = [each for each in found if each.css_first("h1") is not None]
    if not found:
        found = [each for each in tree.css(_BODIES) if _stands_alone(each)]
    return found[0] if len(found) == 1 else None


def _stands_alone(node: LexborNode) -> bool:
    """Whether it is within no other article and no side part of the page."""
    return not any(each.tag in ELEMENTS or _is_article(each) for each in ancestors(node))


def _densest(root: LexborNode) -> LexborNode | None:
    """The smallest element with nearly all text of ``root``; none where there is too little."""
    weights: dict[int, int] = {}
    for paragraph in root.css("p"):
        length = len(paragraph.text(strip=True))
        if length and not _is_beside(paragraph, root):
            for each in ancestors(paragraph):
                weights[each.mem_id] = weights.get(each.mem_id, 0) + length
                if each.mem_id == root.mem_id:
                    break
    total = weights.get(root.mem_id, 0)
    return _narrowed(root, weights, total * NEARLY_ALL) if total >= LITTLE_TEXT else None


def _narrowed(root: LexborNode, weights: dict[int, int], enough: float) -> LexborNode:
    node = root
    while True:
        inner = [each for each in node.iter() if weights.get(each.mem_id, 0) >= enough]
        if not inner:
            return node
        node = inner[0]


def _before(root: LexborNode, body: LexborNode | None) -> Iterator[int]:
    """Elements of the article that stand before its body, in the order of the page."""
    if body is None:
        return
    for node in root.traverse():
        if node.mem_id == body.mem_id:
            return
        yield node.mem_id
