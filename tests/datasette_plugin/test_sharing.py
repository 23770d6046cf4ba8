"""A shared archive: nobody without an account, roles decide, sessions end, guessing is slow."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from provenance.accounts import Accounts, Role
from provenance.datasette_plugin.attempts import MINUTES, OF_MANY, OF_ONE, Attempts
from provenance.datasette_plugin.sessions import HOURS, Doors
from tests.datasette_plugin.test_deciding import CHECK, Person
from tests.datasette_plugin.test_safety import picture

PASSWORD = "four words in a row"
LOGIN = "/-/provenance/login"


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("accounts") / "accounts.json"
    for role in Role:
        Accounts(path).add(role.value, role, PASSWORD)
    return path


@pytest.fixture
def shared(archive: Path, accounts: Path, browse: Any) -> Any:
    return browse(archive, accounts=accounts)


def signed_in(browser: Any, name: str, password: str = PASSWORD) -> Person:
    person = Person(browser)
    person.looks(LOGIN)
    sent = {"token": person.field("token"), "name": name, "password": password}
    answer = browser.post(LOGIN, data=sent, headers=person.headers())
    person.page = person.took(answer)
    return person


@pytest.mark.parametrize(
    "path",
    ["/", "/-/provenance/", CHECK, "/archive", "/archive/pictures", "/-/provenance/nowhere"],
)
def test_nobody_without_an_account(shared: Any, path: str) -> None:
    answer = shared.get(path)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(f"{LOGIN}?next=")
    for asked in (shared.get(f"{CHECK}.json"), shared.post("/-/provenance/lookup")):
        assert asked.status_code == 401
    assert shared.get(f"{CHECK}/thumbnail").status_code == 302


def test_what_is_open_shows_nothing_of_the_archive(shared: Any) -> None:
    page = shared.get(LOGIN)
    assert page.status_code == 200
    assert "checks" not in page.text
    assert shared.get("/-/provenance/static/provenance.css").status_code == 200
    assert shared.get("/-/provenance/static/../checks/1.json").status_code != 200


def test_the_cookie_is_for_this_server_alone(shared: Any, archive: Path, accounts: Path) -> None:
    person = signed_in(shared, "reader")
    assert person.page.status_code == 303
    cookie = next(each for each in person.page.headers.get_list("set-cookie") if "_session" in each)
    assert {"httponly", "samesite=strict"} <= set(cookie.lower().split("; "))
    assert person.looks().status_code == 200
    kept = person.cookies["provenance_session"]
    for forged in ("x", kept[:-1], f"{kept}x", ""):
        person.cookies["provenance_session"] = forged
        assert person.looks().status_code == 302


def test_behind_a_proxy_with_tls_the_cookie_stays_secret(
    archive: Path, accounts: Path, browse: Any
) -> None:
    browser = browse(archive, accounts=accounts, hosts=("desk.example.org",), https=True)
    told = {"host": "desk.example.org"}
    page = browser.post(LOGIN, data={"name": "reader", "password": PASSWORD}, headers=told)
    assert page.status_code == 303
    assert "secure" in str(page.headers["set-cookie"]).lower()
    assert browser.get(LOGIN, headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("role", "checks", "reviews"),
    [("reader", 403, 403), ("contributor", 303, 403), ("reviewer", 303, 200)],
)
def test_the_role_decides(shared: Any, story: Path, role: str, checks: int, reviews: int) -> None:
    person = signed_in(shared, role)
    page = person.looks()
    assert ("Decide about this match" in page.text) is (reviews == 200)
    token = person.field("token")
    made = shared.post(
        "/-/provenance/check",
        data={"token": token, "claim": role},
        files=picture(story),
        headers=person.headers(),
    )
    assert made.status_code == checks
    sent = {"token": token, "decision": "noted", "why": "seen", "by": "Somebody Else"}
    decided = shared.post(f"{CHECK}/review", data=sent, headers=person.headers())
    assert decided.status_code == (303 if reviews == 200 else 403)
    decisions = person.looks(f"{CHECK}/reviews.json").json()["decisions"]
    assert [each["by"] for each in decisions] == ([role] if reviews == 200 else [])
    free = "/archive?sql=select+1"
    answer = shared.get(free, headers=person.headers())
    if answer.status_code == 302:  # 1.0 asks on a page of its own
        free = answer.headers["location"]
        assert LOGIN not in free
        answer = shared.get(free, headers=person.headers())
    assert answer.status_code == 403


def test_signing_out_ends_the_session_itself(shared: Any) -> None:
    person = signed_in(shared, "reviewer")
    person.looks()
    kept = dict(person.cookies)
    sent = {"token": person.field("token")}
    left = shared.post("/-/provenance/logout", data=sent, headers=person.headers())
    assert left.status_code == 303
    person.cookies = kept  # what somebody may have copied
    assert person.looks().status_code == 302


def test_who_is_taken_out_is_out_at_once(archive: Path, tmp_path: Path, browse: Any) -> None:
    accounts = Accounts(tmp_path / "own.json")
    accounts.add("anna", Role.REVIEWER, PASSWORD)
    browser = browse(archive, accounts=accounts.path)
    person = signed_in(browser, "anna")
    assert person.looks().status_code == 200
    accounts.add("anna", Role.READER, PASSWORD)
    assert person.looks().status_code == 302
    again = signed_in(browser, "anna")
    accounts.path.write_text("nonsense")
    assert again.looks().status_code == 302


def test_guessing_is_stopped_before_the_password_is_tried(shared: Any) -> None:
    for _ in range(OF_ONE):
        assert signed_in(shared, "reader", "wrong password").page.status_code == 401
    stopped = signed_in(shared, "reader")  # even with the right one
    assert stopped.page.status_code == 429
    assert stopped.page.headers["retry-after"] == str(MINUTES * 60)
    assert signed_in(shared, "reviewer").page.status_code == 303


def test_another_site_signs_nobody_in(shared: Any) -> None:
    sent = {"name": "reader", "password": PASSWORD}
    foreign = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert shared.post(LOGIN, data=sent, headers=foreign).status_code == 403
    own = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
    assert shared.post(LOGIN, data=sent, headers=own).status_code == 403  # without its token


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1"]
)
def test_nobody_is_led_elsewhere(shared: Any, onward: str) -> None:
    sent = {"name": "reader", "password": PASSWORD, "next": onward}
    answer = shared.post(LOGIN, data=sent)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/-/provenance/"


def test_after_signing_in_the_page_that_was_asked_for(shared: Any) -> None:
    door = shared.get(f"{CHECK}?lang=de").headers["location"]
    page = shared.get(door)
    assert 'name="next" value="/-/provenance/checks/1?lang=de"' in page.text


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_attempts_are_forgotten_and_counted_by_name_and_by_address() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(OF_MANY):
        assert attempts.begin(f"name {number}", "192.0.2.1")
    assert attempts.begin("another", "192.0.2.1") is None
    for number in range(OF_MANY - 1):
        attempts.begin("anna", f"198.51.100.{number}")
    assert attempts.begin(" Anna", "203.0.113.1")
    assert attempts.begin("anna", "203.0.113.2") is None
    clock.now = MINUTES * 60
    assert attempts.begin("anna", "203.0.113.2")


def test_a_right_password_forgives_what_was_mistyped() -> None:
    attempts = Attempts(Clock())
    for _ in range(3):
        for _ in range(OF_ONE - 1):
            assert attempts.begin("anna", "192.0.2.1")
        right = attempts.begin("anna", "192.0.2.1")
        assert right
        attempts.forgive(right)


def test_a_session_ends_after_a_long_shift(accounts: Path) -> None:
    clock = Clock()
    doors = Doors(Accounts(accounts), clock)
    session = asyncio.run(doors.enter("reader", PASSWORD, "192.0.2.1"))
    assert session
    clock.now = HOURS * 3600 - 1
    assert doors.who(session)
    clock.now += 1
    assert doors.who(session) is None
