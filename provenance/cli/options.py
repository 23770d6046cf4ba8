"""Options that several commands share, so that they are spelled the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from provenance.models import Means, Trust
from provenance.wording import LANGUAGES

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Decorator = Callable[[Decorated], Decorated]


def default_archive() -> Path:
    """``archive.db`` in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("provenance", appauthor=False) / "archive.db"


def stacked(*decorators: Callable[[Any], Any]) -> Callable[[Decorated], Decorated]:
    """Several options as one decorator, listed in the help in the order given."""

    def decorate(function: Decorated) -> Decorated:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


archive = click.option(
    "-a",
    "--archive",
    "archive_path",
    type=click.Path(path_type=Path),
    envvar="PROVENANCE_ARCHIVE",
    default=default_archive,
    show_default="archive.db in your data folder",
    help="The archive file.",
)

actor = click.option(
    "--as",
    "actor",
    envvar="PROVENANCE_USER",
    metavar="NAME",
    help="Who you are; kept with what this writes.",
)

output = stacked(
    click.option("--json", "shape", flag_value="json", help="A JSON array."),
    click.option(
        "--nl", "shape", flag_value="nl", help="One JSON object a line, as each is ready."
    ),
    click.option("--csv", "shape", flag_value="csv", help="CSV, a row per answer and match."),
    click.option("-t", "--table", "shape", flag_value="table", help="A table."),
)

nul = click.option("-0", "nul", is_flag=True, help="Names on standard input end in NUL.")

language = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="en",
    envvar="PROVENANCE_LANG",
    show_default=True,
    help="Language of the sentences.",
)

port = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="The port on this machine; 0 takes a free one.",
)

allow_private = click.option(
    "--allow-private",
    is_flag=True,
    help="Fetch addresses also from private networks, and from any port.",
)

trust_list = click.option(
    "--trust-list",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="PROVENANCE_TRUST_LIST",
    metavar="FILE",
    help="Certificates (PEM) that signers of content credentials may lead to.",
)

inputs = click.argument("inputs", nargs=-1, required=True, type=click.UNPROCESSED)

stated = stacked(
    click.option("--date", help='The date, as known: 2019, "June 2019", 2019-06-14T10:00+03:00.'),
    click.option(
        "--means",
        type=click.Choice([m.value for m in Means if m not in {Means.HELD, Means.SIGNED}]),
        help="What the date is the date of; published unless you say.",
    ),
    click.option("--source", help="Who says so: an agency, a channel, a person."),
    click.option("--url", help="Where it was seen."),
    click.option("--caption", help="The caption it came with."),
    click.option("--credit", help="The credit line it came with."),
    click.option("--place", help="Where it was taken, as stated."),
    click.option(
        "--trust",
        type=click.Choice([t.value for t in Trust]),
        help="How far you let this source's dates carry; own unless you say.",
    ),
    click.option("--collection", help="Name of this batch, so that it can be taken back."),
    click.option("--licence", metavar="TEXT", help="The licence under which this batch came."),
    click.option(
        "--vouch", metavar="TEXT", help="Why the dates inside these files can be relied on."
    ),
)

claimed = stacked(
    click.option("--claim", metavar="TEXT", help="What is claimed, in its own words."),
    click.option("--claim-date", metavar="DATE", help="When the event is said to have happened."),
    click.option("--claim-posted", metavar="DATE", help="When the claim was published."),
    click.option("--claim-place", metavar="TEXT", help="Where it is said to have happened."),
    click.option("--claim-url", metavar="URL", help="Where the claim was published."),
)
