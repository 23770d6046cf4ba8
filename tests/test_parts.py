"""Queries that hold archived pictures: collages, screenshots, one picture over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from provenance import Claim, Desk, Stated, read_date
from provenance.demo.alteration import jpeg
from provenance.demo.drawing import draw
from provenance.finding import judge
from provenance.models import AlterationKind, FindingKind, Lookup, Match, Relation

Rgb = NDArray[np.uint8]
SIZE = (480, 320)
SCENES = ("street", "harbour", "drone", "hills", "roofs")
CLAIM = Claim(date=read_date("2023-10-23").date)


@pytest.fixture(scope="module")
def drawn() -> list[Rgb]:
    return [draw(20 + number, scene, SIZE) for number, scene in enumerate(SCENES)]


@pytest.fixture(scope="module")
def desk(drawn: list[Rgb], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The first four are archived, each with a year of its own."""
    folder = tmp_path_factory.mktemp("parts")
    with Desk(folder / "archive.db", create=True) as desk:
        for number, rgb in enumerate(drawn[:4]):
            stated = Stated(date=str(2016 + number), source="agency")
            list(desk.add([_saved(folder, f"{number}.jpg", rgb)], stated))
        yield desk


def _saved(folder: Path, name: str, rgb: Rgb) -> Path:
    path = folder / name
    path.write_bytes(jpeg(np.ascontiguousarray(rgb)))
    return path


def _looked_up(desk: Desk, folder: Path, rgb: Rgb) -> Lookup:
    (found,) = desk.lookup([_saved(folder, "query.jpg", rgb)])
    return found


def collage(tiles: Sequence[Rgb], gutter: int = 6) -> Rgb:
    """Four tiles of 300 by 200 in two rows, white between them."""
    small = [cv2.resize(tile, (300, 200), interpolation=cv2.INTER_AREA) for tile in tiles]
    canvas = np.full((400 + gutter, 600 + gutter, 3), 255, np.uint8)
    for number, tile in enumerate(small):
        row, column = divmod(number, 2)
        top, left = row * (200 + gutter), column * (300 + gutter)
        canvas[top : top + 200, left : left + 300] = tile
    return canvas


def screenshot(photo: Rgb, width: int = 720, height: int = 1280) -> Rgb:
    """A post on a phone: lines of text above and below, the photograph at full width."""
    page = Image.new("RGB", (width, height), (250, 250, 250))
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(size=26)
    for y in (*range(40, 300, 44), *range(880, 1240, 44)):
        pen.text((30, y), "people near the bridge say that it happened today", (25, 25, 30), font)
    shown = cv2.resize(photo, (width, width * 2 // 3), interpolation=cv2.INTER_AREA)
    page.paste(Image.fromarray(shown), (0, 340))
    return np.array(page)


def _names(matches: Sequence[Match]) -> list[str]:
    return sorted(Path(match.picture.path or "").stem for match in matches)


def _kinds(match: Match) -> set[AlterationKind]:
    return {alteration.kind for alteration in match.comparison.alterations}


# ---------------------------------------------------------------------------------- collages


def test_four_archived_tiles_are_four_matches_and_four_parts(desk, drawn, tmp_path) -> None:
    found = _looked_up(desk, tmp_path, collage(drawn[:4]))
    assert _names(found.matches) == ["0", "1", "2", "3"]
    assert all(AlterationKind.INSIDE_COLLAGE in _kinds(match) for match in found.matches)
    assert sorted(part.matches for part in found.parts) == [(0,), (1,), (2,), (3,)]
    for part in found.parts:
        across, down = np.ptp(np.array(part.region), axis=0)
        assert across == pytest.approx(300, abs=8)
        assert down == pytest.approx(200, abs=8)


def test_each_tile_has_a_finding_and_the_whole_has_none_of_its_own(desk, drawn, tmp_path) -> None:
    (checked,) = desk.check([_saved(tmp_path, "query.jpg", collage(drawn[:4]))], CLAIM)
    assert checked.finding.kind is FindingKind.PARTS
    told = {part.support.no_later_than.year for part in checked.finding.parts if part.support}
    # A year ends twelve hours later somewhere (unknown zone).
    assert told == {2017, 2018, 2019, 2020}
    assert len(checked.record["parts"]) == 4
    assert all(part["finding"]["sentence"] for part in checked.record["parts"])


def test_a_mirrored_tile_beside_strangers_is_one_part(desk, drawn, tmp_path) -> None:
    tiles = [drawn[4], drawn[2][:, ::-1], drawn[4][::-1], drawn[4][:, ::-1]]
    found = _looked_up(desk, tmp_path, collage(tiles))
    (match,) = found.matches
    assert _names([match]) == ["2"]
    assert {AlterationKind.MIRRORED, AlterationKind.INSIDE_COLLAGE} <= _kinds(match)
    (part,) = found.parts
    assert np.array(part.region)[:, 0].min() == pytest.approx(306, abs=8)


def test_a_tile_may_show_a_part_of_an_archived_picture(desk, drawn, tmp_path) -> None:
    part = cv2.resize(drawn[2][100:310, 140:455], (480, 320), interpolation=cv2.INTER_CUBIC)
    tiles = [drawn[4], part, drawn[4][::-1], drawn[4][:, ::-1]]
    (match,) = _looked_up(desk, tmp_path, collage(tiles)).matches
    assert _names([match]) == ["2"]
    assert {AlterationKind.CROPPED, AlterationKind.INSIDE_COLLAGE} <= _kinds(match)


def test_pictures_without_a_gutter_are_two_parts(desk, drawn, tmp_path) -> None:
    found = _looked_up(desk, tmp_path, np.hstack([drawn[1], drawn[3]]))
    assert _names(found.matches) == ["1", "3"]
    assert len(found.parts) == 2


def test_a_picture_laid_over_another_archived_one_is_a_part_of_its_own(
    desk, drawn, tmp_path
) -> None:
    below = cv2.resize(drawn[0], (960, 640), interpolation=cv2.INTER_CUBIC)
    below[200:456, 300:684] = cv2.resize(drawn[3], (384, 256), interpolation=cv2.INTER_AREA)
    found = _looked_up(desk, tmp_path, below)
    assert _names(found.matches) == ["0", "3"]
    assert len(found.parts) == 2


# ------------------------------------------------------------------------------- screenshots


def test_a_screenshot_answers_for_the_photograph_in_it(desk, drawn, tmp_path) -> None:
    query = _saved(tmp_path, "query.jpg", screenshot(drawn[1]))
    (checked,) = desk.check([query], CLAIM)
    (match,) = checked.looked.lookup.matches
    assert AlterationKind.INSIDE_SCREENSHOT in _kinds(match)
    (part,) = checked.looked.lookup.parts
    region = np.array(part.region)
    assert region[:, 1].min() == pytest.approx(340, abs=6)
    assert region[:, 1].max() == pytest.approx(820, abs=6)
    assert checked.finding.kind is FindingKind.SEEN_BEFORE_CLAIM
    assert "a photograph inside this image" in checked.finding.sentence
    assert "the same photograph" not in checked.finding.sentence


def test_a_small_copy_on_a_large_page_is_a_detail(desk, drawn, tmp_path) -> None:
    page = screenshot(drawn[4], 1080, 1920)
    page[1500:1660, 700:940] = cv2.resize(drawn[2], (240, 160), interpolation=cv2.INTER_AREA)
    found = _looked_up(desk, tmp_path, page)
    assert _names(found.matches) == ["2"]
    assert len(found.parts) == 1
    assert "a detail of this image" in judge(CLAIM, found).sentence
    assert "ein Detail dieses Bildes" in judge(CLAIM, found, lang="de").sentence


# ------------------------------------------------------------------------- nothing inside


def test_a_copy_that_fills_the_query_has_no_parts(desk, drawn, tmp_path) -> None:
    bars = np.pad(drawn[0], ((60, 60), (0, 0), (0, 0)))
    for query in (drawn[0][:, ::-1], bars, drawn[0][40:300, 60:440]):
        found = _looked_up(desk, tmp_path, query)
        assert _names(found.matches) == ["0"]
        assert found.parts == ()


def test_a_wider_view_of_an_archived_crop_is_no_collage(tmp_path, drawn) -> None:
    with Desk(tmp_path / "archive.db", create=True) as desk:
        list(desk.add([_saved(tmp_path, "crop.jpg", drawn[0][60:260, 80:400])]))
        found = _looked_up(desk, tmp_path, drawn[0])
    (match,) = found.matches
    assert match.comparison.relation is Relation.SAME_PICTURE
    assert not _kinds(match) & {AlterationKind.INSIDE_COLLAGE, AlterationKind.INSIDE_SCREENSHOT}
    assert found.parts == ()


def test_the_order_of_adding_changes_nothing(tmp_path, drawn) -> None:
    query, answers = collage(drawn[:4]), []
    for name, order in (("one", (0, 1, 2, 3)), ("two", (3, 1, 0, 2))):
        with Desk(tmp_path / f"{name}.db", create=True) as desk:
            for number in order:
                list(desk.add([_saved(tmp_path, f"{number}.jpg", drawn[number])]))
            found = _looked_up(desk, tmp_path, query)
        answers.append([(match.picture.sha256, match.comparison.region) for match in found.matches])
    assert answers[0] == answers[1]
