"""Whether the copy was compressed more strongly than the archived picture."""

from __future__ import annotations

from provenance.models import Alteration, AlterationKind
from provenance.verify.alterations.compression import estimated_quality
from provenance.verify.alterations.sharpness import Sharpness
from provenance.verify.locating.location import Location, shown
from provenance.verify.views import ArchivedView, QueryView

MOST_QUALITY = 65
"""Above it nobody sees a loss; most platforms deliver 70 to 85."""

CLEARLY = 5
"""Points of quality by which the copy must lie below the archived picture, where its is known."""

SAME_PIXELS = 1.0
"""Root mean square of the difference in grey values below which nothing happened since: then the
archived picture was compressed as strongly. Copies at quality 20 differ by 3.7 and more."""


def recompressed(
    query: QueryView, picture: ArchivedView, located: Location, sharp: Sharpness | None
) -> Alteration | None:
    """``quality`` as libjpeg counts, of the strongest compression since the last resizing."""
    quality = _quality_of_query(query, picture, located)
    if quality is None or quality > MOST_QUALITY or (sharp and sharp.apart < SAME_PIXELS):
        return None
    before = quality_of_archived(picture)
    if before is not None and quality > before - CLEARLY:
        return None
    return Alteration(AlterationKind.RECOMPRESSED, {"quality": quality})


def quality_of_archived(picture: ArchivedView) -> int | None:
    """Known only where the proof raster is as large as the picture: nothing was resized."""
    if picture.raster is None or picture.raster.grey.shape != (picture.height, picture.width):
        return None
    return estimated_quality(picture.raster.grey)


def _quality_of_query(query: QueryView, picture: ArchivedView, located: Location) -> int | None:
    """From the part of the query that shows the picture; letters around it tell nothing.

    Where the raster was made smaller than the query, what the worker saw of the whole.
    """
    grey = query.raster.grey
    if grey.shape != (query.height, query.width):
        return query.quality
    return estimated_quality(shown(located, query, picture))
