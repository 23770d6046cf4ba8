"""One archived picture: where and when it was seen, what was claimed with it, what is near it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provenance.datasette_plugin.route import Page, Record, Route
from provenance.models import FindingKind, How, Means, Relation, Strength
from provenance.report.decision import review_record
from provenance.report.html import sections

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit
    from provenance.desk import Desk

MOST_CHECKS: Final = 50

OF_THE_FILE: Final = frozenset(
    {How.EXIF, How.XMP, How.IPTC, How.C2PA_TIMESTAMP, How.FILE_NAME, How.FILE_TIME}
    | {How.DOWNLOAD_MARK}
)
"""Ways of knowing a date that a file carries with it."""


async def picture(visit: Visit) -> Page:
    """The picture with all that is known of it."""
    reference = visit.values["picture"]
    record, kept = await visit.read(lambda desk: _picture(desk, reference))
    data = {
        "kept": kept,
        "as_check": _as_check(record),
        "dates_of_the_file": _dates_of_the_file(record),
        "hows": How,
        "sections": sections,
        "kinds": FindingKind,
        "relations": Relation,
        "means": Means,
        "strengths": Strength,
    }
    return Page("picture.html", record, data)


def _picture(desk: Desk, reference: str) -> tuple[Record, bool]:
    record = desk.show(reference)
    lines = desk.archive.check_lines_of(record["picture"], limit=MOST_CHECKS)
    decided = [review_record(each) for each in desk.archive.reviews_about(record["picture"])]
    known = {"checks": lines, "decisions": decided, "metadata": _metadata(desk, record["sha256"])}
    return {**record, **known}, bool(desk.archive.thumbnail(record["picture"]))


def _metadata(desk: Desk, sha256: str | None) -> Record | None:
    """What the newest check of this very file kept of what the file says of itself.

    An archive keeps none of it but dates, as sightings. What a check found not to fit together
    also rests on its claim, and stays with it.
    """
    checks = desk.archive.checks_of(sha256) if sha256 else ()
    if not checks:
        return None
    kept = desk.archive.check(checks[-1])
    shown = {**kept["metadata"], "contradictions": []}
    return {"check": checks[-1], "lang": kept.get("lang"), "metadata": shown}


def _dates_of_the_file(record: Record) -> list[Record]:
    """The sightings whose date came from the file itself when it was taken in."""
    return [each for each in record["sightings"] if each["how"] in OF_THE_FILE]


def _as_check(record: Record) -> Record:
    """The picture in the shape that the parts of the report draw: nothing rests on a sighting."""
    claims = [
        {
            "date": line["claim_date"],
            "earliest": line["claim_earliest"],
            "latest": line["claim_latest"],
        }
        for line in record["checks"]
    ]
    return {"finding": {"support": {"rests_on": []}}, "matches": [record], "claims": claims}


async def near(visit: Visit) -> Page:
    """Copies of it in the archive and, apart, similar scenes; each proved as in any look-up."""
    reference = visit.values["picture"]
    found = await visit.work(lambda desk: desk.near(reference))
    shown = await visit.read(lambda desk: desk.show(reference))
    record = {"picture": shown["picture"], "near": found}
    data = {"shown": shown, "relations": Relation, "sections": sections}
    return Page("near.html", record, data)


ROUTES: Final = (
    Route(r"/pictures/(?P<picture>\d{1,18})", picture, summary="One picture with its sightings"),
    Route(
        r"/pictures/(?P<picture>\d{1,18})/near",
        near,
        summary="Copies of a picture in the archive and, apart, similar scenes",
    ),
)
