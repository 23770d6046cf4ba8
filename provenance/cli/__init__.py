"""The command line: one file per command, each parses, calls the library, prints.

Commands are imported when they are used, so that ``provenance --help`` stays quick: a
command's line in the list of commands stands here, its code in its own file.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from provenance.cli.ending import ended

# Name -> its line in the list. The code is provenance.cli.NAME_command:NAME.
COMMANDS = {
    "account": "Named people for a shared archive, and what each may do.",
    "add": "Take pictures, folders or tables into the archive, with dates.",
    "check": "Compare pictures with the archive under a claim; say what was seen when.",
    "demo": "Show the whole thing on drawn pictures, in an archive of its own.",
    "desk": "A watched folder and the archive in the browser, in one command.",
    "forget": "Erase one picture: pixels, fingerprints, text.",
    "list": "The pictures of the archive with their earliest sighting.",
    "lookup": "What the archive knows of a picture or a hash; writes nothing.",
    "quarantine": "Turn files away from now on; only SHA-256 and reason are kept.",
    "recheck": "Judge earlier checks anew where the archive has changed.",
    "review": "What people decided about a check; confirm, reject, rate, note, undo.",
    "revoke": "Take back a collection: its dates and pictures no longer count.",
    "serve": "The archive in the browser, on this machine only.",
    "show": "One picture with its sightings and events.",
    "status": "What the archive covers, its state, the protections active here.",
    "watch": "Check every picture that is dropped into a folder.",
}


class Commands(click.Group):
    """A group that knows its commands by name and imports one when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, ours and those of plug-ins already registered."""
        return sorted({*COMMANDS, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(f"provenance.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """The list of commands, written without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="image-provenance", prog_name="provenance")
def provenance() -> None:
    """Was this picture seen before the event it is said to show?

    Compares pictures that circulate with a claim with a local archive of dated sightings.
    Everything stays on this machine. Begin with: provenance demo
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with the exit code of the contract."""
    sys.exit(ended(provenance, list(sys.argv[1:] if arguments is None else arguments)))
