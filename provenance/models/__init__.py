"""What flows through the house: small frozen records, in the order in which they arise.

Everything here is data without behaviour. Pixel coordinates are those of the upright
picture (EXIF orientation applied), in pixels, origin at the top left, x first.
Instants are aware datetimes in UTC.
"""

from __future__ import annotations

from provenance.models.judged import Claim, Finding, Lead, Support
from provenance.models.matched import (
    Alteration,
    Candidate,
    Cells,
    Comparison,
    Direction,
    Lookup,
    Match,
    Part,
    Polygon,
    Proof,
    Query,
)
from provenance.models.picture import (
    Box,
    Examined,
    Fact,
    Fingerprint,
    Inset,
    Keypoints,
    Pixels,
    Raster,
)
from provenance.models.recorded import (
    Added,
    Coverage,
    Entry,
    Intake,
    NewCollection,
    NewSighting,
    Picture,
    Sighting,
)
from provenance.models.words import (
    AddOutcome,
    AlterationKind,
    Common,
    FindingKind,
    How,
    Means,
    Outcome,
    Relation,
    Strength,
    Trust,
)

__all__ = [
    "AddOutcome",
    "Added",
    "Alteration",
    "AlterationKind",
    "Box",
    "Candidate",
    "Cells",
    "Claim",
    "Common",
    "Comparison",
    "Coverage",
    "Direction",
    "Entry",
    "Examined",
    "Fact",
    "Finding",
    "FindingKind",
    "Fingerprint",
    "How",
    "Inset",
    "Intake",
    "Keypoints",
    "Lead",
    "Lookup",
    "Match",
    "Means",
    "NewCollection",
    "NewSighting",
    "Outcome",
    "Part",
    "Picture",
    "Pixels",
    "Polygon",
    "Proof",
    "Query",
    "Raster",
    "Relation",
    "Sighting",
    "Strength",
    "Support",
    "Trust",
]
