"""Text of strangers in every field: live on no page, in no export, in no table of Datasette."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from provenance.archive import INTERNAL_TABLES, Archive
from provenance.dates import parse
from provenance.desk import Desk
from provenance.models import Claim, Decision, NewReview, Rating
from provenance.sources import Stated
from tests.datasette_plugin.test_sheet_pages import PAYLOADS, Reader, intake

HERE = "/-/provenance/"
TABLES = (
    "pictures",
    "sightings",
    "claims",
    "checks",
    "matches",
    "collections",
    "reviews",
    "events",
)
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://evil.example")')
ALL = " \n ".join((*PAYLOADS, *FORMULAS))
OURS = re.compile(
    "article|figure|figcaption|dl|dt|dd|ol|q|time|details|summary|caption|line|text|h3|h4|em|"
    "polygon|noscript|fieldset|legend|textarea|select|option"
)


class Whole(Reader):
    """Also knows the elements of the check and picture pages."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        safe = "i" if OURS.fullmatch(tag) else tag
        super().handle_starttag(safe, attrs)


def live(page: str) -> list[str]:
    reader = Whole()
    reader.feed(page)
    return reader.live


@pytest.fixture(scope="module")
def hostile(story: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "archive.db"
    photo = folder / "<img src=x onerror=alert(1)>&=1+1.jpg"
    with Image.open(min((story / "archive").glob("camp-smoke.jpg"))) as picture:
        exif = Image.Exif()
        for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
            exif[tag] = ALL.replace("\0", "").encode("ascii", "replace").decode()
        picture.save(photo, exif=exif, comment=ALL.encode())
    every = ("source", "caption", "credit", "place", "url", "collection")
    stated = Stated(date="2019", **dict.fromkeys(every, ALL))
    with Desk(path, create=True, actor=ALL.replace("\0", "")) as desk:
        list(desk.add([photo], stated))
        claim = Claim(
            text=ALL, date=parse("2023-10-23"), place=ALL, url="javascript:alert(1)", language=ALL
        )
        (checked,) = desk.check([photo], claim)
        for new in (
            NewReview(Decision.CONFIRMED, ALL, picture=1),
            NewReview(Decision.RATED, ALL, rating=Rating.STAGED, words=ALL),
            NewReview(Decision.NOTED, ALL),
        ):
            desk.review(checked.number or 1, new)
    with Archive.open(path) as archive:
        archive.add(
            [
                intake(
                    n,
                    collection=text,
                    **dict.fromkeys(("name", "caption", "source", "place", "credit", "url"), text),
                    date=parse("2018"),
                )
                for n, text in enumerate((*PAYLOADS, *FORMULAS))
            ]
        )
    return path


PAGES = ("", "?more=source", "coverage", "check", "checks", "checks/1", "checks/1/compare/1",
         "pictures/1", "pictures/1/near", *(f"pictures/{n}" for n in range(2, 48)))  # fmt: skip


def test_no_page_of_ours_lets_it_live(hostile: Path, browse: Any) -> None:
    browser = browse(hostile)
    for page in PAGES:
        for lang in ("en", "ar") if page in PAGES[:8] else ("en",):
            answer = browser.get(f"{HERE}{page}{'&' if '?' in page else '?'}lang={lang}")
            assert answer.status_code == 200, page
            assert live(answer.text) == [], page
    assert "alert(1)" in browser.get(f"{HERE}checks/1").text


def test_twins_are_json_and_nothing_else(hostile: Path, browse: Any) -> None:
    browser = browse(hostile)
    for page in ("index", "coverage", "checks", "checks/1", "checks/1/compare/1", "pictures/1"):
        answer = browser.get(f"{HERE}{page}.json")
        assert answer.headers["content-type"].startswith("application/json"), page
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert isinstance(answer.json(), dict)


@pytest.mark.parametrize("table", TABLES)
def test_tables_of_datasette(hostile: Path, browse: Any, table: str) -> None:
    browser = browse(hostile)
    page = browser.get(f"/archive/{table}")
    assert page.status_code == 200
    for payload in ("<script>alert(1)", "<img src=x", "<svg onload", "<iframe src", "<base href"):
        assert payload not in page.text
    assert not re.search(r"""<a\s[^>]*href=["']?\s*javascript:""", page.text)
    assert not re.search(r"<img[^>]*(thumbnail|raster|data:)", page.text)  # no picture unveiled
    twin = browser.get(f"/archive/{table}.json")
    assert twin.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("query", [".csv", ".csv?_dl=1", ".csv?_size=max"])
def test_no_cell_is_a_formula(hostile: Path, browse: Any, query: str) -> None:
    csv.field_size_limit(10_000_000)
    browser = browse(hostile)
    dangerous = 0
    for table in TABLES:
        answer = browser.get(f"/archive/{table}{query}")
        rows = list(csv.reader(io.StringIO(answer.text, newline="")))
        assert len(rows) > 1, table
        assert len({len(row) for row in rows}) == 1, table
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), (table, cell[:80])
            assert not cell.startswith("-") or re.fullmatch(r"-[\d.]+", cell), (table, cell[:80])
            dangerous += cell.startswith(("'=", "'+", "'@", "'-"))
    assert dangerous > 5


def test_internal_tables_are_not_listed(hostile: Path, browse: Any) -> None:
    browser = browse(hostile)
    told = {each["name"]: each["hidden"] for each in browser.get("/archive.json").json()["tables"]}
    internal = {name for name in told if name.startswith("_")}
    assert internal == set(INTERNAL_TABLES) - {"sqlite_sequence"}
    assert all(told[name] for name in internal)
    assert told.get("sqlite_sequence", True)
    assert {name for name in TABLES if not told[name]} == set(TABLES)


@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
def test_csv_in_pieces_is_the_same(size: int) -> None:
    from provenance.datasette_plugin.spreadsheets import Defusing

    rows = [["a", "=1+1", "-5", '-1+1 "x"', "é, \n=2", ""], ["@x", "b", "'", '"', "\r\n+3", "سلام"]]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    raw = out.getvalue().encode()
    guard = Defusing()
    pieces = [raw[at : at + size] for at in range(0, len(raw), size)]
    passed = b"".join(guard.passed(p, last=False) for p in pieces) + guard.passed(b"", last=True)
    read = list(csv.reader(io.StringIO(passed.decode(), newline="")))
    expected = [["a", "'=1+1", "-5", '\'-1+1 "x"', "é, \n=2", ""]]
    expected += [["'@x", "b", "'", '"', "'\r\n+3", "سلام"]]
    assert read == expected
