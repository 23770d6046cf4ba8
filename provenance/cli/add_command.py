"""``provenance add``: parse, take in, print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from provenance.cli import options
from provenance.cli.printing import Tried, print_records, say_lines
from provenance.cli.progress import shown

EXAMPLES = """\b
Examples:
  provenance add photo.jpg --date 2019-11-15 --source "Example Agency"
  provenance add agency/2019 --date 2019 --source "Example Agency"
  provenance add sightings.csv --dry-run
"""


@click.command("add", epilog=EXAMPLES)
@options.inputs
@options.archive
@options.actor
@options.stated
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@options.nul
@options.output
def command(
    inputs: tuple[str, ...],
    archive_path: Path,
    actor: str | None,
    dry_run: bool,
    nul: bool,
    shape: str | None,
    **stated: Any,
) -> int:
    """Take pictures, folders or tables into the archive, with dates.

    A table (.csv, .tsv, .jsonl) has a column "path" (relative to the table) or a hash, and
    may have date, means, source, url, caption, credit, place, trust, collection and vouch.
    The picture files stay where they are. Adding the same again changes nothing, so an import
    that was cut short goes on with the same command.
    """
    from provenance.cli.names import arguments
    from provenance.desk import Desk
    from provenance.report import record, stream, text
    from provenance.sources import Stated

    tried = Tried()
    with Desk(archive_path, create=not dry_run, rehearsal=dry_run, actor=actor) as desk:
        sources = arguments(inputs, nul=nul)
        added = shown(desk.add(sources, Stated(**stated), dry_run=dry_run), sources)
        records = (record.added_record(each) for each in tried.counted(added, "refused"))
        print_records(records, shape, stream.ADDED, text.added_text)
        say_lines(desk.tally.sentences())
        say_lines(tried.nothing("There was nothing to add."))
        say_lines(["This was a dry run; nothing is written."] if dry_run else [])
    return tried.exit_code
