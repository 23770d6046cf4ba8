"""How the copy differs from the archived picture, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from provenance.models import Alteration, AlterationKind
from provenance.verify.alignment import Laid
from provenance.verify.below import Below, below
from provenance.verify.blocks import Flags
from provenance.verify.blurred import Part, blurred, blurred_part
from provenance.verify.colour import recoloured
from provenance.verify.cut_off import CutOff, cut_off
from provenance.verify.differences import Differences
from provenance.verify.laid_bare import Bare, detail, lay_bare
from provenance.verify.location import Location
from provenance.verify.overlaid import overlaid
from provenance.verify.placement import bordered, cropped, perspective, resized, rotated
from provenance.verify.recompressed import recompressed
from provenance.verify.residual import Residual
from provenance.verify.sharpness import sharpness
from provenance.verify.views import ArchivedView, QueryView
from provenance.verify.whereabouts import View

EXPLAINED = 0.5
"""Share of a patch."""


def alterations(
    query: QueryView,
    picture: ArchivedView,
    located: Location,
    laid: Laid | None = None,
    found: Differences | None = None,
) -> tuple[Alteration, ...]:
    """All that can be named: from the map alone, and from the pixels where they were compared."""
    if laid is None or found is None or found.left is None:
        named = _by_map(query, picture, located, [])
    else:
        named = _all(query, picture, located, laid, found, found.left)
    return tuple(each for each in named if each is not None)


def _by_map(
    query: QueryView, picture: ArchivedView, located: Location, cut: Sequence[CutOff]
) -> Iterator[Alteration | None]:
    if located.mirrored:
        yield Alteration(AlterationKind.MIRRORED)
    yield rotated(located)
    yield perspective(located, query, picture)
    yield cropped(located, query, picture, {each.side: each.share for each in cut})
    yield bordered(located, query, picture)
    yield resized(located, picture)


def _all(
    query: QueryView,
    picture: ArchivedView,
    located: Location,
    laid: Laid,
    found: Differences,
    left: Residual,
) -> Iterator[Alteration | None]:
    both = lay_bare(query, picture, laid, found, left)
    fine, view = detail(both), View(both.seen, laid)
    cut, masks = _sorted_out(found, both, located, query, picture)
    patches = [(mask, below(mask, both, fine)) for mask in masks]
    whole = blurred(query, picture, located, sharpness(both))
    part = blurred_part(both, fine, patches) if whole is None else None
    yield from _by_map(query, picture, located, cut)
    yield from overlaid(_besides(patches, part), both, view)
    yield recoloured(query, picture, laid, both)
    yield whole
    yield _partly(part, view) if part else None
    yield recompressed(query, picture, located)


def _sorted_out(
    found: Differences, both: Bare, located: Location, query: QueryView, picture: ArchivedView
) -> tuple[list[CutOff], list[Flags]]:
    """Of what was made: sides that were cut off, and the masks of what lies over the picture."""
    cut, over = [], []
    for mask in (patch.mask for patch in found.patches if patch.made):
        missing = cut_off(mask, both.seen, located.matrix, query, picture)
        if missing is None:
            over.append(mask)
        else:
            cut.append(missing)
    return cut, over


def _besides(
    patches: Sequence[tuple[Flags, Below]], part: Part | None
) -> list[tuple[Flags, Below]]:
    """The patches that the blurred part does not explain."""
    if part is None:
        return list(patches)
    return [each for each in patches if part.mask[each[0]].mean() < EXPLAINED]


def _partly(part: Part, view: View) -> Alteration:
    """A part of the copy blurred: how, its share of the visible picture, and where."""
    numbers = {"how": part.how, "share": view.share(part.mask), "where": view.where(part.mask)}
    return Alteration(AlterationKind.BLURRED, numbers)
