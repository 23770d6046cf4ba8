"""From a dropped picture to a rejected match in a real browser, by mouse and by keyboard alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.datasette_plugin.browser.test_dropping import drop
from tests.end_to_end.conftest import serving

WHY = "another day: the second car is missing"
TABS = 120


@pytest.fixture
def address(filled_archive: Path, tmp_path: Path) -> Iterator[str]:
    archive = shutil.copy(filled_archive, tmp_path / "archive.db")
    with serving("serve", "-a", archive) as address:
        yield address


@pytest.fixture
def picture(written_story: Any) -> Path:
    return written_story.copies[0].path


def finding_of(page: Any) -> dict[str, Any]:
    address = page.url.partition("#")[0].partition("?")[0]
    return page.evaluate("(at) => fetch(at + '.json').then((answer) => answer.json())", address)


def test_by_mouse(chromium: Any, address: str, picture: Path) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}check")
    drop(page, [(picture.name, picture.read_bytes())])
    page.fill("#claim_date", "23 October 2023")
    page.click("form.checking button[type=submit]")
    page.wait_for_url("**/checks/*", timeout=60_000)
    assert "before the claimed date" in page.inner_text(".sentence")
    check = page.url
    page.click(".actions a")
    page.locator("#amount").scroll_into_view_if_needed()
    slider = page.locator("#amount").bounding_box()
    page.mouse.move(slider["x"] + slider["width"] / 2, slider["y"] + slider["height"] / 2)
    page.mouse.down()
    page.mouse.move(slider["x"] + slider["width"] * 0.9, slider["y"] + slider["height"] / 2)
    page.mouse.up()
    assert int(page.input_value("#amount")) > 80
    page.click("summary:has-text('Decide about this match')")
    form = page.locator("form[id^=match-]")
    form.locator("input[value=not_same]").check()
    form.locator("textarea").fill(WHY)
    form.locator("[name=by]").fill("A. Adler")
    form.locator("button").click()
    page.wait_for_url("**/compare/*#decision-*")
    assert WHY in page.inner_text(".decisions")
    assert "A. Adler" in page.inner_text(".decisions")
    page.click("header a[href$=check]")  # the same picture once more, under another claim
    page.wait_for_url("**/check")
    drop(page, [(picture.name, picture.read_bytes())])
    page.fill("#claim_date", "24 October 2023")
    page.click("form.checking button[type=submit]")
    page.wait_for_url("**/checks/*", timeout=60_000)
    assert page.url != check
    assert_gone(page)
    page.close()


def assert_gone(page: Any) -> None:
    """The match that was rejected: it counts no more, and is told apart with the reason."""
    record = finding_of(page)
    assert record["matches"] == []
    assert record["finding"]["kind"] == "not_in_archive"
    assert "before the claimed date" not in page.inner_text(".sentence")
    assert page.locator(".actions a").count() == 0
    assert WHY in page.inner_text(".apart")


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


def check_by_keyboard(page: Any, picture: Path, date: str) -> None:
    """From any page to the answer about a picture; the mouse is not touched."""
    tab_to(page, "header a[href$=check]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check")
    tab_to(page, "#image")
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Space")
    choosing.value.set_files([picture])
    tab_to(page, "#claim_date")
    page.keyboard.type(date)
    page.keyboard.press("Enter")
    page.wait_for_url("**/checks/*", timeout=60_000)


def reject_by_keyboard(page: Any) -> None:
    """In the form under the match."""
    tab_to(page, "details:has(form[id^=match-]) > summary")
    page.keyboard.press("Enter")
    tab_to(page, "form[id^=match-] input[name=decision]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.is_checked("form[id^=match-] input[value=not_same]")
    tab_to(page, "form[id^=match-] textarea")
    page.keyboard.type(WHY)
    tab_to(page, "form[id^=match-] [name=by]")
    page.keyboard.type("A. Adler")
    tab_to(page, "form[id^=match-] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/*#decision-*")


def test_by_keyboard_alone(chromium: Any, address: str, picture: Path) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    check_by_keyboard(page, picture, "23 October 2023")
    assert "before the claimed date" in page.inner_text(".sentence")
    tab_to(page, ".reveal")
    page.keyboard.press("Space")
    assert page.locator(".reveal").first.is_checked()
    tab_to(page, ".actions a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/*")
    tab_to(page, "#amount")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert page.input_value("#amount") == "60"
    assert page.locator("[data-wiped]").evaluate("(e) => e.style.opacity") == "0.6"
    tab_to(page, "input[name=mode]")
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-stage]").get_attribute("data-mode") == "wipe"
    first = page.url
    reject_by_keyboard(page)
    assert WHY in page.inner_text(".decisions")
    check_by_keyboard(page, picture, "24 October 2023")
    assert page.url.partition("/compare")[0] != first.partition("/compare")[0]
    assert_gone(page)
    page.close()


def test_two_at_one_check_without_scripts(chromium: Any, address: str, picture: Path) -> None:
    people = [chromium.new_context(java_script_enabled=False).new_page() for _ in range(2)]
    one, other = people
    one.goto(f"{address}check")
    one.set_input_files("#image", [picture])
    one.press("#claim_date", "Enter")
    one.wait_for_url("**/checks/*", timeout=60_000)
    other.goto(one.url)
    for page, name, choice in ((one, "A. Adler", "confirmed"), (other, "B. Berg", "not_same")):
        page.click("summary:has-text('Decide about this match')")
        form = page.locator("form[id^=match-]").first
        form.locator(f"input[value={choice}]").check()
        form.locator("textarea").fill(f"{name} looked closely")
        form.locator("[name=by]").fill(name)
        form.locator("button").click()
    assert "A. Adler looked closely" in other.inner_text(".stopped")
    form = other.locator("form[id^=match-]").first
    assert form.locator("textarea").input_value() == "B. Berg looked closely"
    assert form.locator("input[value=not_same]").is_checked()
    form.locator("[name=overturn]").check()
    form.locator("button").click()
    assert "B. Berg looked closely" in other.inner_text(".apart .decisions")
    for page in people:
        page.context.close()
