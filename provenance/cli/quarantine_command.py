"""``provenance quarantine``: turn files away from now on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options
from provenance.cli.printing import Tried, print_records

if TYPE_CHECKING:
    from provenance.desk import Desk
    from provenance.quarantine import Quarantining

Record = dict[str, Any]

EXAMPLES = """\b
Examples:
  provenance quarantine drop/a.jpg --reason "must not be kept"
  provenance quarantine sha256:9f86d081... --reason "on the list of a hotline"
  provenance quarantine --list
  provenance quarantine sha256:9f86d081... --release --reason "wrong file"
"""


@click.command("quarantine", epilog=EXAMPLES)
@click.argument("files", nargs=-1, type=click.UNPROCESSED)
@click.option("--reason", help="Why; kept with the SHA-256, in the archive and its log.")
@click.option("--release", is_flag=True, help="Take them back out; FILE may be given again.")
@click.option("--list", "listing", is_flag=True, help="List what is in quarantine.")
@options.archive
@options.actor
@options.nul
@options.output
def command(
    files: tuple[str, ...],
    reason: str | None,
    release: bool,
    listing: bool,
    archive_path: Path,
    actor: str | None,
    nul: bool,
    shape: str | None,
) -> int:
    """Turn files away from now on: what must not be kept, and must not come back.

    Of each file only the SHA-256 and the reason are kept: no thumbnail, no preview, no name.
    The file is read to be hashed and not opened as a picture. What the archive held of it is
    erased, and add, lookup, check and watch refuse the same file as "quarantined". FILE may
    also be sha256: and 64 hex digits. A changed copy is another file.

    The file itself is not touched: whether you may keep, must report or must not copy it is
    for you to know (docs/evidence.md).
    """
    from provenance.cli.names import arguments
    from provenance.desk import Desk
    from provenance.report import quarantined, stream

    if listing == bool(files) or (not listing and not reason):
        raise click.UsageError("Give files and a --reason, or --list alone.")
    tried = Tried()
    with Desk(archive_path, actor=actor, readonly=listing) as desk:
        if listing:
            records = _listed(desk)
        elif release:
            records = _released(desk, files, reason or "")
        else:
            given = arguments(files, nul=nul)
            records = _quarantined(tried.counted(desk.quarantine(given, reason or ""), "refused"))
        print_records(records, shape, stream.QUARANTINED, quarantined.quarantined_text)
    return tried.exit_code


def _listed(desk: Desk) -> Iterator[Record]:
    from provenance.report.quarantined import QUARANTINED, quarantined_record

    return (quarantined_record(None, file, QUARANTINED) for file in desk.quarantined())


def _released(desk: Desk, hashes: Iterable[str], reason: str) -> Iterator[Record]:
    from provenance.report.quarantined import released_record

    for each in hashes:
        yield released_record(desk.release(each, reason), reason)


def _quarantined(answers: Iterable[Quarantining]) -> Iterator[Record]:
    from provenance.report.quarantined import KNOWN, QUARANTINED, quarantined_record, refused_record

    for each in answers:
        if each.file is not None:
            yield quarantined_record(each.name, each.file, QUARANTINED if each.file.new else KNOWN)
        elif each.problem is not None:
            yield refused_record(each.name, each.problem)
