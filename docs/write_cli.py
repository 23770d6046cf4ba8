"""Writes docs/cli.md from the help of the commands: ``python docs/write_cli.py``."""

from __future__ import annotations

from pathlib import Path

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
    help_text = CliRunner().invoke(provenance, [name, "--help"], prog_name="provenance").output
    return f"## provenance {name}\n\n```text\n{help_text.strip()}\n```\n"


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(page(), encoding="utf-8")
