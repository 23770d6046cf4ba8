"""Every page answers, in every language, with its twin, on the Datasette that is installed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from provenance import Claim, Desk
from provenance.datasette_plugin.versions import datasette_version
from provenance.demo.drawing import draw
from provenance.wording import LANGUAGES

PAGES = [
    "",
    "check",
    "checks",
    "checks/1",
    "checks/2",
    "checks/3",
    "checks/1/compare/1",
    "checks/1/reviews",
    "name",
    "pictures/1",
    "pictures/1/near",
]


def test_the_version_is_one_that_is_supported() -> None:
    assert re.match(r"0\.65\.|1\.0", datasette_version())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_in_its_language(reader: Any, page: str, lang: str) -> None:
    answer = reader.get(f"/-/provenance/{page}?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text
    assert "<main" in answer.text
    assert "style=" not in answer.text
    assert not re.search(r"<script(?![^>]* src=)", answer.text)
    fetched = re.findall(r"""<(?:link|script|img)[^>]*(?:src|href)="([^"]*)""", answer.text)
    assert fetched
    assert all(address.startswith("/-/provenance/") for address in fetched)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_its_twin(reader: Any, page: str) -> None:
    answer = reader.get(f"/-/provenance/{page or 'index'}.json")
    assert answer.status_code == 200
    assert isinstance(answer.json(), dict)


def test_the_twin_of_a_check_is_its_line_of_json(reader: Any) -> None:
    from provenance.desk import Desk

    path = next(db.path for db in reader.datasette.databases.values() if db.path)
    with Desk(path, readonly=True) as desk:
        stored = desk.archive.check(1)
    assert reader.get("/-/provenance/checks/1.json").json() == json.loads(json.dumps(stored))


def test_a_finding_in_the_language_of_the_reader(reader: Any) -> None:
    english = reader.get("/-/provenance/checks/1.json?lang=en").json()
    german = reader.get("/-/provenance/checks/1.json?lang=de").json()
    assert german["finding"]["kind"] == english["finding"]["kind"] == "seen_before_claim"
    assert german["finding"]["sentence"] != english["finding"]["sentence"]
    assert german["finding"]["support"] == english["finding"]["support"]


def test_the_language_is_what_the_browser_asks_for(reader: Any) -> None:
    wish = {"accept-language": "xx, de-AT;q=0.9, en;q=0.4"}
    assert '<html lang="de"' in reader.get("/-/provenance/", headers=wish).text


def test_what_is_not_there_says_so(reader: Any) -> None:
    for page in ("pictures/999", "checks/999", "checks/999/thumbnail"):
        answer = reader.get(f"/-/provenance/{page}")
        assert answer.status_code == 404
        assert "999" in answer.text


@pytest.mark.parametrize("path", ["nothing", "checks/1/nothing", "check/1"])
def test_a_path_that_leads_nowhere_says_so(reader: Any, path: str) -> None:
    answer = reader.get(f"/-/provenance/{path}?lang=de")
    assert answer.status_code == 404
    assert "Diese Seite gibt es hier nicht." in answer.text


def test_the_front_page_leads_to_the_archive(reader: Any) -> None:
    answer = reader.get("/")
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/provenance/")


def test_every_picture_is_veiled_and_has_its_own_switch(reader: Any) -> None:
    page = reader.get("/-/provenance/checks/1").text
    pictures = re.findall(r"<img [^>]*>", page)
    assert pictures
    assert all('class="veiled"' in picture for picture in pictures)
    switches = re.findall(r'class="reveal" id="([^"]+)"', page)
    assert len(switches) == len(set(switches)) == len(pictures)


def test_a_path_in_front_is_respected(archive: Any, browse: Any) -> None:
    browser = browse(archive, base_url="/desk/")
    page = browser.get("/-/provenance/checks/1").text  # the client adds the path in front
    addresses = re.findall(r"""(?:src|href|action)="(/[^"]*)""", page)
    assert addresses
    assert all(address.startswith("/desk/") for address in addresses)
    assert browser.get("/").headers["location"] == "/desk/-/provenance/"


def test_the_comparison_knows_where_the_picture_lies(reader: Any) -> None:
    match = reader.get("/-/provenance/checks/1.json").json()["matches"][0]
    picture = match["picture"]
    page = reader.get(f"/-/provenance/checks/1/compare/{picture}").text
    corners = re.search(r'data-corners="([^"]+)"', page)
    assert corners
    assert len(corners[1].split()) == 8
    assert page.count("<polygon") == 4  # the region on both, each with its halo
    assert reader.get("/-/provenance/checks/1/compare/999").status_code == 404


def test_near_a_picture_is_not_the_picture_itself(reader: Any) -> None:
    near = reader.get("/-/provenance/pictures/1/near.json").json()["near"]
    assert near["outcome"] in {"matched", "not_in_archive"}
    assert 1 not in [match["picture"] for match in near["matches"]]


def test_lines_are_drawn_when_asked_for(reader: Any) -> None:
    path = "/-/provenance/checks/1/compare/1"
    assert "<path" not in reader.get(path).text.partition("<main")[2]
    assert "points" not in reader.get(f"{path}.json").json()
    shown = reader.get(f"{path}?lines=1").text
    pairs = reader.get(f"{path}.json?lines=1").json()["points"]["pairs"]
    assert 20 < len(pairs) <= 40
    drawings = re.findall(r'<svg class="agreeing.*?</g>\s*</svg>', shown, re.DOTALL)
    assert [drawing.count("<circle") for drawing in drawings] == [2 * len(pairs)] * 2
    assert f"Points shown: {len(pairs)}." in shown
    assert "Too little is kept" not in shown


def test_a_picture_says_what_is_known_of_its_file(browse: Any, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2019:06:14 10:00:00"  # DateTimeOriginal
    Image.fromarray(draw(41, "street", (480, 320))).save(tmp_path / "dated.jpg", exif=exif)
    Image.fromarray(draw(42, "harbour", (480, 320))).save(tmp_path / "plain.jpg")
    with Desk(tmp_path / "archive.db", create=True, actor="Adler") as desk:
        list(desk.add([tmp_path / "dated.jpg", tmp_path / "plain.jpg"]))
        list(desk.check([tmp_path / "dated.jpg"], Claim()))
    browser = browse(tmp_path / "archive.db")
    kept, bare = (browser.get(f"/-/provenance/pictures/{n}.json").json() for n in (1, 2))
    assert kept["metadata"]["check"] == 1
    assert "exif" in {fact["how"] for fact in kept["metadata"]["metadata"]["facts"]}
    assert bare["metadata"] is None
    shown, other = (browser.get(f"/-/provenance/pictures/{n}").text for n in (1, 2))
    assert 'As read from this very file in <a href="/-/provenance/checks/1">' in shown
    assert "14 June 2019" in shown
    assert "absent" in shown
    assert "was not kept when it was taken in" in other
    assert "was not kept when it was taken in" not in shown
