"""The comparison shows the part of a checked picture in which the archived one lies."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.collaged import COLLAGE, FRAMED, TILES, WHOLE, collaged

OURS = "/-/provenance"


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return collaged(tmp_path_factory.mktemp("collaged"))


def compared(reader: Any, check: int, asked: str = "") -> list[str]:
    """The page of every match of a check."""
    matches = reader.get(f"{OURS}/checks/{check}.json").json()["matches"]
    paths = [f"{OURS}/checks/{check}/compare/{match['picture']}{asked}" for match in matches]
    return [reader.get(path).text for path in paths]


def outline(page: str) -> list[tuple[float, float]]:
    """Of the checked picture, in per cent of what is shown."""
    points = re.findall(r'<polygon class="line" points="([^"]+)"', page)[0].split()
    return [(float(x), float(y)) for x, y in (point.split(",") for point in points)]


def current(page: str) -> list[str]:
    """The view that is shown, and the address of each."""
    views = page.partition('<nav class="views"')[2].partition("</nav>")[0]
    told = re.findall(r'href="([^"]+)"( aria-current="true")?', views)
    return [address.replace("&amp;", "&") for address, shown in told if shown]


def test_every_tile_of_a_collage_is_shown_as_large_as_its_picture(reader: Any) -> None:
    pages = compared(reader, COLLAGE)
    assert len(pages) == len(TILES)
    assert len(
        {re.findall(r'class="part[^>]* viewBox="([^"]+)"', page)[0] for page in pages}
    ) == len(TILES)
    for page in pages:
        assert "view=part" in current(page)[0]
        assert page.count('class="part') == 2  # beside the archived picture, and below it
        for axis in (0, 1):
            along = [point[axis] for point in outline(page)]
            assert max(along) - min(along) > 85
        corners = [float(n) for n in re.findall(r'data-corners="([^"]+)"', page)[0].split()]
        assert [-0.02 < corner < 1.02 for corner in corners] == [True] * 8


def test_all_of_it_is_one_link_away(reader: Any) -> None:
    page = compared(reader, COLLAGE, "?view=whole")[0]
    assert "view=whole" in current(page)[0]
    assert 'class="part' not in page
    across = [x for x, _ in outline(page)]
    assert max(across) - min(across) == pytest.approx(50, abs=1.5)


def test_what_fills_most_of_it_is_shown_closely_on_demand(reader: Any) -> None:
    (first,), (closely,) = compared(reader, FRAMED), compared(reader, FRAMED, "?view=part")
    assert "view=whole" in current(first)[0]
    assert 'class="part' not in first
    assert "view=part" in current(closely)[0]
    assert 'class="part' in closely


@pytest.mark.parametrize("asked", ["", "?view=part"])
def test_a_whole_copy_has_no_part_of_it(reader: Any, asked: str) -> None:
    (page,) = compared(reader, WHOLE, asked)
    assert current(page) == []
    assert 'class="part' not in page


def test_what_is_not_known_is_as_if_nothing_was_asked(reader: Any) -> None:
    assert "view=part" in current(compared(reader, COLLAGE, "?view=x")[0])[0]


def test_a_part_is_as_veiled_as_a_picture(reader: Any) -> None:
    page = compared(reader, COLLAGE)[0]
    beside = page.partition('<div class="pair">')[2].partition("</figure>")[0]
    assert 'class="part veiled"' in beside
    assert 'class="reveal"' in beside


def test_one_choice_keeps_the_other(reader: Any) -> None:
    page = compared(reader, COLLAGE, "?view=whole&lines=1")[0]
    assert "lines=1" in current(page)[0]
    hide = re.findall(r'class="button" href="([^"]+)#points"', page)[0]
    assert "view=whole" in hide
    assert "lines" not in hide


def test_points_lie_in_the_part_that_is_shown(reader: Any) -> None:
    page = compared(reader, COLLAGE, "?lines=1")[0]
    drawing = re.findall(r'<svg class="agreeing beside".*?</g>\s*</svg>', page, re.DOTALL)[0]
    frame = re.findall(
        r'<svg x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', drawing
    )
    left, top, width, height = map(float, frame[0])
    lines = re.findall(r'<path d="M([\d.]+) ([\d.]+)L', drawing)
    across, down = ([float(line[axis]) for line in lines] for axis in (0, 1))
    assert len(lines) > 10
    assert left <= min(across) <= max(across) <= left + width
    assert top <= min(down) <= max(down) <= top + height
    assert max(across) - min(across) > width / 2
