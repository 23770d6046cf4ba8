"""``provenance account``: who may do what at a shared desk."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from provenance.accounts import Account, Accounts, Role
from provenance.cli import options
from provenance.cli.ending import say
from provenance.cli.printing import print_records

EXAMPLES = """\b
Examples:
  provenance account add "A. Adler" --role reviewer
  provenance account list
  provenance account remove "A. Adler"
"""


def default_file() -> Path:
    """``accounts.json`` in the user's folder for settings."""
    from platformdirs import user_config_path

    return user_config_path("provenance", appauthor=False) / "accounts.json"


_file = click.option(
    "--accounts",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="PROVENANCE_ACCOUNTS",
    default=default_file,
    show_default="accounts.json in your settings folder",
    help="The file of accounts; never inside the archive.",
)


@click.group("account", epilog=EXAMPLES)
def command() -> None:
    """Named people for an archive that is shared: add, list, remove.

    A reader looks up; a contributor also adds and checks; a reviewer also decides, takes back
    and erases. Of passwords only a salted hash is kept, in a file of its own.
    """


@command.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([r.value for r in Role]), required=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@_file
def add(name: str, role: str, password_stdin: bool, path: Path) -> int:
    """Add somebody, or give them another role and password."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    added = Accounts(path).add(name, Role(role), password)
    say(f"{added.name} is a {added.role} now.")
    return 0


@command.command("list")
@_file
@options.output
def show(path: Path, shape: str | None) -> int:
    """Everybody and their roles."""
    from provenance.report import stream, text

    everybody = map(_record, Accounts(path).list())
    print_records(everybody, shape, stream.ACCOUNTS, text.account_text)
    return 0


@command.command("remove")
@click.argument("name")
@_file
def remove(name: str, path: Path) -> int:
    """Take somebody out; what they wrote stays under their name."""
    Accounts(path).remove(name)
    say(f"{name} has no account any more.")
    return 0


def _record(account: Account) -> dict[str, Any]:
    return {"name": account.name, "role": account.role.value}
