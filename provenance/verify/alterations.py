"""How the copy differs from the archived picture, in numbers."""

from __future__ import annotations

from provenance.models import Alteration, AlterationKind
from provenance.verify.alignment import Laid
from provenance.verify.location import Location
from provenance.verify.views import ArchivedView, QueryView


def alterations(
    query: QueryView, picture: ArchivedView, located: Location, laid: Laid | None
) -> tuple[Alteration, ...]:
    """All that can be named."""
    found: list[Alteration] = []
    if located.mirrored:
        found.append(Alteration(AlterationKind.MIRRORED))
    return tuple(found)
