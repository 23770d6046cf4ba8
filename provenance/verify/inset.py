"""A rectangle of the query proved as a picture of its own, and its answer placed in the whole.

What lies around the rectangle is another picture or a page: it must speak neither for nor against
the one inside. So shares and alterations are those of the rectangle: a tile is cut where it ends.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from provenance.models import Box, Cells, Comparison, Keypoints, Polygon, Raster, Relation
from provenance.verify.proof import prove
from provenance.verify.regions.seen import cell_side, cells_of
from provenance.verify.regions.surroundings import surroundings
from provenance.verify.views import ArchivedView, Hint, QueryView


def prove_inside(
    query: QueryView, box: Box, picture: ArchivedView, hint: Hint
) -> Comparison | None:
    """What can be proved of this rectangle (query pixels), in coordinates of the whole query."""
    inside = _cut_out(query, box)
    proved = prove(inside, picture, hint)
    if proved is None or proved.region is None:
        return proved
    return _placed(query, box, inside, proved)


def _cut_out(query: QueryView, box: Box) -> QueryView:
    left, top, right, bottom = box
    return QueryView(
        right - left,
        bottom - top,
        _moved(query.keypoints, -left, -top),
        _moved(query.mirrored, right - query.width, -top),
        _cut(query.raster, box, query.raster.grey.shape[1] / query.width),
        query.quality,
    )


def _moved(keypoints: Keypoints, across: float, down: float) -> Keypoints:
    return replace(keypoints, points=keypoints.points + np.array([across, down], np.float32))


def _cut(raster: Raster, box: Box, scale: float) -> Raster:
    """The rectangle of both planes; colour is known more coarsely."""
    grey = _rows_and_columns(raster.grey, box, scale)
    if raster.chroma is None:
        return replace(raster, grey=grey)
    coarser = scale * raster.chroma.shape[1] / raster.grey.shape[1]
    return replace(raster, grey=grey, chroma=_rows_and_columns(raster.chroma, box, coarser))


def _rows_and_columns(plane: np.ndarray, box: Box, scale: float) -> np.ndarray:
    left, top = (round(side * scale) for side in box[:2])
    right, bottom = (round(side * scale) for side in box[2:])
    return plane[top : max(bottom, top + 1), left : max(right, left + 1)]


def _placed(query: QueryView, box: Box, inside: QueryView, proved: Comparison) -> Comparison:
    assert proved.region is not None
    left, top, right, bottom = box
    region: Polygon = tuple((x + left, y + top) for x, y in proved.region)
    area = (right - left) * (bottom - top) / (query.width * query.height)
    placed = replace(
        proved,
        region=region,
        share_of_query=(proved.share_of_query or 0.0) * area,
        seen=_seen(query, box, inside, proved.seen),
    )
    if proved.relation is not Relation.SAME_PICTURE:
        return placed
    around = surroundings(query, _within(region, box), placed.seen)
    known = {alteration.kind for alteration in placed.alterations}
    if around is None or around.kind in known:
        return placed
    return replace(placed, alterations=(*placed.alterations, around))


def _seen(query: QueryView, box: Box, inside: QueryView, seen: Cells) -> Cells:
    """The query's own cells in the rectangle whose middles are seen there."""
    side, own = cell_side(inside.width, inside.height), cell_side(query.width, query.height)
    known = set(seen)
    cells = cells_of(_corners(box), query.width, query.height)
    places = [((x + 0.5) * own - box[0], (y + 0.5) * own - box[1]) for x, y in cells]
    there = [(int(x // side), int(y // side)) in known for x, y in places]
    return tuple(cell for cell, is_seen in zip(cells, there, strict=True) if is_seen)


def _within(region: Polygon, box: Box) -> Polygon:
    """The part of a region that lies in the rectangle."""
    _, outline = cv2.intersectConvexConvex(
        np.array(region, np.float32), np.array(_corners(box), np.float32)
    )
    if outline is None:
        return region
    return tuple((float(x), float(y)) for x, y in outline.reshape(-1, 2))


def _corners(box: Box) -> Polygon:
    left, top, right, bottom = box
    return (left, top), (right, top), (right, bottom), (left, bottom)
