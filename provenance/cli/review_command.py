"""``provenance review``: what people decided about a check, and deciding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from provenance.cli import options
from provenance.cli.printing import print_records
from provenance.models import Decision, NewReview, Rating

if TYPE_CHECKING:
    from provenance.desk import Desk

EXAMPLES = """\b
Examples:
  provenance review 5
  provenance review 5 --confirm --why "compared side by side"
  provenance review 5 --confirm --sighting 40 --why "the agency has the negative"
  provenance review 5 --reject not-same --picture 3 --why "another day, other cars"
  provenance review 5 --reject no-objection --why "marked as an archive photo"
  provenance review 5 --rate decontextualized --why "shown as this week"
  provenance review 5 --undo --why "wrong line"
"""

REJECTIONS: Final = {
    "not-same": Decision.NOT_SAME,
    "no-objection": Decision.NO_OBJECTION,
    "sighting": Decision.SIGHTING_REJECTED,
}
RATINGS: Final = {rating.name.lower(): rating for rating in Rating}


@click.command("review", epilog=EXAMPLES)
@click.argument("check", type=int)
@click.option("--confirm", is_flag=True, help="The match is right; with --sighting, that date is.")
@click.option(
    "--reject",
    type=click.Choice(list(REJECTIONS)),
    help="Not the same picture; the same, and no objection; or a sighting that does not count.",
)
@click.option("--rate", type=click.Choice(list(RATINGS)), help="What the post does with it.")
@click.option("--words", metavar="TEXT", help="The rating in your house's own words.")
@click.option("--note", metavar="TEXT", help="A note.")
@click.option("--undo", is_flag=True, help="Take back your newest decision.")
@click.option("--overturn", is_flag=True, help="Decide otherwise than a colleague, or end that.")
@click.option("--picture", type=int, metavar="N", help="Which match is meant.")
@click.option("--sighting", type=int, metavar="N", help="Which sighting is meant.")
@click.option("--why", metavar="TEXT", default="", help="Why; kept with the decision.")
@click.option("--on", type=int, metavar="STATE", help="Refuse if a colleague decided since.")
@options.archive
@options.actor
@options.language
@options.output
def command(
    check: int,
    archive_path: Path,
    actor: str | None,
    lang: str,
    shape: str | None,
    **said: Any,
) -> int:
    """Show what people decided about a check, or decide.

    A match that is not the same picture is shown apart from then on, in every look-up and
    check of that file. A confirmed sighting is documented. Without an objection a match
    stays and the check is no longer flagged.
    """
    from provenance.desk import Desk
    from provenance.report import stream, text

    wanted = _wanted(said)
    with Desk(archive_path, actor=actor, lang=lang, readonly=wanted is None) as desk:
        if wanted is not None:
            _decide(desk, check, wanted, said)
        print_records([desk.reviews(check)], shape, stream.REVIEWED, text.reviewed_text, lang)
    return 0


def _wanted(said: dict[str, Any]) -> str | None:
    """The one thing that is to be done; ``None`` where only the list is asked for."""
    wanted = [key for key in ("confirm", "reject", "rate", "note", "undo") if said[key]]
    if len(wanted) > 1:
        raise click.UsageError(f"One decision at a time, not --{' and --'.join(wanted)}.")
    if said["reject"] == "sighting" and said["sighting"] is None:
        raise click.UsageError("Say which sighting: --sighting N")
    if said["words"] and wanted != ["rate"]:
        raise click.UsageError("--words go with --rate.")
    return wanted[0] if wanted else ("undo" if said["overturn"] else None)


def _decide(desk: Desk, check: int, wanted: str, said: dict[str, Any]) -> None:
    about = {key: said[key] for key in ("on", "overturn")}
    if wanted == "undo":
        about |= {key: said[key] for key in ("picture", "sighting")}
        desk.take_back(check, said["why"], **about)
    else:
        desk.review(check, _new(wanted, said), **about)


def _new(wanted: str, said: dict[str, Any]) -> NewReview:
    """What was decided, as the options say it."""
    if wanted == "note":
        return NewReview(Decision.NOTED, said["note"])
    if wanted == "rate":
        rating = RATINGS[said["rate"]]
        return NewReview(Decision.RATED, said["why"], rating=rating, words=said["words"])
    picture, sighting = said["picture"], said["sighting"]
    if wanted == "confirm" and sighting is not None:
        return NewReview(Decision.SIGHTING_CONFIRMED, said["why"], sighting=sighting)
    decision = Decision.CONFIRMED if wanted == "confirm" else REJECTIONS[said["reject"]]
    if decision is Decision.SIGHTING_REJECTED:
        return NewReview(decision, said["why"], sighting=sighting)
    return NewReview(decision, said["why"], picture=picture)
