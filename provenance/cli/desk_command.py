"""``provenance desk``: a watched folder and the browser together, for a desk without a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from provenance.cli import options
from provenance.cli.ending import say

EXAMPLES = """\b
Examples:
  provenance desk drop
  provenance desk drop --claim "Strikes on two bases" --claim-date 2023-10-23
  provenance desk drop --port 8001 --no-open --lang de
"""


@click.command("desk", epilog=EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path))
@options.archive
@options.actor
@options.claimed
@options.port
@click.option("--open/--no-open", "open_page", default=True, help="Open the page or do not.")
@click.option("--poll", is_flag=True, help="Look by the clock: for folders on network shares.")
@options.trust_list
@options.language
def command(
    folder: Path,
    archive_path: Path,
    actor: str | None,
    port: int,
    open_page: bool,
    poll: bool,
    trust_list: Path | None,
    lang: str,
    **claimed: Any,
) -> int:
    """Watch a folder and show the archive in the browser, until Ctrl-C.

    Pictures that are dropped into FOLDER/in are checked; their answers stand in the browser and
    beside the pictures, as with: provenance watch. The archive is made if there is none.
    """
    from provenance.cli.claiming import claim
    from provenance.cli.watch_command import Watched, run
    from provenance.datasette_plugin.serving import Serving, served
    from provenance.desk import Desk

    claim(**claimed)  # what cannot be read is said before anything starts
    with Desk(archive_path, create=True, actor=actor) as desk:
        desk.archive  # noqa: B018  made now, since the pages need a file
    serving = Serving(archive_path, port=port, lang=lang, actor=actor)
    with served(serving) as address:
        say(f"The archive is at {address} (Ctrl-C ends it)")
        say(f"Pictures dropped into {folder / 'in'} are checked.")
        if open_page:
            click.launch(address)
        return run(Watched(folder, archive_path, actor, lang, trust_list, poll), claimed, None)
