"""What was laid over the picture: what it is, how much of it, and where."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from provenance.models import Alteration, AlterationKind
from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.residual import LEAST_BOUND
from provenance.verify.alterations.below import Below
from provenance.verify.alterations.covering import (
    DRAWING,
    TEXT,
    WATERMARK,
    Cover,
    kind_of,
    kind_of_strokes,
)
from provenance.verify.alterations.laid_bare import Bare
from provenance.verify.alterations.whereabouts import View

LEAST_SHARE, LEAST_DRAWN = 0.009, 0.003
"""Share of the visible picture: less is the residue of compression, of a drawing not so soon."""

PAINTED = 0.5
"""Share of a thing in strong colours that the picture has not."""

Things = dict[str, list[Flags]]


def overlaid(
    patches: Sequence[tuple[Flags, Below]], both: Bare, view: View, painted: Flags
) -> list[Alteration]:
    """For each kind of thing: ``what`` it is, its ``share`` of the visible picture, ``where``.

    ``where``, as one looks at the query: ``top``, ``bottom``, ``left``, ``right``, a corner
    (``top left``), ``centre`` or ``several``. ``patches`` are the masks (h, w) of what lies over
    it, with what can be made out below; ``painted`` (h, w) is where it was drawn on in strong
    colours. The largest first.
    """
    things = _things(patches, both, view, painted)
    named = [_named(what, masks, view) for what, masks in things.items()]
    named.sort(key=lambda each: (-each.numbers["share"], each.numbers["what"]))
    return [each for each in named if each.numbers["share"] >= _least(each)]


def _least(alteration: Alteration) -> float:
    return LEAST_DRAWN if alteration.numbers["what"] == DRAWING else LEAST_SHARE


def _things(
    patches: Sequence[tuple[Flags, Below]], both: Bare, view: View, painted: Flags
) -> Things:
    """The masks of what lies over the picture, by what it is."""
    things: Things = {}
    drawn = _clearly_drawn(both)
    if drawn is not None:
        things[kind_of_strokes(drawn)] = [drawn]
    for mask, under in patches:
        mostly = bool(painted[mask].mean() > PAINTED)
        what = kind_of(Cover(mask, view.box(mask), mostly), under, both)
        if what is not None:
            things.setdefault(what, []).append(mask)
    return _one_lettering(things)


def _clearly_drawn(both: Bare) -> Flags | None:
    """Strokes of another tone than what is expected there: not light that was cut off."""
    if both.drawn is None:
        return None
    drawn = (both.drawn > 0) & both.seen
    apart = np.abs(both.query - both.expected)[drawn]
    return drawn if len(apart) and float(np.median(apart)) > LEAST_BOUND else None


def _one_lettering(things: Things) -> Things:
    """Letters of one picture are all opaque or all watermark, whichever covers more."""
    if TEXT not in things or WATERMARK not in things:
        return things
    areas = {what: sum(int(mask.sum()) for mask in things[what]) for what in (TEXT, WATERMARK)}
    less, more = sorted(areas, key=lambda what: areas[what])
    return things | {more: things.pop(less) + things[more]}


def _named(what: str, masks: Sequence[Flags], view: View) -> Alteration:
    covered = np.any(masks, axis=0)
    numbers = {"share": view.share(covered), "where": view.where(covered), "what": what}
    return Alteration(AlterationKind.OVERLAID, numbers)
