# ruff: noqa: RUF001 - odd signs are what is tested
"""The contact sheet and the coverage as people and programs get them."""

from __future__ import annotations

import hashlib
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import pytest

from provenance import contact_sheet
from provenance.archive import Archive
from provenance.dates import parse
from provenance.desk import Desk
from provenance.models import How, Intake, Means, NewCollection, NewSighting, Trust

HERE = "/-/provenance/"


def intake(number: object, collection: str = "first", **stated: Any) -> Intake:
    fields = {"date": None, "means": Means.PUBLISHED, "how": How.STATED, "trust": Trust.OWN}
    return Intake(
        name=stated.pop("name", f"{number}.jpg"),
        path=None,
        collection=NewCollection(collection),
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        sightings=(NewSighting(**(fields | stated)),),
    )


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    dates = ("2014-03", "2015-03-02", "2017-01", "2017-05-20", None)
    with Archive.open(path, create=True) as archive:
        archive.add(
            [
                intake(
                    n,
                    date=parse(dates[n % 5]) if dates[n % 5] else None,
                    source=f"agency {n % 3}",
                    place="غزة" if n % 2 else None,
                    caption=f"smoke {n}",
                )
                for n in range(120)
            ]
        )
    return path


@pytest.fixture
def shown(browse, filled) -> Any:
    return browse(filled)


# ------------------------------------------------------------------------------ the sheet


def test_every_page_is_reached_by_its_links(shown) -> None:
    address, seen, pages = HERE, [], 0
    while address:
        page = shown.get(address).text
        seen += re.findall(r'class="when"><a href="/-/provenance/pictures/(\d+)"', page)
        found = re.search(r'<link rel="next" href="([^"]+)"', page)
        address, pages = found and found[1].replace("&amp;", "&"), pages + 1
    assert pages == 3
    assert sorted(map(int, seen)) == list(range(1, 121))


def test_the_twin_says_what_the_page_shows(shown, filled) -> None:
    query = urlencode({"source": "agency 1", "year": "2017", "order": "newest"})
    twin = shown.get(f"{HERE}index.json?{query}").json()
    page = shown.get(f"{HERE}?{query}").text
    numbers = [
        int(n) for n in re.findall(r'class="when"><a href="/-/provenance/pictures/(\d+)"', page)
    ]
    assert [each["picture"] for each in twin["items"]] == numbers
    assert twin["pictures"] == len(numbers) == 16
    with Desk(filled, readonly=True) as desk:
        for each in twin["items"]:
            known = desk.show(str(each["picture"]))
            assert each["earliest_sighting"] == known["earliest_sighting"]
            assert each["sightings"] == len(known["sightings"])


def test_dates_stand_as_people_write_them(shown) -> None:
    page = shown.get(HERE).text
    assert "March 2014" in page
    assert "2 March 2015" in page
    german = shown.get(f"{HERE}?lang=de").text
    assert "März 2014" in german


def test_headings_lead_on_and_can_be_taken_off(shown) -> None:
    page = shown.get(f"{HERE}?source=agency+1&q=smoke")
    assert page.status_code == 200
    assert "40 pictures" in page.text
    narrower = re.findall(r'<li><a href="(/-/provenance/\?[^"]*year=2017[^"]*)"', page.text)
    assert len(narrower) == 1
    assert "source=agency+1" in narrower[0]
    assert "q=smoke" in narrower[0]
    assert 'href="/-/provenance/?source=agency+1"' in page.text
    assert 'href="/-/provenance/?q=smoke"' in page.text


def test_searching_works_without_script(shown) -> None:
    page = shown.get(f"{HERE}?q=%22smoke+77%22").text
    assert 'method="get"' in page
    assert "1 picture<" in page.replace("\n", "").replace("  ", "")
    assert "No picture of this archive fits" in shown.get(f"{HERE}?q=zeppelin").text
    assert "begin with them" in shown.get(f"{HERE}?q=smok").text


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "before=-1",
        "after=" + "9" * 30,
        "more=nothing",
        "year=12345",
        "order=x",
        "q=%00",
        "finding=seen",
    ],
)
def test_what_no_link_says_is_harmless(shown, query: str) -> None:
    assert shown.get(f"{HERE}?{query}").status_code == 200
    assert shown.get(f"{HERE}index.json?{query}").status_code == 200


def test_an_empty_archive_says_so(browse, tmp_path) -> None:
    Archive.open(tmp_path / "empty.db", create=True).close()
    empty = browse(tmp_path / "empty.db")
    assert "This archive is empty" in empty.get(HERE).text
    assert "This archive is empty" in empty.get(f"{HERE}coverage").text


def test_what_is_erased_is_gone_from_the_next_page(shown, filled) -> None:
    assert shown.get(f"{HERE}index.json?q=%22smoke+77%22").json()["pictures"] == 1
    with Desk(filled) as desk:
        assert desk.forget("78", "asked for").clean
    assert shown.get(f"{HERE}index.json?q=%22smoke+77%22").json()["pictures"] == 0
    assert shown.get(f"{HERE}index.json").json()["pictures"] == 119


def test_what_takes_long_is_done_aside(browse, tmp_path, monkeypatch) -> None:
    path = tmp_path / "large.db"
    with Archive.open(path, create=True) as archive:
        for first in range(0, 600, 100):
            archive.add([intake(n) for n in range(first, first + 100)])
    monkeypatch.setattr(contact_sheet, "PATIENCE", 0)
    browser = browse(path)
    page = browser.get(HERE).text
    assert "are still being sorted in" in page
    until = time.monotonic() + 30
    while browser.get(f"{HERE}index.json").json()["behind"]:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert browser.get(f"{HERE}index.json").json()["pictures"] == 600


# ------------------------------------------------------------------------------ coverage


def test_gaps_are_said_in_words(shown) -> None:
    page = shown.get(f"{HERE}coverage").text
    assert "Nothing between March 2015 and January 2017" in page
    assert "(21 months)" in page
    assert "Nothing between März" not in page
    assert "Nichts zwischen März 2015 und Januar 2017" in shown.get(f"{HERE}coverage?lang=de").text


def test_the_twin_of_the_coverage_has_every_number(shown) -> None:
    reach = shown.get(f"{HERE}coverage.json").json()
    assert (reach["pictures"], reach["sightings"], reach["behind"]) == (120, 96, 0)
    assert [(y["year"], y["certain"]) for y in reach["years"]] == [
        (2014, 24), (2015, 24), (2016, 0), (2017, 48),
    ]  # fmt: skip
    assert [(row["text"], row["pictures"]) for row in reach["sources"]] == [
        ("agency 0", 40), ("agency 1", 40), ("agency 2", 40),
    ]  # fmt: skip
    assert reach["gaps"][-1] == {"first": [2017, 2], "last": [2017, 4], "months": 3}


def test_every_year_that_is_drawn_is_written_too(shown) -> None:
    page = shown.get(f"{HERE}coverage").text
    rows = re.findall(r'<tr>\s*<th scope="row">(?:<a[^>]*>)?(20..).*?</tr>', page, re.DOTALL)
    assert rows == ["2014", "2015", "2016", "2017"]
    assert page.count('class="bar"') == 4
    assert len(re.findall(r'<svg class="(?:bar|strip)"[^>]*aria-hidden="true"', page)) == 8


# ------------------------------------------------------------------------------ hostile text

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><script>alert(1)</script>",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "<iframe src=javascript:alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "<body onload=alert(1)>",
    "{{7*7}}",
    "{% raw %}<b>",
    "${alert(1)}",
    "<a href=javascript:alert(1)>x</a>",
    "<math><mtext><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "<![CDATA[<script>]]>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<form action=//evil.example>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example>",
    "<object data=//evil.example>",
    "<embed src=//evil.example>",
    "\u202e<script>alert(1)</script>",
    "\u0000<script>alert(1)</script>",
    "<scr\u0000ipt>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "<style>@import '//evil.example'</style>",
    "<input autofocus onfocus=alert(1)>",
    "＜script＞alert(1)＜/script＞",
    "<svg><animate onbegin=alert(1)>",
    "<template><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "=cmd|' /C calc'!A0",
)

OURS = re.compile(
    "html|head|meta|title|link|script|body|a|header|div|svg|rect|path|span|nav|ul|li|main|h1|h2|"
    "form|input|label|button|small|p|strong|section|img|bdi|br|footer|table|thead|tbody|tr|th|td|"
    "i|b|code"
)


class Reader(HTMLParser):
    """What a browser would make of a page that is dangerous."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if not OURS.fullmatch(tag) or any(
            name.startswith("on") or name == "style" for name in given
        ):
            self.live.append(self.get_starttag_text() or tag)
        for name in ("href", "src", "action"):
            if not (given.get(name) or "/-/provenance/").startswith(("/-/provenance/", "#", "/")):
                self.live.append(f"{tag} {name}={given[name]}")
            if (given.get(name) or "").startswith("//"):
                self.live.append(f"{tag} {name}={given[name]}")
        if tag == "script" and "src" not in given:
            self.live.append("script")
        if tag == "meta" and "http-equiv" in given:
            self.live.append("meta")


def live(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.live


@pytest.fixture
def hostile(tmp_path: Path, browse) -> Any:
    path = tmp_path / "hostile.db"
    with Archive.open(path, create=True) as archive:
        archive.add(
            [
                intake(
                    n,
                    collection=text,
                    name=text,
                    caption=text,
                    source=text,
                    place=text,
                    credit=text,
                    url=text,
                    date=parse("2019"),
                )
                for n, text in enumerate(PAYLOADS)
            ]
        )
    return browse(path)


def test_forty_payloads() -> None:
    assert len(set(PAYLOADS)) == 40
    assert live("<p onclick=x>") and live("<script>") and live('<a href="javascript:x">')  # noqa: PT018


@pytest.mark.parametrize(
    "page", ["", "?order=newest", "?more=source", "?more=collection", "coverage"]
)
def test_no_stored_text_is_live(hostile, page: str) -> None:
    answer = hostile.get(f"{HERE}{page}")
    assert answer.status_code == 200
    assert live(answer.text) == []
    assert "alert(1)" in answer.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_asked_text_is_live(hostile, payload: str) -> None:
    for name in ("q", "source", "place", "collection", "year", "order", "more", "after"):
        answer = hostile.get(f"{HERE}?{urlencode({name: payload})}")
        assert answer.status_code == 200
        assert live(answer.text) == [], (name, payload)


def test_a_hostile_heading_leads_to_its_own_pictures(hostile) -> None:
    page = hostile.get(f"{HERE}?more=source").text
    addresses = re.findall(r'<li><a href="(/-/provenance/\?source=[^"]*)"', page)
    asked = {unquote(a.partition("source=")[2].replace("+", " ")) for a in addresses}
    assert len(asked) == 40
    for address in addresses[:5]:
        twin = hostile.get(address.replace("/?", "/index.json?").replace("&amp;", "&")).json()
        assert twin["pictures"] == 1
