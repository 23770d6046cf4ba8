"""``provenance revoke``: take back a collection."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.printing import print_records

EXAMPLES = """\b
Example:
  provenance revoke agency/2019 --reason "dates were those of the upload"
"""


@click.command("revoke", epilog=EXAMPLES)
@click.argument("collection")
@click.option("--reason", required=True, help="Why; kept in the log of the archive.")
@options.archive
@options.actor
@options.output
def command(
    collection: str, reason: str, archive_path: Path, actor: str | None, shape: str | None
) -> int:
    """Take back a collection: its sightings and pictures no longer count.

    What another collection holds too stays. Every check that matched a picture of it is
    judged anew from its record and listed with the finding before and after. Adding the same
    again brings the collection back.
    """
    from provenance.desk import Desk
    from provenance.report import record, stream, text

    with Desk(archive_path, actor=actor) as desk:
        revoked = record.revoked_record(desk.revoke(collection, reason))
        print_records([revoked], shape, stream.REVOKED, text.revoked_text)
    return 0
