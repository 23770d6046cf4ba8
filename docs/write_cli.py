"""Writes docs/cli.md from the help of the commands: ``python docs/write_cli.py``."""

from __future__ import annotations

from pathlib import Path

import click
from click.testing import CliRunner

from provenance.cli import COMMANDS, provenance

HEAD = """# Commands

Made from the program's own help by `python docs/write_cli.py`; a test holds the two together.

Every command takes `-a/--archive FILE` (or `PROVENANCE_ARCHIVE`). Answers go to standard output,
as text or as `--json`, `--nl`, `--csv`, `--table`; messages go to standard error. Exit 0: done;
1: some input could not be read or was refused, and has its line; 2: what was asked for cannot be
understood, and nothing was written; 130: Ctrl-C.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_section(name) for name in sorted(COMMANDS))])


def _section(name: str) -> str:
    command = provenance.get_command(click.Context(provenance), name)
    parts = sorted(command.commands) if isinstance(command, click.Group) else []
    helps = "\n\n".join(_help(name, *part) for part in [(), *((part,) for part in parts)])
    return f"## provenance {name}\n\n```text\n{helps}\n```\n"


def _help(*names: str) -> str:
    invoked = CliRunner().invoke(provenance, [*names, "--help"], prog_name="provenance")
    return invoked.output.strip()


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(page(), encoding="utf-8")
