"""What a page and the record of a picture may support: the rules, in one place.

A date of publication is that of the page. It carries to a picture only where the picture
stands in the article, the article was not changed later, and the picture's own bytes were
recorded soon after. Everything else leaves it an indication (``weak_page``). A crawl is a
record of the picture's own bytes, and stands by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from provenance import dates
from provenance.dates import Date
from provenance.models import Entry, How, Means, NewSighting, Trust
from provenance.sources.stated import Stated
from provenance.sources.web import moments
from provenance.sources.web.addresses import host
from provenance.wording import message

Plain = dict[str, Any]

YOUNGER: Final = timedelta(days=30)
"""The contract's bound: a record so much younger than the publication shows another day's page."""

ONE_DAY: Final = timedelta(days=1)
"""Dates of one publication may differ so much (zones, drafts); clocks of crawler and server too."""

NEVER: Final = datetime.max.replace(tzinfo=UTC)

MOST_PAGES: Final = 20
"""Sightings kept of one picture for the pages that show it: a site's logo is on all of them."""


@dataclass(frozen=True, slots=True)
class Publication:
    """When a page says it was published. ``origin`` and ``text``: where, in which words.

    ``date`` is ``None`` where they cannot be read, or contradict the page's own record.
    ``weak`` is why it carries to no picture of the page (``page.*`` in the catalogue).
    """

    date: Date | None
    origin: str
    text: str
    weak: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was recorded; ``crawled`` is ``None`` where nothing says when."""

    url: str | None
    crawled: Date | None
    publication: Publication | None


@dataclass(frozen=True, slots=True)
class Place:
    """A picture's place on a page."""

    page: Page
    inside: bool = False
    caption: str | None = None
    alt: str | None = None
    credit: str | None = None

    @property
    def words(self) -> str | None:
        """The caption; the text for those who cannot see the picture, where it says more."""
        if self.caption and self.alt and self.alt not in self.caption:
            return f'{self.caption} [alt="{self.alt}"]'
        return self.caption or self.alt


@dataclass(frozen=True, slots=True)
class Crawl:
    """A record of a picture. ``own``: of its own bytes, not of its page or of a mere question.

    ``doubted``: the server's own clock contradicts its date. ``modified`` is when the server
    says that the picture's file was last changed.
    """

    date: Date | None
    url: str | None
    own: bool = True
    doubted: bool = False
    modified: datetime | None = None


# ------------------------------------------------------------------------- publication


def publication(told: Plain, crawled: Date | None) -> Publication | None:
    """Which of the dates that a page gives for its publication holds, and whether it carries."""
    read = [(each, moments.of_page(each["text"])) for each in told["published"]]
    readable = [(each, date) for each, date in read if date is not None]
    if not readable:
        return _unread(read)
    first, last = readable[0], max(readable, key=lambda pair: _end(pair[1]))
    chosen, date = last if _end(last[1]) > _end(first[1]) else first
    found = Publication(date, chosen["origin"], chosen["text"])
    if _is_contradicted(date, crawled):
        return replace(found, date=None, weak="contradicted")
    disagree = any(_is_apart(other, date) for _, other in readable)
    return replace(found, weak=_weak(told, found, disagree=disagree))


def _unread(read: Sequence[tuple[Plain, Date | None]]) -> Publication | None:
    if not read:
        return None
    first = read[0][0]
    return Publication(None, first["origin"], first["text"], weak="unreadable")


def _end(date: Date) -> datetime:
    """The last instant; of an open end none is later."""
    return date.latest or NEVER


def _is_apart(one: Date, other: Date) -> bool:
    """Whether one date ends more than a day before the other begins."""
    return bool(one.latest and other.earliest and other.earliest - one.latest > ONE_DAY)


def _is_contradicted(date: Date, crawled: Date | None) -> bool:
    """Whether a page was recorded before it says that it was published."""
    if crawled is None or crawled.latest is None or date.earliest is None:
        return False
    return date.earliest > crawled.latest


def _weak(told: Plain, found: Publication, *, disagree: bool) -> str | None:
    """Why a date of publication carries to no picture of its page; the first reason."""
    assert found.date is not None
    reasons = {
        "open": found.date.latest is None,
        "unmarked": found.origin == "time",
        "several": told["several"],
        "disagree": disagree,
        "live": told["live"],
        "edited": any(_is_edit(text, found.date) for text in told["modified"]),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _is_edit(text: str, published: Date) -> bool:
    """Whether a change may lie after the publication; one that nobody can read may."""
    changed = moments.of_page(text)
    return changed is None or _end(changed) > _end(published)


# --------------------------------------------------------------------------- sightings


def entry(blank: Entry, stated: Stated, places: Iterable[Place], crawls: Sequence[Crawl]) -> Entry:
    """``blank`` with all that is known of one picture: stated, published, crawled."""
    places = list(places)
    published = list(_published(places, crawls, stated))
    known = [*published, *_crawled(places, crawls, stated)]
    if not known and places:
        known = [_undated(places[0], stated)]
    if stated.date or not known:
        own = stated.sighting()
        known = [*([own] if own else []), *known]
    return replace(
        blank,
        sighting=known[0] if known else None,
        more=tuple(known[1:]),
        read_as=_read_as(blank, places, crawls, stated),
    )


def trust(stated: Stated) -> Trust:
    """Pages are nobody's until somebody has reviewed them (the contract's default)."""
    return stated.believed() if stated.trust else Trust.UNREVIEWED


def blank(name: str, stated: Stated) -> Entry:
    """What all entries of one archive or page share, at the trust of pages."""
    shared, believed = stated.blank(name), trust(stated)
    assert shared.collection is not None
    return replace(shared, trust=believed, collection=replace(shared.collection, trust=believed))


def by_date(crawl: Crawl) -> tuple[Any, ...]:
    """Earliest first; the order of crawls that have a date."""
    assert crawl.date is not None
    return _end(crawl.date), not crawl.own


def _published(
    places: Sequence[Place], crawls: Sequence[Crawl], stated: Stated
) -> Iterator[NewSighting]:
    """One for each page that gives a date, those that carry first, earliest first."""
    best: dict[tuple[str | None, str], NewSighting] = {}
    for place in places:
        told = place.page.publication
        if told is None or told.date is None:
            continue
        sighting = replace(
            _undated(place, stated), date=told.date, weak_page=_is_weak(place, told, crawls)
        )
        key = place.page.url, told.date.text
        best[key] = min(best.get(key, sighting), sighting, key=_carrying_first)
    yield from sorted(best.values(), key=_carrying_first)[:MOST_PAGES]


def _carrying_first(sighting: NewSighting) -> tuple[Any, ...]:
    assert sighting.date is not None
    return sighting.weak_page, _end(sighting.date), sighting.url or "", not sighting.caption


def _is_weak(place: Place, told: Publication, crawls: Sequence[Crawl]) -> bool:
    """Whether the page's date is an indication only, for this picture."""
    return _why_weak(place, told, crawls) is not None


def _why_weak(place: Place, told: Publication, crawls: Sequence[Crawl]) -> str | None:
    """The reason for which a page's date does not carry to one of its pictures, if there is one."""
    assert told.date is not None
    if told.weak or not place.inside:
        return told.weak or "outside"
    if any(moments.later(crawl.modified, told.date) for crawl in crawls):
        return "changed"
    if not crawls:
        return "unrecorded"
    near = any(_is_near(crawl, told.date) for crawl in crawls)
    return None if near else "younger"


def _is_near(crawl: Crawl, published: Date) -> bool:
    if crawl.doubted or crawl.date is None or crawl.date.latest is None:
        return False
    return crawl.date.latest - _end(published) <= YOUNGER


def _undated(place: Place, stated: Stated) -> NewSighting:
    """What is known of a picture on a page, beside a date."""
    return NewSighting(
        date=None,
        means=Means.PUBLISHED,
        how=How.PAGE,
        source=stated.source or host(place.page.url),
        url=stated.url or place.page.url,
        place=stated.place,
        caption=stated.caption or place.words,
        credit=stated.credit or place.credit,
        trust=trust(stated),
        vouched=stated.vouch,
    )


def _crawled(
    places: Sequence[Place], crawls: Sequence[Crawl], stated: Stated
) -> Iterator[NewSighting]:
    for crawl in crawls:
        shown = next((place for place in places if _is_same_visit(place.page, crawl)), None)
        url = shown.page.url if shown and shown.page.url else crawl.url
        said = shown or (places[0] if places else Place(Page(url, None, None)))
        yield replace(
            _undated(said, stated),
            date=crawl.date,
            means=Means.CRAWLED,
            how=How.CRAWL_RECORD,
            source=stated.source or host(url),
            url=stated.url or url,
            image_record=crawl.own and not crawl.doubted and crawl.date is not None,
        )


def _is_same_visit(page: Page, crawl: Crawl) -> bool:
    """Whether the page was recorded with the picture, so that it was seen on that page then."""
    if not (page.crawled and page.crawled.latest and crawl.date and crawl.date.latest):
        return False
    return abs(page.crawled.latest - crawl.date.latest) <= ONE_DAY


# -------------------------------------------------------------------------- said back


def _read_as(
    blank: Entry, places: Sequence[Place], crawls: Sequence[Crawl], stated: Stated
) -> str | None:
    """How the dates were understood and where they stood, in a line."""
    said = [blank.read_as] if blank.read_as and stated.date else []
    told = next((p for p in places if p.page.publication), None)
    if told is not None and told.page.publication is not None:
        said.append(_said(told, told.page.publication, crawls))
    said += [
        message("en", "page.crawled", date=dates.say(crawl.date, "en"))
        for crawl in crawls[:1]
        if crawl.date is not None
    ]
    return "; ".join(said) or None


def _said(place: Place, told: Publication, crawls: Sequence[Crawl]) -> str:
    where = message("en", f"page.origin.{told.origin}", text=_shown(told.text))
    if told.date is None:
        return message("en", f"page.unread.{told.weak}", where=where)
    said = message("en", "page.published", date=dates.say(told.date, "en"), where=where)
    why = _why_weak(place, told, crawls)
    return f"{said} ({message('en', f'page.weak.{why}')})" if why else said


def _shown(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
