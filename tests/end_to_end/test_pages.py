"""Archived pages by the real command: in, found again, dated no better than they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures import pages

SIDEBAR = pages.article(
    pages.figure("/img/market.jpg"), beside='<aside><img src="/img/sidebar.jpg"></aside>'
)
ADDRESS = f"{pages.SITE}/2019/fire"
CRAWLED = "2023-05-03T09:00:00Z"


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A page of 2019, crawled in 2023 with a picture of 2023 beside the article."""
    records = [
        pages.Kept(f"{pages.SITE}/img/market.jpg", pages.picture(1), CRAWLED),
        pages.Kept(f"{pages.SITE}/img/sidebar.jpg", pages.picture(2), CRAWLED),
        pages.kept_page(ADDRESS, SIDEBAR, CRAWLED),
    ]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(pages.warc(records))
    (tmp_path / "market.jpg").write_bytes(pages.picture(1))
    (tmp_path / "sidebar.jpg").write_bytes(pages.picture(2))
    return path


def test_a_page_of_2019_lends_no_date_to_a_picture_of_2023(run, crawl):
    added = run("add", crawl.name, "--trust", "trusted", "--nl")
    assert (added.code, len(added.lines())) == (0, 2)
    assert all("2019" in line["read_as"] for line in added.lines())
    for name in ("market.jpg", "sidebar.jpg"):
        (check,) = run("check", name, "--claim-date", "2022-02-01", "--json").json()
        finding = check["finding"]
        assert finding["kind"] == "overlaps_claim"
        assert finding["support"]["strength"] == "documented"
        strengths = {s["how"]: s["strength"] for s in check["matches"][0]["sightings"]}
        assert (strengths["page"], strengths["crawl_record"]) == ("indication", "documented")
    (later,) = run("check", "sidebar.jpg", "--claim-date", "2023-10-23", "--json").json()
    assert later["finding"]["kind"] == "seen_before_claim"
    assert later["finding"]["sentence"].startswith(
        "The same photograph was online on 3 May 2023, 09:00:00 UTC (crawl of news.example)"
    )


def test_the_same_archive_again_changes_nothing(run, crawl):
    run("add", crawl.name)
    again = run("add", crawl.name, "--nl").lines()
    assert [(line["outcome"], line["new"]) for line in again] == [("known", [])] * 2
