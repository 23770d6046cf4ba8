"""``provenance forget``: erase one picture, or what one check holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options
from provenance.cli.ending import say
from provenance.cli.printing import print_records

if TYPE_CHECKING:
    from provenance.desk import Desk

EXAMPLES = """\b
Examples:
  provenance forget 17 --reason "asked for by a person shown"
  provenance forget 17 --pixels-only --reason "graphic"
  provenance forget --check 5 --reason "sent by mistake"
"""


@click.command("forget", epilog=EXAMPLES)
@click.argument("picture", required=False)
@click.option("--check", "check", type=int, help="Erase what this check holds instead.")
@click.option("--reason", required=True, help="Why; kept in the log of the archive.")
@click.option("--pixels-only", is_flag=True, help="Erase what can be looked at; keep fingerprints.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.archive
@options.actor
@options.output
def command(
    picture: str | None,
    check: int | None,
    reason: str,
    pixels_only: bool,
    yes: bool,
    archive_path: Path,
    actor: str | None,
    shape: str | None,
) -> int:
    """Erase one picture: pixels, fingerprints, names, captions, index entries.

    A tombstone stays, so that the log of the archive still verifies. This cannot be undone.
    Checks of the same photograph lose what they hold. A picture that was only ever checked
    is erased with --check.
    """
    from provenance.desk import Desk
    from provenance.report import stream, text

    if (picture is None) == (check is None) or (pixels_only and check is not None):
        raise click.UsageError("Give a picture, or --check with the number of a check.")
    with Desk(archive_path, actor=actor) as desk:
        found = desk.find(picture).id if picture is not None else None
        if not (yes or _confirmed(found, check, pixels_only=pixels_only)):
            say("Nothing was erased.")
            return 0
        erased = _erased(desk, found, check, reason, pixels_only=pixels_only)
        print_records([erased], shape, stream.FORGOTTEN, text.forgotten_text)
    return 0


def _confirmed(picture: int | None, check: int | None, *, pixels_only: bool) -> bool:
    what = "thumbnail and raster" if pixels_only else "all that is known"
    whose = f"picture {picture}" if check is None else f"check {check}"
    return click.confirm(f"Erase {what} of {whose}?", err=True)


def _erased(
    desk: Desk, picture: int | None, check: int | None, reason: str, *, pixels_only: bool
) -> dict[str, Any]:
    from provenance.report import record

    if check is not None:
        return record.forgotten_check_record(desk.forget_check(check, reason))
    erase = desk.drop_pixels if pixels_only else desk.forget
    return record.forgotten_record(erase(str(picture), reason), pixels_only=pixels_only)
