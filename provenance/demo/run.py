"""The seed story from end to end: take in the archive, check three pictures, tell what came out."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any, Final, TextIO

from provenance import dates
from provenance.check import Checked
from provenance.demo import story
from provenance.demo.story import Story
from provenance.desk import Desk
from provenance.models import AddOutcome, Claim, Proof
from provenance.report.html import advice
from provenance.sources import Stated
from provenance.wording import proof_words

ARCHIVE: Final = "archive.db"
REPORT: Final = "report.html"

_WIDTH: Final = 78
_INDENT: Final = "   "


def run(folder: Path, *, out: TextIO, archive: Path | None = None, actor: str = "demo") -> Path:
    """Play the story in ``folder``, tell it on ``out``, and return the path of the report.

    Everything is made below ``folder``: the drawn pictures, their table, an archive (unless
    another is given), the report on one HTML page.

    Raises:
        OSError: the folder cannot be written.
        ArchiveError: an archive that is there already cannot be used.
    """
    return play(story.write(folder), out=out, archive=archive, actor=actor)


def play(told: Story, *, out: TextIO, archive: Path | None = None, actor: str = "demo") -> Path:
    """The same with a story that is written already."""
    folder, report = told.folder, told.folder / REPORT
    with Desk(archive or folder / ARCHIVE, create=True, actor=actor) as desk:
        _tell_setting(_take_in(desk, told), out)
        checks = list(desk.check([copy.path for copy in told.copies], claim()))
        for number, (copy, checked) in enumerate(zip(told.copies, checks, strict=True), 1):
            _tell(f"{number}. {copy.path.name} ({copy.told})", checked, folder, out)
        desk.write_report([desk.page(checked) for checked in checks], report)
    _say(out, "All of this on one page, with the pictures side by side:")
    out.write(f"{_INDENT}{report}\n")
    return report


def claim() -> Claim:
    """The claim of the story."""
    return Claim(
        text=story.CLAIM_TEXT,
        date=dates.read(story.CLAIM_DATE).date,
        place=story.CLAIM_PLACE,
        language=story.LANGUAGE,
    )


def _take_in(desk: Desk, told: Story) -> int:
    """Add the story's table; how many pictures were taken in."""
    stated = Stated(collection=story.COLLECTION)
    return sum(each.outcome is not AddOutcome.REFUSED for each in desk.add([told.table], stated))


# --------------------------------------------------------------------------- the telling


def _tell_setting(added: int, out: TextIO) -> None:
    _say(out, "Invented places, invented sources, drawn pictures; everything else is real.")
    _say(out, f"An archive now holds {added} pictures with dates from three sources.")
    _say(out, "Three pictures go round with this claim:")
    _say(out, f"“{story.CLAIM_TEXT}”", depth=1)
    out.write("\n")


def _tell(title: str, checked: Checked, folder: Path, out: TextIO) -> None:
    """One picture: its name, the sentence, why, and what to do now."""
    record = checked.record
    _say(out, title)
    _say(out, record["finding"]["sentence"], depth=1)
    for match in record["matches"]:
        name = match["name"].removeprefix(f"{folder}/")
        _say(out, f"Beside {name}: {match['description']}; {_proof(match)}.", depth=1)
    _say(out, f"Where to look next: {advice(record)}", depth=1)
    out.write("\n")


def _proof(match: dict[str, Any]) -> str:
    return proof_words(Proof(**match["proof"]), match["covers"])


def _say(out: TextIO, text: str, depth: int = 0) -> None:
    indent = _INDENT * depth
    wrapped = textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)
    out.write(f"{wrapped}\n")
