"""Pages that people saved: as one file, with a folder beside them, within other folders."""

from __future__ import annotations

import base64

import pytest

from fixtures.pages import PUBLISHED, SITE, article, figure, meta, mhtml, picture, saved
from provenance.fingerprint import parse_hash
from provenance.models import How, Means, Trust
from provenance.sources import Stated, Tally, entries

URL, IMG = f"{SITE}/2019/fire", f"{SITE}/img/market.jpg"
TOLD = meta("article:published_time", PUBLISHED)
SOON = "Thu, 20 Jun 2019 09:00:00 GMT"
LATE = "Wed, 03 May 2023 09:00:00 GMT"
MARK = f"<!-- saved from url=({len(URL):04d}){URL} -->\n"


def draw(name, tally=None, **stated):
    found = entries([str(name)], Stated(**stated), parse_hash=parse_hash, tally=tally)
    return list(found)


# ----------------------------------------------------------------------------------- mhtml


def test_a_page_in_one_file_brings_its_pictures(take):
    html = article(figure("/img/market.jpg"), TOLD)
    (entry,) = take(mhtml(URL, html, {IMG: picture(1)}, SOON), "page.mhtml", trust="partner")
    assert entry.content == picture(1)
    assert entry.name == f"page.mhtml/{IMG}"
    assert entry.kept_in == "page.mhtml"
    assert (entry.sighting.date.text, entry.sighting.url) == (PUBLISHED, URL)
    assert not entry.sighting.weak_page
    (crawl,) = entry.more
    assert (crawl.means, crawl.date.text) == (Means.CRAWLED, "2019-06-20T09:00:00Z")
    assert not crawl.image_record


@pytest.mark.parametrize(
    ("html", "date"),
    [
        (article(figure("/img/market.jpg"), TOLD), LATE),
        (article("", TOLD, '<aside><img src="/img/market.jpg"></aside>'), SOON),
        (article(figure("/img/market.jpg"), TOLD), "no date"),
        (article(figure("/img/market.jpg"), TOLD), "Thu, 20 Jun 1919 09:00:00 GMT"),
    ],
    ids=["saved years later", "sidebar", "no date of saving", "saved before it was published"],
)
def test_its_date_stays_an_indication(take, html, date):
    (entry,) = take(mhtml(URL, html, {IMG: picture(1)}, date), "page.mht", trust="partner")
    carrying = [s for s in (entry.sighting, *entry.more) if s.date and s.means is Means.PUBLISHED]
    assert all(sighting.weak_page for sighting in carrying)


def test_parts_are_found_by_their_id_too(take):
    raw = mhtml(URL, article(figure("cid:one@x"), TOLD), {IMG: picture(1)}, SOON)
    raw = raw.replace(f"Content-Location: {IMG}".encode(), b"Content-ID: <one@x>")
    (entry,) = take(raw, "page.mhtml")
    assert entry.sighting.caption == "Smoke over the market"


def test_drawings_and_furniture_in_it_are_left(take):
    tally = Tally()
    raw = mhtml(URL, article("", TOLD), {IMG: picture(1, (20, 20))}, SOON)
    assert take(raw, "page.mhtml", tally) == []
    assert tally.empty == ["page.mhtml"]


@pytest.mark.parametrize("raw", [b"", b"hello", b"\xff" * 5000, picture(1)])
def test_what_is_no_page_is_one_line(take, raw):
    (entry,) = take(raw, "page.mhtml")
    assert entry.problem is not None
    assert entry.problem.advice


# ------------------------------------------------------------------------------- saved HTML


def test_a_saved_page_gives_the_files_beside_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    html = MARK + article(figure("page_files/market%201.jpg"), TOLD)
    saved(tmp_path, html, {"market 1.jpg": picture(1)})
    (entry,) = draw("page.html", trust="trusted")
    assert (entry.name, entry.path) == ("page_files/market 1.jpg",) * 2
    assert (entry.sighting.url, entry.sighting.how) == (URL, How.PAGE)
    assert entry.sighting.weak_page, "nothing says when it was saved"
    assert entry.more == ()
    assert entry.read_as == (
        "published 14 June 2019, 10:00:00 UTC (meta “2019-06-14T10:00:00Z”) "
        "(an indication: nothing says when the page was saved)"
    )


def test_its_address_is_also_told_by_the_page(tmp_path):
    html = article(figure("page_files/a.jpg"), f'<link rel="canonical" href="{URL}">')
    (entry,) = draw(saved(tmp_path, html, {"a.jpg": picture(1)}))
    assert entry.sighting.url == URL
    assert entry.sighting.date is None


def test_a_page_with_its_pictures_inside(tmp_path):
    text = base64.b64encode(picture(4)).decode()
    mark = f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Thu Jun 20 2019\n-->"
    page = tmp_path / "single.html"
    page.write_text(mark + article(figure(f"data:image/jpeg;base64,{text}"), TOLD))
    (entry,) = draw(page)
    assert (entry.content, entry.name) == (picture(4), f"{page}#1")
    assert entry.sighting.url == URL
    assert entry.sighting.weak_page


def test_of_several_addresses_the_saved_one_is_taken(tmp_path):
    html = article(
        '<img src="page_files/a.jpg" srcset="https://x.example/b.jpg 2x, page_files/c.jpg 3x">'
    )
    (entry,) = draw(saved(tmp_path, html, {"c.jpg": picture(1)}))
    assert entry.name.endswith("page_files/c.jpg")


def test_a_picture_that_was_not_saved_has_its_line(tmp_path):
    (entry,) = draw(saved(tmp_path, article('<img src="page_files/gone.jpg">'), {}))
    assert entry.problem.reason == "not_a_file"


@pytest.mark.parametrize(
    "src",
    [
        "../secret.jpg",
        "/etc/secret.jpg",
        "a/../../secret.jpg",
        "%2e%2e/secret.jpg",
        "..\\secret.jpg",
        "file:///secret.jpg",
        "C:\\secret.jpg",
        "//host/secret.jpg",
        "a%00.jpg",
        "https://x.example/a",
    ],
)
def test_nothing_outside_its_folder_is_taken(tmp_path, src):
    (tmp_path / "secret.jpg").write_bytes(picture(1))
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "page.html").write_text(article(f'<img src="{src}">'))
    assert draw(inner / "page.html") == []


def test_pages_within_folders_are_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "disk" / "pages"
    folder.mkdir(parents=True)
    saved(folder, MARK + article(figure("page_files/a.jpg"), TOLD), {"a.jpg": picture(1)})
    (tmp_path / "disk" / "photo.jpg").write_bytes(picture(2))
    found = draw("disk", trust="partner")
    assert [entry.name for entry in found] == [
        "disk/pages/page_files/a.jpg",
        "disk/pages/page_files/a.jpg",
        "disk/photo.jpg",
    ]
    assert {entry.collection.name for entry in found} == {"disk"}
    assert found[0].sighting.url == URL


def test_what_a_desk_says_of_a_folder_holds_for_its_photographs(tmp_path):
    saved(tmp_path, article(figure("page_files/a.jpg"), TOLD), {"a.jpg": picture(1)})
    page, photograph = draw(tmp_path)
    assert (page.trust, photograph.trust) == (Trust.UNREVIEWED, Trust.OWN)
