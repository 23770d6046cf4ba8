"""Round things of few tones: stickers, logos, emoji, discs of a player's button."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from provenance.verify.aligning.blocks import Flags
from provenance.verify.aligning.frames import Floats
from provenance.verify.aligning.residual import Difference, Residual, Side, either_way
from provenance.verify.causes.boxes import outline
from provenance.verify.causes.circles import discs, discs_in_outline
from provenance.verify.causes.tones import of_few_tones, one_band, two_bands

NEAR_CIRCLE = 2.5
OF_RADIUS = 0.15
ON_CIRCLE = 0.58
"""Share of the hull's outline within so many pixels, and such a share of the radius, of the
enclosing circle: stickers and logos of which only a part differs have 0.7 to 1; of 150 other
differences of few tones two have. Without the second, three circles of eight pixels fit anybody."""

DARK, ON_DARK_CIRCLE = 75.0, 0.9
"""Grey value below which soot, holes and shadows lie; what is of no colour must be one circle all
around then. Of 382 discs and marks on copies two are as dark; red logos are 75 to 77."""

ON_CIRCLES = 0.6
MOST_CIRCLES = 3
LEAST_RADIUS = 8
"""The same of the outline and up to three circles drawn into it, the largest first, of so many
pixels at least: stickers that touch are one difference."""

DRAWN_THROUGHOUT, OF_ONE_TONE = 0.62, 0.5
"""Share of all that lies in a disc in two bands of 16 grey values, and in one, where its edge is
all that says so: stickers 0.64 to 0.83 and 0.5 upwards."""

AS_COLOURED, SOFT_EDGE = 0.7, 5
"""Share of its usual colour from which on a place belongs to what is coloured, and frame pixels by
which that ends before its edge: colours are known at an eighth of the raster's sides only."""

HELD, DIFFERS, MOST_COLOURED = 0.9, 0.2, 0.12
"""Share of a difference that lies in what is of a strong colour, share of that which differs, and
share of the picture that it may take up. Round, and drawn, it is a sticker however light it is."""

FEW_INNER_TONES = 0.75
"""Share of the core of a round thing in two bands of 16 grey values: stickers and logos 0.79
upwards; garments and rubble mostly less, and those are not round."""


def is_sticker(left: Residual, found: Difference, shapes: Sequence[Flags]) -> bool:
    """Whether a difference (``shapes``, (h, w), at several bounds) is round and drawn."""
    drawn = (_is_disc(left, found, side, shapes) for side in either_way(left))
    return any(drawn) or _of_drawn_discs(left, found) or _of_round_colour(left, found)


def _is_disc(left: Residual, found: Difference, side: Side, shapes: Sequence[Flags]) -> bool:
    """Drawn, and round by what differs; dark and of no colour may be a hole, a crater or soot."""
    if not _drawn(left, found, side):
        return False
    dark = blot(left.query[found.strong]) or float(np.median(side.over[found.strong])) < DARK
    coloured = side.over is left.query and left.coloured(found.strong)
    if dark and not coloured:
        return any(_on_one_circle(outline(shape), shape.shape, ON_DARK_CIRCLE) for shape in shapes)
    return any(_round(shape) for shape in shapes)


def _drawn(left: Residual, found: Difference, side: Side) -> bool:
    inner, _ = two_bands(side.over[left.core(found.strong)])
    return of_few_tones(side.over[found.strong]) and inner > FEW_INNER_TONES


def blot(values: Floats) -> bool:
    """Dark, and of few tones: what it lies over may be a disc of light only in its outline."""
    return float(np.median(values)) < DARK and of_few_tones(values)


def of_discs(shape: Flags) -> bool:
    """Whether a whole shape (h, w) is a disc, or two or three over each other."""
    return _on_one_circle(outline(shape), shape.shape) or bool(discs_in_outline(shape))


def _round(shape: Flags) -> bool:
    around = outline(shape)
    return _on_one_circle(around, shape.shape) or _on_drawn_circles(around, shape.shape)


def _near(radius: float) -> float:
    """Frame pixels from a circle within which an outline runs along it."""
    return min(NEAR_CIRCLE, OF_RADIUS * radius)


def _on_one_circle(
    outline: NDArray[np.int32], shape: tuple[int, ...], least: float = ON_CIRCLE
) -> bool:
    """Most of the hull lies on the enclosing circle, even where parts of a disc do not differ."""
    hull = cv2.convexHull(outline)
    centre, radius = cv2.minEnclosingCircle(hull)
    canvas = np.zeros(shape, np.uint8)
    cv2.polylines(canvas, [hull], isClosed=True, color=1)
    rows, columns = np.nonzero(canvas)
    away = np.hypot(columns - centre[0], rows - centre[1])
    return bool((np.abs(away - radius) < _near(radius)).mean() > least)


def _on_drawn_circles(outline: NDArray[np.int32], shape: tuple[int, ...]) -> bool:
    """The outline runs along two or three discs that touch."""
    inside = np.zeros(np.add(shape, 2), np.uint8)
    cv2.drawContours(inside, [outline + 1], -1, color=1, thickness=cv2.FILLED)
    points = outline.reshape(-1, 2) + 1
    near = np.zeros(len(points), np.bool_)
    for _ in range(MOST_CIRCLES):
        _, radius, _, centre = cv2.minMaxLoc(cv2.distanceTransform(inside, cv2.DIST_L2, 5))
        if radius < LEAST_RADIUS:
            break
        off = np.abs(np.hypot(*(points - centre).T) - radius)
        near |= off < _near(radius)
        cv2.circle(inside, centre, round(radius + NEAR_CIRCLE), color=0, thickness=cv2.FILLED)
    return bool(near.mean() > ON_CIRCLES)


def _of_drawn_discs(left: Residual, found: Difference) -> bool:
    """Discs on the copy by their edge, each of few tones: half of one may not differ at all."""
    dark = float(np.median(left.query[found.strong])) < DARK
    if dark and not left.coloured(found.strong):
        return False
    inside = [each.inside(found.strong.shape) & left.seen for each in discs(left, found.strong)]
    return bool(inside) and all(drawn_on(left.query[each]) for each in inside)


def _of_round_colour(left: Residual, found: Difference) -> bool:
    """Round in the copy's colours, where it is as light as half of what it covers."""
    if left.colour is None or not left.coloured(found.strong):
        return False
    least = AS_COLOURED * float(np.median(left.colour[found.strong]))
    _, parts = cv2.connectedComponents((left.colour > least).astype(np.uint8))
    touched = np.unique(parts[found.strong & (parts > 0)])
    shape = np.asarray(np.isin(parts, touched[touched > 0]))
    around = cv2.dilate(shape.astype(np.uint8), np.ones((SOFT_EDGE, SOFT_EDGE), np.uint8)) > 0
    held = int((found.strong & around).sum())
    if held < HELD * int(found.strong.sum()) or held < DIFFERS * int(shape.sum()):
        return False
    if int(shape.sum()) > MOST_COLOURED * int(left.seen.sum()):
        return False
    return of_discs(shape) and drawn_on(left.query[shape])


def drawn_on(values: Floats) -> bool:
    """Mostly of one tone, with something drawn on it in another."""
    return two_bands(values)[0] > DRAWN_THROUGHOUT and one_band(values) > OF_ONE_TONE
