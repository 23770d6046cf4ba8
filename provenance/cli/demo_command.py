"""``provenance demo``: the seed story, end to end."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click


@click.command("demo")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to leave pictures, archive and report; a new temporary folder unless you say.",
)
@click.option(
    "-a",
    "--archive",
    "archive_path",
    type=click.Path(path_type=Path),
    help="An archive to use; one of its own in that folder unless you say.",
)
@click.option("--as", "actor", default="demo", metavar="NAME", help="Who you are.")
def command(folder: Path | None, archive_path: Path | None, actor: str) -> int:
    """Show the whole thing on drawn pictures, in an archive of its own.

    Three pictures circulate with a claim of October 2023. One is cropped under a banner,
    one is mirrored, one was never seen.
    """
    from provenance.demo.run import run

    place = folder or Path(tempfile.mkdtemp(prefix="provenance-demo-"))
    run(place, out=sys.stdout, archive=archive_path, actor=actor)
    return 0
