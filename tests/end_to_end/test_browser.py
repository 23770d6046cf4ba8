"""A real browser at a real server: drop a picture, read the finding, lay the pictures together."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from provenance.datasette_plugin.route import PREFIX
from provenance.datasette_plugin.routes import ROUTES
from provenance.demo.run import run
from tests.end_to_end.conftest import serving


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("story")
    run(folder, out=io.StringIO())
    return folder


@pytest.fixture(scope="module")
def address(story: Path) -> Iterator[str]:
    with serving("serve", "-a", story / "archive.db") as address:
        yield address


def circulating(story: Path) -> str:
    return str(min((story / "circulating").iterdir()))


def checked(page: Any, address: str, story: Path) -> None:
    page.goto(f"{address}check")
    page.set_input_files("#image", [circulating(story)])
    page.fill("#claim_date", "23 October 2023")
    page.press("#claim_date", "Enter")
    page.wait_for_url("**/checks/*", timeout=60_000)


def test_from_a_dropped_picture_to_the_difference(chromium: Any, address: str, story: Path) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    problems: list[str] = []
    hosts: set[str] = set()
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    checked(page, address, story)
    assert "before the claimed date" in page.inner_text(".sentence")
    for frame in page.locator(".pair .frame").all():  # the one beside the other, without scrolling
        box = frame.bounding_box()
        assert box["y"] + box["height"] < 844
    page.locator(".switch").first.click()
    page.reload()
    assert page.locator(".reveal").first.is_checked()
    assert not page.locator(".reveal").nth(1).is_checked()
    page.locator(".actions a").click()
    for mode in ("wipe", "blink", "difference", "fade"):
        page.check(f"input[value={mode}]")
        assert page.locator("[data-stage]").get_attribute("data-mode") == mode
    page.fill("#amount", "100")
    assert page.locator("[data-wiped]").evaluate("(e) => e.style.opacity") == "1"
    assert "matrix3d" in page.locator("[data-laid]").evaluate("(e) => e.style.transform")
    page.focus("[data-pane=query]")
    page.keyboard.press("+")
    assert float(page.input_value("#zoom")) > 1
    assert problems == []
    assert hosts == {address.split("/")[2]}
    page.close()


def test_without_scripts(chromium: Any, address: str, story: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    checked(page, address, story)
    page.keyboard.press("Tab")  # to the skip link, the first thing there is
    assert "before the claimed date" in page.inner_text(".sentence")
    page.locator(".reveal").first.focus()
    page.keyboard.press("Space")
    assert page.locator(".reveal").first.is_checked()
    context.close()


PAGES = {
    "": "/",
    "?q=smoke&source=Nordlicht+Agentur": "/",
    "check": "/check",
    "checks": "/checks",
    "coverage": "/coverage",
    "checks/1": "/checks/1",
    "checks/2": "/checks/1",
    "checks/3": "/checks/1",
    "checks/1/compare/1": "/checks/1/compare/1",
    "checks/1/compare/1?lines=1": "/checks/1/compare/1",
    "checks/1/reviews": "/checks/1/reviews",
    "checks/1/review": "/checks/1/review",
    "name": "/name",
    "pictures/1": "/pictures/1",
    "pictures/1/near": "/pictures/1/near",
    "nowhere": "",
    "checks/999": "",
    "lookup": "",
}
"""Every page, also those that say what went wrong, and the route that it stands for."""

ELSEWHERE = {"/logout", "/openapi.json"}
"""No page to look at; ``login`` is looked at where an archive is shared."""


def test_every_page_is_looked_at() -> None:
    shown = [route for route in ROUTES if "GET" in route.methods and route.twin]
    missed = [
        route.pattern
        for route in shown
        if not any(re.fullmatch(route.regex, f"{PREFIX}{path}") for path in PAGES.values())
    ]
    assert {path.replace("\\", "") for path in missed} <= ELSEWHERE


@pytest.mark.parametrize(("width", "lang"), [(390, "de"), (390, "ar"), (800, "en"), (1600, "en")])
def test_nothing_is_wider_than_the_page(chromium: Any, address: str, width: int, lang: str) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
        for box in page.locator("summary").all():
            box.click()
        assert page.evaluate(WIDEST) == [], path
    page.close()


WIDEST = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll("body *")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.right > innerWidth + 1 || box.left < -1;
  });
  return wide.map((each) => each.outerHTML.slice(0, 80)).concat("page");
}"""
"""What reaches beyond the window, where anything can be scrolled to."""
