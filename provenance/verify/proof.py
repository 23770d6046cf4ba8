"""Candidate -> match: locate the archived picture in the query, lay both over each other, judge."""

from __future__ import annotations

from provenance.models import Comparison, Proof, Relation
from provenance.verify.alignment import align
from provenance.verify.frames import Frames
from provenance.verify.alterations import alterations
from provenance.verify.judgement import by_geometry, by_pixels
from provenance.verify.location import Location, by_keypoints, region
from provenance.verify.overlap import covered, share_of_query
from provenance.verify.whole import as_a_whole
from provenance.verify.views import ArchivedView, QueryView


def prove(query: QueryView, picture: ArchivedView) -> Comparison | None:
    """What can be proved between a query and one archived picture, or ``None``.

    Keypoints say where the archived picture may lie in the query, plain or mirrored, at any
    angle and scale; without enough of them the two are laid over each other as a whole.
    The aligned pixels decide between ``same_picture`` and ``similar_scene``. Without a
    proof raster geometry alone decides, above a stricter bound.
    """
    located = by_keypoints(query, picture)
    if picture.raster is None:
        return _by_geometry(query, picture, located)
    proved = _by_pixels(query, picture, located) if located is not None else None
    if proved is not None:
        return proved
    return _by_pixels(query, picture, as_a_whole(query, picture))


def _by_geometry(
    query: QueryView, picture: ArchivedView, located: Location | None
) -> Comparison | None:
    relation = by_geometry(located) if located is not None else None
    if located is None or relation is None:
        return None
    return Comparison(
        relation=relation,
        proof=Proof(method="geometry", inliers=located.inliers),
        region=_polygon(located, picture),
        covers=covered(located, query, picture),
        share_of_query=share_of_query(located, query, picture),
        alterations=alterations(query, picture, located, None),
    )


def _by_pixels(
    query: QueryView, picture: ArchivedView, located: Location | None
) -> Comparison | None:
    if located is None or picture.raster is None:
        return None
    frames = Frames(
        query.raster.grey,
        (query.width, query.height),
        picture.raster.grey,
        (picture.width, picture.height),
    )
    laid = align(frames, located.matrix)
    judged = by_pixels(located, laid) if laid is not None else None
    if laid is None or judged is None:
        return None
    located = located.at(laid.aligned.matrix)
    return Comparison(
        relation=judged.relation,
        proof=Proof(
            method="geometry" if located.inliers else "pixels",
            inliers=located.inliers or None,
            pixels_compared=True,
            agreement=judged.agreement,
        ),
        region=_polygon(located, picture),
        covers=covered(located, query, picture),
        share_of_query=share_of_query(located, query, picture),
        alterations=alterations(query, picture, located, laid)
        if judged.relation is Relation.SAME_PICTURE
        else (),
    )


def _polygon(located: Location, picture: ArchivedView) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in region(located, picture))
