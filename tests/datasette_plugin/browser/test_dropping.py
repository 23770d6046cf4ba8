"""Files dropped onto the form in a real browser: whole ones, hostile ones; each has its answer."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from fixtures.hostile import FILES

DROP = """([files]) => {
  const carried = new DataTransfer();
  for (const [name, type, text] of files) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type }));
  }
  const zone = document.querySelector("[data-drop]");
  const how = { dataTransfer: carried, bubbles: true, cancelable: true };
  const told = (kind) => new DragEvent(kind, how);
  zone.dispatchEvent(told("dragenter"));
  const over = zone.classList.contains("over");
  const stopped = !zone.dispatchEvent(told("drop"));
  return [over, stopped, zone.classList.contains("over")];
}"""


def drop(page: Any, files: list[tuple[str, bytes]]) -> list[bool]:
    """What a person does with the mouse; the browser is not left for the file."""
    carried = [(name, "image/jpeg", base64.b64encode(data).decode()) for name, data in files]
    return page.evaluate(DROP, [carried])


def test_a_dropped_picture_is_checked(chromium: Any, address: str, story: Path) -> None:
    page = chromium.new_page()
    page.goto(f"{address}check")
    picture = min((story / "circulating").iterdir())
    assert drop(page, [(picture.name, picture.read_bytes())]) == [True, True, False]
    assert page.inner_text("[data-chosen]") == picture.name
    page.fill("#claim_date", "23 October 2023")
    page.click("button[type=submit]")
    page.wait_for_url("**/checks/*", timeout=60_000)
    assert "before the claimed date" in page.inner_text(".sentence")
    page.close()


def test_hostile_files_have_clear_answers(chromium: Any, address: str, story: Path) -> None:
    page = chromium.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{address}check")
    names = [name for name in FILES if name not in {"scans.jpg", "deep-text.png"}]  # minutes
    picture = min((story / "circulating").iterdir())
    drop(page, [*((n, FILES[n][0]()) for n in names), ("last.jpg", picture.read_bytes())])
    page.click("button[type=submit]")
    answers = page.locator("[data-answers] > li")
    page.wait_for_function(
        "(count) => document.querySelectorAll('[data-answers] p:not(.busy)').length === count",
        arg=len(names) + 1,
        timeout=120_000,
    )
    told = [answer.inner_text() for answer in answers.all()]
    assert [text.split("\n")[0] for text in told] == [*names, "last.jpg"]
    assert all(len(text.split("\n")[-1]) > 3 for text in told)
    assert not any("No answer came" in text for text in told)
    assert answers.last.locator("a").count() == 1  # after all of them a picture is still checked
    assert problems == []
    page.close()
