"""How the copy differs from the archived picture, in numbers, and which is nearer the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from provenance.models import Alteration, AlterationKind, Direction
from provenance.verify.aligning.alignment import Laid
from provenance.verify.aligning.blocks import Flags
from provenance.verify.alterations.below import Below, below
from provenance.verify.alterations.blurred import Part, blurred, blurred_part
from provenance.verify.alterations.colour import recoloured
from provenance.verify.alterations.cut_off import CutOff, cut_off
from provenance.verify.alterations.direction import direction
from provenance.verify.alterations.laid_bare import Bare, detail, lay_bare
from provenance.verify.alterations.overlaid import LEAST_SHARE, overlaid
from provenance.verify.alterations.placement import bordered, cropped, perspective, resized, rotated
from provenance.verify.alterations.recompressed import recompressed
from provenance.verify.alterations.sharpness import Sharpness, sharpness
from provenance.verify.alterations.whereabouts import View
from provenance.verify.alterations.whose import lies_over_archived
from provenance.verify.causes.cause import Cause
from provenance.verify.differing.differences import Differences
from provenance.verify.differing.hidden import blurred_parts, outlined
from provenance.verify.locating.location import Location
from provenance.verify.views import ArchivedView, QueryView

EXPLAINED = 0.5
"""Share of a patch."""


@dataclass(frozen=True, slots=True)
class _Over:
    """Masks of what lies over the query, and the sides that were cut off.

    ``archived``: something lies over the archived picture instead; ``hidden``: parts that the
    judgement found blurred; ``painted`` (h, w) is where it was drawn on in strong colours.
    """

    query: list[Flags]
    cut: list[CutOff]
    archived: bool
    hidden: list[Flags]
    painted: Flags


def changes(
    query: QueryView,
    picture: ArchivedView,
    located: Location,
    laid: Laid | None = None,
    found: Differences | None = None,
) -> tuple[tuple[Alteration, ...], Direction]:
    """All that can be named, and which picture is likely nearer the source.

    From the map alone, and from the pixels where they were compared.
    """
    if laid is None or found is None or found.left is None:
        named = _only(_by_map(query, picture, located, []))
        return named, direction(query, picture, located, named)
    both = lay_bare(query, picture, laid, found, found.left)
    sharp, over = sharpness(both), _sorted_out(found, both, located, query, picture)
    named = _only(_all(query, picture, located, laid, both, sharp, over))
    enhanced = laid.frames is not None and laid.frames.enhanced == "query"
    nearer = direction(query, picture, located, named, sharp, over.cut, over.archived, enhanced)
    return named, nearer


def _only(named: Iterator[Alteration | None]) -> tuple[Alteration, ...]:
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
    both: Bare,
    sharp: Sharpness | None,
    over: _Over,
) -> Iterator[Alteration | None]:
    fine, view = detail(both), View(both.seen, laid)
    patches = [(mask, below(mask, both, fine)) for mask in over.query]
    whole = blurred(query, picture, located, laid, sharp)
    part = blurred_part(both, fine, patches, over.hidden) if whole is None else None
    # Flames and badges are as smooth as a blur, and have edges like squares.
    part = None if part and over.painted[part.mask].mean() > EXPLAINED else part
    yield from _by_map(query, picture, located, over.cut)
    yield from overlaid(_besides(patches, part), both, view, over.painted)
    yield recoloured(query, picture, laid, both)
    yield whole
    yield _partly(part, view) if part else None
    yield recompressed(query, picture, located, sharp)


def _hidden(found: Differences) -> list[Flags]:
    """The parts that the judgement found blurred, each with what its outline holds."""
    assert found.left is not None
    pieces = [patch.mask for patch in found.patches if patch.cause is Cause.BLUR]
    whole = [*blurred_parts(found.left, pieces), *found.squares]
    return [outlined(each) for each in (*pieces, *whole)]


def _sorted_out(
    found: Differences, both: Bare, located: Location, query: QueryView, picture: ArchivedView
) -> _Over:
    cut, over, archived = [], [], False
    for mask in (patch.mask for patch in found.patches if patch.made):
        missing = cut_off(mask, both.seen, located.matrix, query, picture)
        if missing is not None:
            cut.append(missing)
        elif lies_over_archived(mask, both):
            archived = archived or float(mask.mean()) > LEAST_SHARE
        else:
            over.append(mask)
    paint = [patch.mask for patch in found.patches if patch.cause is Cause.PAINT]
    painted = np.asarray(np.any([np.zeros_like(both.seen), *paint], axis=0))
    return _Over(over, cut, archived, _hidden(found), painted)


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
