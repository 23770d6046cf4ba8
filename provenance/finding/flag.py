"""Which findings ask for a person: those that set the photograph apart from the claimed date."""

from __future__ import annotations

from typing import Final

from provenance.models import Finding, FindingKind

FLAGGED: Final = frozenset({FindingKind.SEEN_BEFORE_CLAIM, FindingKind.SEEN_AFTER_CLAIM})


def is_flagged(finding: Finding) -> bool:
    """Whether a finding, or that of one of its regions, asks for a person."""
    return finding.kind in FLAGGED or any(map(is_flagged, finding.parts))
