"""Under a path in front, every link, form, asset and redirect of ours stays below that path."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from provenance.accounts import Accounts, Role
from tests.datasette_plugin.test_safety import form_of, picture
from tests.datasette_plugin.test_sharing import PASSWORD, signed_in

BASE = "/archive/"
"""As the database is called too: what takes one for the other is seen."""
OURS = f"{BASE}-/provenance/"
PAGES = (
    "", "coverage", "check", "checks", "checks/1", "checks/1/compare/1", "checks/1/reviews",
    "name", "pictures/1", "pictures/1/near", "nowhere",
)  # fmt: skip
ADDRESSES = re.compile(r"""\s(?:src|href|action|formaction|data-[a-z]+)=["']?(/[^"'\s>]*)""")


def addresses(page: str) -> set[str]:
    return {html.unescape(found).partition("#")[0] for found in ADDRESSES.findall(page)}


@pytest.fixture
def under(archive: Any, browse: Any) -> Any:
    return browse(archive, base_url=BASE)


def asked(browser: Any, address: str) -> Any:
    """The client puts the path in front by itself."""
    return browser.get(address.removeprefix(BASE.rstrip("/")))


def led_to(browser: Any) -> Iterator[str]:
    for page in PAGES:
        for twin in ("", ".json" if page else "index.json"):
            answer = asked(browser, f"{OURS}{page}{twin}")
            assert answer.status_code == (404 if page == "nowhere" else 200), page
            yield from addresses(answer.text)


def test_every_address_stays_below_it_and_answers(under: Any) -> None:
    found = {*led_to(under), *(a for a in addresses(asked(under, f"{BASE}archive").text))}
    assert {a for a in found if not a.startswith(BASE)} == set()
    ours = sorted(a for a in found if a.startswith(OURS))
    assert len(ours) > 60
    told = {a: asked(under, a).status_code for a in ours}
    assert {a for a, status in told.items() if status not in {200, 404, 405}} == set()
    lost = {a for a, status in told.items() if status == 404 and "thumbnail" not in a}
    # What a page puts a number behind, and the page that is not there in other languages.
    assert {a for a in lost if "nowhere" not in a} <= {f"{OURS}checks/"}


def test_redirects_cookies_and_the_description_stay_below_it(under: Any, story: Any) -> None:
    assert under.get("/").headers["location"] == OURS
    token, headers = form_of(under)
    sent = {"claim": "Strikes on two bases", "token": token}
    checked = under.post("/-/provenance/check", data=sent, files=picture(story), headers=headers)
    assert re.fullmatch(rf"{OURS}checks/\d+", checked.headers["location"])
    told = asked(under, f"{OURS}checks?lang=de").headers["set-cookie"]
    assert "path=/archive/" in told.lower()
    assert asked(under, f"{OURS}openapi.json").json()["servers"] == [{"url": OURS.rstrip("/")}]


def test_the_way_in_is_below_it(archive: Any, browse: Any, tmp_path: Any) -> None:
    accounts = tmp_path / "accounts.json"
    Accounts(accounts).add("Anna", Role.READER, PASSWORD)
    browser = browse(archive, base_url=BASE, accounts=accounts)
    door = browser.get("/-/provenance/checks").headers["location"]
    assert door == f"{OURS}login?next=%2Farchive%2F-%2Fprovenance%2Fchecks"
    page = asked(browser, door)
    assert page.status_code == 200
    assert {a for a in addresses(page.text) if not a.startswith(BASE)} == set()
    inside = signed_in(browser, "Anna").page
    assert inside.status_code == 303
    assert inside.headers["location"] == OURS
