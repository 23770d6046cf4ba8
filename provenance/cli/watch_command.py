"""``provenance watch``: parse, watch, print a line a picture."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli import options
from provenance.cli.ending import say
from provenance.cli.printing import Tried, print_records
from provenance.report.visible import visible

if TYPE_CHECKING:
    from provenance.watching import Answered, Watch

EXAMPLES = """\b
Examples:
  provenance watch drop --claim "Strikes on two bases" --claim-date 2023-10-23
  provenance watch drop --once
  provenance watch /mnt/share/drop --poll --on-finding notify-send
"""


@click.command("watch", epilog=EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path))
@options.archive
@options.actor
@options.claimed
@click.option("--once", is_flag=True, help="Answer what lies there, then end.")
@click.option("--poll", is_flag=True, help="Look by the clock: for folders on network shares.")
@click.option(
    "--settle",
    type=click.FloatRange(0, 3600),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a file has to stay as it is before it is taken.",
)
@click.option(
    "--on-finding",
    metavar="CMD",
    help="Run this for each picture seen before the claim, with finding, answer and sentence.",
)
@options.trust_list
@options.language
@options.output
def command(
    folder: Path,
    archive_path: Path,
    actor: str | None,
    once: bool,
    poll: bool,
    settle: float,
    on_finding: str | None,
    trust_list: Path | None,
    lang: str,
    shape: str | None,
    **claimed: Any,
) -> int:
    """Check every picture that is dropped into a folder, once.

    Drop pictures, or folders of them, into FOLDER/in (single files also into FOLDER itself).
    Each is moved to FOLDER/done with its answer beside it, as .json and .html, or to
    FOLDER/refused with the reason. Nothing is altered or deleted.

    A file claim.toml holds for the pictures of its folder, PICTURE.claim.toml or .txt for one;
    both may come later. Earlier checks are judged anew when the archive gains what they match.
    """
    watched = Watched(folder, archive_path, actor, lang, trust_list, poll, settle, on_finding)
    return run(watched, claimed, shape, once=once)


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched, and how; for this command and for ``desk``."""

    folder: Path
    archive: Path
    actor: str | None
    lang: str
    trust_list: Path | None = None
    poll: bool = False
    settle: float = 1.0
    on_finding: str | None = None


def run(watched: Watched, claimed: dict[str, Any], shape: str | None, *, once: bool = False) -> int:
    """Watch and print a line a picture, until stopped; gives the exit code."""
    from provenance.cli.claiming import claim
    from provenance.desk import Desk
    from provenance.report import stream
    from provenance.report.watched import watch_text
    from provenance.watching import Watch, hook

    said, lang = claim(**claimed), watched.lang
    told = hook.words(watched.on_finding) if watched.on_finding else []
    tried = Tried()
    kinds: Counter[str] = Counter()

    def tell(key: str, name: str) -> None:
        from provenance.wording import message

        say(message(lang, key, name=name))

    opened = partial(Desk, create=True, actor=watched.actor, lang=lang)
    watch_it = partial(Watch, claim=said, poll=watched.poll, settle=watched.settle, tell=tell)
    with (
        opened(watched.archive, trust_list=watched.trust_list) as desk,
        watch_it(desk, watched.folder) as watch,
        closing(watch.drained() if once else watch.forever()) as answers,
    ):
        answered = _after(tried.counted(answers, "unreadable"), watch, told, kinds, lang)
        records = (each.record for each in answered)
        print_records(records, shape, stream.WATCHED, watch_text, lang)
        _end_of_tally(kinds, lang)
    return tried.exit_code


def _after(
    answers: Iterable[Answered], watch: Watch, told: list[str], kinds: Counter[str], lang: str
) -> Iterator[Answered]:
    """The same answers, counted, and the desk's own command run where it is due."""
    from provenance.watching import hook

    for each in answers:
        kinds[each.record["finding"]["kind"]] += 1
        yield each
        if told and hook.concerns(each.record):
            hook.run(told, watch.layout.root, each.record, watch.tell)
        _tally(kinds, lang)


def _tally(kinds: Counter[str], lang: str) -> None:
    """The running tally, where a person is looking."""
    from provenance.report.watched import tally_text

    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{visible(tally_text(kinds, lang))}\r", nl=False, err=True)


def _end_of_tally(kinds: Counter[str], lang: str) -> None:
    from provenance.report.watched import tally_text

    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    say(tally_text(kinds, lang))
