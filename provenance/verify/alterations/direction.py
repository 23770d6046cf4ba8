"""Which of the two pictures is wider, larger, cleaner, and so likely nearer the source.

For the eyes of a desk: each reason is only likely to mean something. A picture can be enlarged and
sharpened; a crop can have been taken from a better file than the one in the archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from provenance.models import Alteration, AlterationKind, Direction
from provenance.verify.alterations.cut_off import CutOff, goes_on
from provenance.verify.alterations.enlarged import holds_more
from provenance.verify.alterations.placement import (
    PLAIN,
    SIDES,
    lost_shares,
    outside_shares,
    scales,
    strip,
)
from provenance.verify.alterations.sharpness import Sharpness
from provenance.verify.locating.location import Grey, Location, shown
from provenance.verify.locating.overlap import share_of_query
from provenance.verify.views import ArchivedView, QueryView

Kinds = Mapping[AlterationKind, Mapping[str, object]]

SPEAKS_FOR_ARCHIVE = frozenset(
    {
        "archive_shows_more",
        "archive_larger",
        "archive_sharper",
        "query_more_compressed",
        "query_has_overlay",
        "query_has_border",
        "query_built_in",
        "query_without_colour",
        "query_enhanced",
    }
)

SPEAKS_FOR_QUERY = frozenset(
    {
        "query_shows_more",
        "query_larger",
        "query_sharper",
        "archive_has_overlay",
        "archive_has_border",
        "archive_enhanced",
    }
)

LARGER, CLEARLY_LARGER = 1.1, 1.35
"""How many times the pixels across; clearly where it must be told from enlarging."""

LEAST_SIGMA, LEAST_GAIN = 0.9, 0.4
LEAST_LOST, LEAST_MORE, NEXT = 0.025, 0.03, 0.02
LEAST_TEXTURE = 8.0
"""Standard deviation in grey values along the edge, just outside: the ground of an interface goes
on as well, where the picture ends in sky or wall."""

BUILT_IN = 0.9
"""Share of the query that the picture fills, below which it is part of something larger."""


def direction(
    query: QueryView,
    picture: ArchivedView,
    located: Location,
    named: Sequence[Alteration],
    sharp: Sharpness | None = None,
    cut: Sequence[CutOff] = (),
    over_archived: bool = False,
    archive_enhanced: bool = False,
) -> Direction:
    """What speaks for which picture; nearer is ``None`` where reasons contradict or there are none.

    ``named`` are the alterations of the copy; ``over_archived``: something lies over the archived
    picture that the query lacks; ``archive_enhanced``: its details were brought out.
    """
    kinds = {each.kind: each.numbers for each in named}
    reasons = [
        *_wider(query, picture, located, kinds, {each.side for each in cut}),
        *_larger(query, picture, located, kinds),
        *_sharper(sharp),
        *_cleaner(kinds),
    ]
    if over_archived:
        reasons.append("archive_has_overlay")
    if archive_enhanced:
        reasons.append("archive_enhanced")
    return Direction(_nearer(reasons), tuple(reasons))


def _nearer(reasons: Sequence[str]) -> str | None:
    for side, speaking in (("archive", SPEAKS_FOR_ARCHIVE), ("query", SPEAKS_FOR_QUERY)):
        if reasons and speaking.issuperset(reasons):
            return side
    return None


def _wider(
    query: QueryView,
    picture: ArchivedView,
    located: Location,
    kinds: Kinds,
    cut: set[str],
) -> Iterator[str]:
    if AlterationKind.CROPPED in kinds and AlterationKind.PERSPECTIVE not in kinds:
        lost = lost_shares(located, query, picture)
        bars = not cut and _bars_lost(picture, {s: lost[s] for s in SIDES if lost[s] > LEAST_LOST})
        yield "archive_has_border" if bars else "archive_shows_more"
    if AlterationKind.BORDERED in kinds:
        yield "query_has_border"
    elif _shows_more(query, picture, located, cut):
        yield "query_shows_more"
    elif _is_built_in(query, picture, located, kinds):
        yield "query_built_in"


def _bars_lost(picture: ArchivedView, lost: Mapping[str, float]) -> bool:
    """Whether all that is missing in the copy is bars around the archived picture."""
    if picture.raster is None or not lost:
        return False
    grey = picture.raster.grey
    return all(
        _is_bar(strip(grey, s, share), strip(grey, s, share + NEXT)) for s, share in lost.items()
    )


def _is_bar(bar: Grey, with_next: Grey) -> bool:
    """One tone, and something else begins where it ends: not the middle of a wall."""
    flat = bool(bar.size) and float(bar.std()) < PLAIN / 2
    return flat and float(with_next.std()) > PLAIN


def _is_built_in(query: QueryView, picture: ArchivedView, located: Location, kinds: Kinds) -> bool:
    if AlterationKind.BORDERED in kinds or not _upright(kinds):
        return False
    return share_of_query(located, query, picture) < BUILT_IN


def _upright(kinds: Kinds) -> bool:
    """Tilted in a frame of its own size, a picture leaves corners free: nothing around it."""
    degrees = kinds.get(AlterationKind.ROTATED, {}).get("degrees", 0)
    return isinstance(degrees, int | float) and degrees % 90 == 0


def _shows_more(query: QueryView, picture: ArchivedView, located: Location, cut: set[str]) -> bool:
    """Whether the scene itself goes on beyond the archived picture, on every side that has room."""
    outside = outside_shares(located, query, picture)
    sides = [side for side in SIDES if outside[side] > LEAST_MORE and side not in cut]
    return bool(sides) and all(
        goes_on(s, located.matrix, query, picture, LEAST_TEXTURE) for s in sides
    )


def _larger(
    query: QueryView, picture: ArchivedView, located: Location, kinds: Kinds
) -> Iterator[str]:
    across, down = scales(located, picture)
    factor = float(np.sqrt(across * down))
    if factor < 1 / LARGER:
        yield "archive_larger"
    elif factor > CLEARLY_LARGER and _not_enlarged(query, picture, located, kinds, factor):
        yield "query_larger"


def _not_enlarged(
    query: QueryView, picture: ArchivedView, located: Location, kinds: Kinds, factor: float
) -> bool:
    """Whether the copy holds detail, both ways, that the archived picture cannot hold."""
    grey = query.raster.grey
    smaller = factor * grey.shape[1] / query.width
    if smaller < CLEARLY_LARGER:
        # Our own raster is that small. The file may hold more; a screen only enlarges.
        return not _is_built_in(query, picture, located, kinds)
    part = shown(located, query, picture)
    return all(holds_more(part, smaller, axis) for axis in (0, 1))


def _sharper(sharp: Sharpness | None) -> Iterator[str]:
    if sharp is None or sharp.gain < LEAST_GAIN:
        return
    if sharp.archived >= LEAST_SIGMA:
        yield "archive_sharper"
    elif sharp.query >= LEAST_SIGMA:
        yield "query_sharper"


def _cleaner(kinds: Kinds) -> Iterator[str]:
    blurred = kinds.get(AlterationKind.BLURRED, {})
    if AlterationKind.OVERLAID in kinds or "share" in blurred:
        yield "query_has_overlay"
    if AlterationKind.RECOMPRESSED in kinds:
        yield "query_more_compressed"
    what = kinds.get(AlterationKind.RECOLOURED, {}).get("what", [])
    if isinstance(what, list) and "grey" in what:
        yield "query_without_colour"
    if isinstance(what, list) and "enhanced" in what:
        yield "query_enhanced"
