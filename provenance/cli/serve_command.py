"""``provenance serve``: parse, start the browser's server, say where it is."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.account_command import default_file
from provenance.cli.ending import say

EXAMPLES = """\b
Examples:
  provenance serve --open
  provenance serve -a archive.db --port 8001 --lang de
  provenance serve --share 192.168.1.10
  provenance serve --share 127.0.0.1 --name archive.example.org --https
"""


@click.command("serve", epilog=EXAMPLES)
@options.archive
@options.actor
@options.port
@click.option("--open", "open_page", is_flag=True, help="Open the page in your browser.")
@click.option(
    "--base-url",
    default="/",
    show_default=True,
    metavar="PATH",
    help="Where a proxy shows it, such as /archive/.",
)
@click.option(
    "--share",
    metavar="ADDRESS",
    help="Show it to those who have an account, at this address of this machine.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="With --share: a name under which people open it. Can be given more than once.",
)
@click.option("--https", is_flag=True, help="With --share: a proxy in front of it speaks TLS.")
@click.option(
    "--accounts",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="PROVENANCE_ACCOUNTS",
    default=default_file,
    show_default="accounts.json in your settings folder",
    help="With --share: the file of accounts.",
)
@options.language
def command(
    archive_path: Path,
    actor: str | None,
    port: int,
    open_page: bool,
    base_url: str,
    share: str | None,
    names: tuple[str, ...],
    https: bool,
    accounts: Path,
    lang: str,
) -> int:
    """Show the archive in the browser: on this machine only, unless it is shared.

    Pictures, sightings, checks and comparisons, and a form to check pictures with. Nothing
    leaves this machine. Ctrl-C ends it.

    With --share, people sign in with the accounts of: provenance account. What travels is not
    encrypted by this program: put a proxy with TLS in front of it.
    """
    from provenance.datasette_plugin.serving import Serving, serve

    serving = Serving(archive_path, port=port, base_url=base_url, lang=lang, actor=actor)
    if share is not None:
        address = _address(share)
        serving = replace(serving, address=address, hosts=names, https=https, accounts=accounts)
    elif names or https:
        raise click.UsageError("--name and --https go with --share.")

    def ready(address: str) -> None:
        say(f"The archive is at {address} (Ctrl-C ends it)")
        if share is not None and not https:
            say("Passwords and pictures travel unencrypted: put a proxy with TLS in front of it.")
        if open_page:
            click.launch(address)

    serve(serving, ready)
    return 0


def _address(text: str) -> str:
    try:
        return str(ip_address(text.strip("[]")))
    except ValueError as error:
        raise click.UsageError(
            f"{text} is no address of a machine; give one such as 192.168.1.10."
        ) from error
