"""``provenance serve``: parse, start the browser's server, say where it is."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.ending import say

EXAMPLES = """\b
Examples:
  provenance serve --open
  provenance serve -a archive.db --port 8001 --lang de
"""


@click.command("serve", epilog=EXAMPLES)
@options.archive
@options.actor
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="The port on this machine; 0 takes a free one.",
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in your browser.")
@click.option(
    "--base-url",
    default="/",
    show_default=True,
    metavar="PATH",
    help="Where a proxy shows it, such as /archive/.",
)
@options.language
def command(
    archive_path: Path,
    actor: str | None,
    port: int,
    open_page: bool,
    base_url: str,
    lang: str,
) -> int:
    """Show the archive in the browser, on this machine only.

    Pictures, sightings, checks and comparisons, and a form to check pictures with. Nothing
    leaves this machine. Ctrl-C ends it.
    """
    from provenance.datasette_plugin.serving import Serving, serve

    serving = Serving(archive_path, port=port, base_url=base_url, lang=lang, actor=actor)

    def ready(address: str) -> None:
        say(f"The archive is at {address} (Ctrl-C ends it)")
        if open_page:
            click.launch(address)

    serve(serving, ready)
    return 0
