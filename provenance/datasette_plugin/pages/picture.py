"""One archived picture: where and when it was seen, what was claimed with it, what is near it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provenance.datasette_plugin.route import Page, Record, Route
from provenance.models import FindingKind, Means, Relation, Strength
from provenance.report.decision import review_record
from provenance.report.html import sections

if TYPE_CHECKING:
    from provenance.datasette_plugin.visit import Visit
    from provenance.desk import Desk

MOST_CHECKS: Final = 50


async def picture(visit: Visit) -> Page:
    """The picture with all that is known of it."""
    reference = visit.values["picture"]
    record, kept = await visit.read(lambda desk: _picture(desk, reference))
    data = {
        "kept": kept,
        "as_check": _as_check(record),
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
    return {**record, "checks": lines, "decisions": decided}, bool(
        desk.archive.thumbnail(record["picture"])
    )


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
