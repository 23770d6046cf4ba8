"""``provenance add``: parse, foresee or take in, print."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options
from provenance.cli.printing import Tried, print_records, print_text, say_lines
from provenance.cli.progress import shown
from provenance.cli.reporting import check_report, reported

if TYPE_CHECKING:
    from provenance.desk import Desk
    from provenance.sources import Stated

GO_ON = ("y", "Y", "j", "J", "o", "O", "ن")
"""Yes and ja."""

EXAMPLES = """\b
Examples:
  provenance add photo.jpg --date 2019-11-15 --source "Example Agency"
  provenance add agency/2019 --dry-run
  provenance add pictures.xlsx --map Fundstelle=url --report import.csv
  provenance add https://example.com/photo.jpg --date 2019-11-15 --source "Example Agency"
  provenance add crawl.wacz --trust trusted
"""


@click.command("add", epilog=EXAMPLES)
@options.inputs
@options.archive
@options.actor
@options.stated
@click.option("--fetch", is_flag=True, help="Fetch the pictures that tables name by address.")
@options.allow_private
@options.trust_list
@click.option(
    "--dry-run", is_flag=True, help="Say what would be taken in and how it is dated; write nothing."
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Which column of a table is which field, where its name does not say; - leaves it out.",
)
@click.option(
    "--report",
    "report_path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what became of every input to this CSV file as well.",
)
@options.language
@options.nul
@options.output
def command(
    inputs: tuple[str, ...],
    archive_path: Path,
    actor: str | None,
    fetch: bool,
    allow_private: bool,
    trust_list: Path | None,
    dry_run: bool,
    columns: tuple[str, ...],
    report_path: Path | None,
    lang: str,
    nul: bool,
    shape: str | None,
    **stated: Any,
) -> int:
    """Take pictures, folders, tables, exports or addresses into the archive, with dates.

    A table (.csv, .tsv, .jsonl, .xlsx) has a column "path" (relative to the table) or a hash,
    and may have date, means, source, url, caption, credit, place, trust, collection and vouch;
    what people call such columns in English, German, French or Arabic is understood. A table
    that lies in a folder holds for the pictures it names there. Archived pages (.warc, .wacz,
    .mhtml, saved .html) bring captions and dates themselves. The picture files stay where
    they are. Adding the same again changes nothing, so an import that was cut short goes on
    with the same command.

    Exports of Telegram Desktop, WhatsApp, auto-archiver and Check are read with the dates of
    their posts; say --trust own for what your desk exported itself.

    A picture at an address (https://...) is fetched and recorded as seen there, undated
    unless you give its date. Addresses in a table, under "path" or alone under "url", are
    fetched with --fetch only.
    """
    from provenance.sources import Stated, parsed_map

    check_report(report_path)
    run = _Run(
        inputs=inputs,
        archive=archive_path,
        actor=actor,
        fetch=fetch,
        allow_private=allow_private,
        trust_list=trust_list,
        columns=parsed_map(columns),
        report=report_path,
        nul=nul,
        lang=lang,
        shape=shape,
    )
    said = Stated(**stated)
    if not dry_run:
        return _take_in(run, said)
    code = _foresee(run, said)
    if _wants_to_go_on(run):
        return _take_in(run, said)
    say_lines(["This was a dry run; nothing is written."])
    return code


@dataclass(frozen=True)
class _Run:
    """What one call of the command was given."""

    inputs: tuple[str, ...]
    archive: Path
    actor: str | None
    fetch: bool
    allow_private: bool
    trust_list: Path | None
    columns: dict[str, str]
    report: Path | None
    nul: bool
    lang: str
    shape: str | None

    def desk(self, *, create: bool) -> Desk:
        """The archive, made if need be; or only to rehearse on."""
        from provenance.desk import Desk

        return Desk(
            self.archive,
            create=create,
            rehearsal=not create,
            actor=self.actor,
            lang=self.lang,
            allow_private=self.allow_private,
            trust_list=self.trust_list,
        )

    def arguments(self) -> Iterable[str | bytes]:
        """What was typed, with the names on standard input."""
        from provenance.cli.names import arguments

        return arguments(self.inputs, nul=self.nul)


def _take_in(run: _Run, stated: Stated) -> int:
    from provenance.report import stream, text

    tried = Tried()
    with run.desk(create=True) as desk:
        sources = run.arguments()
        added = desk.add(sources, stated, fetch=run.fetch, columns=run.columns)
        answers = shown(tried.counted(added, "refused"), sources)
        records = map(desk.added_record, answers)
        with reported(records, run.report, stream.ADDED) as lines:
            print_records(lines, run.shape, stream.ADDED, text.added_text, run.lang)
        say_lines(desk.tally.sentences())
        say_lines(tried.nothing("There was nothing to add."))
    return tried.exit_code


def _foresee(run: _Run, stated: Stated) -> int:
    """The dry run: every line as data; for people those that ask for attention, then counts."""
    from provenance.report import stream, text

    tried = Tried()
    with run.desk(create=False) as desk:
        added = desk.add(
            run.arguments(), stated, dry_run=True, fetch=run.fetch, columns=run.columns
        )
        outlooker = desk.outlooker()
        foreseen = outlooker.watched(tried.counted(added, "refused"))
        records = map(desk.added_record, foreseen)
        with reported(records, run.report, stream.ADDED) as lines:
            shown = lines if run.shape else filter(_asks_for_attention, lines)
            print_records(shown, run.shape, stream.ADDED, text.added_text, run.lang)
        say_lines(desk.tally.sentences())
        if not tried.all:
            say_lines(["There was nothing to add."])
        elif not run.shape:
            print_text(text.outlook_text, outlooker.seen(), run.lang)
    return tried.exit_code


def _asks_for_attention(record: dict[str, Any]) -> bool:
    return record["outcome"] == "refused" or bool(record["contradictions"])


def _wants_to_go_on(run: _Run) -> bool:
    """One key, asked of a person at a terminal and of nobody else."""
    from provenance.sources.names import STDIN
    from provenance.wording import message

    terminal = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    if run.shape or STDIN in run.inputs or not terminal:
        return False
    say_lines([message(run.lang, "outlook.go_on")])
    return click.getchar() in GO_ON
