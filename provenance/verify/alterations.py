"""How the copy differs from the archived picture, in numbers."""

from __future__ import annotations

from provenance.models import Alteration, AlterationKind
from provenance.verify.alignment import Laid
from provenance.verify.colour import recoloured
from provenance.verify.differences import Differences
from provenance.verify.location import Location
from provenance.verify.overlaid import overlaid
from provenance.verify.placement import bordered, cropped, perspective, resized, rotated
from provenance.verify.views import ArchivedView, QueryView


def alterations(
    query: QueryView,
    picture: ArchivedView,
    located: Location,
    laid: Laid | None = None,
    found: Differences | None = None,
) -> tuple[Alteration, ...]:
    """All that can be named: from the map alone, and from the pixels where they were compared."""
    named: list[Alteration | None] = [
        Alteration(AlterationKind.MIRRORED) if located.mirrored else None,
        rotated(located),
        perspective(located, picture),
        cropped(located, query, picture),
        bordered(located, query, picture),
        resized(located, picture),
    ]
    if laid is not None and found is not None:
        named += [overlaid(found, laid), recoloured(query, picture, laid, found)]
        named.append(blurred(laid))
    return tuple(each for each in named if each is not None)


def blurred(laid: Laid) -> Alteration | None:
    """Blurred or pixelated, where the archived picture agreed only once it was blurred too."""
    archived, query = laid.blur
    return Alteration(AlterationKind.BLURRED) if archived > query else None
