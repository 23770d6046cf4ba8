"""Alterations that the map alone tells: turned, bent, cut, framed, resized."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from provenance.models import Alteration, AlterationKind
from provenance.verify.locating.geometry import Matrix, apply
from provenance.verify.locating.location import Grey, Location, corners, flip, region
from provenance.verify.locating.overlap import covered, share_of_query
from provenance.verify.views import ArchivedView, QueryView

QUARTER = 90
NEARLY_QUARTER = 1.0
LEAST_TURN = 1.0
"""Degrees: less than this is the error of the map on a copy that was not turned at all."""

LEAST_CUT = 0.025
"""Share of the archived picture that must be missing before it is called cropped: the map of an
uncropped copy is out by up to 1 % on each of two sides."""

LEAST_SIDE_CUT = 0.015
"""Share of width or height missing at a side for it to be named."""

LEAST_BORDER = 0.03
"""Share of the query's width or height that lies outside the picture on a side."""

PLAIN = 12.0
"""Standard deviation in grey values up to which what lies outside counts as a border."""

SOFT = 2.0
"""Mean of the Laplacian in grey values up to which what lies outside counts as a blurred copy."""

SAME_SIZE = 0.03

LEAST_BEND = 0.027
"""Logarithm of the largest over the smallest depth within what is seen, for a picture seen whole;
of a smaller part the map is less exact, by the root of its share. Of 96 skewed and photographed
copies 91 have more, of 2,106 others 12."""

NOTHING_CUT: Mapping[str, float] = {}

TOP, RIGHT, BOTTOM, LEFT = "top", "right", "bottom", "left"
SIDES = (TOP, RIGHT, BOTTOM, LEFT)


def rotated(located: Location) -> Alteration | None:
    """Clockwise degrees, after mirroring; quarter turns exact."""
    degrees = _turn(located)
    quarter = round(degrees / QUARTER) * QUARTER
    if abs(degrees - quarter) < NEARLY_QUARTER:
        degrees = quarter
    degrees = round(degrees % 360, 1)
    if min(degrees, 360 - degrees) < LEAST_TURN:
        return None
    return Alteration(AlterationKind.ROTATED, {"degrees": degrees})


def perspective(located: Location, query: QueryView, picture: ArchivedView) -> Alteration | None:
    """Bent: the visible part is clearly larger in scale at one corner than at another."""
    common = _common(located, query, picture)
    if common is None:
        return None
    depth = common @ located.matrix[2, :2] + located.matrix[2, 2]
    bend = float(np.ptp(np.log(np.maximum(depth, 1e-9))))
    if bend < LEAST_BEND / np.sqrt(covered(located, query, picture)):
        return None
    return Alteration(AlterationKind.PERSPECTIVE, {"bend": round(bend, 3)})


def cropped(
    located: Location,
    query: QueryView,
    picture: ArchivedView,
    cut: Mapping[str, float] = NOTHING_CUT,
) -> Alteration | None:
    """The share kept, and the sides lost, named in the archived picture's own frame.

    ``cut`` is how much of the width or height is missing at a side though the query reaches
    further: something else begins there.
    """
    kept = covered(located, query, picture)
    outside = lost_shares(located, query, picture)
    for side, share in cut.items():
        kept *= max(0.0, 1 - (share - outside[side]) / (1 - outside[side]))
    if kept > 1 - LEAST_CUT:
        return None
    lost = [side for side in SIDES if max(outside[side], cut.get(side, 0)) > LEAST_SIDE_CUT]
    return Alteration(AlterationKind.CROPPED, {"kept": round(kept, 3), "lost": lost})


def lost_shares(located: Location, query: QueryView, picture: ArchivedView) -> dict[str, float]:
    """How much of the archived picture's width or height is missing at each of its sides."""
    common = _common(located, query, picture)
    if common is None:
        return dict.fromkeys(SIDES, 0.0)
    left, top = common.min(axis=0) / (picture.width, picture.height)
    right, bottom = common.max(axis=0) / (picture.width, picture.height)
    shares = {TOP: top, RIGHT: 1 - right, BOTTOM: 1 - bottom, LEFT: left}
    return {side: float(shares[side]) for side in SIDES}


def _common(located: Location, query: QueryView, picture: ArchivedView) -> Matrix | None:
    """Outline (n, 2) of what the query shows, in archived pixels."""
    frame = apply(np.linalg.inv(located.matrix), corners(query.width, query.height))
    whole = corners(picture.width, picture.height)
    area, common = cv2.intersectConvexConvex(frame.astype(np.float32), whole.astype(np.float32))
    if area <= 0 or common is None:
        return None
    return np.asarray(common.reshape(-1, 2), np.float64)


def bordered(located: Location, query: QueryView, picture: ArchivedView) -> Alteration | None:
    """Plain or soft bars around the picture: on which sides, and their share of the query."""
    outside = outside_shares(located, query, picture)
    wide = [side for side in SIDES if outside[side] > LEAST_BORDER]
    # A little narrower than the bar: its inner edge is blurred by compression.
    bars = [strip(query.raster.grey, side, outside[side] * 0.9) for side in wide]
    if not wide or not (all(map(_plain, bars)) or _soft(wide, bars)):
        return None
    share = 1 - share_of_query(located, query, picture)
    return Alteration(AlterationKind.BORDERED, {"where": wide, "share": round(share, 3)})


def outside_shares(located: Location, query: QueryView, picture: ArchivedView) -> dict[str, float]:
    """How much of the query's width or height lies outside the picture on each side."""
    placed = region(located, picture) / (query.width, query.height)
    return {
        TOP: float(placed[:, 1].min()),
        RIGHT: 1 - float(placed[:, 0].max()),
        BOTTOM: 1 - float(placed[:, 1].max()),
        LEFT: float(placed[:, 0].min()),
    }


def resized(located: Location, picture: ArchivedView) -> Alteration | None:
    """Query pixels for one archived pixel; apart for width and height where stretched."""
    across, down = scales(located, picture)
    factor = float(np.sqrt(across * down))
    stretched = abs(np.log(across / down)) > SAME_SIZE
    if abs(np.log(factor)) < SAME_SIZE and not stretched:
        return None
    numbers: dict[str, object] = {"factor": round(factor, 3)}
    if stretched:
        numbers["stretched"] = round(float(across / down), 3)
    return Alteration(AlterationKind.RESIZED, numbers)


def scales(located: Location, picture: ArchivedView) -> tuple[float, float]:
    """Query pixels for an archived pixel along the archived picture's width and height."""
    linear = _linear_part(located, picture)
    return float(np.linalg.norm(linear[:, 0])), float(np.linalg.norm(linear[:, 1]))


def _linear_part(located: Location, picture: ArchivedView) -> Matrix:
    middle = np.array([picture.width / 2, picture.height / 2])
    around = apply(located.matrix, middle + np.array([[0, 0], [1, 0], [0, 1]]))
    return np.asarray((around[1:] - around[0]).T)


def _turn(located: Location) -> float:
    matrix = located.matrix @ flip(0.0) if located.mirrored else located.matrix
    linear = matrix[:2, :2] / matrix[2, 2]
    # The rotation nearest to the linear part, so that a stretch is not taken for a turn.
    return float(np.degrees(np.arctan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1])))


def strip(grey: Grey, side: str, share: float) -> Grey:
    """This share of a picture along one side."""
    height, width = grey.shape
    rows, columns = round(height * share), round(width * share)
    strips = {
        TOP: grey[:rows],
        BOTTOM: grey[height - rows :],
        LEFT: grey[:, :columns],
        RIGHT: grey[:, width - columns :],
    }
    return strips[side]


def _plain(bar: Grey) -> bool:
    return bool(bar.size) and float(bar.std()) < PLAIN


def _soft(sides: list[str], bars: list[Grey]) -> bool:
    """A blurred copy of the picture on two opposite sides, as platforms fill a frame."""
    if sides not in ([TOP, BOTTOM], [RIGHT, LEFT]) or not all(bar.size for bar in bars):
        return False
    return all(float(np.abs(cv2.Laplacian(bar, cv2.CV_32F)).mean()) < SOFT for bar in bars)
