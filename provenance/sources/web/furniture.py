"""What stands on a page beside the article: told by elements and by the names they bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborNode

ELEMENTS: Final = frozenset({"aside", "nav", "footer", "form", "dialog", "menu", "template"})
"""Elements that HTML defines as no part of the text around them."""

ROLES: Final = frozenset(
    {"complementary", "navigation", "contentinfo", "banner", "search", "dialog", "form"}
)

# What sites call their boxes, in the languages in which we read dates. A word too many makes a
# publication date an indication; a word too few could let a teaser's picture carry it.
WORDS: Final = frozenset(
    """
    ad ads advert advertisement advertising adv sponsor sponsored promo promoted promotion banner
    aside sidebar rail related recommended recommendation recommendations recommend recirc
    recirculation teaser teasers widget widgets card cards tile tiles comment comments newsletter
    outbrain taboola footer nav navigation menu breadcrumb breadcrumbs share sharing social author
    authors byline avatar profile logo icon popular trending mostread more readmore also next prev
    previous latest signup subscribe paywall cookie modal popup
    seitenleiste verwandt verwandte empfehlung empfehlungen mehr werbung anzeige anzeigen kommentar
    kommentare autor autoren weitere
    publicite pub encart lire auteur auteurs commentaire commentaires connexe connexes voir
    """.split()  # noqa: SIM905  a list that people read and add to
)

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
NAMED_IN: Final = ("class", "id", "data-component", "data-testid", "aria-label")
MOST_NAMES: Final = 1000
"""Characters of one attribute that are looked at."""


def is_furniture(node: LexborNode) -> bool:
    """Whether this element stands beside the text, by what it is or what it is called."""
    attributes = node.attributes
    if node.tag in ELEMENTS or (attributes.get("role") or "").lower() in ROLES:
        return True
    if "hidden" in attributes or (attributes.get("aria-hidden") or "") == "true":
        return True
    return any(not WORDS.isdisjoint(_words(attributes.get(name))) for name in NAMED_IN)


def _words(text: str | None) -> Iterator[str]:
    """The words of "relatedArticles__card-2": related, articles, card."""
    return (word.lower() for word in _WORD.findall((text or "")[:MOST_NAMES]))
