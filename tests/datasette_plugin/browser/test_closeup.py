"""In a real browser the part of a checked picture looks like the archived one beside it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.collaged import COLLAGE, collaged

FRAMES = '[data-pane="{}"] .frame'
AGREES = 0.9


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return collaged(tmp_path_factory.mktemp("collaged"))


def opened(page: Any, address: str, picture: int) -> None:
    page.goto(f"{address}checks/{COLLAGE}/compare/{picture}")
    for switch in page.locator(".switch").all()[:2]:
        switch.click()


def seen(page: Any, box: dict[str, float]) -> NDArray[np.float64]:
    """What is in this box of the page, in grey and always as large, its outline left out."""
    inset = 8
    clip = {"x": box["x"] + inset, "y": box["y"] + inset}
    clip |= {side: box[side] - 2 * inset for side in ("width", "height")}
    with Image.open(io.BytesIO(page.screenshot(clip=clip))) as shot:
        return np.asarray(shot.convert("L").resize((60, 40), Image.Resampling.BOX), np.float64)


def alike(page: Any) -> float:
    """How far what is outlined on both sides correlates, where no switch lies over it."""
    boxes = [
        page.locator(f"{FRAMES.format(p)} .line").bounding_box() for p in ("query", "archived")
    ]
    one, other = (seen(page, box)[15:].ravel() for box in boxes)
    return float(np.corrcoef(one, other)[0, 1])


@pytest.mark.parametrize(("width", "lang"), [(390, "ar"), (1280, "en")])
def test_beside_each_other_they_are_as_large_and_look_alike(
    chromium: Any, address: str, width: int, lang: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=False, locale=lang
    )
    page = context.new_page()
    for picture in (1, 4):
        opened(page, address, picture)
        tile, archived = (
            page.locator(f"{FRAMES.format(pane)} .line").bounding_box()
            for pane in ("query", "archived")
        )
        assert tile["width"] > 0.85 * archived["width"]
        assert archived["y"] + archived["height"] < 844
        assert alike(page) > AGREES
        page.click(".views a:not([aria-current])")  # back to all of it
        whole = page.locator(f"{FRAMES.format('query')} .line").bounding_box()
        assert whole["width"] < 0.6 * archived["width"]
    context.close()


def test_one_zoom_moves_both(chromium: Any, address: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 860})
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    opened(page, address, 2)
    page.focus("[data-pane=query]")
    for key in ("+", "+", "+", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    frames = [page.locator(FRAMES.format(pane)).first for pane in ("query", "archived")]
    parts = [frame.locator("> .part, > img") for frame in frames]
    assert all("scale(1.95" in part.evaluate("(e) => e.style.transform") for part in parts)
    one, other = (seen(page, frame.bounding_box())[15:].ravel() for frame in frames)
    assert np.corrcoef(one, other)[0, 1] > 0.5  # both went to the same place
    assert "matrix3d" in page.locator("[data-laid]").evaluate("(e) => e.style.transform")
    page.check("input[value=difference]")
    assert (
        page.locator("[data-stage] .part[data-base]").evaluate("(e) => getComputedStyle(e).filter")
        == "grayscale(1)"
    )
    assert problems == []
    page.close()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_serious(chromium: Any, address: str, lang: str) -> None:
    accessible = pytest.importorskip("tests.datasette_plugin.browser.test_accessible")
    page = chromium.new_page(viewport={"width": 1000, "height": 800})
    page.goto(f"{address}checks/{COLLAGE}/compare/1?lines=1&lang={lang}")
    assert page.locator(".views a").count() == 2
    assert accessible.serious(page, {"resultTypes": ["violations"]}) == []
    page.close()
