"""axe-core, in a real browser, finds nothing serious on any page, light and dark."""

from __future__ import annotations

from typing import Any

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core")

PAGES = (
    "",
    "?q=rauch&source=Nordlicht+Agentur",
    "coverage",
    "check",
    "checks",
    "checks/1",
    "checks/3",
    "checks/1/compare/1",
    "checks/1/compare/1?lines=1",
    "checks/1/reviews",
    "name",
    "pictures/2",
    "pictures/2/near",
    "pictures/999",
)
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}


def serious(page: Any, options: dict[str, Any]) -> list[str]:
    found = axe.Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:160]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_serious(chromium: Any, address: str, path: str, lang: str) -> None:
    page = chromium.new_page(viewport={"width": 1000, "height": 800}, color_scheme="light")
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={lang}")
    for box in page.locator("summary").all():
        box.click()
    assert serious(page, {"resultTypes": ["violations"]}) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page, COLOURS) == []
    page.close()


def test_what_it_would_find(chromium: Any) -> None:
    page = chromium.new_page()
    page.set_content("<html lang=en><title>x</title><img src=x><p style='color:#eee'>pale")
    found = " ".join(serious(page, {"resultTypes": ["violations"]}))
    assert "image-alt" in found
    assert "color-contrast" in found
    page.close()
