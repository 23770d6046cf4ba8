"""``provenance recheck``: earlier checks, judged anew where the archive has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli import options
from provenance.cli.ending import say
from provenance.cli.printing import Tried, print_records, say_lines

if TYPE_CHECKING:
    from provenance.check import Checked
    from provenance.rechecking import Rechecked


@click.command("recheck")
@options.archive
@options.actor
@options.trust_list
@options.language
@options.output
def command(
    archive_path: Path,
    actor: str | None,
    trust_list: Path | None,
    lang: str,
    shape: str | None,
) -> int:
    """Judge anew the earlier checks that would answer differently now.

    Looks at what came into the archive since, finds the checks it touches and prints those
    whose answer changed. A running watch does the same by itself.
    """
    from provenance.desk import Desk
    from provenance.report import stream, text

    tried = Tried()
    with Desk(archive_path, actor=actor, lang=lang, trust_list=trust_list) as desk:
        changed = tried.counted(_changed(desk.recheck(), lang), "unreadable")
        print_records((c.record for c in changed), shape, stream.CHECKS, text.check_text, lang)
    say_lines(tried.nothing("No earlier check answers differently now."))
    return tried.exit_code


def _changed(rechecked: Iterable[Rechecked], lang: str) -> Iterator[Checked]:
    """The checks whose answer changed; those that need their file are said."""
    from provenance.wording import message

    for each in rechecked:
        if each.checked is None:
            say(message(lang, "watch.needs_file", name=each.asked.name))
        elif each.changed:
            yield each.checked
