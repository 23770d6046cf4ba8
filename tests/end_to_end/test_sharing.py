"""``serve --share``: what it asks for before it listens, and signing in in a real browser."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from provenance.accounts import Accounts, Role
from tests.end_to_end.conftest import serving

PASSWORD = "four words in a row"


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.json"
    Accounts(path).add("A. Adler", Role.REVIEWER, PASSWORD)
    Accounts(path).add("R. Reader", Role.READER, PASSWORD)
    return path


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--share", "127.0.0.1", "--accounts", "none.json"], "no account in none.json"),
        (["--share", "0.0.0.0"], "Say under which name"),
        (["--share", "desk.example.org"], "no address of a machine"),
        (["--name", "desk.example.org"], "go with --share"),
    ],
)
def test_it_does_not_start(
    given: list[str], said: str, run: Any, accounts: Path, filled_archive: Path
) -> None:
    where = [] if "--accounts" in given else ["--accounts", accounts]
    done = run("serve", *given, *where, "--port", "0", archive=filled_archive)
    assert done.code == 2
    assert said in done.err


def test_who_signs_in_decides_under_their_name(
    chromium: Any, accounts: Path, filled_archive: Path, written_story: Any, tmp_path: Path
) -> None:
    archive = shutil.copy(filled_archive, tmp_path / "archive.db")
    command = ("serve", "-a", archive, "--share", "127.0.0.1", "--accounts", accounts)
    with serving(*command) as address:
        context = chromium.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.goto(f"{address}check")
        assert page.url.startswith(f"{address}login")
        page.fill("#name", "A. Adler")
        page.fill("#password", "not this one")
        page.press("#password", "Enter")
        assert "do not belong together" in page.inner_text("[role=alert]")
        assert page.input_value("#name") == "A. Adler"
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core")
        found = axe.Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [each for each in found if each["impact"] in {"serious", "critical"}] == []
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(f"{address}check")
        page.set_input_files("#image", [written_story.copies[0].path])
        page.press("#claim_date", "Enter")
        page.wait_for_url("**/checks/*", timeout=60_000)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.click("summary:has-text('Add a note')")
        page.fill("#note textarea", "ask the agency")
        page.click("#note button")
        page.wait_for_url("**#decision-*")
        assert "A. Adler" in page.inner_text("#decided .decisions")
        check = page.url
        assert "session" not in page.evaluate("document.cookie")
        page.click(".person button")
        page.wait_for_url("**/login")
        page.goto(check)
        assert "login?next=" in page.url
        page.fill("#name", "R. Reader")
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(check.partition("#")[0])
        assert "ask the agency" in page.inner_text("#decided")
        assert page.locator("form.decide").count() == 0
        context.close()
