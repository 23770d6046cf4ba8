"""``provenance show``: print one picture with all that is known of it."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.printing import print_records

EXAMPLES = """\b
Example:
  provenance show 17
"""


@click.command("show", epilog=EXAMPLES)
@click.argument("picture")
@options.archive
@options.language
@options.output
def command(picture: str, archive_path: Path, lang: str, shape: str | None) -> int:
    """Show one picture with its sightings and events.

    PICTURE is its number, or its SHA-256 or the first 8 digits of it or more.
    """
    from provenance.desk import Desk
    from provenance.report import stream, text

    with Desk(archive_path, readonly=True, lang=lang) as desk:
        print_records([desk.show(picture)], shape, stream.PICTURES, text.picture_text, lang)
    return 0
