"""``provenance forget``: erase one picture."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.ending import say
from provenance.cli.printing import print_records

EXAMPLES = """\b
Examples:
  provenance forget 17 --reason "asked for by a person shown"
  provenance forget 17 --pixels-only --reason "graphic"
"""


@click.command("forget", epilog=EXAMPLES)
@click.argument("picture")
@click.option("--reason", required=True, help="Why; kept in the log of the archive.")
@click.option("--pixels-only", is_flag=True, help="Erase what can be looked at; keep fingerprints.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.archive
@options.actor
@options.output
def command(
    picture: str,
    reason: str,
    pixels_only: bool,
    yes: bool,
    archive_path: Path,
    actor: str | None,
    shape: str | None,
) -> int:
    """Erase one picture: pixels, fingerprints, names, captions, index entries.

    A tombstone stays, so that the log of the archive still verifies. This cannot be undone.
    """
    from provenance.desk import Desk
    from provenance.report import record, stream, text

    with Desk(archive_path, actor=actor) as desk:
        found = desk.find(picture)
        if not yes:
            what = "thumbnail and raster" if pixels_only else "all that is known"
            if not click.confirm(f"Erase {what} of picture {found.id}?", err=True):
                say("Nothing was erased.")
                return 0
        erase = desk.drop_pixels if pixels_only else desk.forget
        erased = record.forgotten_record(erase(str(found.id), reason), pixels_only=pixels_only)
        print_records([erased], shape, stream.FORGOTTEN, text.forgotten_text)
    return 0
