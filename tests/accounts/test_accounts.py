"""Accounts: passwords that cannot be read back, roles that reach as far as they say."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from provenance import Claim, Decision, Desk, NewReview
from provenance.accounts import Accounts, Role, Task
from provenance.errors import BrokenAccounts, NotAllowed, UnknownName, UsageError

GOOD = "seven plain words"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "settings" / "accounts.json")


def test_a_password_admits_and_no_other_does(accounts: Accounts) -> None:
    accounts.add("A. Adler", Role.REVIEWER, GOOD)
    admitted = accounts.admitted("A.  Adler", GOOD)
    assert admitted is not None
    assert (admitted.name, admitted.role) == ("A. Adler", "reviewer")
    assert accounts.admitted("A. Adler", GOOD + " ") is None
    assert accounts.admitted("a. adler", GOOD) is None
    assert accounts.admitted("Nobody", GOOD) is None


def test_the_file_is_for_its_owner_and_tells_nothing(accounts: Accounts) -> None:
    accounts.add("A", Role.READER, GOOD)
    accounts.add("B", Role.READER, GOOD)
    text = accounts.path.read_text("utf-8")
    assert GOOD not in text
    kept = json.loads(text)["accounts"]
    assert kept["A"]["password"] != kept["B"]["password"]
    assert kept["A"]["password"].startswith("scrypt$32768$8$3$")
    assert [each.name for each in accounts.path.parent.iterdir()] == ["accounts.json"]
    if sys.platform != "win32":
        assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600


def test_another_role_and_leaving(accounts: Accounts) -> None:
    accounts.add("A", Role.READER, GOOD)
    accounts.add("A", Role.CONTRIBUTOR, GOOD)
    assert [(each.name, each.role) for each in accounts.list()] == [("A", "contributor")]
    accounts.remove("A")
    assert (accounts.list(), accounts.admitted("A", GOOD)) == ((), None)
    with pytest.raises(UnknownName):
        accounts.remove("A")


@pytest.mark.parametrize(
    ("name", "password"), [("", GOOD), ("a\u202eb", GOOD), ("x" * 101, GOOD), ("A", "short")]
)
def test_what_will_not_do(accounts: Accounts, name: str, password: str) -> None:
    with pytest.raises(UsageError):
        accounts.add(name, Role.READER, password)
    assert not accounts.path.exists()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"accounts": {"A": {"role": "king", "password": "x"}}}', '{"accounts": 3}']
)
def test_another_file_is_not_written_over(accounts: Accounts, text: str) -> None:
    accounts.path.parent.mkdir()
    accounts.path.write_text(text, "utf-8")
    with pytest.raises(BrokenAccounts):
        accounts.add("A", Role.READER, GOOD)
    assert accounts.path.read_text("utf-8") == text


@pytest.mark.parametrize("kept", ["x", "scrypt$1$2", "scrypt$1073741824$8$1$00$00"])
def test_a_hash_that_is_not_ours_admits_nobody(accounts: Accounts, kept: str) -> None:
    accounts.add("A", Role.READER, GOOD)
    text = json.dumps({"accounts": {"A": {"role": "reader", "password": kept}}})
    accounts.path.write_text(text, "utf-8")
    with pytest.raises(BrokenAccounts, match="not one of ours"):
        accounts.admitted("A", GOOD)


MAY = {
    Role.READER: {Task.READ},
    Role.CONTRIBUTOR: {Task.READ, Task.ADD, Task.CHECK},
    Role.REVIEWER: set(Task),
}


@pytest.mark.parametrize("role", Role)
def test_what_each_role_may(role: Role) -> None:
    assert {task for task in Task if role.may(task)} == MAY[role]


WRITES: dict[Task, list[Callable[[Desk], object]]] = {
    Task.ADD: [lambda d: d.add([]), lambda d: d.check([], Claim(), keep=True)],
    Task.CHECK: [lambda d: d.check([], Claim()), lambda d: d.recheck()],
    Task.REVIEW: [
        lambda d: d.review(1, NewReview(Decision.NOTED, "x")),
        lambda d: d.take_back(1, "x"),
    ],
    Task.TAKE_BACK: [
        lambda d: d.revoke("x", "x"),
        lambda d: d.forget("1", "x"),
        lambda d: d.forget_check(1, "x"),
        lambda d: d.drop_pixels("1", "x"),
        lambda d: d.quarantine([], "x"),
        lambda d: d.release("x", "x"),
    ],
}


@pytest.mark.parametrize("role", Role)
def test_a_desk_lets_nobody_do_more(role: Role, tmp_path: Path) -> None:
    with Desk(tmp_path / "archive.db", create=True, actor="A", role=role) as desk:
        assert desk.status()["archive"]["pictures"] == 0
        for task, writes in WRITES.items():
            for write in writes:
                if role.may(task):
                    # There is no such picture: it was let through to find that out.
                    with suppress(UsageError):
                        write(desk)
                else:
                    with pytest.raises(NotAllowed):
                        write(desk)


def test_the_command(tmp_path: Path) -> None:
    def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        place = ["--accounts", str(tmp_path / "accounts.json")]
        return subprocess.run(
            [sys.executable, "-m", "provenance", "account", *arguments, *place],
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    added = run("add", "Adler", "--role", "reviewer", "--password-stdin", given=GOOD + "\n")
    assert (added.returncode, GOOD in added.stderr) == (0, False)
    assert json.loads(run("list", "--json").stdout) == [{"name": "Adler", "role": "reviewer"}]
    assert run("remove", "Adler").returncode == 0
    again = run("remove", "Adler")
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
