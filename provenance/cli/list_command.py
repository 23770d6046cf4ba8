"""``provenance list``: print the pictures of the archive."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.printing import Tried, print_records, say_lines


@click.command("list")
@options.archive
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Begin after so many.")
@options.language
@options.output
def command(
    archive_path: Path, limit: int | None, offset: int, lang: str, shape: str | None
) -> int:
    """List the pictures of the archive, earliest first, each with its earliest sighting."""
    from provenance.desk import Desk
    from provenance.report import stream, text

    tried = Tried()
    with Desk(archive_path, readonly=True, lang=lang) as desk:
        pictures = tried.counted(desk.pictures(limit=limit, offset=offset), "unreadable")
        print_records(pictures, shape, stream.PICTURES, text.list_text, lang)
        say_lines(tried.nothing("There is no picture to list."))
    return tried.exit_code
