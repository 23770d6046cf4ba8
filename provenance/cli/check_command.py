"""``provenance check``: parse, check, print, leave a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options
from provenance.cli.ending import say
from provenance.cli.printing import Tried, print_records, say_lines
from provenance.errors import UsageError

if TYPE_CHECKING:
    from provenance.check import Checked
    from provenance.desk import Desk, ReportPage

EXAMPLES = """\b
Examples:
  provenance check photo.jpg --claim "Strikes on two bases" --claim-date 2023-10-23
  provenance check circulating/ --claim-posted "23 October 2023" --html report.html
"""


@click.command("check", epilog=EXAMPLES)
@options.inputs
@options.archive
@options.actor
@options.claimed
@click.option("--keep", is_flag=True, help="Also add the pictures to the archive.")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a report on one page that needs nothing else.",
)
@options.allow_private
@options.trust_list
@options.language
@options.nul
@options.output
def command(
    inputs: tuple[str, ...],
    archive_path: Path,
    actor: str | None,
    trust_list: Path | None,
    keep: bool,
    html: Path | None,
    allow_private: bool,
    lang: str,
    nul: bool,
    shape: str | None,
    **claimed: Any,
) -> int:
    """Compare pictures (files, folders, addresses) with the archive under a claim.

    The answer says where and when a picture was seen, how the copy was altered, and how far
    before the claimed date; what it rests on; and what is not known. It is stored as a
    check, apart from the pictures.
    """
    from provenance.cli.claiming import claim
    from provenance.cli.names import arguments
    from provenance.desk import Desk
    from provenance.report import stream, text

    said = claim(**claimed)
    _check_place(html)
    tried = Tried()
    pages: list[ReportPage] = []
    with Desk(
        archive_path,
        actor=actor,
        lang=lang,
        allow_private=allow_private,
        trust_list=trust_list,
    ) as desk:
        checks = desk.check(arguments(inputs, nul=nul), said, keep=keep)
        checks = tried.counted(checks, "unreadable")
        if html is not None:
            checks = _collected(checks, desk, pages)
        print_records((c.record for c in checks), shape, stream.CHECKS, text.check_text, lang)
        say_lines(desk.tally.sentences())
        say_lines(tried.nothing("Nothing was checked."))
        if html is not None:
            desk.write_report(pages, html)
            say(f"The report is in {html}")
    return tried.exit_code


def _check_place(report: Path | None) -> None:
    """Refuse a place for the report before anything is written, or anything of yours is lost.

    Raises:
        UsageError: there is no such folder, or the file there is no web page.
    """
    if report is None:
        return
    if not report.parent.is_dir():
        raise UsageError(f"There is no folder {report.parent} for the report.", advice="Make it.")
    if report.exists() and not report.read_bytes()[:15].lower().startswith(b"<!doctype html"):
        raise UsageError(f"{report} exists and is no web page.", advice="Give another name.")


def _collected(checks: Iterable[Checked], desk: Desk, pages: list[ReportPage]) -> Iterator[Checked]:
    """The same checks, with what the report shows of each put aside."""
    for checked in checks:
        pages.append(desk.page(checked))
        yield checked
