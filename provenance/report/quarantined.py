"""Files that are turned away: as JSON, as a row, in words."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Protocol

from provenance.errors import ProvenanceError
from provenance.report.page import PLAIN, Look, Page
from provenance.report.record import Record, instant, word
from provenance.report.rows import Row, defused

QUARANTINED, KNOWN, RELEASED, REFUSED = "quarantined", "known", "released", "refused"

COLUMNS: Final = (
    *("name", "outcome", "sha256", "why", "since", "by"),
    *("pictures", "checks", "clean", "reason", "detail"),
)


class File(Protocol):
    """A file that is turned away, as the archive tells it."""

    @property
    def sha256(self) -> str:
        """SHA-256, hex."""
        ...

    @property
    def reason(self) -> str:
        """What was said when it was quarantined."""
        ...

    @property
    def made(self) -> datetime:
        """Since when."""
        ...

    @property
    def by(self) -> str | None:
        """Who did it."""
        ...

    @property
    def pictures(self) -> tuple[int, ...]:
        """The pictures that were erased for it."""
        ...

    @property
    def checks(self) -> tuple[int, ...]:
        """The checks that lost what they held for it."""
        ...

    @property
    def clean(self) -> bool:
        """Whether erased bytes are gone from the archive file too."""
        ...


def quarantined_record(name: str | None, file: File, outcome: str) -> Record:
    """One file in quarantine; ``name`` as typed, where somebody just gave it."""
    return {
        "input": {"name": name},
        "outcome": outcome,
        "sha256": file.sha256,
        "why": file.reason,
        "since": instant(file.made),
        "by": file.by,
        "pictures": list(file.pictures),
        "checks": list(file.checks),
        "clean": file.clean,
        "reason": None,
        "detail": None,
    }


def released_record(sha256: str, why: str) -> Record:
    """One file that may be given again."""
    return _nothing(None, RELEASED) | {"sha256": sha256, "why": why}


def refused_record(name: str, problem: ProvenanceError) -> Record:
    """One file that could not be had, so that its SHA-256 is not known."""
    told = {"reason": word(problem.reason), "detail": str(problem)}
    return _nothing(name, REFUSED) | told


def _nothing(name: str | None, outcome: str) -> Record:
    unknown = dict.fromkeys(("sha256", "why", "since", "by"))
    erased: Record = {"pictures": [], "checks": [], "clean": True}
    told = dict.fromkeys(("reason", "detail"))
    return {"input": {"name": name}, "outcome": outcome, **unknown, **erased, **told}


def quarantined_rows(record: Record) -> list[Row]:
    """The one row of a file."""
    flat = record | record["input"]
    numbers = {key: " ".join(map(str, record[key])) for key in ("pictures", "checks")}
    return [{column: defused((flat | numbers)[column]) for column in COLUMNS}]


def quarantined_text(record: Record, look: Look = PLAIN) -> str:
    """What became of one file, and what was erased for it."""
    page = Page(look)
    if record["outcome"] == REFUSED:
        page.line(f"{record['input']['name']}: {record['detail']}", fg="red")
        return page.text()
    page.line(look.label(f"is_{record['outcome']}", sha256=record["sha256"], why=record["why"]))
    if record["since"]:
        page.line(look.label("since", since=record["since"], by=record["by"] or "?"), 1)
    for picture in record["pictures"]:
        page.line(look.label("erased", picture=picture), 1)
    if record["checks"]:
        page.line(look.label("checks_erased", checks=", ".join(map(str, record["checks"]))), 1)
    if not record["clean"]:
        page.line(look.label("not_clean"), 1, fg="yellow")
    return page.text()
