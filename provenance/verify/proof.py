"""Candidate -> match: locate the archived picture in the query, lay both over each other, judge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from provenance.models import AlterationKind, Comparison, Polygon, Proof, Relation
from provenance.verify.aligning.alignment import (
    EXACT_INLIERS,
    NO_BLUR,
    Laid,
    align,
    made_exact,
    unblurred,
)
from provenance.verify.aligning.cells import in_cells
from provenance.verify.aligning.enhancement import enhanced
from provenance.verify.aligning.frames import Frames
from provenance.verify.alterations.changes import changes
from provenance.verify.causes.cause import Cause
from provenance.verify.differing.differences import Differences, differences
from provenance.verify.judging.false_alarms import of_pixels, of_points
from provenance.verify.judging.judgement import Judgement, by_geometry, by_pixels, resembles
from provenance.verify.judging.resemblance import in_common
from provenance.verify.locating.location import Location, by_keypoints, region
from provenance.verify.locating.overlap import covered, in_one_frame, overlapping, share_of_query
from provenance.verify.locating.whole import as_a_whole
from provenance.verify.regions.seen import seen_cells
from provenance.verify.regions.surroundings import surroundings
from provenance.verify.views import EVERYTHING, ArchivedView, Hint, QueryView

NOISE_LOST = 50
"""Estimated JPEG quality of the query below which its noise is the compression's, not the
picture's: at quality 20 the noise in common falls to 0.07 to 0.25 for one photograph in twenty."""

LEAST_INLIERS = 5
"""Inliers from which on a map is worth laying the pictures over each other."""

WELL_LOCATED = 60
"""... and from which on both as a whole must be alike in everything to say more than that map did:
less exactly laid, small people who walked on passed for marks or for nothing clear, in four of some
450 pairs. Of four copies that were found as a whole only, with so many inliers, three differ in
nothing; the fourth has a button of a player on it, and is lost."""

UNTOUCHED = (Cause.LIGHT, Cause.BLUR, Cause.STRIP)


class _Judged(NamedTuple):
    """Both pictures laid over each other, what differs, and what that says."""

    laid: Laid
    found: Differences | None
    judgement: Judgement | None

    @property
    def same(self) -> bool:
        """Whether it is the same picture."""
        return self.judgement is not None and self.judgement.relation is Relation.SAME_PICTURE


def prove(query: QueryView, picture: ArchivedView, hint: Hint = EVERYTHING) -> Comparison | None:
    """What can be proved between a query and one archived picture, or ``None``.

    Keypoints say where the archived picture may lie in the query, plain or mirrored, at any
    angle and scale; without enough of them the two are laid over each other as a whole. The
    aligned pixels decide between ``same_picture`` and ``similar_scene``. Without a proof
    raster geometry alone decides, above a stricter bound, and ``pixels_compared`` is false.
    ``false_alarms`` is that of a small archive; see :mod:`provenance.verify.judging.false_alarms`.
    ``hint`` leaves out what the search did not propose; without it everything is tried.
    """
    located = by_keypoints(query, picture, hint)
    if picture.raster is None:
        return _by_geometry(query, picture, located)
    if located is not None and located.inliers >= LEAST_INLIERS:
        proved = _by_pixels(query, picture, located)
        if _is_same(proved) or not hint.whole:
            return proved
        whole = _as_a_whole(query, picture, in_doubt=located.inliers >= WELL_LOCATED)
        return whole if _is_same(whole) else proved
    return _as_a_whole(query, picture) if hint.whole else None


def _is_same(proved: Comparison | None) -> bool:
    return proved is not None and proved.relation is Relation.SAME_PICTURE


def _as_a_whole(
    query: QueryView, picture: ArchivedView, *, in_doubt: bool = False
) -> Comparison | None:
    located = as_a_whole(query, picture)
    return None if located is None else _by_pixels(query, picture, located, in_doubt=in_doubt)


def _by_geometry(
    query: QueryView, picture: ArchivedView, located: Location | None
) -> Comparison | None:
    relation = by_geometry(located) if located is not None else None
    if located is None or relation is None:
        return None
    same = relation is Relation.SAME_PICTURE
    alarms = of_points(located.inliers) if same else None
    proof = Proof(method="geometry", inliers=located.inliers, false_alarms=alarms)
    extent = _extent(query, picture, located)
    return Comparison(relation, proof, *extent, *(changes(query, picture, located) if same else ()))


def _by_pixels(
    query: QueryView, picture: ArchivedView, located: Location, *, in_doubt: bool = False
) -> Comparison | None:
    """``in_doubt``: another map said otherwise, so nothing at all may differ."""
    frames = Frames.of(query, picture)
    first = align(frames, located.matrix, located.inliers)
    if first is None:
        return None
    located = located.at(first.aligned.matrix)
    laid, found, judged = _best(query, picture, located, frames, first)
    if judged is None or (in_doubt and not _is_untouched(found)):
        return None
    same = found if judged.relation is Relation.SAME_PICTURE else None
    proof = Proof(
        method="geometry" if located.inliers else "pixels",
        inliers=located.inliers or None,
        pixels_compared=True,
        false_alarms=of_pixels(same) if same is not None else None,
        agreement=judged.agreement,
    )
    extent = _extent(query, picture, located)
    if same is None:
        return Comparison(judged.relation, proof, *extent, common=in_common(laid))
    seen = seen_cells(query, laid, same)
    around = surroundings(query, extent[0], seen)
    told, direction = changes(query, picture, located, laid, same)
    if around is not None and AlterationKind.BORDERED not in {each.kind for each in told}:
        told += (around,)
    return Comparison(judged.relation, proof, *extent, told, direction, seen)


def _best(
    query: QueryView, picture: ArchivedView, located: Location, frames: Frames, laid: Laid
) -> _Judged:
    """As laid at first, or otherwise where only that, or clearly more, says what both are."""
    first = _judged(query, picture, located, laid)
    if not first.same:
        others = _laid_otherwise(frames, located, laid, first.found)
        again = (_judged(query, picture, located, each) for each in others)
        return next((each for each in again if each.same), first)
    if laid.blur != NO_BLUR or _is_untouched(first.found):
        return first
    detailed = _with_details(frames, located, laid)
    if detailed is None:
        return first
    closely = _judged(query, picture, located, detailed)
    return closely if _says_more(closely, first) else first


def _laid_otherwise(
    frames: Frames, located: Location, laid: Laid, found: Differences | None
) -> Iterator[Laid]:
    """Without the blur; with a more exact map; in a query's cells; with details brought out."""
    sharp = unblurred(frames, laid) if laid.blur != NO_BLUR else None
    if sharp is not None:
        yield sharp
    rough = found is not None and located.inliers < EXACT_INLIERS
    exact = made_exact(frames, laid) if rough else None
    if exact is not None:
        yield exact
    small = in_cells(frames) if found is not None else None
    coarse = align(small, laid.aligned.matrix) if small is not None else None
    if coarse is not None:
        yield coarse
    detailed = _with_details(frames, located, sharp or laid) if found is not None else None
    if detailed is not None:
        yield detailed


def _with_details(frames: Frames, located: Location, laid: Laid) -> Laid | None:
    """With one of both sharpened as the other was, where that explains more."""
    detailed = enhanced(frames, laid) if located.inliers >= EXACT_INLIERS else None
    return None if detailed is None else align(detailed, laid.aligned.matrix, located.inliers)


def _says_more(closely: _Judged, first: _Judged) -> bool:
    """Whether less seems to lie over the query, or what another moment may have left is still left.

    Details that were brought out look like letters and marks, and hide what is small.
    """
    assert first.found is not None
    if not closely.same:
        return first.found.changed > 0
    assert closely.found is not None
    return closely.found.covered < first.found.covered


def _judged(query: QueryView, picture: ArchivedView, located: Location, laid: Laid) -> _Judged:
    # Most wrong candidates end here: to find out what made each difference is most of the work.
    found = differences(laid) if resembles(laid) else None
    in_frame = in_one_frame(located, query, picture)
    judgement = by_pixels(
        located,
        laid,
        found,
        in_frame=in_frame,
        overlapping=overlapping(located, query, picture),
        compressed=(query.quality or 100) < NOISE_LOST,
    )
    return _Judged(laid, found, judgement)


def _is_untouched(found: Differences | None) -> bool:
    return found is not None and all(patch.cause in UNTOUCHED for patch in found.patches)


def _extent(
    query: QueryView, picture: ArchivedView, located: Location
) -> tuple[Polygon, float, float]:
    """The region, the share of the archived picture it shows, the share of the query it fills."""
    polygon = tuple((float(x), float(y)) for x, y in region(located, picture))
    return polygon, covered(located, query, picture), share_of_query(located, query, picture)
