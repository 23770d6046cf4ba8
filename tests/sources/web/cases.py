# ruff: noqa: E501 - the markup of a case stands on a line
"""Pages that would lend their date to a picture, one case each, and what must be found.

Written from the contract, not from running the program. Unless a case says otherwise the page
says that it was published on 14 June 2019 at 10:00 UTC, page and picture were recorded on 20
June 2019, the crawl comes from a partner (whose crawls alone support nothing), and the claim
is of 2021. `{img}` stands for the address of the picture, `{url}` for that of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fixtures.pages import (
    JSON_LD,
    TEXT,
    Kept,
    article,
    digest,
    figure,
    kept_page,
    meta,
    news,
    page,
    picture,
    revisit,
)

BEFORE, OVERLAPS, SEEN = "seen_before_claim", "overlaps_claim", "seen"

PUBLISHED = "2019-06-14T10:00:00Z"
SOON = "2019-06-20T09:00:00Z"
LATE = "2023-05-03T09:00:00Z"
IMG = '<img src="{img}" alt="Smoke">'
FIGURE = figure("{img}")
HONEST = article(FIGURE)
DATED = news(datePublished=PUBLISHED)

More = Callable[[Kept, Kept], Sequence[Kept]]


@dataclass(frozen=True)
class Case:
    """One page with one picture, a claim, and the only right kind of finding."""

    name: str
    html: str
    kind: str
    claim: str = "2021"
    page: str = SOON
    image: str = SOON
    trust: str = "partner"
    headers: tuple[tuple[str, str], ...] = ()
    own_url: bool = False
    instead: More | None = None
    """Other records than the page and its picture, made from these two."""


def outside(name: str, html: str, **changed: str) -> Case:
    """A picture that stands outside the article: the date is an indication."""
    return Case(name, html, SEEN, **changed)


def _moved(kept: Kept, image: Kept) -> Sequence[Kept]:
    there = image.url.replace("/img/", "/cdn/")
    move = Kept(image.url, b"", image.date, status="302 Found", headers=[("Location", there)])
    return [kept, move, Kept(there, image.body, image.date)]


def _seen_in_2019(kept: Kept, image: Kept) -> Sequence[Kept]:
    return [image_of(image, LATE), revisit(image, SOON)]


def _not_modified_in_2019(kept: Kept, image: Kept) -> Sequence[Kept]:
    return [image_of(image, LATE), revisit(image, SOON, profile="server-not-modified")]


def _another_seen_in_2019(kept: Kept, image: Kept) -> Sequence[Kept]:
    other = Kept(image.url + "?other", picture(9999), SOON)
    return [image_of(image, LATE), Kept(other.url, other.body, LATE), revisit(other, SOON)]


def image_of(image: Kept, date: str) -> Kept:
    """The same record on another day, with its digest."""
    return Kept(image.url, image.body, date, fields=digest(image))


def _replaced(kept: Kept, image: Kept) -> Sequence[Kept]:
    """At the address of the picture another one was recorded in 2019."""
    return [kept, Kept(image.url, picture(9998), SOON), Kept(image.url, image.body, LATE)]


def _older_page_with_it_aside(kept: Kept, image: Kept) -> Sequence[Kept]:
    aside = f'<aside><img src="{image.url}"></aside>'
    old = article("", news(datePublished="2015-02-01T10:00:00Z"), aside)
    return [kept_page(kept.url + "/old", old, SOON), kept, image]


def _later_page_with_it(kept: Kept, image: Kept) -> Sequence[Kept]:
    later = article(figure(image.url), news(datePublished="2020-02-01T10:00:00Z"))
    return [kept_page(kept.url + "/later", later, SOON), kept, image]


def _served_as_bytes(kept: Kept, image: Kept) -> Sequence[Kept]:
    return [kept, Kept(image.url, image.body, image.date, "application/octet-stream")]


CRAWL = "the crawl itself"

CASES = (
    # What must go on working: honest pages.
    Case("json-ld", HONEST, BEFORE),
    Case("meta", article(FIGURE, meta("article:published_time", PUBLISHED)), BEFORE),
    Case(
        "microdata",
        article(f'<time itemprop="datePublished" datetime="{PUBLISHED}">June</time>{FIGURE}', ""),
        BEFORE,
    ),
    Case(
        "at the head of the article",
        page(DATED, f"<article><header>{FIGURE}</header>{TEXT}</article>"),
        BEFORE,
    ),
    Case("a bare picture in the text", article(IMG), BEFORE),
    Case(
        "a larger file in the srcset",
        article('<img src="x.gif" srcset="s.jpg 300w, {img} 900w">'),
        BEFORE,
    ),
    Case("loaded when scrolled to", article('<img src="x.gif" data-src="{img}">'), BEFORE),
    Case(
        "picture element",
        article('<picture><source srcset="{img} 2x"><img src="s.jpg"></picture>'),
        BEFORE,
    ),
    Case("for readers without scripts", article('<noscript><img src="{img}"></noscript>'), BEFORE),
    Case("linked to its large file", article('<a href="{img}"><img src="s.jpg"></a>'), BEFORE),
    Case("recorded 29 days later", HONEST, BEFORE, image="2019-07-13T10:00:00Z"),
    Case(
        "changed at once",
        article(FIGURE, news(datePublished=PUBLISHED, dateModified=PUBLISHED)),
        BEFORE,
    ),
    Case(
        "changed on the day that is known",
        article(FIGURE, news(datePublished="2019-06-14", dateModified="2019-06-14T12:00:00Z")),
        BEFORE,
    ),
    Case("moved to another address", HONEST, BEFORE, instead=_moved),
    Case("served as mere bytes", HONEST, BEFORE, instead=_served_as_bytes),
    Case("on a later page too", HONEST, BEFORE, claim="2019-09", instead=_later_page_with_it),
    Case(
        "data with its own address",
        article(FIGURE, news(datePublished=PUBLISHED, url="{url}?utm_source=x")),
        BEFORE,
    ),
    Case(
        "data with its own fragment",
        article(FIGURE, news(datePublished=PUBLISHED, **{"@id": "#article"})),
        BEFORE,
    ),
    Case(
        "meta of the article by microdata",
        article(f'<meta itemprop="datePublished" content="{PUBLISHED}">{FIGURE}', ""),
        BEFORE,
    ),
    # The picture stands elsewhere on the page.
    outside(
        "sidebar, 2019 page, 2023 picture",
        article("", None, f"<aside>{IMG}</aside>"),
        image=LATE,
        page=LATE,
    ),
    outside("sidebar in the week of publication", article("", None, f"<aside>{IMG}</aside>")),
    outside("sidebar by its name alone", article(f'<div class="side-bar sidebar">{IMG}</div>')),
    outside("column of teasers", article(f'<div class="relatedArticles">{IMG}</div>')),
    outside(
        "teaser as an article in the article", article(f"<article><h3>Else</h3>{IMG}</article>")
    ),
    outside("link to another page", article(f'<a href="/2023/other">{IMG}</a>')),
    outside(
        "column without a telling name",
        page(DATED, f"<article><h1>F</h1><div>{TEXT}{TEXT}</div><div>{IMG}</div></article>"),
    ),
    outside("portrait of the author", article(f'<div class="author-box">{IMG}</div>')),
    outside("foot of the page", article("", None, f"<footer>{IMG}</footer>")),
    outside("navigation", article("", None, f"<nav>{IMG}</nav>")),
    outside("site head", page(DATED, f"<header>{IMG}</header><article>{TEXT}</article>")),
    outside("preview for social media", article("", DATED + meta("og:image", "{img}"))),
    outside("picture named by the data", article("", news(datePublished=PUBLISHED, image="{img}"))),
    outside("hidden", article(f"<div hidden>{IMG}</div>")),
    outside("advertisement", article(f'<div id="ad-top">{IMG}</div>')),
    outside("comments", article(f'<section class="comments">{IMG}</section>')),
    outside("recommendations in German", article(f'<div class="weitere-artikel">{IMG}</div>')),
    outside("complementary by its role", article(f'<div role="complementary">{IMG}</div>')),
    outside("no article at all", page(DATED, f"<div>{TEXT}{FIGURE}{TEXT}</div>")),
    outside(
        "two articles", page(DATED, f"<article>{TEXT}</article><article>{TEXT}{FIGURE}</article>")
    ),
    outside("article never closed", page(DATED, f"<article>{TEXT}<aside>{IMG}")),
    outside("article closed early", page(DATED, f"<div><article>{TEXT}</div></article>{FIGURE}")),
    outside(
        "a front page of teasers",
        page(DATED, f"<main><article><a href='/a'>{IMG}</a></article><article>b</article></main>"),
    ),
    # The page was changed, or the picture came later.
    Case("recorded 31 days later", HONEST, SEEN, image="2019-07-15T10:00:01Z"),
    Case("recorded four years later", HONEST, SEEN, image=LATE, page=LATE),
    Case("page of 2019, picture of 2023", HONEST, SEEN, image=LATE),
    Case("changed later", article(FIGURE, news(datePublished=PUBLISHED, dateModified=LATE)), SEEN),
    Case(
        "changed a minute later",
        article(FIGURE, news(datePublished=PUBLISHED, dateModified="2019-06-14T10:01:00Z")),
        SEEN,
    ),
    Case(
        "changed later, by meta", article(FIGURE, DATED + meta("article:modified_time", LATE)), SEEN
    ),
    Case("changed later, by preview", article(FIGURE, DATED + meta("og:updated_time", LATE)), SEEN),
    Case(
        "changed later, in the text",
        article(f'<time itemprop="dateModified" datetime="{LATE}"></time>{FIGURE}'),
        SEEN,
    ),
    Case(
        "changed, nobody can read when",
        article(FIGURE, news(datePublished=PUBLISHED, dateModified="yesterday")),
        SEEN,
    ),
    Case(
        "changed on a day, published at an hour",
        article(FIGURE, news(datePublished=PUBLISHED, dateModified="2019-06-14")),
        SEEN,
    ),
    Case(
        "live page",
        article(
            FIGURE,
            JSON_LD.format('{"@type": "LiveBlogPosting", "datePublished": "2019-06-14T10:00:00Z"}'),
        ),
        SEEN,
    ),
    Case(
        "the file was changed later",
        HONEST,
        SEEN,
        headers=(("Last-Modified", "Mon, 17 Jun 2019 10:00:00 GMT"),),
    ),
    Case("another picture at its address in 2019", HONEST, SEEN, instead=_replaced),
    Case(
        "aside on an older page", HONEST, OVERLAPS, claim="2017", instead=_older_page_with_it_aside
    ),
    # The date is not that of the publication, or not so sharp.
    Case(
        "dates years apart",
        article(
            FIGURE, news(datePublished="2012-01-05") + meta("article:published_time", PUBLISHED)
        ),
        SEEN,
    ),
    Case(
        "published after its own crawl",
        article(FIGURE, news(datePublished="2020-01-01T00:00:01Z")),
        SEEN,
    ),
    Case("year of the copyright", article(FIGURE, "", "<footer>Copyright 2012</footer>"), SEEN),
    Case(
        "date of an event in the text",
        article(f"<p>On 3 March 2011 it burnt.</p>{FIGURE}", ""),
        SEEN,
    ),
    Case(
        "a time in the text",
        article(f'<time datetime="2011-03-03">3 March 2011</time>{FIGURE}', ""),
        SEEN,
    ),
    Case(
        "date of a comment",
        article(
            f'<article itemscope><time itemprop="datePublished" datetime="2011-01-01"></time></article>{FIGURE}',
            "",
        ),
        SEEN,
    ),
    Case(
        "date of a comment in the data",
        article(FIGURE, news(comment={"@type": "Comment", "datePublished": "2011-01-01"})),
        SEEN,
    ),
    Case(
        "date of a film in the data",
        article(
            FIGURE,
            JSON_LD.format(
                '{"@type": "VideoObject", "uploadDate": "2011-01-01", "datePublished": "2011-01-01"}'
            ),
        ),
        SEEN,
    ),
    Case(
        "a date that says not of what",
        article(FIGURE, '<meta name="date" content="2011-01-01">'),
        SEEN,
    ),
    Case(
        "data of several articles",
        article(
            FIGURE,
            news(datePublished="2012-01-05T10:00:00Z", url="https://e.example/1")
            + news(datePublished="2012-01-06T10:00:00Z", url="https://e.example/2"),
        ),
        SEEN,
    ),
    Case(
        "data of an older article too",
        article(
            FIGURE,
            news(datePublished="2012-01-05T10:00:00Z", url="https://e.example/1")
            + news(datePublished=PUBLISHED, url="{url}"),
        ),
        OVERLAPS,
        claim="2015",
    ),
    Case(
        "hour without a zone",
        article(FIGURE, news(datePublished="2019-06-14T10:00:00")),
        OVERLAPS,
        claim="2019-06-14T18:00Z",
    ),
    Case(
        "midnight for a day",
        article(FIGURE, news(datePublished="2019-06-14T00:00:00Z")),
        OVERLAPS,
        claim="2019-06-14T12:00Z",
    ),
    Case(
        "midnight in a zone",
        article(FIGURE, news(datePublished="2019-06-14T00:00:00+03:00")),
        OVERLAPS,
        claim="2019-06-14T15:00Z",
    ),
    Case(
        "day or month first",
        article(FIGURE, news(datePublished="03/04/2019")),
        OVERLAPS,
        page="2019-04-10T09:00:00Z",
        image="2019-04-10T09:00:00Z",
        claim="2019-03-20",
    ),
    Case("a year", article(FIGURE, news(datePublished="2019")), OVERLAPS, claim="2019-07-01"),
    Case("a month", article(FIGURE, news(datePublished="2019-06")), OVERLAPS, claim="2019-06-20"),
    Case("since a year", article(FIGURE, news(datePublished="since 2016")), SEEN),
    Case("no date at all", article(FIGURE, ""), SEEN),
    Case(
        "data of another article alone",
        article(FIGURE, news(datePublished="2012-01-05", url="https://e.example/1")),
        SEEN,
    ),
    Case(
        "data of another page",
        article(
            FIGURE,
            JSON_LD.format(
                '{"@type": "WebPage", "@id": "https://e.example/1", "datePublished": "2012-01-05"}'
            ),
        ),
        SEEN,
    ),
    Case(
        "film in the article, by microdata",
        article(
            f'<div itemscope itemtype="https://schema.org/VideoObject"><meta itemprop="datePublished" content="2011-01-01"></div>{FIGURE}',
            "",
        ),
        SEEN,
    ),
    Case(
        "teaser's meta in the page",
        article(
            FIGURE,
            "",
            '<article itemscope><meta itemprop="datePublished" content="2011-01-01"></article>',
        ),
        SEEN,
    ),
    Case(
        "meta in a column",
        article(
            FIGURE,
            "",
            '<aside><meta property="article:published_time" content="2011-01-01"></aside>',
        ),
        SEEN,
    ),
    Case(
        "recorded by a clock behind that of the server",
        HONEST,
        SEEN,
        headers=(("Date", "Wed, 03 May 2023 09:00:00 GMT"),),
    ),
    Case(
        "a change of the page in other data",
        article(
            FIGURE, DATED + JSON_LD.format('{"@type": "WebPage", "dateModified": "2023-05-03"}')
        ),
        SEEN,
    ),
    # Who says so.
    Case("nobody has reviewed the site", HONEST, SEEN, trust="unreviewed"),
    Case("contested", HONEST, SEEN, trust="contested"),
    Case("the page of the claim itself", HONEST, SEEN, own_url=True),
    # The crawl itself, of somebody trusted.
    Case(CRAWL, article(FIGURE, ""), BEFORE, trust="trusted"),
    Case(
        "sidebar of 2023 on a page of 2019, trusted",
        article("", None, f"<aside>{IMG}</aside>"),
        OVERLAPS,
        claim="2022",
        image=LATE,
        page=LATE,
        trust="trusted",
    ),
    Case(
        "a clock that was never set",
        article(FIGURE, ""),
        SEEN,
        image="1970-01-01T00:00:09Z",
        trust="trusted",
    ),
    Case(
        "a clock behind that of the server",
        article(FIGURE, ""),
        SEEN,
        trust="trusted",
        headers=(("Date", "Wed, 03 May 2023 09:00:00 GMT"),),
    ),
    Case(
        "a file changed after its own crawl",
        article(FIGURE, ""),
        SEEN,
        trust="trusted",
        headers=(("Last-Modified", "Wed, 03 May 2023 09:00:00 GMT"),),
    ),
    Case(
        "a crawl without a zone",
        article(FIGURE, ""),
        OVERLAPS,
        claim="2019-06-20T15:00Z",
        image="2019-06-20T09:00:00",
        trust="trusted",
    ),
    Case(
        "a crawl of a day",
        article(FIGURE, ""),
        OVERLAPS,
        claim="2019-06-20T15:00Z",
        image="2019-06-20",
        trust="trusted",
    ),
    Case(
        "visited with the same bytes",
        article(FIGURE, ""),
        BEFORE,
        trust="trusted",
        instead=_seen_in_2019,
    ),
    Case(
        "visited, not modified says the server",
        article(FIGURE, ""),
        OVERLAPS,
        trust="trusted",
        instead=_not_modified_in_2019,
    ),
    Case(
        "another picture visited",
        article(FIGURE, ""),
        OVERLAPS,
        trust="trusted",
        instead=_another_seen_in_2019,
    ),
)
