"""``provenance lookup``: parse, look up, print."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli import options
from provenance.cli.printing import Tried, print_records, say_lines

EXAMPLES = """\b
Examples:
  provenance lookup photo.jpg
  provenance lookup downloads/ --csv
  provenance lookup pdq:f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22
"""


@click.command("lookup", epilog=EXAMPLES)
@options.inputs
@options.archive
@options.allow_private
@options.language
@options.nul
@options.output
def command(
    inputs: tuple[str, ...],
    archive_path: Path,
    allow_private: bool,
    lang: str,
    nul: bool,
    shape: str | None,
) -> int:
    """Say what the archive knows of a picture or a hash; write nothing.

    A picture is a file or an address (https://...), which is then fetched.

    A hash is sha256: or pdq: with 64 hex digits (without the word both are tried), or
    phash: with 16. An existing file of that name wins. "-" reads names from standard
    input, one a line, and answers each as it comes.
    """
    from provenance.cli.names import arguments
    from provenance.desk import Desk
    from provenance.report import stream, text

    tried = Tried()
    with Desk(archive_path, readonly=True, lang=lang, allow_private=allow_private) as desk:
        answers = tried.counted(desk.lookup(arguments(inputs, nul=nul)), "unreadable")
        print_records(map(desk.record, answers), shape, stream.LOOKUPS, text.lookup_text, lang)
        say_lines(desk.tally.sentences())
        say_lines(tried.nothing("Nothing was looked up."))
    return tried.exit_code
