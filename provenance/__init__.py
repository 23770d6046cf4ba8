"""Image provenance checker for claimed attack photos.

The front door: what the commands do, Python does.

::

    from provenance import Claim, Desk, Stated, read_date

    with Desk("archive.db", create=True) as desk:
        for added in desk.add(["agency/2019"], Stated(date="2019", source="Example Agency")):
            print(added.outcome)
        for check in desk.check(["a.jpg"], Claim(date=read_date("23 October 2023").date)):
            print(check.finding.sentence)

Names are loaded when they are used, so that ``import provenance`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from provenance.archive import Archive
    from provenance.check import Checked
    from provenance.dates import Date
    from provenance.dates import read as read_date
    from provenance.desk import Desk, version
    from provenance.errors import ProvenanceError, Refused, Unreadable, UsageError
    from provenance.guard import Guard
    from provenance.models import (
        Added,
        Claim,
        Decision,
        Finding,
        Lookup,
        Match,
        NewReview,
        Picture,
        Rating,
        Review,
        Sighting,
    )
    from provenance.sources import Stated

__all__ = [
    "Added",
    "Archive",
    "Checked",
    "Claim",
    "Date",
    "Decision",
    "Desk",
    "Finding",
    "Guard",
    "Lookup",
    "Match",
    "NewReview",
    "Picture",
    "ProvenanceError",
    "Rating",
    "Refused",
    "Review",
    "Sighting",
    "Stated",
    "Unreadable",
    "UsageError",
    "read_date",
    "version",
]

_ELSEWHERE = {
    "Added": "models",
    "Archive": "archive",
    "Checked": "check",
    "Claim": "models",
    "Date": "dates",
    "Decision": "models",
    "Desk": "desk",
    "Finding": "models",
    "Guard": "guard",
    "Lookup": "models",
    "Match": "models",
    "NewReview": "models",
    "Picture": "models",
    "ProvenanceError": "errors",
    "Rating": "models",
    "Refused": "errors",
    "Review": "models",
    "Sighting": "models",
    "Stated": "sources",
    "Unreadable": "errors",
    "UsageError": "errors",
    "read_date": "dates",
    "version": "desk",
}
_RENAMED = {"read_date": "read"}


def __getattr__(name: str) -> Any:
    """Load a public name from its room."""
    if name not in _ELSEWHERE:
        raise AttributeError(f"module 'provenance' has no attribute '{name}'")
    value = getattr(
        importlib.import_module(f"provenance.{_ELSEWHERE[name]}"), _RENAMED.get(name, name)
    )
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted({*globals(), *_ELSEWHERE})
