"""The file of accounts: names, roles and what is kept of passwords, as JSON, for its owner only."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from provenance.accounts import passwords
from provenance.accounts.role import Role
from provenance.errors import BrokenAccounts, UnknownName, UsageError

SHORTEST_PASSWORD = 12
"""Characters. NIST SP 800-63B wants 8 where a second factor guards as well; here is none."""

LONGEST_PASSWORD = 1024
LONGEST_NAME = 100

_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Account:
    """One person at this desk."""

    name: str
    role: Role


class Accounts:
    """The accounts in one file, which need not be there yet."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def list(self) -> tuple[Account, ...]:
        """Everybody, by name. Raises :class:`BrokenAccounts`."""
        return tuple(Account(n, Role(kept["role"])) for n, kept in sorted(self._read().items()))

    def add(self, name: str, role: Role, password: str) -> Account:
        """A new person, or another role and password for one who is there.

        Raises:
            UsageError: the name or the password will not do.
            BrokenAccounts: the file cannot be read or written.
        """
        name = _good_name(name)
        _require_good(password)
        kept = self._read()
        kept[name] = {"role": role.value, "password": passwords.hashed(password)}
        self._write(kept)
        return Account(name, role)

    def remove(self, name: str) -> None:
        """Take somebody out; what they wrote stays under their name.

        Raises:
            UnknownName: there is nobody of that name.
        """
        kept = self._read()
        if kept.pop(_plain(name), None) is None:
            raise UnknownName(
                f"There is no account {name}.", name=name, advice="See: provenance account list"
            )
        self._write(kept)

    def admitted(self, name: str, password: str) -> Account | None:
        """The account, if that is its password. A name that is none takes as long to refuse."""
        kept = self._read().get(_plain(name))
        hashed = kept["password"] if kept else self._of_nobody
        try:
            right = passwords.is_right(password[:LONGEST_PASSWORD], hashed)
        except ValueError as error:
            raise self._broken("a password in it is not one of ours") from error
        return Account(_plain(name), Role(kept["role"])) if kept and right else None

    def standing(self, name: str) -> tuple[Account, str] | None:
        """The account as it stands, and a mark that changes with its role and password."""
        kept = self._read().get(_plain(name))
        if kept is None:
            return None
        mark = hashlib.sha256(f"{kept['role']} {kept['password']}".encode()).hexdigest()
        return Account(_plain(name), Role(kept["role"])), mark

    @cached_property
    def _of_nobody(self) -> str:
        """What is tried where there is no such name: a password that nobody has."""
        return passwords.hashed(secrets.token_hex())

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            raise self._broken("it cannot be read") from error
        try:
            return _kept(json.loads(text)["accounts"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._broken("it is no file of accounts") from error

    def _write(self, kept: Mapping[str, Mapping[str, str]]) -> None:
        """All of it or nothing, readable by nobody else from the first byte on."""
        text = json.dumps({"accounts": dict(sorted(kept.items()))}, ensure_ascii=False, indent=2)
        beside = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with open(os.open(beside, flags, _OWNER_ONLY), "w", encoding="utf-8") as file:  # noqa: PTH123  a descriptor
                file.write(f"{text}\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise self._broken(f"it cannot be written: {error.strerror}") from error

    def _broken(self, why: str) -> BrokenAccounts:
        return BrokenAccounts(f"The accounts in {self.path}: {why}.", name=str(self.path))


def _kept(read: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What was read, once each of it is what it should be."""
    return {
        name: {"role": Role(each["role"]), "password": each["password"]}
        for name, each in read.items()
    }


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _good_name(name: str) -> str:
    plain = _plain(name)
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise UsageError("A name has 1 to 100 visible characters.")
    return plain


def _require_good(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(
            f"A password has at least {SHORTEST_PASSWORD} characters.",
            advice="Several words in a row are easy to remember.",
        )
